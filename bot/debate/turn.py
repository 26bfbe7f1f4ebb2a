"""What is said in a round, as values that every front end renders for itself."""

from dataclasses import dataclass
from enum import StrEnum

from knowledge.acts import Act
from knowledge.appeals import Appeal
from knowledge.sources import Kind
from knowledge.topics import Attack


class Speaker(StrEnum):
    """Who speaks: the person practising, or the bot."""

    USER = "user"
    BOT = "bot"


class Move(StrEnum):
    """What a unit of a reply does."""

    ANSWER = "answer"
    OUTSIDE = "outside"
    STANDS = "stands"
    OURS = "ours"
    EXTEND = "extend"
    PRESS = "press"
    CONTRADICT = "contradict"
    WEIGH = "weigh"
    INFORM = "inform"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of a message in the user's words, the block it falls under, if any, and the bot's points it meets.

    ``sure`` says that it is the block's own claim beyond doubt, so that it may be restated in the block's words: near
    to it, and no likelier to argue for the bot's side;
    ``appeal`` is set where it claims nothing on the matter but asks something of the round itself; ``ours`` says that
    it argues for the bot's side.
    """

    text: str
    block: str = ""
    meets: tuple[str, ...] = ()
    sure: bool = False
    appeal: Appeal | None = None
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage that a point rests on; ``start`` and ``end`` are offsets in the source's text."""

    passage_id: str
    source: str
    locator: str
    kind: Kind
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Point:
    """One unit of a reply: what it does, which claim it answers, by which attack, in what words, citing what.

    ``key`` names the prepared material it was made from, so that it is not used again. A point that answers and
    cites nothing is analysis. ``tag`` is the point in a line, as a flow sheet has it;
    ``quote`` is what it quotes, word for word, from a source that it cites.
    """

    move: Move
    answers: str
    attack: Attack | None
    text: str
    citations: tuple[Citation, ...] = ()
    key: str = ""
    block: str = ""
    tag: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot says in one turn: words before the points, the points, words after."""

    opening: str = ""
    points: tuple[Point, ...] = ()
    closing: str = ""

    @property
    def abstained(self) -> bool:
        """Return whether no point answers anything from the readings or by analysis."""
        return not any(point.move is Move.ANSWER for point in self.points)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Return the passages cited, each once, in order of first mention: citation 1, 2, 3 …"""
        return tuple(dict.fromkeys(citation for point in self.points for citation in point.citations))

    def marks(self, point: Point) -> tuple[int, ...]:
        """Return the numbers, from 1, of a point's citations."""
        order = self.citations
        return tuple(order.index(citation) + 1 for citation in point.citations)

    def paragraphs(self) -> list[str]:
        """Return the reply as paragraphs of plain text, with numbered marks after what they bear out."""
        body = [" ".join([point.text, *(f"[{n}]" for n in self.marks(point))]) for point in self.points]
        return [part for part in (self.opening, *body, self.closing) if part]

    @property
    def text(self) -> str:
        """Return the whole reply as plain text."""
        return "\n\n".join(self.paragraphs())


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's turn. A user's turn holds what was heard in it, the bot's the reply."""

    number: int
    speaker: Speaker
    text: str
    at: str
    act: Act | None = None
    claims: tuple[Claim, ...] = ()
    reply: Reply | None = None
    speech: str = ""
