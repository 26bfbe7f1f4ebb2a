"""The files of a topic pack, as a person writes them, and the topic that they make.

A pack is a folder: ``topic.yaml``; ``readings/*.yaml`` (digests), each with an optional ``*.notes.yaml`` beside it;
``arguments.yaml``; ``blocks/<side>-*.yaml``; ``silent.yaml``. Only ``topic.yaml`` must be there.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from knowledge.errors import PackError
from knowledge.passages import Passage
from knowledge.sources import Kind, Source
from knowledge.topics import Answer, Argument, Attack, Block, Note, Role, Side, Topic

T = TypeVar("T")
Text = Annotated[str, Field(min_length=1)]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Side(_File):
    id: Text
    holds: Text


class _Clash(_File):
    between: Annotated[list[Text], Field(min_length=2, max_length=2)]
    why: Text


class _Head(_File):
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    version: Text
    motion: Text
    sides: Annotated[list[_Side], Field(min_length=2, max_length=2)]
    licence: Text
    attribution: Text
    clashes: list[_Clash] = []


class _Line(_File):
    id: Text
    at: Annotated[int, Field(ge=1)]
    role: Role
    helps: Text
    says: Text


class _Digest(_File):
    id: Text
    title: Text
    kind: Kind
    passages: Annotated[list[_Line], Field(min_length=1)]


class _Note(_File):
    how: dict[str, Text] = {}
    counters: dict[str, list[Text]] = {}
    asks: list[Text] = []
    denies: list[Text] = []


class _Argument(_File):
    id: Text
    side: Text
    claim: Text
    warrant: Text
    impact: Text
    rests_on: list[Text]


class _Answer(_File):
    attack: Attack
    text: Text
    so: str = ""
    cites: list[Text] = []


class _Block(_File):
    id: Text
    they_say: Text
    matter: Text
    phrasings: Annotated[list[Text], Field(min_length=3)]
    answers: Annotated[list[_Answer], Field(min_length=2)]
    question: str = ""


class _Theme(_File):
    id: Text
    theme: Text
    phrasings: Annotated[list[Text], Field(min_length=3)]
    answers: Annotated[list[_Answer], Field(min_length=1)]


def load(folder: Path) -> Topic:
    """Return the topic in a pack's folder; PackError names file, line and key of the first fault."""
    head = _read(folder / "topic.yaml", TypeAdapter(_Head))
    sides = tuple(Side(side.id, side.holds) for side in head.sides)
    digests = {
        path: _read(path, TypeAdapter(_Digest))
        for path in sorted((folder / "readings").glob("*.yaml"))
        if not path.name.endswith(".notes.yaml")
    }
    sources, passages, notes = [], [], {}
    for path, digest in digests.items():
        source, spans = _digest(digest)
        sources.append(source)
        passages.extend(spans)
        notes.update(_notes(path.with_suffix(".notes.yaml"), digest))
    topic = Topic(
        id=head.id,
        version=head.version,
        motion=head.motion,
        sides=(sides[0], sides[1]),
        licence=head.licence,
        attribution=head.attribution,
        sources=tuple(sources),
        passages=tuple(passages),
        notes=notes,
        arguments=tuple(_arguments(folder / "arguments.yaml")),
        blocks=tuple(_blocks(folder / "blocks")),
        silent=tuple(_silent(folder / "silent.yaml")),
        clashes={frozenset(clash.between): clash.why for clash in head.clashes},
    )
    _check(folder, topic)
    return topic


def load_general(path: Path) -> tuple[Block, ...]:
    """Return the general-purpose answers in a file, as blocks of no side."""
    themes = _read(path, TypeAdapter(list[_Theme]))
    return tuple(
        Block(theme.id, "", theme.theme, theme.theme, tuple(theme.phrasings), _answers(theme.answers))
        for theme in themes
    )


def _digest(digest: _Digest) -> tuple[Source, list[Passage]]:
    passages, at = [], 0
    for line in digest.passages:
        end = at + len(line.says)
        passages.append(Passage(line.id, digest.id, f"¶{line.at}", at, end, line.says))
        at = end + 1
    text = "\n".join(line.says for line in digest.passages)
    return Source(digest.id, digest.title, digest.kind, text), passages


def _notes(path: Path, digest: _Digest) -> dict[str, Note]:
    written = _read(path, TypeAdapter(dict[str, _Note])) if path.exists() else {}
    if strange := sorted(written.keys() - {line.id for line in digest.passages}):
        raise PackError(f"{path}:{_line(path, (strange[0],))}: {strange[0]}: there is no such passage.")
    return {line.id: _note(line, written.get(line.id, _Note())) for line in digest.passages}


