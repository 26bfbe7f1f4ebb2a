"""The files of a topic pack, as a person writes them, and the topic that they make.

A pack is a folder: ``topic.yaml``; ``readings/*.yaml``, each with an optional ``*.notes.yaml`` beside it;
``arguments.yaml``; ``blocks/<side>-*.yaml``; ``precedents.yaml``; ``silent.yaml``. Only ``topic.yaml`` must be there.
A reading is a digest, or verbatim with its text in ``*.txt``; an original attached to a digest stands in
``*.original.yaml`` and ``*.original.txt``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from knowledge.errors import PackError
from knowledge.packchecks import check
from knowledge.packreadings import Reading, files, readings
from knowledge.packshapes import (
    AnswerShape,
    ArgumentShape,
    BlockShape,
    ClashShape,
    Head,
    Met,
    PrecedentsShape,
    SideShape,
    Text,
    Theme,
)
from knowledge.packyaml import read, written
from knowledge.passages import Passage
from knowledge.topics import Answer, Argument, Block, Precedent, Side, Topic

_MEND = {
    "id": "use small letters, digits and hyphens, 64 at most",
    "sides": "give two sides, each with a name of 1 to 40 characters on one line",
}


def load(folder: Path) -> Topic:
    """Return the topic in a pack's folder; PackError names file, line and key of the first fault."""
    head = read(folder / "topic.yaml", TypeAdapter(Head))
    found = list(readings(folder / "readings"))
    topic = Topic(
        id=head.id,
        version=head.version,
        motion=head.motion,
        sides=_sides(head),
        licence=head.licence,
        attribution=head.attribution,
        sources=tuple(reading.source for reading in found),
        passages=tuple(passage for reading in found for passage in reading.passages),
        notes={name: note for reading in found for name, note in reading.notes.items()},
        arguments=tuple(_arguments(folder / "arguments.yaml")),
        blocks=tuple(_blocks(folder / "blocks")),
        silent=tuple(_silent(folder / "silent.yaml")),
        precedents=tuple(_precedents(folder / "precedents.yaml")),
        clashes={frozenset(clash.between): clash.why for clash in head.clashes},
    )
    check(folder, topic)
    return topic


def begun(name: str, motion: str, sides: Sequence[Side], version: str, licence: str, attribution: str) -> Topic:
    """Return a topic with nothing read yet; PackError names what does not do."""
    told = {"id": name, "version": version, "motion": motion, "licence": licence, "attribution": attribution}
    try:
        head = Head.model_validate({**told, "sides": [asdict(side) for side in sides]})
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0])
        raise PackError(f"The topic's {key} does not do: {_MEND.get(key, 'it must not be empty')}.") from None
    topic = Topic(name, version, motion, _sides(head), licence, attribution, (), (), {}, (), ())
    check(Path(), topic)
    return topic


def save(topic: Topic) -> Iterator[tuple[str, str]]:
    """Yield the files of a topic's pack: path within the pack and text. Loading them gives an equal topic."""
    head = Head(
        id=topic.id,
        version=topic.version,
        motion=topic.motion,
        sides=[SideShape(id=side.id, holds=side.holds) for side in topic.sides],
        licence=topic.licence,
        attribution=topic.attribution,
        clashes=[ClashShape(between=sorted(pair), why=why) for pair, why in topic.clashes.items()],
    )
    yield "topic.yaml", written(head.model_dump(exclude_defaults=True))
    passages: dict[str, list[Passage]] = {source.id: [] for source in topic.sources}
    for passage in topic.passages:
        passages[passage.source_id].append(passage)
    for number, source in enumerate(topic.sources, 1):
        reading = Reading(source, tuple(passages[source.id]), topic.notes)
        for name, content in files(f"{number:05}", reading):
            yield f"readings/{name}", content if isinstance(content, str) else written(content)
    arguments = [_argument_shape(argument).model_dump(exclude_defaults=True) for argument in topic.arguments]
    blocks = [_block_shape(block).model_dump(mode="json", exclude_defaults=True) for block in topic.blocks]
    precedents = [shape.model_dump() for shape in _precedent_shapes(topic.precedents)]
    lists = {"arguments": arguments, "blocks/blocks": blocks, "precedents": precedents, "silent": list(topic.silent)}
    for name, content in lists.items():
        if content:
            yield f"{name}.yaml", written(content)


def load_general(path: Path) -> tuple[Block, ...]:
    """Return the general-purpose answers in a file, as blocks of no side."""
    themes = read(path, TypeAdapter(list[Theme]))
    return tuple(
        Block(theme.id, "", theme.theme, theme.theme, tuple(theme.phrasings), _answers(theme.answers))
        for theme in themes
    )


def _sides(head: Head) -> tuple[Side, Side]:
    first, second = (Side(side.id, side.holds) for side in head.sides)
    return first, second


def _arguments(path: Path) -> Iterator[Argument]:
    if path.exists():
        for a in read(path, TypeAdapter(list[ArgumentShape])):
            yield Argument(a.id, a.side, a.claim, a.warrant, a.impact, tuple(a.rests_on))


def _silent(path: Path) -> list[str]:
    return read(path, TypeAdapter(list[Text])) if path.exists() else []


def _precedents(path: Path) -> Iterator[Precedent]:
    if path.exists():
        for group in read(path, TypeAdapter(list[PrecedentsShape])):
            for met in group.arguments:
                yield Precedent(group.side, group.reading, met.says, tuple(met.met_by))


def _precedent_shapes(precedents: Sequence[Precedent]) -> Iterator[PrecedentsShape]:
    for (side, reading), group in groupby(precedents, key=lambda each: (each.side, each.source)):
        met = [Met(says=each.says, met_by=list(each.met_by)) for each in group]
        yield PrecedentsShape(side=side, reading=reading, arguments=met)


def _blocks(folder: Path) -> Iterator[Block]:
    for path in sorted(folder.glob("*.yaml")):
        named, _, _ = path.stem.partition("-")
        for b in read(path, TypeAdapter(list[BlockShape])):
            phrasings = tuple(b.phrasings)
            yield Block(b.id, b.side or named, b.they_say, b.matter, phrasings, _answers(b.answers), b.question)


def _answers(shapes: Sequence[AnswerShape]) -> tuple[Answer, ...]:
    return tuple(Answer(a.attack, a.text, a.so, tuple(a.cites)) for a in shapes)


def _argument_shape(a: Argument) -> ArgumentShape:
    rests_on = list(a.rests_on)
    return ArgumentShape(id=a.id, side=a.side, claim=a.claim, warrant=a.warrant, impact=a.impact, rests_on=rests_on)


def _block_shape(b: Block) -> BlockShape:
    answers = [AnswerShape(attack=a.attack, text=a.text, so=a.so, cites=list(a.cites)) for a in b.answers]
    return BlockShape(
        id=b.id,
        side=b.side,
        they_say=b.they_say,
        matter=b.matter,
        phrasings=list(b.phrasings),
        answers=answers,
        question=b.question,
    )
