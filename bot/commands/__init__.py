"""Commands that have a module of their own. What is heavy is imported inside the command."""
