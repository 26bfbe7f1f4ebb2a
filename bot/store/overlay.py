"""What is kept of a topic's readings, laid over what the topic has without them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from knowledge.passages import Passage
from knowledge.sources import Source
from knowledge.topics import Argument, Note, Topic


class _Named(Protocol):
    @property
    def id(self) -> str:
        """Return the id."""


T = TypeVar("T", bound=_Named)


@dataclass(frozen=True, slots=True)
class Laid:
    """What is kept of a topic's readings; ``version`` is the bundled topic's when an original was attached to it."""

    version: str
    sources: tuple[Source, ...] = ()
    passages: tuple[Passage, ...] = ()
    notes: Mapping[str, Note] | None = None
    arguments: tuple[Argument, ...] = ()
    dropped: frozenset[str] = frozenset()


def overlaid(base: Topic, laid: Laid) -> Topic:
    """Return the topic with what is kept added, or put in the place of what has the same id.

    An original attached to another version of a bundled digest is left out: its spans answer to that version.
    """
    stale = {source.id for source in base.sources} if laid.version != base.version else set()
    passages = _over(base.passages, [passage for passage in laid.passages if passage.source_id not in stale])
    known = {passage.id for passage in passages}
    arguments = _over(base.arguments, laid.arguments)
    return replace(
        base,
        sources=_over(base.sources, [source for source in laid.sources if source.id not in stale]),
        passages=passages,
        notes={name: note for name, note in {**base.notes, **(laid.notes or {})}.items() if name in known},
        arguments=tuple(a for a in arguments if a.id not in laid.dropped and known.issuperset(a.rests_on)),
    )


def _over(base: Iterable[T], laid: Iterable[T]) -> tuple[T, ...]:
    return tuple(({each.id: each for each in base} | {each.id: each for each in laid}).values())
