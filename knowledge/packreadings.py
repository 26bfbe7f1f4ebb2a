"""The readings of a pack: their files, and the sources, passages and notes that they make."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from knowledge.errors import PackError
from knowledge.packshapes import Digest, Line, NoteShape, Original, Span, Verbatim
from knowledge.packyaml import content, line_of, read, words
from knowledge.passages import Passage
from knowledge.sources import Kind, Paragraph, Source
from knowledge.topics import Note

_DIGEST, _VERBATIM, _ORIGINAL = TypeAdapter(Digest), TypeAdapter(Verbatim), TypeAdapter(Original)
_NOTES = TypeAdapter(dict[str, NoteShape])
_BESIDE = (".notes.yaml", ".original.yaml")


@dataclass(frozen=True, slots=True)
class Reading:
    """A source with its passages and their notes."""

    source: Source
    passages: tuple[Passage, ...]
    notes: Mapping[str, Note]


def readings(folder: Path) -> Iterator[Reading]:
    """Yield the readings in a pack's folder, by file name; PackError names the first fault."""
    for path in sorted(folder.glob("*.yaml")):
        if not path.name.endswith(_BESIDE):
            kind = content(path)
            verbatim = isinstance(kind, dict) and kind.get("kind") == Kind.VERBATIM
            yield _verbatim(path) if verbatim else _digest(path)


def files(name: str, reading: Reading) -> Iterator[tuple[str, Any]]:
    """Yield the files of a reading: name without folder, and content (a str is text, all else YAML)."""
    source, passages = reading.source, reading.passages
    about = {"id": source.id, "title": source.title, "kind": source.kind.value}
    about |= {key: value for key, value in (("author", source.author), ("date", source.date)) if value}
    held = {"sha256": _sha256(source.text), "paragraphs": [_numbers(p) for p in source.paragraphs]}
    if source.kind is Kind.DIGEST or any(passage.gist for passage in passages):
        lines = [_line(passage, reading.notes[passage.id]) for passage in passages]
        yield f"{name}.yaml", {**about, "kind": Kind.DIGEST.value, "passages": lines}
    else:
        yield f"{name}.yaml", {**about, **held, "passages": [_span(p, reading.notes.get(p.id)) for p in passages]}
        yield f"{name}.txt", source.text
    if source.kind is Kind.VERBATIM and any(passage.gist for passage in passages):
        yield f"{name}.original.yaml", {**held, "spans": {p.id: [p.start, p.end] for p in passages}}
        yield f"{name}.original.txt", source.text
    notes = {p.id: found for p in passages if (found := _written(reading.notes.get(p.id)))}
    if notes:
        yield f"{name}.notes.yaml", notes


def _digest(path: Path) -> Reading:
    digest = read(path, _DIGEST)
    passages, at = [], 0
    for line in digest.passages:
        end = at + len(line.says)
        passages.append(Passage(line.id, digest.id, f"¶{line.at}", at, end, line.says))
        at = end + 1
    text = "\n".join(line.says for line in digest.passages)
    source = Source(digest.id, digest.title, digest.kind, text, digest.author, digest.date)
    written = _written_notes(path, [line.id for line in digest.passages])
    notes = {line.id: _note(line.role, line.helps, written.get(line.id)) for line in digest.passages}
    reading = Reading(source, tuple(passages), notes)
    original = path.with_suffix(".original.yaml")
    return _attached(original, reading) if original.exists() else reading


def _attached(path: Path, digest: Reading) -> Reading:
    """Return the digest with the words of its original."""
    original = read(path, _ORIGINAL)
    text = _text(path, original.sha256)
    if missing := [passage.id for passage in digest.passages if passage.id not in original.spans]:
        raise PackError(f"{path}: spans: {missing[0]} is missing.")
    passages = tuple(_slice(path, text, p, original.spans[p.id], p.text) for p in digest.passages)
    about = digest.source
    paragraphs = _paragraphs(path, original.paragraphs, text)
    source = Source(about.id, about.title, Kind.VERBATIM, text, about.author, about.date, paragraphs)
    return Reading(source, passages, digest.notes)


