"""Single keystrokes: from a terminal, or from the lines that are piped in."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from typing import Protocol, TextIO

import typer

STOPS = frozenset({"", "\x03", "\x04"})
"""What ends input: nothing more to come, Ctrl-C, Ctrl-D."""
_KEY = re.compile(r"\x1b(?:[\[O][0-9;?]*[@-~])?|.", re.DOTALL)
"""A letter, or all that an arrow or a function key sends."""


class Keyboard(Protocol):
    """What somebody types."""

    def key(self) -> str:
        """Return the next keystroke; one of ``STOPS`` when that was all."""

    async def line(self, text: str) -> str:
        """Return a line of text as somebody leaves it who may edit it."""


class Piped:
    """Lines: the first character of each is a keystroke, what follows is the text that the key asks for."""

    def __init__(self, lines: TextIO) -> None:
        self._lines = lines
        self._rest = ""

    def key(self) -> str:
        """Return the first character of the next line; "" when there is none."""
        line = self._lines.readline()
        self._rest = " ".join(line[1:].split())
        return line[:1]

    async def line(self, text: str) -> str:
        """Return what stands behind the key, or the text where nothing does."""
        return self._rest or text


class _Editing:
    """A line that is edited in place."""

    async def line(self, text: str) -> str:
        from prompt_toolkit import PromptSession  # a tenth of a second that only an edited line is worth

        try:
            return " ".join((await PromptSession[str]("> ").prompt_async(default=text)).split()) or text
        except (EOFError, KeyboardInterrupt):
            return text


@contextmanager
def keyboard() -> Iterator[Keyboard]:
    """Yield the keyboard of the terminal, which shows no key that is pressed, or else what is piped in."""
    if not sys.stdin.isatty():
        yield Piped(sys.stdin)
    elif sys.platform == "win32":
        yield _Console()
    else:
        with _Terminal() as terminal:
            yield terminal


if sys.platform == "win32":

    class _Console(_Editing):
        """The keyboard of a Windows console."""

        def key(self) -> str:
            try:
                return typer.getchar()
            except (EOFError, KeyboardInterrupt):
                return ""

else:
    import termios
    import tty

    class _Terminal(_Editing):
        """The keyboard of a terminal that is kept quiet in between, so that no key is lost or shown."""

        def __init__(self) -> None:
            self._typed: list[str] = []

        def __enter__(self) -> "_Terminal":
            self._usual = termios.tcgetattr(sys.stdin)
            # What was typed before there was anything to see decides nothing.
            tty.setcbreak(sys.stdin, termios.TCSAFLUSH)
            quiet = termios.tcgetattr(sys.stdin)
            quiet[3] &= ~(termios.ISIG | termios.IEXTEN)
            termios.tcsetattr(sys.stdin, termios.TCSANOW, quiet)
            return self

        def __exit__(self, *_: object) -> None:
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._usual)

        def key(self) -> str:
            if not self._typed:
                with FileIO(sys.stdin.fileno(), closefd=False) as raw:
                    self._typed = _KEY.findall(raw.read(1024).decode(errors="ignore"))
            return self._typed.pop(0) if self._typed else ""

        async def line(self, text: str) -> str:
            self._typed.clear()
            return await super().line(text)
