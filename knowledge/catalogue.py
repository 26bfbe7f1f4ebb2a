"""The topics that there are. Light to import: no model, no index."""

from functools import cache
from pathlib import Path

from knowledge.errors import PackError
from knowledge.packfiles import load
from knowledge.topics import Topic

PACKS = Path(__file__).parent / "packs"
BUNDLED = "north-korea"


class UnknownTopic(PackError):
    """No topic has that id."""


def names() -> list[str]:
    """Return the ids of the topics, in order."""
    return sorted(path.parent.name for path in PACKS.glob("*/topic.yaml"))


@cache
def named(name: str) -> Topic:
    """Return the topic with that id; UnknownTopic names those that there are."""
    if name not in names():
        raise UnknownTopic(f"No topic {name!r}. There is: {', '.join(names())}.")
    return load(PACKS / name)
