"""What a message does."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.debate.claims import Piece, block
from bot.debate.cues import ABUSE, GRANTS, INJECTION, OPENLY, TURN
from bot.debate.ear import NEAR, Ear
from bot.debate.remarks import asks_why
from bot.debate.turn import Claim
from knowledge.acts import Act
from knowledge.queries import Query

DOUBTLESS = 0.5
"""Likelihood from which a message is an insult, an order or a concession without having any of their words."""
LONGEST = 6000
"""Characters of a message that are listened to: some six minutes of speech."""
_FAMILIAR = 12.0
_GRANTED = 4.0


@dataclass(frozen=True, slots=True)
class Heard:
    """A message understood: its act, its claims with their vectors, and the vector of the whole."""

    act: Act
    claims: tuple[Claim, ...]
    queries: tuple[Query, ...]
    whole: Query


def whole_of(message: str, pieces: Sequence[Query]) -> Query:
    """Return the message as a query whose vector is the mean of its pieces', which costs no second encoding."""
    mean = np.mean([piece.vector for piece in pieces], axis=0)
    return Query(message, (mean / max(float(np.linalg.norm(mean)), 1e-9)).astype(np.float32))


def act_of(message: str, pieces: Sequence[Query], whole: Query, ear: Ear, asked: bool = False) -> Act:
    """Return what a message does; ``asked`` says that the bot's last turn put a question.

    A message that makes a known argument is one, unless it plainly grants something; insults, orders and concessions
    without any of their usual words must be beyond doubt.
    """
    if INJECTION.search(message):
        return Act.INJECTION
    if ABUSE.search(message):
        return Act.ABUSE
    if asks_why(message):
        return Act.QUESTION
    if OPENLY.search(message):
        return Act.CONCESSION
    odds = dict(ear.acts(whole))
    asks = message.rstrip().endswith("?")
    grants = bool(GRANTS.search(message))
    known = max((block(piece, ear, side)[1] for piece in pieces for side in ear.sides), default=0.0)
    odds[Act.ARGUMENT] = odds.get(Act.ARGUMENT, 0.0) * (
        1 if grants or asks else math.exp(_FAMILIAR * max(0.0, known - NEAR))
    )
    odds[Act.CONCESSION] = odds.get(Act.CONCESSION, 0.0) * (_GRANTED if grants else 1)
    odds[Act.CROSSEX_ANSWER] = odds.get(Act.CROSSEX_ANSWER, 0.0) * (1 if asked else 0.8)
    odds[Act.QUESTION] = odds.get(Act.QUESTION, 0.0) * (1.5 if asks else 1)
    total = sum(odds.values())
    for act in (Act.INJECTION, Act.ABUSE, Act.CONCESSION):
        if odds.get(act, 0.0) < DOUBTLESS * total and not (grants and act is Act.CONCESSION):
            odds[act] = 0.0
    return max(odds, key=lambda act: odds[act])


def after_grant(message: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of a concession that argue on: those after its "but"; none where it has none."""
    turn = TURN.search(message)
    start = turn.start() - 1 if turn else len(message)
    kept: list[Piece] = []
    for piece in pieces:
        parts = [Piece(part) for part in piece.parts if message.find(part.text) >= start]
        kept += [piece] if message.find(piece.query.text) >= start else parts
    return kept
