"""Topics of every kind, and a small digest with its original, both written for the tests."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import numpy as np
from hypothesis import strategies as st

from knowledge.embedding import Vectors
from knowledge.passages import Passage
from knowledge.sources import Kind, Paragraph, Source
from knowledge.topics import Answer, Argument, Attack, Block, Note, Precedent, Role, Side, Topic

ANY = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
MAYBE = st.one_of(st.just(""), ANY)
NAME = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=12)
ATTACKS = st.sampled_from([attack for attack in Attack if attack is not Attack.IMPACT_TURN])

DIGEST = (
    (1, "The ferry was cut in March, and nobody on the island was asked."),
    (1, "Islanders now drive forty kilometres round the bay to reach a doctor."),
    (2, "The county says that the boat lost 300,000 crowns a year."),
    (2, "Accountant Berit Holm found that the road repairs caused by lorries cost more than the boat's losses."),
    (3, "Nobody asks for the old steamer; a small battery ferry, sailing twice a day, would cost half as much."),
)
ORIGINAL = "\n\n".join(
    (
        "The Boat We Lost\nA letter from the island",
        "In March the county stopped our ferry without putting one question to the people who live here. Old Nils has"
        " not been to the mainland since. Anyone who needs a doctor must now take the car around the whole bay, forty"
        " kilometres.",
        "The council's reason is money: 300,000 crowns lost every year, it tells us. Yet Berit Holm, who keeps the"
        " harbour's accounts, added up what heavy lorries do to the shore road. Mending it came out dearer than the"
        " boat ever was.",
        "We do not ask for the old steamer back. A little battery-driven ferry that sails morning and evening would"
        " cost half. The yard at Vik has one standing idle.",
    )
)


class Shelf:
    """Vectors kept in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Mapping[bytes, bytes]] = {}
        self.saved: list[str] = []

    async def load(self, collection: str, model: str) -> Mapping[bytes, bytes]:
        return self.kept.get((collection, model), {})

    async def save(self, collection: str, model: str, vectors: Mapping[bytes, bytes]) -> None:
        self.saved.append(collection)
        self.kept[collection, model] = {**self.kept.get((collection, model), {}), **vectors}


class Quick:
    """An encoder that needs no model: a vector made of a text's hash."""

    fingerprint = "quick"

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = [np.frombuffer(sha256(text.encode()).digest() * 3, np.uint8)[:64] for text in texts]
        found = np.array(rows, np.float32).reshape(len(texts), 64) - 128
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)


def digest_topic() -> Topic:
    """Return a topic whose only reading is the digest."""
    passages, at = [], 0
    for number, (paragraph, says) in enumerate(DIGEST):
        passages.append(Passage(f"d{number}", "boat", f"¶{paragraph}", at, at + len(says), says))
        at += len(says) + 1
    source = Source("boat", "The boat", Kind.DIGEST, "\n".join(says for _, says in DIGEST))
    notes = {passage.id: Note(Role.CLAIM, "boat", {"boat": f"So: {passage.text}"}) for passage in passages}
    answers = (Answer(Attack.DENY, "It did not.", "", ("d3",)), Answer(Attack.MITIGATE, "Not by much."))
    block = Block("money", "boat", "the boat lost money", "the losses", ("a", "b", "c"), answers)
    argument = Argument("a1", "boat", "Islanders need the boat.", "They fall ill too.", "Lives.", ("d1",))
    return Topic(
        "ferry", "1", "Bring back the ferry.", (Side("boat", "Yes."), Side("road", "No.")), "MIT", "us",
        (source,), tuple(passages), notes, (argument,), (block,),
    )  # fmt: skip


