"""What starting costs, against importing sentence-transformers and loading the model: ``python benchmarks/start.py``.

Each is a fresh process, taken by turns; medians. The app's start is that of ``gainsay practice`` up to the prompt, on
a home whose vectors are stored.
"""

import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 5
FLOOR = """
from knowledge.embedding import packaged_minilm
from sentence_transformers import SentenceTransformer
SentenceTransformer(str(packaged_minilm()), device="cpu", local_files_only=True)
"""
APP = """
import asyncio
from bot.settings import Settings
from bot.assembly import opened
from knowledge.catalogue import BUNDLED, named
async def main():
    async with opened(Settings(home={home!r}), named(BUNDLED)) as app:
        await app.readings.read(["ready"])
asyncio.run(main())
"""


def seconds(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        app = APP.format(home=home)
        seconds(app)
        times = [(seconds(FLOOR), seconds(app)) for _ in range(RUNS)]
    floor, start = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"floor {floor:.2f} s, start {start:.2f} s, ratio {start / floor:.2f}")


if __name__ == "__main__":
    main()
