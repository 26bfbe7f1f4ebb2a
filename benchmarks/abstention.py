"""Fits the weights of knowledge/abstention.py on the "dev" questions: prints them, with cross-validated figures."""

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

REFUSED = 0.075
"""The share of answerable questions that may be refused: as many unanswerable ones are caught as that allows."""
CASES = Path(__file__).parent / "cases" / "questions.jsonl"


async def main() -> None:
    cases = [case for case in map(json.loads, CASES.read_text("utf-8").splitlines()) if case["split"] == "dev"]
    async with opened(settings(), named(BUNDLED)) as app:
        queries = await app.readings.read([case["text"] for case in cases])
        rows = [values(app.readings.signals(query, app.readings.passages(query))) for query in queries]
    x, y = np.array(rows), np.array([case["answerable"] for case in cases])
    mean, spread = x.mean(0), x.std(0) + 1e-9
    model = LogisticRegression(C=0.3, max_iter=5000)
    found = cross_val_predict(model, (x - mean) / spread, y, cv=10, method="decision_function")
    threshold = np.quantile(found[y], REFUSED)
    for label, what in ((True, "answerable, refused"), (False, "unanswerable, refused")):
        print(f"{what:<22} {(found[y == label] < threshold).mean():.3f} of {(y == label).sum()}")
    model.fit((x - mean) / spread, y)
    weights = model.coef_[0] / spread
    print(
        "BIAS",
        round(float(model.intercept_[0] - weights @ mean - threshold), 3),
        "WEIGHTS",
        [round(float(w), 3) for w in weights],
    )


if __name__ == "__main__":
    asyncio.run(main())
