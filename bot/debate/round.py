"""A round is its list of turns; everything else is folded from them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.debate.errors import NotYourTurn
from bot.debate.formats import Format, Speech, named
from bot.debate.turn import Move, Point, Speaker, Turn
from knowledge.topics import Attack


class Level(StrEnum):
    """How hard the bot plays."""

    NOVICE = "novice"
    CLUB = "club"
    VARSITY = "varsity"


@dataclass(frozen=True, slots=True)
class Round:
    """A round: topic, the bot's side, format, level, a seed for the choice of words, and the turns so far."""

    id: str
    topic: str
    side: str
    format: str = "quick"
    level: Level = Level.CLUB
    seed: int = 0
    turns: tuple[Turn, ...] = ()
    ended: bool = False

    def add(self, turn: Turn) -> "Round":
        """Return the round with one more turn; NotYourTurn when it has ended or the turn's number is not next."""
        if self.ended:
            raise NotYourTurn("This round has ended. Start another.")
        if turn.number != len(self.turns) + 1:
            raise NotYourTurn(f"Turn {turn.number} is out of order: turn {len(self.turns) + 1} comes next.")
        return replace(self, turns=(*self.turns, turn))

    @property
    def awaits_reply(self) -> bool:
        """Return whether the last turn is the user's and the bot has not answered it yet."""
        return bool(self.turns) and self.turns[-1].speaker is Speaker.USER

    @property
    def rules(self) -> Format:
        """Return the round's format."""
        return named(self.format)

    def points(self) -> Iterator[tuple[Turn, Point]]:
        """Yield the bot's points so far, each with its turn."""
        for turn in self.turns:
            if turn.reply:
                for point in turn.reply.points:
                    yield turn, point

    def arguments(self) -> Iterator[Turn]:
        """Yield the user's turns that make claims."""
        for turn in self.turns:
            if turn.speaker is Speaker.USER and turn.claims:
                yield turn

    @property
    def used(self) -> frozenset[str]:
        """Return the keys of the prepared material that the bot has used."""
        return frozenset(point.key for _, point in self.points() if point.key)

    @property
    def cited(self) -> frozenset[str]:
        """Return the ids of the passages that the bot has cited."""
        return frozenset(c.passage_id for _, point in self.points() for c in point.citations)

    @property
    def quoted(self) -> frozenset[str]:
        """Return the sentences that the bot has quoted, word for word."""
        return frozenset(point.quote for _, point in self.points() if point.quote)

    def attacks_on(self, block: str) -> frozenset[Attack]:
        """Return the attacks that the bot has made on one argument of the user's."""
        return frozenset(
            p.attack for _, p in self.points() if p.block == block and p.attack and p.move is Move.ANSWER
        )

    @property
    def speech(self) -> Speech | None:
        """Return the speech that comes next, or None in an open-ended round or when all have been given."""
        speeches = self.rules.speeches
        given = len(dict.fromkeys(turn.speech for turn in self.turns if turn.speech))
        return speeches[given] if given < len(speeches) else None
