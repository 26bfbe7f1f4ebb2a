"""What a person's decisions on some passages say of the others: least certain first, learned anew after each."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from knowledge.embedding import Vectors
from knowledge.mining import claims, drafted_id
from knowledge.topics import Argument, Note, Role, Topic

TOLD, GUESSED = 4.0, 0.3
"""How much a decision counts in learning, and how much a passage that only mining has judged."""
MOST_GUESSES = 600
"""Undecided passages that are learned from, so that learning keeps within a keystroke's time."""


class Review:
    """The passages of a topic in review: mined notes, corrected by what the decisions so far teach."""

    def __init__(self, topic: Topic, vectors: Mapping[str, Vectors], decided: Collection[str] = ()) -> None:
        """Take the vectors of the passages, and the ids of those that were decided before."""
        self._topic = topic
        self._mined = {name: note for name, note in topic.notes.items() if note.line and name in vectors}
        self._names = list(self._mined)
        self._sides = [side.id for side in topic.sides]
        self._features = self._described(vectors)
        self._bare = set(self._names) - {a.rests_on[0] for a in topic.arguments if a.rests_on}
        self._worded = self._given = self._claims()
        self._decided = {name: note for name, note in self._mined.items() if name in decided}
        self._learn()

    @property
    def waiting(self) -> frozenset[str]:
        """Return the passages that nobody has decided."""
        return frozenset(self._names) - self._decided.keys()

    @property
    def sure(self) -> float:
        """Return the share of the undecided passages whose side is expected to be right; 1 when none is left."""
        waiting = [note.confidence for name, note in self.notes.items() if name not in self._decided]
        return float(np.mean(waiting)) if waiting else 1.0

    @property
    def notes(self) -> Mapping[str, Note]:
        """Return the note of every passage in review as it stands now."""
        return self._notes | self._decided

    def next(self, skipped: Collection[str] = ()) -> str:
        """Return the undecided passage whose side is least certain, leaving out the skipped; "" when none is left."""
        waiting = [name for name in self._names if name not in self._decided and name not in skipped]
        return min(waiting, key=lambda name: self._notes[name].confidence, default="")

    def claim(self, name: str) -> str:
        """Return what the passage claims where somebody has put it into other words; else ""."""
        return self._worded.get(name, "")

    def decide(self, name: str, note: Note, claim: str = "") -> Note:
        """Return the note as decided, for keeping; the others are judged anew.

        ``claim`` is the passage's claim in the reviewer's words; "" where the line says it.
        """
        self._worded = {**self._worded, name: claim}
        self._decided[name] = replace(note, confidence=1.0)
        self._learn()
        return self._decided[name]

    @property
    def learned(self) -> Mapping[str, Note]:
        """Return the notes of undecided passages that the decisions have changed."""
        return {name: note for name, note in self._notes.items() if name not in self._decided and self._turned(name)}

    def _turned(self, name: str) -> bool:
        return self._notes[name].helps != self._mined[name].helps

    def redrawn(self, names: Collection[str]) -> tuple[list[Argument], list[str]]:
        """Return the arguments that rest on these passages as the notes now have them, and the ids of those gone.

        A passage of which mining made none makes one when it is sure enough by now, as mining has it.
        """
        notes, wanted = self.notes, set(names)
        drawn = [argument for argument in self._topic.arguments if not wanted.isdisjoint(argument.rests_on)]
        found = {argument.id: redrawn(argument, notes, self._worded) for argument in drawn}
        found |= {drafted_id(name): self._drafted(name, notes[name]) for name in names if name in self._bare}
        return [a for a in found.values() if a], [name for name, a in found.items() if a is None]

    def undecide(self, name: str) -> Note:
        """Return the passage's note as it was before it was decided."""
        self._decided.pop(name, None)
        self._worded = {**self._worded, name: self._given.get(name, "")}
        self._learn()
        return self._notes[name]

    def _claims(self) -> dict[str, str]:
        """Return the claims that a reviewer has put into words: they stand nowhere in their passages."""
        firsts = {argument.rests_on[0]: argument.claim for argument in self._topic.arguments if argument.rests_on}
        return {n: c for n, c in firsts.items() if n in self._mined and c not in self._topic.passage(n).text}

    def _drafted(self, name: str, note: Note) -> Argument | None:
        if note.helps in ("both", "neither") or not claims(note):
            return None
        return Argument(drafted_id(name), note.helps, self.claim(name) or note.line, "", "", (name,))

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
        # no intercept: the least certain come first, so that the decided are no sample of the others
        model: Any = LogisticRegression(C=1.0, max_iter=300, fit_intercept=False)
        model.fit(self._features[list(rows)], labels, sample_weight=weights)
        shares = model.predict_proba(self._features)
        return [dict(zip(model.classes_.tolist(), share, strict=True)) for share in shares.tolist()]


def redrawn(argument: Argument, notes: Mapping[str, Note], worded: Mapping[str, str]) -> Argument | None:
    """Return an argument as the notes of its passages have it; None when its first passage speaks for no one side.

    A mined argument takes side and claim from its first passage, the claim as it is worded if it is; those of the
    other passages that do not serve it go.
    """
    first = notes.get(argument.rests_on[0]) if argument.rests_on else None
    if first is None:
        return argument
    if first.helps in ("both", "neither"):
        return None
    rests = tuple(name for name in argument.rests_on if name not in notes or notes[name].serves(first.helps))
    warrant = argument.warrant if len(rests) == len(argument.rests_on) else ""
    claim = worded.get(argument.rests_on[0]) or first.line
    return replace(argument, side=first.helps, claim=claim, warrant=warrant, rests_on=rests)
