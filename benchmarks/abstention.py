"""Fits the weights of knowledge/abstention.py: prints them with the accuracy that cross-validation gives.

Answerable: each question of the pack's notes, with that one key taken away, so that the passage and its other
questions must do. Unanswerable: the same question with all of its paragraph taken away, so that only near misses are
left. To these come the "dev" half of the question cases.
"""

import asyncio
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from bot.assembly import opened
from bot.settings import settings
from knowledge.abstention import values
from knowledge.catalogue import BUNDLED, named
from knowledge.queries import Query
from knowledge.retrieval import Key, Shelf

CASES = Path(__file__).parent / "cases" / "questions.jsonl"


async def main() -> None:
    topic = named(BUNDLED)
    async with opened(settings(), topic) as app:
        keys = [Key(p.id, p.text) for p in topic.passages]
        keys += [Key(name, ask) for name, note in topic.notes.items() for ask in note.asks]
        vectors = np.stack([query.vector for query in await app.readings.read([key.text for key in keys])])
        rows, labels = [], []

        def look(query: Query, kept: list[int], label: bool) -> None:
            shelf = Shelf([keys[i] for i in kept], vectors[kept])
            rows.append(values(app.readings.signals(query, shelf.rank(query))))
            labels.append(label)

        for number in range(len(topic.passages), len(keys)):
            query = Query(keys[number].text, vectors[number])
            home = topic.passage(keys[number].target).locator
            look(query, [i for i in range(len(keys)) if i != number], True)
            look(query, [i for i in range(len(keys)) if topic.passage(keys[i].target).locator != home], False)
        made = len(rows)
        for case in map(json.loads, CASES.read_text("utf-8").splitlines()):
            if case["split"] == "dev":
                (query,) = await app.readings.read([case["text"]])
                look(query, list(range(len(keys))), case["answerable"])
    weight = np.r_[np.ones(made), np.full(len(rows) - made, 20.0)]
    model = LogisticRegression(C=10.0, max_iter=2000)
    x, y = np.array(rows), np.array(labels)
    found = cross_val_predict(model, x, y, cv=10, params={"sample_weight": weight})
    for name, part in (("made", slice(0, made)), ("dev", slice(made, None))):
        for label in (True, False):
            of = y[part] == label
            right = (found[part][of] == label).mean()
            print(f"{name:<5} {'answerable' if label else 'unanswerable':<13} right {right:.3f} of {of.sum()}")
    model.fit(x, y, sample_weight=weight)
    print("bias", round(float(model.intercept_[0]), 3), "weights", [round(float(w), 3) for w in model.coef_[0]])


if __name__ == "__main__":
    asyncio.run(main())
