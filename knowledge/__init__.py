"""What the readings say, and finding the right piece of it."""
