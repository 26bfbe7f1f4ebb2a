"""What a message does."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.debate.claims import Piece, likeness
from bot.debate.cues import ABUSE, INJECTION, OPENLY, TURN
from bot.debate.ear import Ear
from bot.debate.remarks import asks_who, asks_why
from bot.debate.turn import Claim
from knowledge.acts import Act
from knowledge.queries import Query

LONGEST = 6000
"""Characters of a message that are listened to: some six minutes of speech."""
_ASIDE = (Act.CHATTER, Act.PROCEDURAL, Act.CONCESSION)
_PLAIN, _PLAIN_IN_A_ROUND = 0.75, 0.6
"""Cosine from which a message makes a known argument, however it is put."""
_IN_A_ROUND = 6.0
"""How much likelier a message is to argue in a round than in the examples, where each act comes about as often."""
_ASKED = 1.5
"""How much likelier an answer is right after a question."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message understood: its act, its claims with their vectors, and the vector of the whole."""

    act: Act
    claims: tuple[Claim, ...]
    queries: tuple[Query, ...]
    whole: Query


def act_of(
    message: str,
    pieces: Sequence[Query],
    whole: Query,
    ear: Ear,
    side: str,
    asked: bool = False,
    playing: bool = True,
) -> Act:
    """Return what a message does; ``asked`` says that the bot's last turn put a question.

    ``playing`` says that it was heard in a round, where most messages argue.
    What plainly makes a known argument against the side is one, even if it is put like small talk, like a concession
    or like an answer to no question.
    """
    for act, told in ((Act.INJECTION, INJECTION), (Act.ABUSE, ABUSE), (Act.CONCESSION, OPENLY)):
        if told.search(message):
            return act
    if asks_why(message):
        return Act.QUESTION
    odds = dict(ear.acts(whole))
    odds[Act.ARGUMENT] *= _IN_A_ROUND if playing else 1.0
    if asked:
        odds[Act.CROSSEX_ANSWER] *= _ASKED
    likeliest = max(odds, key=lambda act: odds[act])
    if asks_who(message) and likeliest is not Act.CHATTER:
        return Act.QUESTION
    plain = _PLAIN_IN_A_ROUND if playing else _PLAIN
    aside = likeliest in _ASIDE or (likeliest is Act.CROSSEX_ANSWER and not asked)
    if aside and any(likeness(piece, ear, side) >= plain for piece in pieces):
        return Act.ARGUMENT
    return likeliest


def after_grant(message: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of a concession that argue on: those after its "but"; none where it has none."""
    turn = TURN.search(message)
    start = turn.start() - 1 if turn else len(message)
    kept: list[Piece] = []
    for piece in pieces:
        parts = [Piece(part) for part in piece.parts if message.find(part.text) >= start]
        kept += [piece] if message.find(piece.query.text) >= start else parts
    return kept
