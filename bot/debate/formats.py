"""Formats: which speeches a round has, in what order, how long.

Times are those of the NSDA (Lincoln-Douglas, Public Forum, Policy, SPAR), the WSDC and the Karl Popper rules.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.debate.errors import UnknownFormat

WORDS_PER_MINUTE = 140


@dataclass(frozen=True, slots=True)
class Speech:
    """One speech: its name, which side gives it (0 for the motion, 1 against), minutes; ``crossex`` when they ask."""

    name: str
    side: int
    minutes: float
    crossex: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """A named order of speeches; without speeches the round is open-ended and has no clock."""

    id: str
    name: str
    speeches: tuple[Speech, ...] = ()
    prep_minutes: float = 0


def _speeches(*lines: str) -> Iterator[Speech]:
    for line in lines:
        name, side, minutes, *kind = line.split(" | ")
        yield Speech(name, int(side), float(minutes), "asks" in kind, "last" in kind)


QUICK = Format("quick", "Quick spar")

FORMATS = {
    format.id: format
    for format in (
        QUICK,
        Format(
            "spar",
            "SPAR",
            tuple(
                _speeches(
                    "Affirmative constructive | 0 | 2",
                    "Cross-examination by the negative | 1 | 1 | asks",
                    "Negative constructive | 1 | 2",
                    "Cross-examination by the affirmative | 0 | 1 | asks",
                    "Affirmative rebuttal | 0 | 2 | last",
                    "Negative rebuttal | 1 | 2 | last",
                )
            ),
            1,
        ),
        Format(
            "ld",
            "Lincoln-Douglas",
            tuple(
                _speeches(
                    "AC | 0 | 6",
                    "Cross-examination by the negative | 1 | 3 | asks",
                    "NC | 1 | 7",
                    "Cross-examination by the affirmative | 0 | 3 | asks",
                    "1AR | 0 | 4",
                    "NR | 1 | 6 | last",
                    "2AR | 0 | 3 | last",
                )
            ),
            4,
        ),
        Format(
            "pf",
            "Public Forum",
            tuple(
                _speeches(
                    "First constructive | 0 | 4",
                    "Second constructive | 1 | 4",
                    "Crossfire | 0 | 3 | asks",
                    "First rebuttal | 0 | 4",
                    "Second rebuttal | 1 | 4",
                    "Second crossfire | 1 | 3 | asks",
                    "First summary | 0 | 3",
                    "Second summary | 1 | 3",
                    "Grand crossfire | 0 | 3 | asks",
                    "First final focus | 0 | 2 | last",
                    "Second final focus | 1 | 2 | last",
                )
            ),
            3,
        ),
    )
}


def named(name: str) -> Format:
    """Return the format of that name; UnknownFormat when there is none."""
    try:
        return FORMATS[name]
    except KeyError:
        raise UnknownFormat(f"No format {name!r}. Use one of: {', '.join(FORMATS)}.") from None
