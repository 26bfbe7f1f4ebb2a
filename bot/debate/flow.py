"""The flow sheet: who answered what and what was dropped, folded from the turns."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.debate.round import Round
from bot.debate.turn import Claim, Move, Point, Speaker
from knowledge.topics import Attack


@dataclass(frozen=True, slots=True)
class Response:
    """What meets an argument: the turn, the words, and by which attack where it is the bot's."""

    turn: int
    text: str
    attack: Attack | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One argument of the round: who made it, in which turn, and what the other side said to it later.

    ``granted`` says that the answer is no more than that the readings have nothing on it; ``open`` that the other
    side has not argued since; ``conceded`` that it argues for the other side.
    """

    speaker: Speaker
    turn: int
    text: str
    responses: tuple[Response, ...] = ()
    granted: bool = False
    open: bool = False
    conceded: bool = False

    @property
    def answered(self) -> tuple[int, ...]:
        """Return the turns that answer the argument, each once."""
        return tuple(dict.fromkeys(response.turn for response in self.responses))

    @property
    def state(self) -> str:
        """Return what became of it: conceded, granted, answered, open or dropped."""
        if self.conceded or self.granted:
            return "conceded" if self.conceded else "granted"
        return "answered" if self.responses else "open" if self.open else "dropped"

    @property
    def dropped(self) -> bool:
        """Return whether the other side has argued since and let this argument pass."""
        return not (self.responses or self.open or self.conceded)


def flow(round: Round) -> list[Row]:
    """Return one row an argument, in the order in which they were made."""
    rows = [*_users(round), *_bots(round)]
    return sorted(rows, key=lambda row: row.turn)


def _users(round: Round) -> Iterator[Row]:
    points = list(round.points())
    for turn in round.arguments():
        for claim in turn.claims:
            replies = [(later, p) for later, p in points if later.number > turn.number and p.answers == claim.text]
            granted = bool(replies) and all(point.move is Move.OUTSIDE for _, point in replies)
            waits = not any(later.number > turn.number for later, _ in points)
            responses = tuple(Response(later.number, _line(point), point.attack) for later, point in replies)
            yield Row(Speaker.USER, turn.number, claim.text, responses, granted, waits, claim.ours)


def _bots(round: Round) -> Iterator[Row]:
    for turn, point in round.points():
        if point.move in (Move.ANSWER, Move.EXTEND):
            later = [t for t in round.arguments() if t.number > turn.number]
            met = tuple(Response(t.number, claim.text) for t in later for claim in t.claims if _meets(claim, point))
            yield Row(Speaker.BOT, turn.number, _line(point), met, open=not later)


def _line(point: Point) -> str:
    return point.tag or point.text


def _meets(claim: Claim, point: Point) -> bool:
    return point.key in claim.meets or bool(point.block and claim.block == point.block)
