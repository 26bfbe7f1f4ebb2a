"""What adding a reading costs in a small topic and in a large one: ``python benchmarks/adding.py [passages]``.

The same reading of some 1,500 words goes into a topic of 1,000 passages and into one of 100,000 (or as many as
given), by turns; medians. "store" is what the database takes of it, the rest is embedding.
"""

import asyncio
import re
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from bot.assembly import intake
from bot.intake import Intake
from bot.settings import Settings
from bot.store.topics import Embedded
from knowledge.packfiles import begun
from knowledge.passages import split
from knowledge.sources import Kind, Paragraph, Source
from knowledge.topics import Note, Role, Side, Topic

SMALL, LARGE = 1_000, int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
ROUNDS = 5
WORDS = ("trams", "fares", "riders", "council", "budget", "noise", "streets", "children", "buses", "rails", "towns")
DIMENSIONS = 384


def sentence(random: np.random.Generator) -> str:
    return " ".join(random.choice(WORDS, 14)).capitalize() + f" in {random.integers(1900, 2100)}."


def reading(random: np.random.Generator, paragraphs: int) -> str:
    return "\n\n".join(" ".join(sentence(random) for _ in range(6)) for _ in range(paragraphs))


def stock(text: str) -> Source:
    """Return a source of any size, its paragraphs where they stand."""
    ends = [match.end() for match in re.finditer(r"[^\n]+", text)]
    starts = [match.start() for match in re.finditer(r"[^\n]+", text)]
    spans = zip(starts, ends, strict=True)
    paragraphs = tuple(Paragraph(number, start, end) for number, (start, end) in enumerate(spans, 1))
    return Source("stock", "Stock", Kind.VERBATIM, text, paragraphs=paragraphs)


def topic(name: str, passages: int, random: np.random.Generator) -> tuple[Topic, Embedded]:
    """Return a topic of that many passages with vectors made up."""
    new = begun(name, "Trams should be free.", [Side("free", "Yes."), Side("paid", "No.")], "1", "MIT", "us")
    source = stock(reading(random, passages))
    cut = split(source)
    notes = {passage.id: Note(Role.CLAIM, "free") for passage in cut}
    vectors = random.standard_normal((len(cut), DIMENSIONS)).astype(np.float32)
    names = (f"{name}/{row}".encode() for row in range(len(cut)))
    embedded = Embedded("made up", {each: vector.tobytes() for each, vector in zip(names, vectors, strict=True)})
    return replace(new, sources=(source,), passages=cut, notes=notes), embedded


async def add(taking: Intake, name: str, file: Path) -> tuple[float, float]:
    """Return the seconds that an add takes, and those that the store takes of it."""
    start = time.perf_counter()
    part = await taking.add(name, [str(file)], "free")
    whole = time.perf_counter() - start
    embedded = Embedded(taking.encoder.fingerprint, await taking.library.embed(part))
    again = replace(
        part,
        sources=tuple(replace(s, id=f"{s.id}+", text=f"{s.text}+") for s in part.sources),
        passages=tuple(replace(p, id=f"{p.id}+") for p in part.passages),
        notes={f"{passage}+": note for passage, note in part.notes.items()},
    )
    fresh = {bytes([name_[0] ^ 1]) + name_[1:]: vector for name_, vector in embedded.vectors.items()}
    start = time.perf_counter()
    await taking.topics.add(name, again, replace(embedded, vectors=fresh))
    return whole, time.perf_counter() - start


async def main() -> None:
    random = np.random.default_rng(7)
    with tempfile.TemporaryDirectory() as home:
        async with intake(Settings(home=Path(home))) as taking:
            sizes = {"small": SMALL, "large": LARGE}
            for name, passages in sizes.items():
                stocked, vectors = topic(name, passages, random)
                await taking.topics.create(stocked, replace(vectors, model=taking.encoder.fingerprint))
            times: dict[str, list[tuple[float, float]]] = {name: [] for name in sizes}
            for number in range(ROUNDS + 1):
                file = Path(home) / f"reading-{number}.txt"
                file.write_text(reading(random, 18))
                for name in sizes:
                    times[name].append(await add(taking, name, file))
    small, large = ([statistics.median(column) for column in zip(*times[n][1:], strict=True)] for n in sizes)
    for name, size, (whole, store) in (("small", SMALL, small), ("large", LARGE, large)):
        print(f"{name} {size:>7} passages: add {whole:.2f} s, of which store {store * 1000:.1f} ms")
    print(f"ratio: add {large[0] / small[0]:.2f}, store {large[1] / small[1]:.2f}")


if __name__ == "__main__":
    asyncio.run(main())
