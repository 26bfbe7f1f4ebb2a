"""Plan → words. The composer needs no model."""
