"""The separate claims of a message, each under the block that it makes, if any."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.debate.cues import ABUSE, ANNOUNCES, INJECTION
from bot.debate.ear import NEAR, OURS, SURE, Ear
from bot.debate.turn import Claim
from knowledge.acts import Act
from knowledge.appeals import Appeal
from knowledge.queries import Query

ELABORATES = 0.36
"""Cosine below which a sentence beside known arguments is taken to fill in, not to claim."""
ASIDE = 0.6
"""Likelihood from which a sentence inside an argument is taken to be no part of it."""
_SHORT = 3


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
    appeal: Appeal | None = None
    listed: bool = False

    @property
    def fills_in(self) -> bool:
        """Return whether it is likelier to say more of the claim before than to make one."""
        return not (self.block or self.listed) and self.cosine < ELABORATES


def claims_of(
    pieces: Sequence[Piece], ear: Ear, side: str, said: Collection[str] = ()
) -> tuple[tuple[Claim, ...], tuple[Query, ...]]:
    """Return the claims among the pieces, and their queries; ``said`` are the keys of the bot's points so far.

    A piece that leans on the one before (because …, that …) and makes no other argument belongs to it; pieces that
    make the same argument are one claim; greetings and asides are none, and an appeal beside claims is none.
    """
    found = _gathered((piece for piece in pieces if not INJECTION.search(piece.query.text)), ear, side)
    found = [each for each in found if not each.appeal] or found[-1:]
    known: dict[str, _Found] = {}
    for number, each in enumerate(found):
        before = next(reversed(known), "")
        name = before if before and each.fills_in and known[before].block else each.block or str(number)
        known[name] = _both(known[name], each) if name in known else each
    queries = [each.query for each in known.values()]
    leaning = ear.allegiance(whole_of(" ".join(query.text for query in queries), queries), side) if queries else 0.0
    return tuple(_claim(each, leaning, ear, side, said) for each in known.values()), tuple(queries)


def whole_of(message: str, pieces: Sequence[Query]) -> Query:
    """Return the message as a query whose vector is the mean of its pieces', which costs no second encoding."""
    mean = np.mean([piece.vector for piece in pieces], axis=0)
    return Query(message, (mean / max(float(np.linalg.norm(mean)), 1e-9)).astype(np.float32))


def _claim(found: _Found, leaning: float, ear: Ear, side: str, said: Collection[str]) -> Claim:
    """Return a claim of a message that leans to the bot's own side by so much."""
    leaning = (leaning + ear.allegiance(found.query, side)) / 2
    if leaning >= OURS and not found.appeal:
        return Claim(found.query.text, ours=True)
    meets, sure = tuple(ear.said(found.query, side, said)), found.cosine >= SURE and leaning <= 0
    return Claim(found.query.text, found.block, meets, sure, found.appeal)


def block(piece: Query, ear: Ear, side: str) -> tuple[str, float]:
    """Return the block that a piece falls under, "" when none is near enough, and the cosine of the nearest."""
    best = next(iter(ear.arguments(piece, side)), None)
    enough = NEAR if len(piece.text.split()) > _SHORT else SURE
    return (best.target if best.cosine >= enough else "", best.cosine) if best else ("", 0.0)


def _gathered(pieces: Iterable[Piece], ear: Ear, side: str) -> list[_Found]:
    """Return the pieces that may be claims, with what leans on them."""
    found: list[_Found] = []
    for piece in pieces:
        for number, new in enumerate(_split(piece, ear, side)):
            leans = piece.leans and not number and found
            if leans and (new.block in ("", found[-1].block) or NEAR <= found[-1].cosine < SURE <= new.cosine):
                found[-1] = _both(found[-1], new)
            elif new.block or new.appeal or piece.listed or not _aside(new.query, ear):
                found.append(replace(new, listed=piece.listed))
    return found


def _split(piece: Piece, ear: Ear, side: str) -> Iterator[_Found]:
    """Yield the piece whole, or in parts where two of them or more make different arguments beyond doubt."""
    parts = [_found(part, ear, side) for part in piece.parts]
    if len({part.block for part in parts if part.block and part.cosine >= SURE}) < 2:
        yield _found(piece.query, ear, side)
        return
    last = parts[0]
    for part in parts[1:]:
        if part.cosine >= SURE and part.block != last.block and last.cosine >= SURE:
            yield last
            last = part
        else:
            last = _within(piece.query.text, _both(last, part), last, part)
    yield last


def _within(text: str, both: _Found, first: _Found, second: _Found) -> _Found:
    """Return two parts as one, in the words that stand between their ends in the text."""
    start = text.index(first.query.text)
    end = text.index(second.query.text, start + len(first.query.text)) + len(second.query.text)
    return replace(both, query=replace(both.query, text=text[start:end]))


def _found(piece: Query, ear: Ear, side: str) -> _Found:
    name, cosine = block(piece, ear, side)
    appeal, near = ear.appeal(piece)
    if near >= max(NEAR, cosine):
        return _Found(piece, "", cosine, appeal)
    return _Found(piece, name, cosine)


def _both(first: _Found, second: _Found) -> _Found:
    """Return two pieces as one, under the block of the surer."""
    surer = max(first, second, key=lambda each: each.cosine)
    vector = first.query.vector + second.query.vector
    unit = vector / max(float(np.linalg.norm(vector)), 1e-9)
    return replace(surer, query=Query(f"{first.query.text} {second.query.text}", unit))


def _aside(piece: Query, ear: Ear) -> bool:
    if (
        len(piece.text.split()) < 2
        or ANNOUNCES.search(piece.text)
        or INJECTION.search(piece.text)
        or ABUSE.search(piece.text)
    ):
        return True
    odds = ear.acts(piece)
    act = max(odds, key=lambda name: odds[name])
    return act is not Act.ARGUMENT and act is not Act.QUESTION and odds[act] >= ASIDE
