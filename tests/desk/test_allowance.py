import pytest

from bot.desk.allowance import Allowance
from bot.desk.errors import NotNow, TooMuch
from bot.store.charters import Charter

NOON = 12 * 3600.0


class Clock:
    """A clock that a test moves; it begins at noon, UTC."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now


def asked(allowance: Allowance, charter: Charter, *users: int, house: str = "club") -> None:
    for user in users:
        allowance.spend(house, charter, user)


def test_a_person_may_ask_so_often_in_a_minute_and_is_told_how_long_to_wait() -> None:
    clock, charter = Clock(), Charter(messages_each=2)
    allowance = Allowance(clock)
    asked(allowance, charter, 1)
    clock.now += 20
    asked(allowance, charter, 1)
    with pytest.raises(TooMuch, match="Try again in 40 seconds"):
        asked(allowance, charter, 1)
    clock.now += 40
    asked(allowance, charter, 1)
    with pytest.raises(TooMuch, match="Try again in 20 seconds"):
        asked(allowance, charter, 1)


def test_the_wait_is_never_no_time() -> None:
    clock, charter = Clock(), Charter(messages_each=1)
    allowance = Allowance(clock)
    asked(allowance, charter, 1)
    clock.now += 59.9
    with pytest.raises(TooMuch, match="Try again in 1 second\\."):
        asked(allowance, charter, 1)


def test_one_persons_share_is_not_anothers() -> None:
    charter, allowance = Charter(messages_each=1), Allowance(Clock())
    asked(allowance, charter, 1, 2)
    with pytest.raises(TooMuch):
        asked(allowance, charter, 2)


def test_a_server_has_a_share_for_all_together() -> None:
    charter, allowance = Charter(messages_all=3), Allowance(Clock())
    asked(allowance, charter, 1, 2, 3)
    with pytest.raises(TooMuch, match="This server has asked a lot"):
        asked(allowance, charter, 4)
    asked(allowance, charter, 4, house="another")


def test_what_is_refused_does_not_count() -> None:
    clock, charter = Clock(), Charter(messages_each=1, messages_all=2)
    allowance = Allowance(clock)
    asked(allowance, charter, 1)
    for _ in range(5):
        with pytest.raises(TooMuch):
            asked(allowance, charter, 1)
    asked(allowance, charter, 2)
    clock.now += 60
    asked(allowance, charter, 1)


def test_in_quiet_hours_everybody_waits() -> None:
    clock, charter = Clock(), Charter(quiet_from=22, quiet_to=7)
    allowance = Allowance(clock)
    asked(allowance, charter, 1)
    clock.now = NOON + 10 * 3600
    with pytest.raises(NotNow, match="from 22:00 to 7:00 UTC"):
        asked(allowance, charter, 1)
    clock.now = NOON + 19 * 3600
    asked(allowance, charter, 1)
