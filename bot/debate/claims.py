"""The separate claims of a message, each under the block that it makes, if any."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.debate.cues import ABUSE, ANNOUNCES, INJECTION, REPORTS, TURN
from bot.debate.ear import NEAR, OURS, SURE, Ear
from bot.debate.segments import VERB, names_only
from bot.debate.turn import Claim
from knowledge.acts import Act
from knowledge.appeals import Appeal
from knowledge.queries import Query

FIRM = 0.15
"""Score from which a segment is taken to make a known argument, far as its words may be from all that are known."""
PLAIN = 0.25
"""Score from which a part of a sentence, or what leans on the one before, is taken to make a claim of its own."""
ASIDE = 0.6
"""Likelihood from which a sentence inside an argument is taken to be no part of it."""
_CLAIMING = (Act.ARGUMENT, Act.QUESTION, Act.CROSSEX_ANSWER)
"""Acts that a sentence beside arguments claims something in: what sounds like an answer there is a short claim."""
_SHORT = 3
"""Words up to which a piece must be nearer to a known argument to make it, unless it has as many, and a verb."""
_LINK = 30
"""Characters that may stand between two pieces which are told as one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment of a message with its vector, and the parts that it may fall into with theirs."""

    query: Query
    leans: bool = False
    listed: bool = False
    parts: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A piece that may be a claim, with the block it falls under or the appeal that it makes."""

    query: Query
    block: str
    cosine: float
    score: float = 0.0
    appeal: Appeal | None = None
    listed: bool = False

    @property
    def plain(self) -> bool:
        """Return whether it makes a known argument beyond doubt."""
        return bool(self.block and VERB.search(self.query.text)) and self.cosine >= SURE and self.score >= PLAIN

    @property
    def names(self) -> bool:
        """Return whether it only names what the claim before spoke of."""
        return not self.listed and names_only(self.query.text)


def claims_of(
    message: str, pieces: Sequence[Piece], ear: Ear, side: str, said: Collection[str] = ()
) -> tuple[tuple[Claim, ...], tuple[Query, ...]]:
    """Return the claims among a message's pieces, and their queries; ``said`` are the bot's points so far, by key.

    A piece that leans on the one before (because …, that …) and makes no other argument belongs to it; pieces that
    make the same argument are one claim, unless the speaker counts them apart; greetings and asides are none, and an
    appeal beside claims is none.
    """
    sound = (_own(piece) for piece in pieces if not INJECTION.search(piece.query.text))
    found = _gathered(message, sound, ear, side)
    found = [each for each in found if not each.appeal] or found[-1:]
    found = [each for each in found[:-1] if not _reports(each.query.text)] + found[-1:]
    found = [each for each in found if each.block or not each.query.text.endswith("?")] or found[-1:]
    found = _joining(message, found, ear, side)
    known: dict[str, _Found] = {}
    for number, each in enumerate(found):
        before = next(reversed(known), "")
        apart = not each.block or (each.listed and each.block in known)
        own = str(number) if apart else each.block
        name = before if before and each.names and known[before].block else own
        known[name] = _both(message, known[name], each) if name in known else each
    queries = [each.query for each in known.values()]
    leaning = ear.allegiance(whole_of(" ".join(query.text for query in queries), queries), side) if queries else 0.0
    return tuple(_claim(each, leaning, ear, side, said) for each in known.values()), tuple(queries)


def whole_of(message: str, pieces: Sequence[Query]) -> Query:
    """Return the message as a query whose vector is the mean of its pieces', which costs no second encoding."""
    mean = np.mean([piece.vector for piece in pieces], axis=0)
    return Query(message, (mean / max(float(np.linalg.norm(mean)), 1e-9)).astype(np.float32))


def _claim(found: _Found, leaning: float, ear: Ear, side: str, said: Collection[str]) -> Claim:
    """Return a claim of a message that leans to the bot's own side by so much."""
    if found.block:
        leaning = (leaning + ear.allegiance(found.query, side)) / 2
    if leaning >= OURS and not found.appeal:
        return Claim(found.query.text, ours=True)
    meets, sure = tuple(ear.said(found.query, side, said)), found.cosine >= SURE and leaning <= 0
    return Claim(found.query.text, found.block, meets, sure, found.appeal)


def likeness(piece: Query, ear: Ear, side: str) -> float:
    """Return the cosine of the known argument that a piece is likeliest to make; 0 when none is known."""
    return next((hit.cosine for hit in ear.arguments(piece, side)), 0.0)


