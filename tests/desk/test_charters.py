import pytest

from bot.store.charters import Charter


@pytest.mark.parametrize(
    ("start", "end", "quiet"),
    [
        (0, 0, []),
        (9, 9, []),
        (1, 4, [1, 2, 3]),
        (22, 2, [0, 1, 22, 23]),
        (23, 0, [23]),
        (0, 23, list(range(23))),
    ],
)
def test_quiet_hours_run_from_one_hour_to_before_another(start: int, end: int, quiet: list[int]) -> None:
    charter = Charter(quiet_from=start, quiet_to=end)
    assert [hour for hour in range(24) if charter.quiet(hour)] == quiet
