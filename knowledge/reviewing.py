"""What a person's decisions on some passages say of the others: least certain first, learned anew after each."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from knowledge.embedding import Vectors
from knowledge.topics import Note, Role, Topic

CERTAIN = 1.0
"""Confidence of a note that a person has decided; mining never reaches it."""
TOLD, GUESSED = 4.0, 0.3
"""How much a decision counts in learning, and how much a passage that only mining has judged."""
MOST_GUESSES = 600
"""Undecided passages that are learned from, so that learning keeps within a keystroke's time."""


class Review:
    """The passages of a topic in review: mined notes, corrected by what the decisions so far teach."""

    def __init__(self, topic: Topic, vectors: Mapping[str, Vectors]) -> None:
        """Take the unit vector of every passage that has a mined note."""
        self._topic = topic
        self._mined = {name: note for name, note in topic.notes.items() if note.line and name in vectors}
        self._names = list(self._mined)
        self._sides = [side.id for side in topic.sides]
        self._features = self._described(vectors)
        self._decided = {name: note for name, note in self._mined.items() if note.confidence >= CERTAIN}
        self._learn()

    @property
    def left(self) -> int:
        """Return how many passages nobody has decided."""
        return len(self._names) - len(self._decided)

    @property
    def sure(self) -> float:
        """Return the share of the undecided passages whose side is expected to be right; 1 when none is left."""
        waiting = [note.confidence for name, note in self.notes.items() if name not in self._decided]
        return float(np.mean(waiting)) if waiting else 1.0

    @property
    def notes(self) -> Mapping[str, Note]:
        """Return the note of every passage in review as it stands now."""
        return self._notes | self._decided

    def next(self) -> str:
        """Return the passage whose side is least certain; "" when all are decided."""
        waiting = [name for name in self._names if name not in self._decided]
        return min(waiting, key=lambda name: self._notes[name].confidence, default="")

    def decide(self, name: str, note: Note) -> Note:
        """Return the note as decided, for keeping; the others are judged anew."""
        self._decided[name] = replace(note, confidence=CERTAIN)
        self._learn()
        return self._decided[name]

    def undecide(self, name: str) -> Note:
        """Return the passage's note as it was before it was decided."""
        self._decided.pop(name, None)
        self._learn()
        return self._notes[name]

    def _described(self, vectors: Mapping[str, Vectors]) -> Vectors:
        """Return what is known of each passage: its vector, the mined odds, and who speaks in which reading."""
        sources = list(dict.fromkeys(self._topic.passage(name).source_id for name in self._names))
        extra = np.zeros((len(self._names), 1 + len(sources)), np.float32)
        for row, (name, note) in enumerate(self._mined.items()):
            own = -1.0 if note.role in (Role.CONCESSION, Role.VOICE) else 1.0
            extra[row, 0] = 2 * self._odds(note)
            extra[row, 1 + sources.index(self._topic.passage(name).source_id)] = own
        stacked = np.stack([vectors[name] for name in self._names]) if self._names else np.zeros((0, 1), np.float32)
        return np.hstack([stacked, extra])

    def _odds(self, note: Note) -> float:
        sign = {self._sides[0]: 1.0, self._sides[1]: -1.0}.get(note.helps, 0.0)
        return sign * (2 * note.confidence - 1)

    def _learn(self) -> None:
        """Judge the undecided passages by the decided ones, as far as these say more than mining did."""
        self._notes = dict(self._mined)
        if not self._decided:
            return
        shares = self._model()
        for name, share in zip(self._names, shares, strict=True):
            helps = max(share, key=lambda side: share[side])
            self._notes[name] = replace(self._mined[name], helps=helps, confidence=min(0.99, round(share[helps], 3)))

    def _lessons(self) -> Iterator[tuple[int, str, float]]:
        """Yield (row, side, weight): decisions in full; what mining made of the others for what it is worth."""
        step = max(1, len(self._names) // MOST_GUESSES)
        for row, name in enumerate(self._names):
            if name in self._decided:
                yield row, self._decided[name].helps, TOLD
            elif row % step == 0:
                note = self._mined[name]
                doubt = [side for side in self._sides if side != note.helps]
                yield row, note.helps, GUESSED * note.confidence
                yield from ((row, side, GUESSED * (1 - note.confidence) / len(doubt)) for side in doubt)

    def _model(self) -> list[dict[str, float]]:
        from sklearn.linear_model import LogisticRegression

        lessons = list(self._lessons())
        rows, labels, weights = zip(*lessons, strict=True)
        if len(set(labels)) < 2:
            return [{labels[0]: 0.9} for _ in self._names]
        model: Any = LogisticRegression(C=1.0, max_iter=300)
        model.fit(self._features[list(rows)], labels, sample_weight=weights)
        shares = model.predict_proba(self._features)
        return [dict(zip(model.classes_, share, strict=True)) for share in shares.tolist()]
