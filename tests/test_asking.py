import sys
from pathlib import Path

import pytest

from tests.support.console import Console

ASKING = """
from bot.cli.asking import asked_side, attended
from knowledge.topics import Side
assert attended()
print("It is", repr(asked_side([Side("trams", ""), Side("buses", "")])))
"""


@pytest.mark.parametrize(
    ("typed", "side"), [("1", "trams"), ("buses", "buses"), ("3", "both"), ("both", "both"), ("", "")]
)
def test_a_side_is_asked_for_at_a_terminal(typed: str, side: str) -> None:
    with Console([sys.executable, "-c", ASKING], {}) as console:
        console.until("1 trams, 2 buses, 3 both; Enter to have it found out: ")
        console.type(f"{typed}\n")
        console.until(f"It is {side!r}")
        assert console.ends() == 0


def test_an_answer_that_is_no_side_is_asked_for_again() -> None:
    with Console([sys.executable, "-c", ASKING], {}) as console:
        console.until("found out: ")
        console.type("4\n")
        console.until("Type a number from 1 to 3, or nothing.")
        console.type("2\n")
        console.until("It is 'buses'")


@pytest.mark.slow
@pytest.mark.parametrize("args", [["--json"], ["--side", "pressure"]])
def test_nothing_is_asked_that_is_told_or_that_nobody_would_see(args: list[str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot", "topic", "add", "north-korea", "/nowhere.txt", *args]
    with Console(command, {"GAINSAY_HOME": str(tmp_path)}) as console:
        assert console.ends() == 2
        assert "/nowhere.txt: cannot be read" in console.shown
        assert "Which side" not in console.shown


@pytest.mark.slow
def test_adding_asks_for_the_side(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot", "topic", "add", "north-korea", "/nowhere.txt"]
    with Console(command, {"GAINSAY_HOME": str(tmp_path)}) as console:
        console.until("1 engagement, 2 pressure, 3 both")
        console.type("\n")
        console.until("/nowhere.txt: cannot be read")
        assert console.ends() == 2
