"""What listening needs to know of the readings."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from knowledge.acts import Act
from knowledge.appeals import Appeal
from knowledge.queries import Hit, Query

NEAR = 0.45
"""Cosine from which a segment is taken to make a known argument."""
SURE = 0.52
"""Cosine from which there is no doubt that a segment makes a known argument."""

OURS = 0.9
"""Allegiance from which a claim is taken to argue for the bot's own side, the mean of its own and its message's: of
the proper arguments among the "dev" cases one in seventy reaches it, of the bot's own side's a half."""


class Ear(Protocol):
    """What listening needs to know of the readings: never words of its own, only likenesses."""

    @property
    def sides(self) -> Sequence[str]:
        """Return the ids of the two sides."""

    def acts(self, query: Query) -> Mapping[Act, float]:
        """Return how likely each act is."""

    def arguments(self, query: Query, side: str) -> Sequence[Hit]:
        """Return the blocks that answer, for a side, what the query argues, best first."""

    def allegiance(self, query: Query, side: str) -> float:
        """Return how much more a text is like what a side says than like what is said against it."""

    def appeal(self, query: Query) -> tuple[Appeal, float]:
        """Return what the query asks for if it is about the round itself, and the cosine of its best example."""

    def question(self, query: Query) -> float:
        """Return the cosine of the best question that the readings answer."""

    def said(self, query: Query, side: str, keys: Collection[str]) -> Sequence[str]:
        """Return which of the side's prepared points, out of these keys, the query speaks to."""
