"""The desk: all that a front end with many people needs, in one place."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.desk.allowance import Allowance
from bot.desk.asking import Asking
from bot.desk.decrees import Decrees
from bot.desk.patience import patiently
from bot.desk.play import Play
from bot.desk.privacy import Privacy
from bot.desk.readings import Readings
from bot.desk.reviewing import Reviews
from bot.desk.setup import Setup
from bot.desk.visitor import Visitor
from bot.overview import Overview
from bot.store.houses import Houses, houses
from knowledge.limits import USUAL, Limits


@dataclass(frozen=True)
class Desk:
    """What a server's people can do."""

    houses: Houses
    readings: Readings
    play: Play
    asking: Asking
    setup: Setup
    reviews: Reviews
    privacy: Privacy
    allowance: Allowance
    decrees: Decrees

    async def visitor(
        self, house: str, user: int, channel: int = 0, roles: frozenset[int] = frozenset(), manages: bool = False
    ) -> Visitor:
        """Return who asks, with the house and its charter; a house is made when it is first visited."""
        found = await patiently(lambda: self.houses.of(house))
        return Visitor(found, await self.decrees.of(found), user, channel, roles, manages)

    def spend(self, visitor: Visitor) -> None:
        """Count one request of the visitor's; NotNow or TooMuch say why it must wait."""
        self.allowance.spend(visitor.house.name, visitor.charter, visitor.user)


@asynccontextmanager
async def desk(
    folder: Path,
    readings: Readings,
    now: Callable[[], str],
    drawn: Callable[[Overview, Path], None],
    limits: Limits = USUAL,
) -> AsyncIterator[Desk]:
    """Yield a desk whose houses are kept in a folder."""
    async with houses(folder) as opened:
        play, reviews, decrees = Play(readings, now), Reviews(readings), Decrees()

        def forget(house: str) -> None:
            for part in (play, readings, reviews, decrees):
                part.forget(house)

        yield Desk(
            opened,
            readings,
            play,
            Asking(readings, now),
            Setup(readings, drawn, limits),
            reviews,
            Privacy(opened, play, decrees, now, forget),
            Allowance(),
            decrees,
        )
