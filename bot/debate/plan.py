"""What a reply is to do: the moves in order, before there are words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.debate.ear import Ear
from bot.debate.turn import Claim, Move
from knowledge.queries import Hit, Query
from knowledge.topics import Answer, Argument, Block

APT = 0.42
"""Cosine from which a passage is taken to bear on a claim."""
CHAT_WORDS = 90
"""Words that a reply in chat keeps to."""


class Shelves(Ear, Protocol):
    """What planning asks of the readings."""

    def counters(self, query: Query, side: str) -> Sequence[Hit]:
        """Return the passages that answer, for a side, what the query argues, best first."""

    def met(self, query: Query, side: str) -> Mapping[str, float]:
        """Return how likely each place in the readings answers, for a side, what the query argues, by precedents."""

    def general(self, query: Query) -> Sequence[Hit]:
        """Return the general-purpose blocks that answer what the query argues, best first."""

    def own_case(self, query: Query, side: str) -> Sequence[Hit]:
        """Return the side's own arguments that bear on the query, best first."""

    def answers(self, query: Query) -> Sequence[Hit]:
        """Return the passages that answer a question, best first; none when the readings don't."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One move: what it answers, with what material. Exactly one of answer, argument, or neither is set."""

    move: Move
    claim: Claim | None = None
    block: Block | None = None
    answer: Answer | None = None
    argument: Argument | None = None
    key: str = ""
    turn: int = 0
    about: str = ""
    why: str = ""
    cites: tuple[str, ...] = ()
    quote: str = ""
    """What is quoted of the passage, word for word, where nobody has put it into words for the side."""
    second: bool = False
    """Whether it is a further answer to a claim that has one: it comes if there is room."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The moves of one reply in order, and the question that closes it, if any."""

    moves: tuple[Planned, ...]
    question: str = ""
    deferred: tuple[Claim, ...] = ()
    opening: tuple[str, ...] = ()
