"""Reading in a program of its own, so that a file made to eat time or memory takes down nothing else."""

import json
import logging
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from knowledge.errors import SourceError
from knowledge.limits import Limits
from knowledge.readers.choosing import Format
from knowledge.readers.drafts import Block, Draft, Shape

_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from knowledge.readers.apart import main; main()"
_MEMORY = 2**30


def draft_apart(format: Format, data: bytes, name: str, limits: Limits) -> Draft:
    """Return the draft that the format's reader makes; SourceError when the file is not fit, or too much to read."""
    root, asked = str(Path(__file__).parents[2]), {"format": format, "name": name, "limits": asdict(limits)}
    command = [sys.executable, "-P", "-c", _PROGRAM, root, json.dumps(asked)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=limits.max_seconds, check=True)
        told: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise SourceError(f"{name}: not read within {limits.max_seconds:g} seconds. Give its text alone.") from None
    except (subprocess.CalledProcessError, ValueError):
        raise _too_much(name) from None
    if "refused" in told:
        raise SourceError(told["refused"])
    blocks = [Block(block["text"], Shape(block["shape"]), block["page"]) for block in told.pop("blocks")]
    return Draft(blocks, **told)


def draft_here(format: Format, data: bytes, name: str, limits: Limits) -> Draft:
    """Return the draft that the format's reader makes; SourceError when the file is not fit or damaged."""
    try:
        return _draft(format, data, name, limits)
    except SourceError:
        raise
    except MemoryError:
        raise _too_much(name) from None
    except Exception:  # a damaged file can make its parser raise anything
        raise SourceError(f"{name}: damaged. Get it again, or give its text alone.") from None


def main() -> None:
    """Read a file from standard input and say on standard output what it holds, or why it is refused."""
    asked = json.loads(sys.argv[2])
    limits = Limits(**asked["limits"])
    _bound(limits)
    logging.disable()
    try:
        told = asdict(draft_here(Format(asked["format"]), sys.stdin.buffer.read(), asked["name"], limits))
    except SourceError as error:
        told = {"refused": str(error)}
    json.dump(told, sys.stdout)


def _draft(format: Format, data: bytes, name: str, limits: Limits) -> Draft:
    """Return the draft; only the libraries that the format needs are loaded."""
    match format:
        case Format.PLAIN:
            from knowledge.readers import plain

            return plain.draft(data, name)
        case Format.MARKDOWN:
            from knowledge.readers import markdown

            return markdown.draft(data, name)
        case Format.HTML:
            from knowledge.readers import web

            return web.draft(data, name)
        case Format.PDF:
            from knowledge.readers import pdf

            return pdf.draft(data, name, limits)
        case Format.WORD:
            from knowledge.readers import word

            return word.draft(data, name, limits)


def _too_much(name: str) -> SourceError:
    return SourceError(f"{name}: takes more memory than may be used. Give its text alone.")


def _bound(limits: Limits) -> None:
    try:
        import resource
    except ImportError:  # no POSIX system: the caller's clock is the only guard
        return
    seconds = int(limits.max_seconds) + 1
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
