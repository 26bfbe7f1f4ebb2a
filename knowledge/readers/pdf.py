"""PDF files, read by a program of its own: one made to eat time or memory takes down nothing else."""

import json
import logging
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from knowledge.errors import SourceError
from knowledge.readers.drafts import Block, Draft, Shape
from knowledge.readers.limits import Limits

_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from knowledge.readers.pdf import main; main()"
_MEMORY = 1536 * 2**20
_PRINT = "Print it to a new PDF and try again."


def draft(data: bytes, name: str, limits: Limits) -> Draft:
    """Return the paragraphs of a PDF with their pages; SourceError when it cannot be read or is not fit."""
    if data.rfind(b"%%EOF") < data.rfind(b"endobj"):
        raise SourceError(f"{name}: a PDF that is cut off before its end. Get it again and try again.")
    root, asked = str(Path(__file__).parents[2]), json.dumps({"name": name, "limits": asdict(limits)})
    command = [sys.executable, "-P", "-c", _PROGRAM, root, asked]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=limits.max_seconds, check=True)
        told: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise SourceError(f"{name}: not read within {limits.max_seconds:g} seconds. {_PRINT}") from None
    except (subprocess.CalledProcessError, ValueError):
        raise SourceError(f"{name}: takes more memory than may be used. {_PRINT}") from None
    if "refused" in told:
        raise SourceError(told["refused"])
    blocks = [Block(block["text"], Shape(block["shape"]), block["page"]) for block in told.pop("blocks")]
    return Draft(blocks, **told)


def main() -> None:
    """Read a PDF from standard input and say on standard output what it holds, or why it is refused: the program."""
    asked = json.loads(sys.argv[2])
    limits = Limits(**asked["limits"])
    _bound(limits)
    logging.disable()
    json.dump(_told(sys.stdin.buffer.read(), asked["name"], limits), sys.stdout)


def _told(data: bytes, name: str, limits: Limits) -> dict[str, Any]:
    from knowledge.readers import pdfpages

    try:
        return asdict(pdfpages.draft(data, name, limits))
    except SourceError as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": f"{name}: takes more memory than may be used. {_PRINT}"}
    except Exception:  # a damaged file can make the parser raise anything
        return {"refused": f"{name}: a damaged PDF. Get it again, or print it to a new PDF, and try again."}


def _bound(limits: Limits) -> None:
    try:
        import resource
    except ImportError:  # no POSIX system: the caller's clock is the only guard
        return
    seconds = int(limits.max_seconds) + 1
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