def _verbatim(path: Path) -> Reading:
    held = read(path, _VERBATIM)
    text = _text(path, held.sha256)
    paragraphs = _paragraphs(path, held.paragraphs, text)
    source = Source(held.id, held.title, held.kind, text, held.author, held.date, paragraphs)
    passages = tuple(
        _slice(path, text, Passage(span.id, held.id, span.at, 0, 0, ""), (span.start, span.end))
        for span in held.passages
    )
    written = _written_notes(path, [span.id for span in held.passages])
    notes = {span.id: _note(span.role, span.helps, written.get(span.id)) for span in held.passages if span.role}
    return Reading(source, passages, notes)


def _written_notes(path: Path, known: Sequence[str]) -> Mapping[str, NoteShape]:
    beside = path.with_suffix(".notes.yaml")
    written = read(beside, _NOTES) if beside.exists() else {}
    if strange := sorted(written.keys() - set(known)):
        raise PackError(f"{beside}:{line_of(beside, (strange[0],))}: {strange[0]}: there is no such passage.")
    return written


def _text(path: Path, digest: str) -> str:
    """Return the text beside a YAML file, if it is the one that the file's offsets were made for."""
    beside = path.with_suffix(".txt")
    text = words(beside)
    if _sha256(text) != digest:
        raise PackError(f"{beside}: changed since its passages were cut. Put it back, or add it with topic add.")
    return text


def _slice(path: Path, text: str, passage: Passage, span: Sequence[int], gist: str = "") -> Passage:
    """Return the passage with the words of a span of the text."""
    start, end = span
    if not start < end <= len(text):
        raise PackError(f"{path}: {passage.id}: characters {start} to {end} are no span of the text.")
    return replace(passage, start=start, end=end, text=text[start:end], gist=gist)


def _paragraphs(path: Path, written: Sequence[Sequence[int]], text: str) -> tuple[Paragraph, ...]:
    found = tuple(Paragraph(n, start, end, *page) for n, start, end, *page in written)
    if any(not paragraph.start < paragraph.end <= len(text) for paragraph in found):
        raise PackError(f"{path}: paragraphs: one is no span of the text.")
    return found


def _note(role: Any, helps: str, note: NoteShape | None) -> Note:
    note = note or NoteShape()
    counters = {side: tuple(claims) for side, claims in note.counters.items()}
    asks, denies = tuple(note.asks), tuple(note.denies)
    return Note(role, helps, dict(note.how), counters, asks, denies, note.confidence, note.line)


def _line(passage: Passage, note: Note) -> dict[str, Any]:
    at = int(passage.locator.removeprefix("¶"))
    line = Line(id=passage.id, at=at, role=note.role, helps=note.helps, says=passage.key)
    return line.model_dump(mode="json")


def _span(passage: Passage, note: Note | None) -> dict[str, Any]:
    span = Span(id=passage.id, at=passage.locator, start=passage.start, end=passage.end)
    noted = {"role": note.role.value, "helps": note.helps} if note else {}
    return span.model_dump(include={"id", "at", "start", "end"}) | noted


def _written(note: Note | None) -> dict[str, Any]:
    """Return what of a note goes beside the reading; empty where it says no more than role and side."""
    if note is None:
        return {}
    counters = {side: list(claims) for side, claims in note.counters.items()}
    shape = NoteShape(
        how=dict(note.how),
        counters=counters,
        asks=list(note.asks),
        denies=list(note.denies),
        confidence=note.confidence,
        line=note.line,
    )
    return shape.model_dump(exclude_defaults=True)


def _numbers(paragraph: Paragraph) -> list[int]:
    page = [] if paragraph.page is None else [paragraph.page]
    return [paragraph.number, paragraph.start, paragraph.end, *page]


def _sha256(text: str) -> str:
    return sha256(text.encode()).hexdigest()