def _note(line: _Line, note: _Note) -> Note:
    counters = {side: tuple(claims) for side, claims in note.counters.items()}
    return Note(line.role, line.helps, dict(note.how), counters, tuple(note.asks), tuple(note.denies))


def _arguments(path: Path) -> Iterator[Argument]:
    if path.exists():
        for a in _read(path, TypeAdapter(list[_Argument])):
            yield Argument(a.id, a.side, a.claim, a.warrant, a.impact, tuple(a.rests_on))


def _silent(path: Path) -> list[str]:
    return _read(path, TypeAdapter(list[Text])) if path.exists() else []


def _blocks(folder: Path) -> Iterator[Block]:
    for path in sorted(folder.glob("*.yaml")):
        side, _, _ = path.stem.partition("-")
        for b in _read(path, TypeAdapter(list[_Block])):
            phrasings = tuple(b.phrasings)
            yield Block(b.id, side, b.they_say, b.matter, phrasings, _answers(b.answers), b.question)


def _answers(written: Sequence[_Answer]) -> tuple[Answer, ...]:
    return tuple(Answer(a.attack, a.text, a.so, tuple(a.cites)) for a in written)


def _check(folder: Path, topic: Topic) -> None:
    """Hold what no single file can tell: ids are unique, sides exist, citations resolve and serve their side."""
    sides = {side.id for side in topic.sides}
    known = {passage.id for passage in topic.passages}
    _unique(folder, "passage", [passage.id for passage in topic.passages])
    _unique(folder, "block", [block.id for block in topic.blocks])
    _unique(folder, "argument", [argument.id for argument in topic.arguments])
    for name, note in topic.notes.items():
        _known(folder / "readings", name, "helps", {note.helps}, sides | {"both", "neither"})
        for side in (*note.how, *note.counters):
            if not note.serves(side):
                raise PackError(f"{folder / 'readings'}: {name}: how: the passage does not help {side}.")
    for block in topic.blocks:
        _known(folder / "blocks", block.id, "side", {block.side}, sides)
        _double_turn(folder / "blocks", block)
        for answer in block.answers:
            _cites(folder / "blocks", block.id, answer.cites, block.side, topic, known)
    blocks = {block.id for block in topic.blocks}
    for pair in topic.clashes:
        _known(folder / "topic.yaml", "clashes", "pair", set(pair), blocks)
    for argument in topic.arguments:
        _known(folder / "arguments.yaml", argument.id, "side", {argument.side}, sides)
        _cites(folder / "arguments.yaml", argument.id, argument.rests_on, argument.side, topic, known)


def _unique(folder: Path, what: str, ids: Sequence[str]) -> None:
    if twice := sorted({name for name in ids if ids.count(name) > 1}):
        raise PackError(f"{folder}: {twice[0]}: two {what}s have this id; give one of them another.")


def _known(path: Path, name: str, key: str, found: set[str], known: set[str]) -> None:
    if strange := sorted(found - known):
        raise PackError(f"{path}: {name}: {key}: {strange[0]!r} is unknown; use one of {', '.join(sorted(known))}.")


def _double_turn(path: Path, block: Block) -> None:
    attacks = {answer.attack for answer in block.answers}
    if {Attack.LINK_TURN, Attack.IMPACT_TURN} <= attacks:
        raise PackError(f"{path}: {block.id}: answers: a link turn beside an impact turn is a double turn.")


def _cites(path: Path, name: str, cites: Sequence[str], side: str, topic: Topic, known: set[str]) -> None:
    for cite in cites:
        if cite not in known:
            raise PackError(f"{path}: {name}: cites: there is no passage {cite!r}.")
        if not topic.serves(cite, side):
            raise PackError(f"{path}: {name}: cites: passage {cite!r} does not help {side}.")


def _read(path: Path, shape: TypeAdapter[T]) -> T:
    try:
        text = path.read_text("utf-8")
        content = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return shape.validate_python(content)
    except FileNotFoundError:
        raise PackError(f"{path}: missing. A topic pack needs this file.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{path}: cannot be read as UTF-8 text ({error}).") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PackError(f"{path}:{line}: not valid YAML: {error.problem}.") from None
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "file"
        raise PackError(f"{path}:{_line(path, first['loc'])}: {key}: {first['msg']}.") from None


def _line(path: Path, keys: Sequence[Any]) -> int:
    """Return the line, from 1, of the deepest part of the path of keys that the file has."""
    node = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    line = 1
    for key in keys:
        if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
        elif isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(key)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
            continue
        else:
            break
        line = node.start_mark.line + 1
    return line
