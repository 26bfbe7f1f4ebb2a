"""Gainsay, the bot: the debate core, its voices, its store and its front ends."""
