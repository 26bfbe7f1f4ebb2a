"""Time that a test can move, and the snowflakes made from it."""

import time
from datetime import UTC, datetime

from tests.support.discord.facts import EPOCH


class Clock:
    """The server's time: the real one, plus what a test has advanced it by."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time() + self._ahead

    def advance(self, seconds: float) -> None:
        """Moves the time on; nothing sleeps."""
        self._ahead += seconds


class Snowflakes:
    """Ids that grow, each with its time in the upper bits."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def __call__(self) -> int:
        made = int((self._clock.now() - EPOCH) * 1000) << 22
        self._last = max(made, self._last + 1)
        return self._last


def written(moment: float) -> str:
    """A moment as Discord writes it."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="microseconds")
