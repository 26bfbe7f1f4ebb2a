"""The flow sheet: who answered what and what was dropped, folded from the turns."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.debate.round import Round
from bot.debate.turn import Move, Point, Speaker, Turn


@dataclass(frozen=True, slots=True)
class Row:
    """One argument of the round: who made it, in which turn, and which later turns of the other side answer it.

    ``granted`` says that the answer is no more than that the readings have nothing on it.
    """

    speaker: Speaker
    turn: int
    text: str
    answered: tuple[int, ...] = ()
    granted: bool = False
    open: bool = False

    @property
    def dropped(self) -> bool:
        """Return whether the other side has argued since and let this argument pass."""
        return not self.answered and not self.open


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
            waits = not any(t.speaker is Speaker.BOT and t.number > turn.number for t in round.turns)
            answered = tuple(dict.fromkeys(later.number for later, _ in replies))
            yield Row(Speaker.USER, turn.number, claim.text, answered, granted, waits)


def _bots(round: Round) -> Iterator[Row]:
    for turn, point in round.points():
        if point.move in (Move.ANSWER, Move.EXTEND):
            later = [t for t in round.arguments() if t.number > turn.number]
            answered = tuple(t.number for t in later if _meets(t, point))
            yield Row(Speaker.BOT, turn.number, point.tag or point.text, answered, open=not later)


def _meets(turn: Turn, point: Point) -> bool:
    return any(point.key in claim.meets or (point.block and claim.block == point.block) for claim in turn.claims)
