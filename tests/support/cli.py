"""``gainsay`` run in the tests' own process, so that nothing heavy is imported anew for every command."""

import sys
from pathlib import Path

import pytest

from bot.cli import main


def run(*args: str, home: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Return exit code, standard output and standard error of ``gainsay`` with these arguments."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("GAINSAY_HOME", str(home))
        patched.setattr(sys, "argv", ["gainsay", *args])
        with pytest.raises(SystemExit) as left:
            main()
    return int(left.value.code or 0), *capsys.readouterr()
