"""What a message does, and the separate claims in it."""

import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

import numpy as np

from bot.debate.remarks import asks_why
from bot.debate.segments import Segment
from bot.debate.turn import Claim
from knowledge.acts import Act
from knowledge.appeals import Appeal
from knowledge.queries import Hit, Query

T = TypeVar("T")

NEAR = 0.45
"""Cosine from which a segment is taken to make a known argument."""
SURE = 0.52
"""Cosine from which there is no doubt that a segment makes a known argument."""
DOUBTLESS = 0.5
"""Likelihood from which a message is an insult, an order or a concession without having any of their words."""
ELABORATES = 0.36
"""Cosine below which a sentence beside known arguments is taken to fill in, not to claim."""
ASIDE = 0.6
"""Likelihood from which a sentence inside an argument is taken to be no part of it."""
LONGEST = 6000
"""Characters of a message that are listened to: some six minutes of speech."""
_SHORT = 3
_INJECTION = re.compile(
    r"""\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instruction|prompt|rule|guideline|above|previous|
            system|told|programming)
      | \byou\s+are\s+now\b | \bfrom\s+now\s+on\b.{0,20}\b(?:you|argue|answer|say|reply|act|only)\b
      | </?\s*(?:system|assistant|admin|instructions?)\b | ^\s*\[?(?:system|assistant|admin|developer)\]?\s*:
      | \b(?:print|reveal|show|repeat|output|leak|tell\s+me|give\s+me)\b.{0,30}\b(?:system\s+prompt|your\s+prompt|
            your\s+instructions|hidden\s+(?:prompt|rules)|api\s+key|token|password)
      | \brepeat\s+after\s+me\b
      | \bsay\s+(?:that|the\s+words?)\b.{0,40}\b(?:wins?|won|lost|concede|surrender|agree)\b
      | \b(?:pretend|act)\b.{0,20}\b(?:you(?:'re|\s+are)|as\s+if|to\s+be)\b.{0,60}\b(?:side|
            no\s+rules|unrestricted|admin|human|without)
      | \b(?:developer|jailbreak|dan|debug|god|sudo)\s+mode\b | \bnew\s+(?:instructions?|system\s+prompt)\b
      | \b(?:switch|change)\s+(?:to\s+)?my\s+side\s+and\b
      | \bas\s+(?:an?|your)\s+(?:admin|developer|creator|owner)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_ABUSE = re.compile(
    r"""\b(?:stfu|fuck(?:ing|er|ed|s)?(?!\s+(?:up\s+situation|mess))|bitch|asshole|arsehole|dickhead|moron|idiots?
        |retard(?:ed)?|imbecile|scum(?:bag)?|bastard|cunt|twat|wanker|dumbass|dumbf\w+|kys|kill\s+yourself
        |shut\s+(?:the\s+\w+\s+)?up|piece\s+of\s+(?:sh\w+|garbage|trash|crap|junk)|go\s+to\s+hell|i\s+hate\s+you
        |you\s+suck|screw\s+you|drop\s+dead)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_GRANTS = re.compile(
    r"\b(?:grant|conced\w+|admit\w*|agree|accept|fair|touch[eé]|you(?:'re|\s+are)\s+(?:\w+\s+)?right|good\s+point"
    r"|point\s+taken|i\s+was\s+(?:wrong|mistaken)|i\s+stand\s+corrected|give\s+you\s+that)\b|^\s*(?:yes|no|yep|nope)\b",
    re.IGNORECASE,
)
_OPENLY = re.compile(
    r"^\s*(?:(?:ok(?:ay)?|alright|fine|well|yes|hm+|yeah)[,.]?\s+)*(?:fair\b|true\b|granted\b|agreed\b|touch[eé]|conceded\b"
    r"|i(?:'ll|\s+will)?\s+(?:grant|concede|admit|accept|yield)\b|you(?:'re|\s+are)\s+right|good\s+point|point\s+taken)",
    re.IGNORECASE,
)
_TURN = re.compile(r"\b(?:but|however|still|though|yet|even\s+so|nevertheless)\b[,\s]", re.IGNORECASE)
_FAMILIAR = 12.0
_GRANTED = 4.0


class Ear(Protocol):
    """What listening needs to know of the readings: never words of its own, only likenesses."""

    @property
    def sides(self) -> Sequence[str]:
        """Return the ids of the two sides."""

    def acts(self, query: Query) -> Mapping[Act, float]:
        """Return how likely each act is."""

    def arguments(self, query: Query, side: str) -> Sequence[Hit]:
        """Return the blocks that answer, for a side, what the query argues, best first."""

    def appeal(self, query: Query) -> tuple[Appeal, float]:
        """Return what the query asks for if it is about the round itself, and the cosine of its best example."""

    def question(self, query: Query) -> float:
        """Return the cosine of the best question that the readings answer."""

    def said(self, query: Query, side: str, keys: Collection[str]) -> Sequence[str]:
        """Return which of the side's prepared points, out of these keys, the query speaks to."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A piece that may be a claim, with the block it falls under or the appeal that it makes."""

    query: Query
    block: str
    cosine: float
    appeal: Appeal | None = None


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
    if _INJECTION.search(message):
        return Act.INJECTION
    if _ABUSE.search(message):
        return Act.ABUSE
    if asks_why(message):
        return Act.QUESTION
    if _OPENLY.search(message):
        return Act.CONCESSION
    odds = dict(ear.acts(whole))
    asks = message.rstrip().endswith("?")
    grants = bool(_GRANTS.search(message))
    known = max((_block(piece, ear, side)[1] for piece in pieces for side in ear.sides), default=0.0)
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


def after_grant(message: str, pieces: Sequence[T], text: Callable[[T], str]) -> list[T]:
    """Return the pieces of a concession that argue on: those after its "but"; none where it has none."""
    turn = _TURN.search(message)
    return [piece for piece in pieces if turn and message.find(text(piece)) >= turn.start() - 1]


def claims_of(
    pieces: Sequence[tuple[Segment, Query]], ear: Ear, side: str, said: Collection[str] = ()
) -> tuple[tuple[Claim, ...], tuple[Query, ...]]:
    """Return the claims among the pieces, and their queries; ``said`` are the keys of the bot's points so far.

    A piece that makes no known argument and leans on the one before (because …, that …) belongs to it; two pieces
    that make the same argument are one claim; greetings and asides are none, and an appeal beside claims is none.
    """
    found: list[_Found] = []
    for segment, piece in pieces:
        if _INJECTION.search(segment.text):
            continue
        new = _found(piece, ear, side)
        if segment.leans and found and new.block in ("", found[-1].block):
            both = _found(_joined(found[-1].query, piece), ear, side)
            found[-1] = both if both.cosine > found[-1].cosine else replace(found[-1], query=both.query)
        elif new.block or new.appeal or not _aside(piece, ear):
            found.append(new)
    found = [each for each in found if not each.appeal] or found[-1:]
    if any(each.block for each in found):
        found = [each for each in found if each.block or each.cosine >= ELABORATES]
    known: dict[str, _Found] = {}
    for number, each in enumerate(found):
        known.setdefault(each.block or str(number), each)
    claims = tuple(
        Claim(each.query.text, each.block, tuple(ear.said(each.query, side, said)), each.cosine >= SURE, each.appeal)
        for each in known.values()
    )
    return claims, tuple(each.query for each in known.values())


def _found(piece: Query, ear: Ear, side: str) -> _Found:
    block, cosine = _block(piece, ear, side)
    appeal, near = ear.appeal(piece)
    if near >= max(NEAR, cosine):
        return _Found(piece, "", cosine, appeal)
    return _Found(piece, block, cosine)


def _block(piece: Query, ear: Ear, side: str) -> tuple[str, float]:
    best = next(iter(ear.arguments(piece, side)), None)
    enough = NEAR if len(piece.text.split()) > _SHORT else SURE
    return (best.target if best.cosine >= enough else "", best.cosine) if best else ("", 0.0)


def _joined(first: Query, second: Query) -> Query:
    vector = first.vector + second.vector
    return Query(f"{first.text} {second.text}", vector / max(float(np.linalg.norm(vector)), 1e-9))


def _aside(piece: Query, ear: Ear) -> bool:
    if len(piece.text.split()) < 3 or _INJECTION.search(piece.text) or _ABUSE.search(piece.text):
        return True
    odds = ear.acts(piece)
    act = max(odds, key=lambda name: odds[name])
    return act is not Act.ARGUMENT and act is not Act.QUESTION and odds[act] >= ASIDE
