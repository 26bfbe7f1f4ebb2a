"""What no single file of a pack can tell: ids are unique, sides exist, citations resolve and serve their side."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from knowledge.errors import PackError
from knowledge.topics import Attack, Block, Topic, place_of


def check(folder: Path, topic: Topic) -> None:
    """Raise PackError for the first thing in a topic that does not hold together; ``folder`` is named in it."""
    sides = {side.id for side in topic.sides}
    _sides(folder / "topic.yaml", topic)
    _unique(folder, "source", (source.id for source in topic.sources))
    _different(folder, topic)
    _unique(folder, "passage", (passage.id for passage in topic.passages))
    _unique(folder, "block", (block.id for block in topic.blocks))
    _unique(folder, "argument", (argument.id for argument in topic.arguments))
    _notes(folder / "readings", topic, sides)
    _clashes(folder / "topic.yaml", topic)
    _precedents(folder / "precedents.yaml", topic, sides)
    for block in topic.blocks:
        _known(folder / "blocks", block.id, "side", {block.side}, sides)
        _double_turn(folder / "blocks", block)
        for answer in block.answers:
            _cites(folder / "blocks", block.id, answer.cites, block.side, topic)
    for argument in topic.arguments:
        _known(folder / "arguments.yaml", argument.id, "side", {argument.side}, sides)
        _cites(folder / "arguments.yaml", argument.id, argument.rests_on, argument.side, topic)


def _sides(path: Path, topic: Topic) -> None:
    first, second = (side.id for side in topic.sides)
    if first.casefold() == second.casefold():
        raise PackError(f"{path}: sides: both are called {first!r}; give them two names.")
    for side in (first, second):
        if side in ("both", "neither"):
            raise PackError(f"{path}: sides: {side!r} means something else here; give the side another name.")


def _different(folder: Path, topic: Topic) -> None:
    texts: dict[str, str] = {}
    for source in topic.sources:
        if (first := texts.setdefault(source.digest, source.id)) != source.id:
            raise PackError(f"{folder}: {first} and {source.id} hold the same text; take one out.")


def _notes(path: Path, topic: Topic, sides: set[str]) -> None:
    for name, note in topic.notes.items():
        _known(path, name, "helps", {note.helps}, sides | {"both", "neither"})
        for side in (*note.how, *note.counters):
            if not note.serves(side):
                raise PackError(f"{path}: {name}: how: the passage does not help {side}.")
        if note.line not in topic.passage(name).text:
            raise PackError(f"{path}: {name}: line: these words do not stand in the passage.")


def _clashes(path: Path, topic: Topic) -> None:
    blocks = {block.id for block in topic.blocks}
    for pair in topic.clashes:
        _known(path, "clashes", "between", set(pair), blocks)


def _precedents(path: Path, topic: Topic, sides: set[str]) -> None:
    places = {topic.place(passage.id) for passage in topic.passages}
    for precedent in topic.precedents:
        _known(path, precedent.says, "side", {precedent.side}, sides)
        for locator in precedent.met_by:
            if place_of(precedent.source, locator) not in places:
                raise PackError(
                    f"{path}: {precedent.says}: met_by: {precedent.source} has no passage at {locator!r}."
                )


def _unique(folder: Path, what: str, ids: Iterable[str]) -> None:
    if twice := sorted(name for name, count in Counter(ids).items() if count > 1):
        raise PackError(f"{folder}: {twice[0]}: two {what}s have this id; give one of them another.")


def _known(path: Path, name: str, key: str, found: set[str], known: set[str]) -> None:
    if strange := sorted(found - known):
        raise PackError(f"{path}: {name}: {key}: {strange[0]!r} is unknown; use one of {', '.join(sorted(known))}.")


def _double_turn(path: Path, block: Block) -> None:
    attacks = {answer.attack for answer in block.answers}
    if {Attack.LINK_TURN, Attack.IMPACT_TURN} <= attacks:
        raise PackError(f"{path}: {block.id}: answers: a link turn beside an impact turn is a double turn.")


def _cites(path: Path, name: str, cites: Sequence[str], side: str, topic: Topic) -> None:
    for cite in cites:
        if not topic.has(cite):
            raise PackError(f"{path}: {name}: cites: there is no passage {cite!r}.")
        if not topic.serves(cite, side):
            raise PackError(f"{path}: {name}: cites: passage {cite!r} does not help {side}.")
