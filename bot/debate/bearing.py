"""Which places in the readings bear on a claim: those that the answers to the nearest known arguments cite."""

import math
from collections.abc import Mapping, Sequence

from knowledge.queries import Hit
from knowledge.topics import Answer, Topic

Place = tuple[str, str]
"""A source's id and a locator in it."""

_SHARPNESS = 4.0
"""How fast a block's vote falls with its lag in score."""


def places(topic: Topic, answer: Answer) -> set[Place]:
    """Return the places that an answer cites."""
    passages = map(topic.passage, answer.cites)
    return {(passage.source_id, passage.locator) for passage in passages}


def bearing(topic: Topic, hits: Sequence[Hit]) -> Mapping[Place, float]:
    """Return how much each place bears on what the blocks were found for.

    Every answer of every block votes for what it cites, those of the nearest, which come first, the most.
    """
    votes: dict[Place, float] = {}
    for hit in hits:
        vote = math.exp(_SHARPNESS * (hit.score - hits[0].score))
        for answer in topic.block(hit.target).answers:
            for place in places(topic, answer):
                votes[place] = votes.get(place, 0.0) + vote
    return votes
