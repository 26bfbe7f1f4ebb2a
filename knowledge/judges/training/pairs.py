"""What the stance judge learns from and is measured on."""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.judges.stance import NEITHER, OPPOSE, SUPPORT
from knowledge.judges.training.data import rows
from knowledge.sentences import sentences

FOLDS = 3
SAME = 0.6
"""TF-IDF cosine from which a motion is taken to be the same as one that is kept for measuring."""
RELATED = 0.4
"""The same of motions that share nothing at all."""
TURNED, STRAY = 0.2, 0.12
"""Share of the claims that are denied, with the label turned; of the pairs that get a claim about something else."""
DENIALS = (
    (re.compile(r"\bThis house (believes|supports)\b", re.I), r"This house does not \1"),
    (re.compile(r"\b(should|must|would|will|can|could|is|are)\b(?! not\b)(?!n't)"), r"\1 not"),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """The motion that a claim belongs to, the claim, what is said about it, and how that bears on it."""

    motion: str
    claim: str
    said: str
    label: int


def perspectives(folder: Path, split: str) -> list[Pair]:
    """Return PERSPECTRUM's claims and perspectives."""
    given = rows(folder, f"stance/perspectrum_{split}.jsonl")
    return [Pair(row["claim"], row["claim"], row["perspective"], _label(row["label"])) for row in given]


def topical(folder: Path, split: str) -> list[Pair]:
    """Return ArgKP's topics and arguments."""
    given = rows(folder, f"stance/argkp_{split}.jsonl")
    return [Pair(row["topic"], row["topic"], row["argument"], _label(row["label"])) for row in given]


def ibm(folder: Path, fold: int) -> tuple[list[Pair], list[Pair]]:
    """Return IBM's claims of the topics outside one of three folds, and of those in it; folds are of like size."""
    given = rows(folder, "stance/ibm_claim_stance_train.jsonl")
    sizes, fold_of = [0] * FOLDS, dict[str, int]()
    for topic, size in Counter(row["topic"] for row in given).most_common():
        fold_of[topic] = sizes.index(min(sizes))
        sizes[fold_of[topic]] += size
    pairs = [Pair(row["topic"], row["topic"], row["claim"], _label(row["label"])) for row in given]
    return [p for p in pairs if fold_of[p.claim] != fold], [p for p in pairs if fold_of[p.claim] == fold]


def debated(folder: Path) -> tuple[list[Pair], list[Pair]]:
    """Return titles of points for or against motions; and, of titles, their first reasons and their counters."""
    titles, others = [], []
    for row in rows(folder, "counter/train.jsonl"):
        motion, title = row["motion"], row["point_title"]
        titles.append(Pair(motion, motion, title, _label(row["point_side"])))
        others.append(Pair(motion, title, sentences(row["counter"])[0], OPPOSE))
        if reason := sentences(row["point"].removeprefix(title).strip()):
            others.append(Pair(motion, title, reason[0], SUPPORT))
    return titles, others


def apart(pairs: Sequence[Pair], kept: Sequence[Pair]) -> list[Pair]:
    """Return the pairs whose motions are not nearly the same as one of those that are kept for measuring."""
    motions, unlike = ({pair.motion for pair in some} for some in (pairs, kept))
    nearest = _nearest(sorted(motions), sorted(unlike))
    return [pair for pair in pairs if nearest[pair.motion] < SAME]


def unshared(kept: Sequence[Pair], given: Sequence[Pair]) -> set[str]:
    """Return the motions that share neither themselves nor a text, in nearly its words, with what was learned."""
    learned = {pair.said for pair in given} | {pair.claim for pair in given}
    texts = {pair.said for pair in kept} | {pair.claim for pair in kept}
    likeness = _nearest(sorted(texts), sorted(learned))
    motions = {pair.motion for pair in kept}
    nearest = _nearest(sorted(motions), sorted({pair.motion for pair in given}))
    shared = {pair.motion for pair in kept if max(likeness[pair.said], likeness[pair.claim]) >= SAME}
    return {motion for motion in motions - shared if nearest[motion] < RELATED}


def _nearest(texts: Sequence[str], others: Sequence[str]) -> dict[str, float]:
    """Return the TF-IDF cosine of each text to the nearest of the others."""
    terms = TfidfVectorizer(stop_words="english").fit([*others, *texts])
    found = (terms.transform(texts) @ terms.transform(others).T).max(axis=1).toarray().ravel()
    return dict(zip(texts, found.tolist(), strict=True))


def varied(pairs: Sequence[Pair], chance: random.Random) -> Iterator[Pair]:
    """Yield the pairs, some of them with the claim denied, some with a claim about something else."""
    for pair in pairs:
        draw = chance.random()
        if draw < STRAY:
            yield replace(pair, claim=chance.choice(pairs).claim, label=NEITHER)
        elif draw < STRAY + TURNED and (claim := denied(pair.claim)):
            yield replace(pair, claim=claim, label=1 - pair.label)
        else:
            yield pair


def denied(claim: str) -> str:
    """Return the claim turned into its denial; "" where that needs more than a word."""
    for pattern, turned in DENIALS:
        if pattern.search(claim):
            return pattern.sub(turned, claim, count=1)
    return ""


def _label(name: str) -> int:
    return SUPPORT if name in ("support", "pro") else OPPOSE
