"""A program at a real terminal: what is typed goes in, what is shown comes out."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType

_TAKING = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY); os.execvp(sys.argv[1], sys.argv[1:])"
"""Makes the terminal the program's own, so that Ctrl-C reaches it."""
_MARKS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")
PATIENCE = 60.0


class Console:
    """A program started at a terminal of a given size; leaving the context ends it."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], columns: int = 80) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        given = {**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", **environment}
        given.pop("COLUMNS", None)
        self._process = subprocess.Popen(
            [sys.executable, "-c", _TAKING, *command],
            stdin=theirs, stdout=theirs, stderr=theirs, env=given, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self._shown = b""
        self._read = 0

    def __enter__(self) -> "Console":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    @property
    def shown(self) -> str:
        """All that was shown so far, without colours."""
        return _MARKS.sub("", self._shown.decode("utf-8", "replace"))

    def type(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def until(self, words: str) -> str:
        """Wait until the words are shown, after what was waited for before; return what came with them."""
        end = time.monotonic() + PATIENCE
        while words not in (fresh := self.shown[self._read :]):
            assert time.monotonic() < end, f"{words!r} did not come: {fresh!r}"
            assert self._more(), f"ended without {words!r}: {fresh!r}"
        self._read += fresh.index(words) + len(words)
        return fresh[: fresh.index(words) + len(words)]

    def ends(self) -> int:
        """Wait until the program ends; return its exit code."""
        end = time.monotonic() + PATIENCE
        while self._more():
            assert time.monotonic() < end, f"still running: {self.shown!r}"
        return self._process.wait(PATIENCE)

    def _more(self) -> bool:
        """Take in what is shown within a moment; return whether more may come."""
        if not select.select([self._ours], [], [], 1)[0]:
            return True
        try:
            found = os.read(self._ours, 65536)
        except OSError:  # how Linux says that nobody has the terminal open any more
            return False
        self._shown += found
        return bool(found)
