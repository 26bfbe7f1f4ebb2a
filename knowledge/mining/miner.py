"""Notes and draft arguments for the passages of one reading."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding import Vectors
from knowledge.mining.cues import role_of
from knowledge.mining.cutting import sentences_of
from knowledge.mining.stance import NEITHER, Odds, Sentence, stance
from knowledge.passages import Passage
from knowledge.sentences import bare, sentences
from knowledge.topics import Argument, Note, Role, Side

LEAN = 0.15
"""How much a sentence's likeness to one side's position rather than the other's counts, per standard deviation."""
DRAFTED = 0.55
"""Confidence from which a passage becomes a draft argument."""
SUREST = 0.99
"""The most that mining is ever sure of a side: only a person's decision counts as certain."""
_LEANS = re.compile(
    r"^(?:it|this|that|these|those|they|he|she|his|her|their|such|there|here|i|my|we|because|which|who)\b",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    r"^(?:so|therefore|thus|hence|as\s+a\s+result|that\s+means)\b|\b(?:which\s+means|will|would|means\s+that)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mined:
    """What was made of a reading: a note for every passage, and draft arguments that rest on them."""

    notes: Mapping[str, Note]
    arguments: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A sentence with what was made of it: the likelihood of each side, its role, how well it can be quoted."""

    sentence: Sentence
    odds: Odds
    role: Role
    worth: float

    @property
    def helped(self) -> int:
        return int(self.odds.argmax())


def drafted_id(passage_id: str) -> str:
    """Return the id of the draft argument that a passage makes."""
    return f"mined/{passage_id}"


def claims(note: Note) -> bool:
    """Return whether a passage makes a draft argument: it is sure enough whom it helps, and does not tell history."""
    return note.confidence >= DRAFTED and note.role is not Role.HISTORY


def texts(motion: str, sides: Sequence[Side], passages: Sequence[Passage]) -> tuple[str, ...]:
    """Return what must be embedded to mine the passages and to search them, each text once."""
    lines = (bare(text) for passage in passages for text in sentences(passage.text))
    return tuple(dict.fromkeys((motion, *(side.holds for side in sides), *lines)))


def mine(
    motion: str,
    sides: Sequence[Side],
    passages: Sequence[Passage],
    vectors: Mapping[str, NDArray[np.float32]],
    given: str = "",
) -> Mined:
    """Return notes and draft arguments for the passages of one reading.

    ``vectors`` has the unit vector of each of ``texts``. ``given`` is the side that the reading argues for, "both",
    or "" where nobody said.
    """
    rows = _rows(motion, sides, passages, vectors, given)
    home = {passage.id: (passage.source_id, passage.locator) for passage in passages}
    notes: dict[str, Note] = {}
    arguments: list[Argument] = []
    for _, paragraph in groupby(rows, key=lambda row: home[row.sentence.passage]):
        found = [list(group) for _, group in groupby(paragraph, key=lambda row: row.sentence.passage)]
        made = {group[0].sentence.passage: _note(sides, group) for group in found}
        notes |= {name: _countering(sides, name, note, found) for name, note in made.items()}
        arguments.extend(_drafts(made, found))
    for passage in passages:
        notes.setdefault(passage.id, Note(Role.CLAIM, "neither", confidence=0.0))
    return Mined(notes, tuple(arguments))


def _rows(
    motion: str,
    sides: Sequence[Side],
    passages: Sequence[Passage],
    vectors: Mapping[str, NDArray[np.float32]],
    given: str,
) -> list[_Row]:
    said = sentences_of([(passage, text) for passage in passages for text in sentences(passage.text)])
    if not said:
        return []
    matrix: Vectors = np.stack([vectors[bare(sentence.text)] for sentence in said])
    lean = LEAN * _scored(matrix @ (vectors[sides[0].holds] - vectors[sides[1].holds]))
    near = _scored(matrix @ vectors[motion])
    heard = stance(said, sides, given, lean)
    return [
        _Row(sentence, odds, role_of(sentence.cues, own), _worth(sentence, close))
        for sentence, odds, own, close in zip(said, heard.odds, heard.own.tolist(), near.tolist(), strict=True)
    ]


def _scored(values: NDArray[np.float32]) -> Odds:
    spread = float(values.std())
    return (values - values.mean()) / spread if spread > 0 else np.zeros(len(values))


def _worth(sentence: Sentence, near: float) -> float:
    """Return how well a sentence can be quoted alone: near the motion, neither short nor long, leaning on nothing."""
    size = len(sentence.text.split())
    fits = 1.0 if 8 <= size <= 32 else 0.0 if 5 <= size <= 45 else -1.5
    asks = sentence.text.rstrip("\"”’'").endswith("?")
    return fits + 0.4 * near - 1.2 * bool(_LEANS.match(bare(sentence.text))) - 1.5 * asks


def _note(sides: Sequence[Side], rows: Sequence[_Row]) -> Note:
    sizes = np.array([len(row.sentence.text.split()) for row in rows], np.float64)
    odds = np.stack([row.odds for row in rows])
    mean = sizes @ odds / sizes.sum()
    helped = int(mean.argmax())
    helps = "neither" if helped == NEITHER else sides[helped].id
    line = max([row for row in rows if row.helped == helped] or rows, key=lambda row: row.worth)
    roles: dict[Role, float] = {}
    for row, size in zip(rows, sizes, strict=True):
        roles[row.role] = roles.get(row.role, 0.0) + size
    role = max(roles, key=lambda name: roles[name])
    return Note(role, helps, confidence=round(min(SUREST, float(mean[helped])), 3), line=bare(line.sentence.text))


def _countering(sides: Sequence[Side], name: str, note: Note, paragraph: Sequence[Sequence[_Row]]) -> Note:
    """Return the note with the sentences of its paragraph, just before it, that say what it answers."""
    ids = [side.id for side in sides]
    if note.helps not in ids:
        return note
    helped = ids.index(note.helps)
    before: list[str] = []
    for group in paragraph:
        if group[0].sentence.passage == name:
            break
        before += [bare(row.sentence.text) for row in group if row.helped == 1 - helped]
    if not before:
        return note
    return Note(note.role, note.helps, {}, {note.helps: tuple(before)}, confidence=note.confidence, line=note.line)


def _drafts(notes: Mapping[str, Note], paragraph: Sequence[Sequence[_Row]]) -> Iterator[Argument]:
    """Yield an argument a passage that claims something: its line, a reason from the paragraph, what follows."""
    for group in paragraph:
        name = group[0].sentence.passage
        note = notes[name]
        if note.helps == "neither" or not claims(note):
            continue
        near = [row for other in paragraph if notes[other[0].sentence.passage].helps == note.helps for row in other]
        spare = [row for row in near if bare(row.sentence.text) != note.line]
        warrant = max(spare, key=_reason, default=None)
        then = [row for row in spare if row is not warrant and _FOLLOWS.search(row.sentence.text)]
        rests = [name, *([warrant.sentence.passage] if warrant else [])]
        yield Argument(
            drafted_id(name),
            note.helps,
            note.line,
            bare(warrant.sentence.text) if warrant else "",
            then[0].sentence.text if then else "",
            tuple(dict.fromkeys(rests)),
        )


def _reason(row: _Row) -> float:
    return (
        row.worth + (1.0 if row.role is Role.EVIDENCE else 0.0) + (0.5 if " because " in row.sentence.text else 0.0)
    )
