"""What a topic has for each side: arguments, evidence, blocks, and what nothing answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.debate.plan import APT
from knowledge.topics import Argument, Topic

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SideView:
    """What there is for one side. ``gaps`` are the other side's arguments, each claim once, that it can't answer."""

    id: str
    holds: str
    arguments: int
    evidence: int
    blocks: int
    gaps: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A reading: how many of its passages help the first side alone, both, the second alone, or neither."""

    id: str
    title: str
    kind: str
    first: int
    both: int
    second: int
    neither: int

    @property
    def passages(self) -> int:
        """Return how many passages it has."""
        return self.first + self.both + self.second + self.neither


@dataclass(frozen=True, slots=True)
class Overview:
    """A topic at a glance. ``balance`` is the first side's share of the evidence that only one side may cite."""

    topic: Topic
    sides: tuple[SideView, SideView]
    readings: tuple[ReadingView, ...]

    @property
    def balance(self) -> float | None:
        """Return the first side's share of one-sided evidence, 0 to 1; None where there is none."""
        first, second = (sum(getattr(r, name) for r in self.readings) for name in ("first", "second"))
        return first / (first + second) if first + second else None


def overview(topic: Topic, answered: Mapping[str, Mapping[str, float]]) -> Overview:
    """Return what a topic has for each side.

    ``answered`` tells, per side, how near its nearest answer comes to each of the other side's arguments (a cosine).
    """
    first, second = (_side(topic, side.id, answered[side.id]) for side in topic.sides)
    return Overview(topic, (first, second), _readings(topic))


def record(seen: Overview) -> Record:
    """Return the overview as a plain record."""
    topic = seen.topic
    return {
        "id": topic.id,
        "motion": topic.motion,
        "version": topic.version,
        "licence": topic.licence,
        "attribution": topic.attribution,
        "sides": [
            {
                "id": side.id,
                "holds": side.holds,
                "arguments": side.arguments,
                "evidence": side.evidence,
                "blocks": side.blocks,
                "gaps": [{"argument": gap.id, "claim": gap.claim} for gap in side.gaps],
            }
            for side in seen.sides
        ],
        "balance": None if seen.balance is None else round(seen.balance, 3),
        "sources": [
            {"id": r.id, "title": r.title, "kind": r.kind, "passages": r.passages, "helps": _helps(seen, r)}
            for r in seen.readings
        ],
    }


def _helps(seen: Overview, reading: ReadingView) -> Record:
    first, second = (side.id for side in seen.sides)
    return {first: reading.first, "both": reading.both, second: reading.second, "neither": reading.neither}


def _side(topic: Topic, name: str, nearest: Mapping[str, float]) -> SideView:
    unmet = [topic.argument(each) for each, cosine in nearest.items() if cosine < APT]
    return SideView(
        name,
        topic.side(name).holds,
        sum(argument.side == name for argument in topic.arguments),
        sum(note.serves(name) for note in topic.notes.values()),
        sum(block.side == name for block in topic.blocks),
        tuple({argument.claim: argument for argument in reversed(unmet)}.values())[::-1],
    )


def _readings(topic: Topic) -> tuple[ReadingView, ...]:
    first, second = (side.id for side in topic.sides)
    helped: dict[str, list[str]] = {source.id: [] for source in topic.sources}
    for passage in topic.passages:
        note = topic.notes.get(passage.id)
        helped[passage.source_id].append(note.helps if note else "neither")
    return tuple(
        ReadingView(
            source.id,
            source.title,
            source.kind.value,
            *(helped[source.id].count(helps) for helps in (first, "both", second, "neither")),
        )
        for source in topic.sources
    )
