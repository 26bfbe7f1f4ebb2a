"""Arguments about other things than any topic's: what tells a strange argument from one that is put strangely."""

from pathlib import Path

ELSEWHERE = "/elsewhere"
"""The label of such arguments; no block has such an id."""


def examples() -> list[str]:
    """Return the arguments on school uniforms, zoos, juries and the like that come with the software."""
    return (Path(__file__).parent / "listening" / "elsewhere.txt").read_text("utf-8").splitlines()
