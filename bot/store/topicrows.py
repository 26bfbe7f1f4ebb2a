"""The values of a topic as rows, and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from bot.store.tables import PassageRow, SourceRow, TopicRow
from knowledge.passages import Passage
from knowledge.sources import Kind, Paragraph, Source
from knowledge.topics import Argument, Block, Note, Precedent, Side, Topic

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What a topic has beside its readings; a clash is two blocks and the reason."""

    blocks: tuple[Block, ...]
    clashes: tuple[tuple[list[str], str], ...]
    silent: tuple[str, ...]
    precedents: tuple[Precedent, ...] = ()


_PREPARED = TypeAdapter(_Prepared)
_SIDES = TypeAdapter(tuple[Side, Side])
_PARAGRAPHS = TypeAdapter(tuple[Paragraph, ...])
_NOTE = TypeAdapter(Note)
_ARGUMENT = TypeAdapter(Argument)


def topic_row(topic: Topic, overlay: bool = False) -> Row:
    """Return the row of a topic without its readings."""
    clashes = tuple((sorted(pair), why) for pair, why in topic.clashes.items())
    prepared = _Prepared(topic.blocks, clashes, topic.silent, topic.precedents)
    return {
        "id": topic.id,
        "overlay": overlay,
        "version": topic.version,
        "motion": topic.motion,
        "sides": _SIDES.dump_json(topic.sides).decode(),
        "licence": topic.licence,
        "attribution": topic.attribution,
        "prepared": _PREPARED.dump_json(prepared).decode(),
    }


def topic(row: TopicRow) -> Topic:
    """Return the topic in a row, without readings."""
    prepared = _PREPARED.validate_json(row.prepared)
    clashes = {frozenset(pair): why for pair, why in prepared.clashes}
    sides = _SIDES.validate_json(row.sides)
    return Topic(
        id=row.id,
        version=row.version,
        motion=row.motion,
        sides=sides,
        licence=row.licence,
        attribution=row.attribution,
        sources=(),
        passages=(),
        notes={},
        arguments=(),
        blocks=prepared.blocks,
        clashes=clashes,
        silent=prepared.silent,
        precedents=prepared.precedents,
    )


def source_row(name: str, source: Source) -> Row:
    """Return the row of a source of the topic with that id."""
    return {
        "topic_id": name,
        "id": source.id,
        "digest": source.digest,
        "title": source.title,
        "kind": source.kind.value,
        "author": source.author,
        "date": source.date,
        "paragraphs": _PARAGRAPHS.dump_json(source.paragraphs).decode(),
        "text": source.text,
    }


def source(row: SourceRow) -> Source:
    """Return the source in a row."""
    paragraphs = _PARAGRAPHS.validate_json(row.paragraphs)
    return Source(row.id, row.title, Kind(row.kind), row.text, row.author, row.date, paragraphs)


def passage_row(name: str, passage: Passage) -> Row:
    """Return the row of a passage of the topic with that id."""
    return {
        "topic_id": name,
        "id": passage.id,
        "source_id": passage.source_id,
        "locator": passage.locator,
        "start": passage.start,
        "end": passage.end,
        "gist": passage.gist,
    }


def passage(row: PassageRow, text: str) -> Passage:
    """Return the passage in a row, a slice of its source's text."""
    return Passage(row.id, row.source_id, row.locator, row.start, row.end, text[row.start : row.end], row.gist)


def note_row(name: str, passage_id: str, note: Note, decided: bool) -> Row:
    """Return the row of a note of the topic with that id."""
    return {
        "topic_id": name,
        "passage_id": passage_id,
        "note": _NOTE.dump_json(note).decode(),
        "decided": decided,
    }


def note(text: str) -> Note:
    """Return the note in a row's JSON."""
    return _NOTE.validate_json(text)


def argument_rows(name: str, arguments: Sequence[Argument], dropped: Sequence[str] = ()) -> list[Row]:
    """Return the rows of arguments of the topic with that id, and of those dropped from it."""
    kept = [
        {"topic_id": name, "id": a.id, "argument": _ARGUMENT.dump_json(a).decode(), "dropped": False}
        for a in arguments
    ]
    return kept + [{"topic_id": name, "id": gone, "argument": "", "dropped": True} for gone in dropped]


def argument(text: str) -> Argument:
    """Return the argument in a row's JSON."""
    return _ARGUMENT.validate_json(text)
