"""The readings in cases/readings, and vectors kept in memory: what the benchmarks of mining and of indexing share."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from knowledge.readers import read
from knowledge.sources import Source

CASES = Path(__file__).parent / "cases" / "readings"


class Kept:
    """Vectors kept in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Mapping[bytes, bytes]] = {}

    async def load(self, collection: str, model: str) -> Mapping[bytes, bytes]:
        return self.kept.get((collection, model), {})

    async def save(self, collection: str, model: str, vectors: Mapping[bytes, bytes]) -> None:
        self.kept[collection, model] = vectors


def reading(name: str) -> Source:
    return read((CASES / f"{name}.txt").read_bytes(), f"{name}.txt")


def names() -> list[str]:
    return sorted(path.stem for path in CASES.glob("*.txt"))


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]