@st.composite
def topics(draw: Any) -> Topic:
    """Draw a topic that holds together, of digests, verbatim readings and digests with their originals."""
    first, second = draw(st.lists(NAME, min_size=2, max_size=2, unique_by=str.casefold).filter(_no_others))
    sides = (Side(first, draw(ANY)), Side(second, draw(ANY)))
    readings = [draw(_reading(f"s{n}", (first, second))) for n in range(draw(st.integers(0, 3)))]
    sources = tuple(source for source, _, _ in readings)
    passages = tuple(passage for _, found, _ in readings for passage in found)
    notes = {name: note for _, _, found in readings for name, note in found.items()}

    def cites(side: str) -> tuple[str, ...]:
        served = sorted(name for name, note in notes.items() if note.serves(side))
        return tuple(draw(st.lists(st.sampled_from(served), max_size=2, unique=True))) if served else ()

    chosen = draw(st.lists(st.sampled_from((first, second)), max_size=3))
    arguments = tuple(
        Argument(f"a{n}", side, draw(ANY), draw(MAYBE), draw(MAYBE), cites(side)) for n, side in enumerate(chosen)
    )
    blocks = tuple(_block(draw, f"b{n}", side, cites) for n, side in enumerate(chosen))
    clashes = {frozenset(("b0", "b1")): draw(ANY)} if len(blocks) > 1 else {}
    silent = tuple(draw(st.lists(ANY, max_size=2)))
    met = tuple(
        Precedent(side, passages[0].source_id, draw(ANY), (passages[0].locator,)) for side in chosen if passages
    )
    about = (draw(ANY), draw(ANY), sides, draw(ANY), draw(ANY))
    return Topic("any", *about, sources, passages, notes, arguments, blocks, clashes, silent, met)


def _no_others(names: list[str]) -> bool:
    return not {"both", "neither"} & set(names)


def _block(draw: Any, name: str, side: str, cites: Any) -> Block:
    answers = tuple(Answer(draw(ATTACKS), draw(ANY), draw(MAYBE), cites(side)) for _ in range(2))
    return Block(name, side, draw(ANY), draw(ANY), tuple(draw(ANY) for _ in range(3)), answers, draw(MAYBE))


@st.composite
def _reading(draw: Any, name: str, sides: tuple[str, str]) -> tuple[Source, list[Passage], dict[str, Note]]:
    kind = draw(st.sampled_from(("digest", "verbatim", "attached")))
    about = {"author": draw(MAYBE), "date": draw(MAYBE)}
    says = [f"{name} {line}" for line in draw(st.lists(ANY, min_size=1, max_size=3))]
    text = f"{name} {draw(st.text(st.characters(exclude_categories=['Cs']), max_size=80))}"
    paragraphs = tuple(Paragraph(n, *_span(draw, text), draw(st.none() | st.integers(0, 9))) for n in range(2))
    passages, at = [], 0
    for n, line in enumerate(says):
        start, end = (at, at + len(line)) if kind == "digest" else _span(draw, text)
        slice_of = line if kind == "digest" else text[start:end]
        locator = draw(ANY) if kind == "verbatim" else f"¶{draw(st.integers(1, 99))}"
        gist = line if kind == "attached" else ""
        passages.append(Passage(f"{name}/{n}", name, locator, start, end, slice_of, gist))
        at += len(line) + 1
    if kind == "digest":
        source = Source(name, draw(ANY), Kind.DIGEST, "\n".join(says), **about)
    else:
        source = Source(name, draw(ANY), Kind.VERBATIM, text, **about, paragraphs=paragraphs)
    noted = [p for p in passages if kind != "verbatim" or draw(st.booleans())]
    return source, passages, {p.id: _note(draw, sides, p.text) for p in noted}


def _span(draw: Any, text: str) -> tuple[int, int]:
    start = draw(st.integers(0, len(text) - 1))
    return start, draw(st.integers(start + 1, len(text)))


def _note(draw: Any, sides: tuple[str, str], text: str) -> Note:
    helps = draw(st.sampled_from((*sides, "both", "neither")))
    mine = [side for side in sides if helps in (side, "both")]
    how = {side: draw(ANY) for side in mine if draw(st.booleans())}
    counters = {side: tuple(draw(st.lists(ANY, max_size=2))) for side in mine if draw(st.booleans())}
    asks, denies = (tuple(draw(st.lists(ANY, max_size=2))) for _ in range(2))
    line = draw(st.sampled_from(("", text, text[: len(text) // 2])))
    return Note(draw(st.sampled_from(list(Role))), helps, how, counters, asks, denies, draw(st.floats(0, 1)), line)
