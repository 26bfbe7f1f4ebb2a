"""The data sets that judges learn from, read from a folder laid out as in the model cards."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]


def rows(folder: Path, name: str) -> list[Row]:
    """Return the records of one file of JSON lines."""
    return [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]


def stances(folder: Path, split: str) -> Mapping[tuple[str, str], str]:
    """Return which side of its topic each ArgKP argument is on: (topic, argument) → pro or con."""
    return {(row["topic"], row["argument"]): row["label"] for row in rows(folder, f"stance/argkp_{split}.jsonl")}


def grouped(records: Sequence[Row], *keys: str) -> dict[tuple[str, ...], list[Row]]:
    """Return the records by the values of the keys."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for record in records:
        groups.setdefault(tuple(str(record[key]) for key in keys), []).append(record)
    return groups
