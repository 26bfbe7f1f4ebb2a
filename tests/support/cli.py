"""``gainsay`` run in the tests' own process, so that nothing heavy is imported anew for every command."""

import sys
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest

from bot.cli import main


def run(*args: str, home: Path, given: str = "") -> tuple[int, str, str]:
    """Return exit code, standard output and standard error of ``gainsay``, given arguments and standard input."""
    said, complaint = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patched, redirect_stdout(said), redirect_stderr(complaint):
        patched.setenv("GAINSAY_HOME", str(home))
        patched.setattr(sys, "argv", ["gainsay", *args])
        patched.setattr(sys, "stdin", TextIOWrapper(BytesIO(given.encode())))
        with pytest.raises(SystemExit) as left:
            main()
    return int(left.value.code or 0), said.getvalue(), complaint.getvalue()
