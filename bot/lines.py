"""JSON lines in, as ``--batch`` reads them."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge.errors import GainsayError


class BadInput(GainsayError):
    """Something given on the command line or in a file that can't be used."""


def read_batch(path: str) -> list[dict[str, Any]]:
    """Return the records in a file of JSON lines, or on standard input for "-"; BadInput names file and line."""
    return list(_records(path, read_file(path)))


def read_file(path: str) -> str:
    """Return the text of a UTF-8 file, or of standard input for "-"; BadInput when it can't be read."""
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path}: not UTF-8 text. Save it as UTF-8 and try again.") from None


def _records(path: str, text: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise BadInput(f"{path}:{number}: not JSON ({error}). Give one object a line.") from None
        if not isinstance(record, dict):
            raise BadInput(f'{path}:{number}: not an object. Give lines such as {{"id": "1", "text": "…"}}.')
        given = record.get("text", record.get("quote"))
        if not isinstance(given, str):
            raise BadInput(f'{path}:{number}: "text" is missing or not a string.')
        yield record
