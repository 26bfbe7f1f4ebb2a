"""How well readings that nobody annotated are understood: ``python -m benchmarks.mining [dev|held|all]``.

The readings, what each sentence does and helps, and the arguments with the paragraphs that answer them are in
cases/readings. A passage's gold side and role are those of most of its words. After "20 keystrokes" the gold side of
the 20 least certain passages of a topic has been told, one by one, and the others are measured.
"""

import asyncio
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from benchmarks.readings import Kept, lines, reading
from bot.settings import settings
from knowledge.embedding import SentenceEncoder, Vectors
from knowledge.library import Library, OpenTopic
from knowledge.mining import cut, mine, texts
from knowledge.passages import Passage, split
from knowledge.reviewing import Review
from knowledge.sentences import quotable
from knowledge.topics import Side, Topic

SHOW = "-v" in sys.argv


@dataclass(frozen=True)
class Case:
    """A topic mined, its vectors, and the gold side and role of each passage."""

    topic: Topic
    vectors: Mapping[str, Vectors]
    gold: Mapping[str, tuple[str, str]]
    given: Mapping[str, str]


def case(written: dict[str, Any], encoder: SentenceEncoder, told: bool = True) -> Case:
    """Return the topic in the cases; ``told`` says whether mining hears which side each reading is on."""
    first, second = (Side(name, holds) for name, holds in written["sides"].items())
    sides = (first, second)
    sources, passages, notes, arguments, gold = [], [], {}, [], {}
    vectors: dict[str, Vectors] = {}
    for name, side in written["readings"].items():
        given = side if told else ""
        source = reading(name)
        pieces = cut(sides, split(source), given)
        wanted = texts(written["motion"], sides, pieces)
        vectors |= dict(zip(wanted, encoder.encode(wanted), strict=True))
        mined = mine(written["motion"], sides, pieces, vectors, given)
        sources.append(source)
        passages += pieces
        notes |= mined.notes
        arguments += mined.arguments
        gold |= {piece.id: majority(piece, name) for piece in pieces}
    topic = Topic(
        written["id"], "1", written["motion"], sides, "", "", tuple(sources), tuple(passages), notes,
        tuple(arguments), ()
    )  # fmt: skip
    return Case(topic, vectors, gold, written["readings"])


def majority(passage: Passage, reading: str) -> tuple[str, str]:
    helps: Counter[str] = Counter()
    roles: Counter[str] = Counter()
    for line in lines(f"{reading}.gold.jsonl"):
        if line["text"] in passage.text:
            helps[line["helps"]] += len(line["text"].split())
            roles[line["role"]] += len(line["text"].split())
    return helps.most_common(1)[0][0], roles.most_common(1)[0][0]


def labels(name: str, found: Case) -> str:
    notes = found.topic.notes
    right = [notes[p].helps == side for p, (side, _) in found.gold.items()]
    role = [notes[p].role.value == role for p, (_, role) in found.gold.items()]
    most = Counter(side for side, _ in found.gold.values()).most_common(1)[0][1]
    if SHOW:
        for passage in found.topic.passages:
            note, gold = notes[passage.id], found.gold[passage.id]
            mark = "ok" if note.helps == gold[0] else "NO"
            print(mark, passage.source_id, passage.locator, note.helps, note.confidence, note.role.value, gold,
                  "|", note.line[:90])  # fmt: skip
    size = len(right)
    return (
        f"{name:<22} passages {size:>3}, side right {sum(right) / size:.2f} (one side for all {most / size:.2f}), "
        f"role right {sum(role) / size:.2f}"
    )


def reviewed(found: Case, keystrokes: int = 20) -> str:
    """Tell the gold side of the least certain passages, one by one, and measure the others."""
    vectors = {
        p.id: np.mean([found.vectors[text] for text in quotable(p.text)], axis=0) for p in found.topic.passages
    }
    review = Review(found.topic, vectors)
    told: set[str] = set()
    figures = []
    for key in range(keystrokes + 1):
        others = {name: note for name, note in review.notes.items() if name not in told}
        if key in (0, 5, 10, keystrokes) and others:
            right = sum(note.helps == found.gold[name][0] for name, note in others.items())
            figures.append(f"{key}: {right / len(others):.2f} of {len(others)} (sure {review.sure:.2f})")
        name = review.next()
        if not name or key == keystrokes:
            break
        review.decide(name, replace(review.notes[name], helps=found.gold[name][0]))
        told.add(name)
    return f"{'':<22} after keystrokes {', '.join(figures)}"


async def counters(found: Case, opened: OpenTopic, arguments: list[dict[str, Any]]) -> str:
    apt = harm = place = none = 0
    for argument in arguments:
        (query,) = await opened.read([argument["text"]])
        hits = opened.counters(query, argument["side"])
        best = hits[0].target if hits else ""
        passage = found.topic.passage(best) if best else None
        where = [passage.source_id, passage.locator] if passage else []
        side = found.gold[best][0] if best else ""
        other = found.topic.other(argument["side"]).id
        good = where in argument["accept"] and side == argument["side"]
        apt, harm, none = apt + good, harm + (side == other), none + (not best)
        place += bool(where) and found.given[where[0]] in (argument["side"], "both")
        if SHOW and not good:
            print(argument["id"], argument["side"], "|", argument["text"], "|", where, side, argument["accept"],
                  round(hits[0].cosine, 2) if hits else "", "|", passage.text[:120] if passage else "")  # fmt: skip
    size = len(arguments)
    return (
        f"{found.topic.id:<22} arguments {size}, first apt {apt / size:.2f}, right reading {place / size:.2f}, "
        f"on the user's side {harm / size:.2f}, none {none / size:.2f}"
    )


async def main(split: str) -> None:
    encoder = SentenceEncoder(settings().model, settings().threads)
    arguments = lines("arguments.jsonl")
    for written in lines("topics.jsonl"):
        if split not in ("all", written["split"]):
            continue
        found = case(written, encoder)
        print(labels(written["id"], found))
        print(reviewed(found))
        if set(written["readings"].values()) != {"both"}:
            untold = case(written, encoder, told=False)
            print(labels(f"{written['id']}, side untold", untold))
            print(reviewed(untold))
        opened = await Library(encoder, Kept()).open(found.topic)
        if asked := [argument for argument in arguments if argument["topic"] == written["id"]]:
            print(await counters(found, opened, asked))


if __name__ == "__main__":
    asyncio.run(main(next((arg for arg in sys.argv[1:] if not arg.startswith("-")), "dev")))
