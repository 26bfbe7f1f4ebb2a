"""Passages cut where the word passes from one voice to another, so that each helps one side."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from knowledge.mining.cues import cues_of
from knowledge.mining.stance import Sentence, stance
from knowledge.passages import Passage
from knowledge.sentences import spans
from knowledge.topics import Side


def cut(sides: Sequence[Side], passages: Sequence[Passage], given: str = "") -> tuple[Passage, ...]:
    """Return the passages, each that has two voices cut between them; the ids of those left whole stay.

    ``given`` is the side that the reading argues for, "both", or "" where nobody said. Needs no vectors.
    """
    places = [(passage, start, end) for passage in passages for start, end in spans(passage.text)]
    said = sentences_of([(passage, passage.text[start:end]) for passage, start, end in places])
    heard = stance(said, sides, given, np.zeros(len(said)))
    voices = list(zip(heard.odds.argmax(axis=1).tolist(), heard.own.tolist(), strict=True))
    found: list[Passage] = []
    for passage, rows in groupby(zip(places, voices, strict=True), key=lambda row: row[0][0]):
        runs = [[place for place, _ in run] for _, run in groupby(rows, key=lambda row: row[1])]
        bounds = [(run[0][1], run[-1][2]) for run in runs]
        found.extend(_pieces(passage, bounds) if len(bounds) > 1 else [passage])
    return tuple(found)


def sentences_of(texts: Sequence[tuple[Passage, str]]) -> list[Sentence]:
    """Return the sentences of a reading with their cues, in order, from (passage, text) pairs."""
    found: list[Sentence] = []
    before = None
    for passage, text in texts:
        place = passage.source_id, passage.locator
        found.append(Sentence(text, passage.id, place != before, cues_of(text)))
        before = place
    return found


def _pieces(passage: Passage, bounds: Sequence[tuple[int, int]]) -> Iterator[Passage]:
    for number, (start, end) in enumerate(bounds, 1):
        yield replace(
            passage,
            id=f"{passage.id}.{number}",
            start=passage.start + start,
            end=passage.start + end,
            text=passage.text[start:end],
        )
