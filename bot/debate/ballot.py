"""A first ballot: what the flow alone can tell, and no more."""

from dataclasses import dataclass

from bot.debate.flow import Row, flow
from bot.debate.round import Round
from bot.debate.turn import Speaker


@dataclass(frozen=True, slots=True)
class Tally:
    """One speaker's arguments: made, answered by the other, dropped by the other."""

    made: int
    answered: int
    dropped: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Ballot:
    """What became of the arguments of each speaker, and who is ahead on drops; None when neither is."""

    user: Tally
    bot: Tally
    ahead: Speaker | None


def ballot(round: Round) -> Ballot:
    """Return the ballot that the flow supports.

    It counts who answered what and what was dropped; it does not judge how good an answer was. Whoever has more
    arguments dropped by the other side, as a share of those made, is ahead. What a speaker argues for the other side
    is none of them.
    """
    rows = flow(round)
    user, bot = (_tally(rows, speaker) for speaker in (Speaker.USER, Speaker.BOT))
    gap = _share(user) - _share(bot)
    ahead = None if abs(gap) < 1e-9 else Speaker.USER if gap > 0 else Speaker.BOT
    return Ballot(user, bot, ahead)


def _tally(rows: list[Row], speaker: Speaker) -> Tally:
    mine = [row for row in rows if row.speaker is speaker and not row.conceded]
    dropped = tuple(row for row in mine if row.dropped or row.granted)
    return Tally(len(mine), sum(bool(row.answered) and not row.granted for row in mine), dropped)


def _share(tally: Tally) -> float:
    return len(tally.dropped) / tally.made if tally.made else 0.0
