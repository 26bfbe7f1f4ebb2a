"""Which side something helps, asked in a form before anything is looked up: by the motion, not by a name."""

from typing import Any

import discord
from discord import ui

from knowledge.topics import Topic


def sides(open_label: str, open_value: str) -> ui.RadioGroup[Any]:
    """Return the choice between the sides and both; before them, picked, is one that leaves it open."""
    choices = ((open_label, open_value), ("For the motion", "0"), ("Against the motion", "1"), ("Both", "both"))
    options = [discord.RadioGroupOption(label=n, value=v, default=v == open_value) for n, v in choices]
    return ui.RadioGroup(options=options, custom_id="side")


def side_of(topic: Topic, picked: str) -> str:
    """Return the side that was picked, or "both"; "" where it was left open."""
    return {"0": topic.sides[0].id, "1": topic.sides[1].id, "both": "both"}.get(picked, "")
