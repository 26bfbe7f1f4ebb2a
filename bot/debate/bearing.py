"""Which places in the readings bear on a claim: those that known arguments like it are answered from."""

import math
from collections.abc import Mapping, Sequence

from knowledge.queries import Hit
from knowledge.topics import Answer, Topic

_SHARPNESS = 8.0
"""How fast a block's vote falls with its lag in score."""
_FIRST = 2.0
"""How much the first answer of a block counts in its vote, where the others count 1."""
_MET = 0.4
"""How much it counts, beside the share of the votes, that precedents were answered from a place."""


def places(topic: Topic, answer: Answer) -> set[str]:
    """Return the places that an answer cites."""
    return set(map(topic.place, answer.cites))


def bearing(topic: Topic, hits: Sequence[Hit], met: Mapping[str, float]) -> Mapping[str, float]:
    """Return how much each place bears on what the blocks were found for.

    Every answer of every block votes for what it cites, those of the nearest the most; ``met`` says how likely a
    place answers it by precedents. With these weights the first citation was apt most often, on precedents that were
    left out in turn.
    """
    votes: dict[str, float] = {}
    best = max((hit.score for hit in hits), default=0.0)
    for hit in hits:
        vote = math.exp(_SHARPNESS * (hit.score - best))
        for number, answer in enumerate(topic.block(hit.target).answers):
            for place in places(topic, answer):
                votes[place] = votes.get(place, 0.0) + vote * (1.0 if number else _FIRST)
    cast = sum(votes.values())
    return {place: votes.get(place, 0.0) / (cast or 1.0) + _MET * met.get(place, 0.0) for place in {*votes, *met}}
