"""What those who run servers have decided: read once, and changed one decision after the other."""

import asyncio
from collections import defaultdict
from collections.abc import Callable

from bot.desk.patience import patiently
from bot.store.charters import Charter
from bot.store.houses import House


class Decrees:
    """The charters of all houses."""

    def __init__(self) -> None:
        self._known: dict[str, Charter] = {}
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def of(self, house: House) -> Charter:
        """Return the charter of a house."""
        if house.name not in self._known:
            charter = await patiently(house.charters.load)
            self._known.setdefault(house.name, charter)
        return self._known[house.name]

    async def change(self, house: House, change: Callable[[Charter], Charter]) -> Charter:
        """Return the charter as changed, and keep it; nothing is changed where ``change`` raises."""
        async with self._turns[house.name]:
            before = await self.of(house)
            charter = change(before)
            if charter != before:
                await patiently(lambda: house.charters.keep(charter))
                self._known[house.name] = charter
            return charter

    def forget(self, house: str) -> None:
        """Forget what is in memory of a house."""
        self._known.pop(house, None)
