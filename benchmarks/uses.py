"""What judges would add where they are not used: ``python -m benchmarks.uses``.

On cases of our own: does a reply answer a point of the bot's, or only speak of the same matter (cases/met.jsonl, two
replies to each point); which of two arguments is the stronger (cases/strength.jsonl, where every second time the
weaker one is at least as long); and which passage of two mined readings answers an argument, where the ten that the
bot finds are ranked anew by how much they oppose it.
"""

import asyncio
import json
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.mining import case as mined
from benchmarks.readings import Kept, lines
from bot.settings import settings
from knowledge.embedding import SentenceEncoder, Vectors
from knowledge.judges.keypoints import KeyPoints
from knowledge.judges.stance import OPPOSE, SUPPORT, Stance
from knowledge.judges.strength import Strength
from knowledge.library import SPEAKS_TO, Library

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]


def ranked(scores: Vectors, met: Vectors) -> float:
    """Return how often an answer scores above what is none (the area under the ROC curve)."""
    pairs = list(product(scores[met], scores[~met]))
    return float(np.mean([(yes > no) + 0.5 * (yes == no) for yes, no in pairs]))


def points_met(encoder: SentenceEncoder) -> None:
    given = cases("met.jsonl")
    points, replies = [case["point"] for case in given], [case["reply"] for case in given]
    met = np.array([bool(case["met"]) for case in given])
    judge = KeyPoints()
    odds = Stance().odds(points, replies)
    kinds = {
        "cosine": (encoder.encode(points) * encoder.encode(replies)).sum(axis=1),
        "key points": (judge.encode(points) * judge.encode(replies)).sum(axis=1),
        "stance": odds[:, OPPOSE] - odds[:, SUPPORT],
    }
    now = np.mean((kinds["cosine"] >= SPEAKS_TO) == met)
    print(f"{len(given)} replies to points: right as the bot tells it now {now:.3f}")
    for name, scores in kinds.items():
        best = max(np.mean((scores >= bar) == met) for bar in scores)
        print(f"  by {name:<10} answers above others {ranked(scores, met):.3f}, right at the best bar {best:.3f}")


def stronger(encoder: SentenceEncoder) -> None:
    given = cases("strength.jsonl")
    first, second = [case["a"] for case in given], [case["b"] for case in given]
    gold = np.array([case["stronger"] == "a" for case in given])
    judge = Strength()
    ahead = judge.scores(first, encoder.encode(first)) > judge.scores(second, encoder.encode(second))
    longer = np.array([len(a.split()) > len(b.split()) for a, b in zip(first, second, strict=True)])
    right = ahead == gold
    print(
        f"{len(given)} pairs of arguments: the longer is the stronger {np.mean(longer == gold):.3f}, by the judge "
        f"{right.mean():.3f} (where the weaker is as long {right[longer != gold].mean():.3f}, else "
        f"{right[longer == gold].mean():.3f})"
    )


async def answering(encoder: SentenceEncoder) -> None:
    judge = Stance()
    weights = (0.0, 0.1, 0.3, 0.5)
    apt, harm, size = np.zeros(len(weights)), np.zeros(len(weights)), 0
    for written in (topic for topic in lines("topics.jsonl") if len(topic["readings"]) == 2):
        found = mined(written, encoder)
        opened = await Library(encoder, Kept()).open(found.topic)
        for argument in (each for each in lines("arguments.jsonl") if each["topic"] == written["id"]):
            (query,) = await opened.read([argument["text"]])
            hits = opened.counters(query, argument["side"])
            passages = [found.topic.passage(hit.target) for hit in hits]
            odds = judge.odds([argument["text"]] * len(hits), [passage.text for passage in passages])
            size += 1
            for at, weight in enumerate(weights):
                scores = [hit.score for hit in hits] + weight * (odds[:, OPPOSE] - odds[:, SUPPORT])
                best = passages[int(scores.argmax())]
                side = found.gold[best.id][0]
                apt[at] += side == argument["side"] and [best.source_id, best.locator] in argument["accept"]
                harm[at] += side == found.topic.other(argument["side"]).id
    print(f"{size} arguments against mined readings, stance added with weight:")
    for weight, good, bad in zip(weights, apt / size, harm / size, strict=True):
        print(f"  {weight}: first apt {good:.3f}, on the user's side {bad:.3f}")


def main() -> None:
    encoder = SentenceEncoder(settings().model, settings().threads)
    points_met(encoder)
    stronger(encoder)
    asyncio.run(answering(encoder))


if __name__ == "__main__":
    main()