def _block(piece: Query, ear: Ear, side: str) -> tuple[str, float, float]:
    """Return the block that a piece falls under, "" when it is not near enough, with its cosine and score."""
    best = next(iter(ear.arguments(piece, side)), None)
    if best is None:
        return "", 0.0, 0.0
    words = len(piece.text.split())
    says = words > _SHORT or (words == _SHORT and bool(VERB.search(piece.text)))
    known = best.cosine >= (NEAR if says else SURE) or (says and best.score >= FIRM)
    return best.target if known else "", best.cosine, best.score


def _gathered(message: str, pieces: Iterable[Piece], ear: Ear, side: str) -> list[_Found]:
    """Return the pieces that may be claims, with what leans on them."""
    found: list[_Found] = []
    for piece in pieces:
        for number, new in enumerate(_split(piece, ear, side)):
            leans = piece.leans and not number and found
            if leans and (not new.plain or new.block == found[-1].block or NEAR <= found[-1].cosine < SURE):
                found[-1] = _both(message, found[-1], new)
            elif new.block or new.appeal or not _aside(new.query, ear, piece.listed):
                found.append(replace(new, listed=piece.listed))
    return found


def _joining(message: str, found: Iterable[_Found], ear: Ear, side: str) -> list[_Found]:
    """Return the pieces, those that make no known argument joined to the one before, or the first to the one after.

    A speaker's scenes, slogans and pictures belong to what they are told for. What is counted apart stays apart.
    """
    kept: list[_Found] = []
    for each in found:
        before = kept[-1] if kept else None
        strange = before and not (before.block or before.listed)
        if before and not (each.listed or each.appeal or before.appeal) and (strange or not each.block):
            both = _both(message, before, each)
            kept[-1] = both if both.block else _found(both.query, ear, side)
        else:
            kept.append(each)
    return kept


def _split(piece: Piece, ear: Ear, side: str) -> Iterator[_Found]:
    """Yield the piece whole, or in parts where two of them or more make different arguments beyond doubt."""
    parts = [_found(part, ear, side) for part in piece.parts]
    if len({part.block for part in parts if part.plain}) < 2:
        yield _found(piece.query, ear, side)
        return
    last = parts[0]
    for part in parts[1:]:
        if part.plain and part.block != last.block and last.plain:
            yield last
            last = part
        else:
            last = _both(piece.query.text, last, part)
    yield last


def _found(piece: Query, ear: Ear, side: str) -> _Found:
    name, cosine, score = _block(piece, ear, side)
    appeal, near = ear.appeal(piece)
    if near >= max(NEAR, cosine):
        return _Found(piece, "", cosine, appeal=appeal)
    return _Found(piece, name, cosine, score)


def _both(message: str, first: _Found, second: _Found) -> _Found:
    """Return two pieces of a message as one: the surer's block, and its meaning or that of both without a block."""
    surer = max(first, second, key=lambda each: (bool(each.block), each.cosine))
    vector = surer.query.vector if surer.block else first.query.vector + second.query.vector
    unit = vector / max(float(np.linalg.norm(vector)), 1e-9)
    return replace(surer, query=Query(_joined(message, first.query.text, second.query.text), unit))


def _joined(message: str, first: str, second: str) -> str:
    """Return two pieces of a message in one: with the few words between them, where they stand side by side."""
    start = message.find(first)
    end = message.find(second, start + len(first))
    between = end - start - len(first)
    return message[start : end + len(second)] if start >= 0 and 0 < between <= _LINK else f"{first} {second}"


def _own(piece: Piece) -> Piece:
    """Return what a piece holds against what it says the bot said; the piece where it does not do so."""
    text = piece.query.text
    turn = TURN.search(text) if REPORTS.match(text) else None
    parts = tuple(part for part in piece.parts if turn and text.find(part.text) >= turn.start())
    return replace(piece, query=whole_of(text[text.find(parts[0].text) :], parts), parts=parts) if parts else piece


def _reports(text: str) -> bool:
    """Return whether a piece says no more than what the bot said."""
    return bool(REPORTS.match(text)) and not TURN.search(text)


def _aside(piece: Query, ear: Ear, listed: bool) -> bool:
    """Return whether a piece is no part of the argument; what the speaker counts is, unless it only announces."""
    if ANNOUNCES.search(piece.text):
        return True
    if listed:
        return False
    if len(piece.text.split()) < 2 or INJECTION.search(piece.text) or ABUSE.search(piece.text):
        return True
    odds = ear.acts(piece)
    act = max(odds, key=lambda name: odds[name])
    return act not in _CLAIMING and odds[act] >= ASIDE
