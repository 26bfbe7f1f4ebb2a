"""Pairs made up of words: whether what helps or harms a thing speaks for or against a motion about it."""

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import yaml

from knowledge.judges.stance import OPPOSE, SUPPORT
from knowledge.judges.training.pairs import Pair

PARTS = Path(__file__).with_name("made.yaml")
PLAIN = 1.3
"""How good or bad a word of the lexicon has to be, on its scale from -4 to 4."""
SHORT = 3


def made(lexicon: Path, number: int, chance: random.Random) -> Iterator[Pair]:
    """Yield that many pairs; ``lexicon`` holds words with their worth (VADER: Hutto & Gilbert, 2014)."""
    parts: Mapping[str, Sequence[str]] = yaml.safe_load(PARTS.read_text("utf-8"))
    words = {"fine": _worth(lexicon, 1), "foul": _worth(lexicon, -1)}
    slots = {
        "furthers": parts["furthers"], "hinders": parts["hinders"], "good": parts["goods"], "evil": parts["evils"],
        "praise": parts["praise"], "blame": parts["blame"], **words
    }  # fmt: skip
    for _ in range(number):
        thing, aim, worth = (
            chance.choice(some) for some in (parts["things"], ("for", "against"), ("helpful", "harmful"))
        )
        filled = {name: chance.choice(some) for name, some in slots.items()}
        claim, said = (_line(chance.choice(parts[kind]), thing, filled) for kind in (aim, worth))
        yield Pair(claim, claim, said, SUPPORT if (aim == "for") == (worth == "helpful") else OPPOSE)


def _line(pattern: str, thing: str, filled: Mapping[str, str]) -> str:
    text = pattern.format(thing=thing, **filled)
    return text[0].upper() + text[1:]


def _worth(lexicon: Path, sign: int) -> list[str]:
    """Return the plain words of the lexicon that are good (sign 1) or bad (-1)."""
    lines = (line.split("\t") for line in lexicon.read_text("utf-8").splitlines())
    return [
        word
        for word, worth, *_ in lines
        if word.isalpha() and word.islower() and len(word) > SHORT and sign * float(worth) >= PLAIN
    ]
