"""Which side each sentence of a reading helps: cues and likeness, smoothed over the paragraph."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.mining.cues import Cues
from knowledge.topics import Side

Odds = NDArray[np.float64]

NEITHER = 2
STEADY = 0.92
"""Likelihood that a sentence of a paragraph helps the side that the one before it helps, where a reading has both."""
SPOKEN_FOR = 2
"""Sentences that must speak of each camp before a reading of unknown side is taken to argue both ways."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a reading: its words, the passage it stands in, whether it opens a paragraph, and its cues."""

    text: str
    passage: str
    first: bool
    cues: Cues


@dataclass(frozen=True, slots=True)
class Stance:
    """Per sentence: how likely it helps side 0, side 1 or neither, shape (sentences, 3), and is it the author's?"""

    odds: Odds
    own: NDArray[np.bool_]


def stance(sentences: Sequence[Sentence], sides: Sequence[Side], given: str, lean: Odds) -> Stance:
    """Return what each sentence helps; ``lean`` is the log-odds for side 0 that its likeness to the sides gives.

    ``given`` is the id of the side that the reading argues for, or "both". Where nobody said, a reading that speaks
    of both camps is taken to argue both ways; in any other the voices are told apart and the side is left open.
    """
    names = [side.id for side in sides]
    if given in names:
        odds = own_voice(sentences, names.index(given), lean)
        return Stance(odds, odds.argmax(axis=1) == names.index(given))
    camps = [sum(s.cues.friends for s in sentences), sum(s.cues.foes for s in sentences)]
    if given or min(camps) >= SPOKEN_FOR:
        return Stance(two_voices(sentences, lean), np.ones(len(sentences), np.bool_))
    first, second = own_voice(sentences, 0, lean), own_voice(sentences, 1, lean)
    own = first[:, 0] + second[:, 1] >= first[:, 1] + second[:, 0]
    author = 1 / (1 + np.exp(-lean[own].mean())) if own.any() else 0.5
    return Stance(author * first + (1 - author) * second, own)


def own_voice(sentences: Sequence[Sentence], given: int, lean: Odds) -> Odds:
    """Return the likelihoods in a reading whose author argues for one side: its other voices help the other."""
    other = 1 - given
    evidence = np.zeros((len(sentences), 3))
    evidence[:, 0] += lean
    for row, sentence in enumerate(sentences):
        cues = sentence.cues
        evidence[row, other] += 3.0 * (cues.reported or (cues.foes and cues.says)) + 2.5 * cues.grants
        evidence[row, other] += 1.2 * (cues.says and not cues.studied)
        evidence[row, 0] += 2.0 * (cues.friends and cues.says)
        evidence[row, given] += 4.0 * cues.returns + (not cues.grants) * (1.5 * cues.dismisses + 0.7 * cues.ought)
        evidence[row, given] += 0.8 * (cues.studied and cues.counted and not cues.grants)
    start = np.array([0.12, 0.12, 1e-6])
    start[given] = 0.88
    stay, back = np.full((3, 3), 1e-6), np.full((3, 3), 1e-6)
    stay[given, [given, other]] = 0.88, 0.12
    stay[other, [given, other]] = 0.38, 0.62
    back[given, [given, other]] = 0.2, 0.05
    back[other, [given, other]] = 0.9, 0.1
    return _smoothed(evidence, [start if s.first else back if s.cues.returns else stay for s in sentences])


def two_voices(sentences: Sequence[Sentence], lean: Odds) -> Odds:
    """Return the likelihoods in a reading that gives both sides the word, side 0 being for the motion."""
    evidence = np.zeros((len(sentences), 3))
    evidence[:, 0] += lean
    steps: list[Odds] = []
    turned = (1 - STEADY) / 2
    stay = np.full((3, 3), turned) + np.eye(3) * (STEADY - turned)
    turn = np.array([[0.3, 0.6, 0.1], [0.6, 0.3, 0.1], [0.4, 0.4, 0.2]])
    fresh = np.array([[0.45, 0.45, 0.1], [0.45, 0.45, 0.1], [0.4, 0.3, 0.3]])
    for row, sentence in enumerate(sentences):
        cues = sentence.cues
        evidence[row, 0] += 3.0 * cues.friends + 0.8 * cues.boon
        evidence[row, 1] += 3.0 * cues.foes + 0.8 * cues.bane
        step = turn if cues.returns or (sentence.first and cues.replies) else fresh if sentence.first else stay
        steps.append(np.array([0.2, 0.2, 0.6]) if row == 0 else step)
    return _smoothed(evidence, steps)


def _smoothed(evidence: Odds, steps: Sequence[Odds]) -> Odds:
    """Return the likelihood of each state per row: forward and backward over the chain.

    A step is a transition matrix from the row before, or a start vector, which forgets the row before.
    """
    seen = np.exp(evidence - evidence.max(axis=1, keepdims=True))
    ahead, back = np.ones_like(seen), np.ones_like(seen)
    for row in range(len(seen)):
        before = steps[row] if steps[row].ndim == 1 else ahead[row - 1] @ steps[row]
        ahead[row] = before * seen[row]
        ahead[row] /= ahead[row].sum()
    for row in range(len(seen) - 2, -1, -1):
        step = steps[row + 1]
        back[row] = 1.0 if step.ndim == 1 else step @ (seen[row + 1] * back[row + 1])
        back[row] /= back[row].sum()
    odds: Odds = ahead * back
    odds /= odds.sum(axis=1, keepdims=True)
    return odds
