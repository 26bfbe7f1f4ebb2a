"""The data sets that judges learn from, read from a folder laid out as in the model cards."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]


def rows(folder: Path, name: str) -> list[Row]:
    """Return the records of one file of JSON lines."""
    return [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]
