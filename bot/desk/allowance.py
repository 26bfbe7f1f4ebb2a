"""How much one person, and one server, may ask for in a minute."""

import time
from collections import defaultdict, deque
from collections.abc import Callable

from bot.desk.errors import NotNow, TooMuch
from bot.store.charters import Charter
from prompts.counts import counted

MINUTE = 60.0


class Allowance:
    """Counts what is asked for; counts are kept in memory alone."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._asked: dict[tuple[str, int], deque[float]] = defaultdict(deque)

    def spend(self, house: str, charter: Charter, user: int) -> None:
        """Count one request; NotNow in quiet hours, TooMuch when the person or the server has had its share."""
        now = self._clock()
        if charter.quiet(time.gmtime(now).tm_hour):
            raise NotNow(
                f"It is quiet here from {charter.quiet_from}:00 to {charter.quiet_to}:00 UTC. "
                "Come back after that; nothing is lost."
            )
        mine, everyone = self._since(house, user, now), self._since(house, 0, now)
        if len(mine) >= charter.messages_each:
            raise TooMuch(f"That is {counted(len(mine), 'request')} in a minute. Try again in {_wait(mine, now)}.")
        if len(everyone) >= charter.messages_all:
            raise TooMuch(f"This server has asked a lot just now. Try again in {_wait(everyone, now)}.")
        mine.append(now)
        everyone.append(now)

    def _since(self, house: str, user: int, now: float) -> deque[float]:
        asked = self._asked[house, user]
        while asked and asked[0] <= now - MINUTE:
            asked.popleft()
        return asked


def _wait(asked: deque[float], now: float) -> str:
    return counted(max(1, round(asked[0] + MINUTE - now)), "second")
