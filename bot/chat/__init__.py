"""Discord: the only part that knows it."""
