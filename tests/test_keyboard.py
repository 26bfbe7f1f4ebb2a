import io
import sys
from collections.abc import Iterator

import pytest

from bot.keyboard import Piped
from tests.support.console import Console

SHOWING = """
from bot.keyboard import STOPS, keyboard
with keyboard() as keys:
    print("Press.")
    while (key := keys.key()) not in STOPS:
        print(f"<{key!r}>")
print("Stopped:", ascii(key), input("And a line: "))
"""


@pytest.fixture
def console() -> Iterator[Console]:
    with Console([sys.executable, "-c", SHOWING], {}) as opened:
        opened.until("Press.")
        yield opened


def test_every_key_comes_once_and_none_is_shown(console: Console) -> None:
    console.type("1uß")
    assert console.until("<'ß'>").split() == ["<'1'>", "<'u'>", "<'ß'>"]


def test_an_arrow_is_one_key_and_enter_another(console: Console) -> None:
    console.type("\x1b[A\x1bOP\r\x1b")
    assert console.until(r"<'\x1b'>").split() == [r"<'\x1b[A'>", r"<'\x1bOP'>", r"<'\n'>", r"<'\x1b'>"]


@pytest.mark.parametrize("stop", ["\x03", "\x04"])
def test_the_terminal_is_as_it_was_when_keys_are_stopped(stop: str, console: Console) -> None:
    console.type(stop)
    console.until("And a line: ")
    console.type("seen\n")
    console.until("seen")
    console.until(f"Stopped: {stop!a} seen")
    assert console.ends() == 0


def test_a_key_a_line_where_input_is_piped() -> None:
    keys = Piped(io.StringIO("k\n\ndrop it\n"))
    assert [keys.key() for _ in range(5)] == ["k", "\n", "d", "", ""]


LINE = """
import asyncio
from bot.keyboard import keyboard
with keyboard() as keys:
    print("Edited:", asyncio.run(keys.line("Trams are loud.")))
    print("Keys:", keys.key(), keys.key())
"""


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("\x7f\x7f\x7f\x7f\x7fquiet.\n", "Trams are quiet."),
        ("\n", "Trams are loud."),
        ("\x15\n", "Trams are loud."),
        (" Really\x03", "Trams are loud."),
    ],
    ids=["edited", "left", "emptied", "broken off"],
)
def test_a_line_can_be_edited_and_keys_are_keys_again_after_it(typed: str, line: str) -> None:
    with Console([sys.executable, "-c", LINE], {}) as console:
        console.until("> Trams are loud.")
        console.type(typed)
        console.until(f"Edited: {line}")
        console.type("ab")
        console.until("Keys: a b")
        assert console.ends() == 0


async def test_what_stands_behind_a_key_is_its_text_where_input_is_piped() -> None:
    keys = Piped(io.StringIO("w Trams  are quiet. \nw\n"))
    assert [(keys.key(), await keys.line("Trams are loud.")) for _ in range(2)] == [
        ("w", "Trams are quiet."),
        ("w", "Trams are loud."),
    ]
