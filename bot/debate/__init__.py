"""The core: a message is heard, a plan made, a reply checked, a turn added."""
