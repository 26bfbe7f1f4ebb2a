"""What indexing costs: ``python -m benchmarks.indexing`` prints its throughput over that of raw ``model.encode``.

Indexing is everything from a reading's text to notes, draft arguments and vectors: split, cut, embed, mine. The floor
is one ``model.encode`` with the model's own defaults: once over the same passages, once over the very texts that
indexing embeds. Taken by turns in one run; medians. Then how long the mining alone takes of large readings.
"""

import asyncio
import statistics
import time
from collections.abc import Sequence

from sentence_transformers import SentenceTransformer

from benchmarks.readings import Kept, names, reading
from bot.settings import settings
from knowledge.embedding import SentenceEncoder, packaged_minilm
from knowledge.library import Library
from knowledge.mining import cut, mine, texts
from knowledge.passages import Passage, split
from knowledge.readers import read
from knowledge.sources import Source
from knowledge.topics import Side, Topic

MOTION = "The city should change its ways."
SIDES = (Side("change", "The city should change."), Side("keep", "The city should stay as it is."))
RUNS = 5


def passages(source: Source) -> tuple[Passage, ...]:
    return cut(SIDES, split(source), "change")


def index(library: Library, source: Source) -> Topic:
    head = Topic("bench", "1", MOTION, SIDES, "", "", (), (), {}, (), ())
    return asyncio.run(library.mined(head, source, "change"))[0]


def seconds(work: object, *given: object) -> float:
    start = time.perf_counter()
    assert callable(work)
    work(*given)
    return time.perf_counter() - start


def throughput(encoder: SentenceEncoder, source: Source) -> None:
    model = SentenceTransformer(str(packaged_minilm()), device="cpu", local_files_only=True)
    pieces = [piece.text for piece in passages(source)]
    wanted = list(texts(MOTION, SIDES, passages(source)))
    library = Library(encoder, Kept())
    index(library, source)
    model.encode(wanted)
    times = [
        (seconds(index, library, source), seconds(model.encode, pieces), seconds(model.encode, wanted))
        for _ in range(RUNS)
    ]
    whole, raw, same = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"{len(pieces)} passages, {len(wanted)} texts embedded: indexing {whole:.2f} s")
    print(f"raw model.encode over the passages {raw:.2f} s: ratio {raw / whole:.2f}")
    print(f"raw model.encode over the texts embedded {same:.2f} s: ratio {same / whole:.2f}")


def large(encoder: SentenceEncoder, name: str, text: str, given: str) -> None:
    source = read(text.encode(), "large.txt")
    start = time.perf_counter()
    pieces = cut(SIDES, split(source), given)
    wanted = texts(MOTION, SIDES, pieces)
    before = time.perf_counter() - start
    vectors = dict(zip(wanted, encoder.encode(wanted), strict=True))
    embedded = time.perf_counter() - start - before
    mined = mine(MOTION, SIDES, pieces, vectors, given)
    after = time.perf_counter() - start - before - embedded
    print(
        f"{name}: {len(pieces)} passages, {len(mined.arguments)} arguments; split and cut {before:.2f} s, "
        f"embed {embedded:.2f} s, mine {after:.2f} s"
    )


def numbered(sentences: Sequence[str], count: int) -> list[str]:
    """Return that many one-sentence paragraphs, no two alike."""
    return [f"In case {n}, {sentences[n % len(sentences)]}" for n in range(count)]


def main() -> None:
    encoder = SentenceEncoder(settings().model, settings().threads)
    bodies = ["\n\n".join(reading(name).text.split("\n\n")[2:]) for name in names()]
    throughput(encoder, read("\n\n".join(bodies).encode(), "all.txt"))
    large(encoder, "60 pages", "\n\n".join(f"Part {n}.\n\n{body}" for n in range(4) for body in bodies), "change")
    flat = [line for body in bodies for line in body.replace("\n\n", " ").split(". ")]
    large(encoder, "4,000 one-sentence arguments", "\n\n".join(f"{one}." for one in numbered(flat, 4000)), "both")


if __name__ == "__main__":
    main()
