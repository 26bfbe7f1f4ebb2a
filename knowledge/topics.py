"""A topic: a motion, two sides, readings, and what was worked out from them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from knowledge.passages import Passage
from knowledge.sources import Source


class Attack(StrEnum):
    """How one argument bears on another. The types are the refutation canon of US league handbooks."""

    DENY = "deny"
    NO_LINK = "no link"
    NON_UNIQUE = "non-unique"
    MITIGATE = "mitigate"
    NO_IMPACT = "no impact"
    COUNTER_EXAMPLE = "counter-example"
    CONTRADICTION = "contradiction"
    LINK_TURN = "link turn"
    IMPACT_TURN = "impact turn"
    OUTWEIGH = "concede and outweigh"

    @property
    def offence(self) -> bool:
        """Return whether the attack wins ground by itself; defence alone cannot win."""
        return self in (Attack.LINK_TURN, Attack.IMPACT_TURN, Attack.OUTWEIGH)


class Role(StrEnum):
    """What a passage does in its source."""

    CLAIM = "claim"
    EVIDENCE = "evidence"
    CONCESSION = "concession"
    PROPOSAL = "proposal"
    HISTORY = "history"
    VOICE = "quoted voice"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two sides: its name and what it holds."""

    id: str
    holds: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a reviewer wrote of one passage.

    ``how`` has, per side that it serves, a spoken sentence resting on it; ``counters`` the opposing claims that it
    answers; ``asks`` the questions that it answers; ``denies`` questions with a premise that it contradicts.
    ``helps`` is a side's id, "both" or "neither"; ``confidence``, from 0 to 1, is how sure that is. ``line`` is the
    sentence of the passage worth quoting, an exact slice of it; "" where the whole of it is.
    """

    role: Role
    helps: str
    how: Mapping[str, str] = field(default_factory=dict)
    counters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    denies: tuple[str, ...] = ()
    confidence: float = 1.0
    line: str = ""

    def serves(self, side: str) -> bool:
        """Return whether the side may cite the passage."""
        return self.helps in (side, "both")


@dataclass(frozen=True, slots=True)
class Argument:
    """Claim, warrant and impact, on a side, resting on passages."""

    id: str
    side: str
    claim: str
    warrant: str
    impact: str
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One prepared answer: the counter-claim with its reason, then why it wins. Without cites it is analysis."""

    attack: Attack
    text: str
    so: str = ""
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Prepared answers, spoken by ``side``, to one thing that the other side says."""

    id: str
    side: str
    they_say: str
    matter: str
    phrasings: tuple[str, ...]
    answers: tuple[Answer, ...]
    question: str = ""


def place_of(source: str, locator: str) -> str:
    """Return what stands for a paragraph among those of all readings."""
    return f"{source}/{locator}"


@dataclass(frozen=True, slots=True)
class Precedent:
    """An argument as somebody put it, and the paragraphs of a reading that a judge found to answer it for ``side``.

    ``met_by`` are locators in the source.
    """

    side: str
    source: str
    says: str
    met_by: tuple[str, ...]


@dataclass(frozen=True)
class Topic:
    """A motion with everything that the bot knows about it."""

    id: str
    version: str
    motion: str
    sides: tuple[Side, Side]
    licence: str
    attribution: str
    sources: tuple[Source, ...]
    passages: tuple[Passage, ...]
    notes: Mapping[str, Note]
    arguments: tuple[Argument, ...]
    blocks: tuple[Block, ...]
    clashes: Mapping[frozenset[str], str] = field(default_factory=dict)
    """Pairs of blocks whose "they say" can't both be held by one speaker, each with the reason why not."""
    silent: tuple[str, ...] = ()
    """Questions that people ask and the readings don't answer."""
    precedents: tuple[Precedent, ...] = ()

    def side(self, name: str) -> Side:
        """Return the side of that name; KeyError when there is none."""
        return next((side for side in self.sides if side.id == name), None) or self._missing(name)

    def other(self, name: str) -> Side:
        """Return the side opposed to the named one."""
        first, second = self.sides
        return second if self.side(name) == first else first

    def passage(self, name: str) -> Passage:
        """Return the passage with that id; KeyError when there is none."""
        return self._passages[name]

    def has(self, name: str) -> bool:
        """Return whether there is a passage with that id."""
        return name in self._passages

    def place(self, name: str) -> str:
        """Return the paragraph that the passage stands in, as ``place_of`` names it."""
        passage = self.passage(name)
        return place_of(passage.source_id, passage.locator)

    def source(self, name: str) -> Source:
        """Return the source with that id; KeyError when there is none."""
        return self._sources[name]

    def block(self, name: str) -> Block:
        """Return the block with that id; KeyError when there is none."""
        return self._blocks[name]

    def argument(self, name: str) -> Argument:
        """Return the argument with that id; KeyError when there is none."""
        return self._arguments[name]

    def serves(self, passage_id: str, side: str) -> bool:
        """Return whether a side may cite the passage: one nobody has annotated serves neither."""
        note = self.notes.get(passage_id)
        return note is not None and note.serves(side)

    def lent(self, side: str) -> bool:
        """Return whether a side has but what others lend it: no block, and no reading that argues for it more often
        than against it.
        """
        other = self.other(side).id
        helps = Counter((self.passage(name).source_id, note.helps) for name, note in self.notes.items())
        argue = (helps[source.id, side] > helps[source.id, other] for source in self.sources)
        return not any(block.side == side for block in self.blocks) and not any(argue)

    @cached_property
    def _passages(self) -> Mapping[str, Passage]:
        return {passage.id: passage for passage in self.passages}

    @cached_property
    def _blocks(self) -> Mapping[str, Block]:
        return {block.id: block for block in self.blocks}

    @cached_property
    def _arguments(self) -> Mapping[str, Argument]:
        return {argument.id: argument for argument in self.arguments}

    @cached_property
    def _sources(self) -> Mapping[str, Source]:
        return {source.id: source for source in self.sources}

    def _missing(self, name: str) -> Side:
        raise KeyError(f"no side {name!r}: this topic has {' and '.join(side.id for side in self.sides)}")
