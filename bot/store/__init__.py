"""Rounds and vectors in SQL."""
