"""Who has the floor."""

from dataclasses import dataclass

from bot.debate.formats import Speech
from bot.debate.round import Round
from bot.debate.turn import Speaker
from knowledge.topics import Topic


@dataclass(frozen=True, slots=True)
class Floor:
    """Who speaks next, and in which speech; None in an open-ended round, or when all have been given.

    ``owner`` is whose speech it is: in a cross-examination the owner asks, and the other answers.
    """

    speaker: Speaker
    speech: Speech | None = None
    owner: Speaker | None = None

    @property
    def asks(self) -> bool:
        """Return whether the speaker is to ask questions."""
        return self._examines and self.owner is self.speaker

    @property
    def answers(self) -> bool:
        """Return whether the speaker is to answer questions."""
        return self._examines and self.owner is not self.speaker

    @property
    def _examines(self) -> bool:
        return self.speech is not None and self.speech.crossex


def floor(round: Round, topic: Topic) -> Floor:
    """Return who has the floor in a round."""

    def owner(speech: Speech) -> Speaker:
        return Speaker.BOT if topic.sides[speech.side].id == round.side else Speaker.USER

    last, due = round.turns[-1] if round.turns else None, round.speech
    given = next((each for each in round.rules.speeches if last and each.name == last.speech), None)
    asks = owner(given) if given and given.crossex else None
    if last and last.speaker is Speaker.USER and (given is None or asks is Speaker.USER):
        return Floor(Speaker.BOT, given, asks)
    if last and last.speaker is Speaker.BOT and asks is Speaker.BOT:
        return Floor(Speaker.USER, given, asks)
    return Floor(owner(due), due, owner(due)) if due else Floor(Speaker.USER)
