"""What the judge of key points learns from and is measured on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.judges.training.data import Row, grouped, rows, stances
from knowledge.lexical import terms
from knowledge.sentences import sentences

NO, MATCH, UNDECIDED, APART = range(4)
"""How an argument stands to a key point. Apart are unlike sides and motions: nobody was asked about such pairs."""
SAME = 0.4
"""TF-IDF cosine from which a motion is taken to be the same as one that is kept for measuring."""
SHORT = 12
"""Words below which a first sentence is read together with the second."""

Marks = NDArray[np.int8]


@dataclass(frozen=True)
class Table:
    """Arguments, key points, and how each argument stands to each point: ``marks``, shape (arguments, points)."""

    motion: str
    arguments: Sequence[str]
    points: Sequence[str]
    marks: Marks


def labelled(folder: Path, split: str) -> list[Table]:
    """Return a table for each side of each of ArgKP's topics; a pair without a label is undecided."""
    side = stances(folder, split)
    records = [
        {**row, "side": side[row["topic"], row["argument"]]}
        for row in rows(folder, f"key_points/argkp_{split}.jsonl")
    ]
    return [_table(topic, found) for (topic, _), found in grouped(records, "topic", "side").items()]


def _table(topic: str, records: Sequence[Row]) -> Table:
    arguments, points = (list(dict.fromkeys(row[kind] for row in records)) for kind in ("argument", "key_point"))
    places = [{text: place for place, text in enumerate(texts)} for texts in (arguments, points)]
    marks = np.full((len(arguments), len(points)), UNDECIDED, np.int8)
    for row in records:
        marks[places[0][row["argument"]], places[1][row["key_point"]]] = MATCH if row["match"] else NO
    return Table(topic, arguments, points, marks)


def titled(folder: Path) -> list[Table]:
    """Return a table for each side of each debate: first reasons of its points, and the points' titles."""
    tables = []
    for found in grouped(rows(folder, "counter/train.jsonl"), "debate", "point_side").values():
        reasons = {row["point_title"]: _reason(row) for row in found}
        reasons = {title: reason for title, reason in reasons.items() if reason}
        marks = np.where(np.eye(len(reasons), dtype=bool), MATCH, NO).astype(np.int8)
        tables.append(Table(found[0]["motion"], list(reasons.values()), list(reasons), marks))
    return tables


def _reason(row: Row) -> str:
    """Return how a point begins, without its title."""
    said = sentences(row["point"].removeprefix(row["point_title"]).strip())
    return " ".join(said[: 2 if said and len(said[0].split()) < SHORT else 1])


def apart(tables: Sequence[Table], kept: Sequence[Table]) -> list[Table]:
    """Return the tables whose motions are not nearly the same as one of those that are kept for measuring."""
    motions, unlike = [table.motion for table in tables], sorted({table.motion for table in kept})
    words = TfidfVectorizer(analyzer=terms).fit([*motions, *unlike])
    nearest = (words.transform(motions) @ words.transform(unlike).T).max(axis=1).toarray().ravel()
    return [table for table, cosine in zip(tables, nearest, strict=True) if cosine < SAME]


def together(tables: Sequence[Table], most: int) -> Iterator[Table]:
    """Yield the tables joined, up to ``most`` arguments where that splits no motion."""
    held: list[Table] = []
    for _, found in groupby(tables, key=lambda table: table.motion):
        more = list(found)
        if held and sum(len(table.arguments) for table in [*held, *more]) > most:
            yield joined(held)
            held = []
        held += more
    if held:
        yield joined(held)


def joined(tables: Sequence[Table]) -> Table:
    """Return the tables as one; between two of them all pairs are apart."""
    sizes = np.array([table.marks.shape for table in tables])
    marks = np.full(sizes.sum(axis=0), APART, np.int8)
    for table, (down, right) in zip(tables, sizes.cumsum(axis=0) - sizes, strict=True):
        marks[down : down + table.marks.shape[0], right : right + table.marks.shape[1]] = table.marks
    arguments = [text for table in tables for text in table.arguments]
    return Table(tables[0].motion, arguments, [text for table in tables for text in table.points], marks)
