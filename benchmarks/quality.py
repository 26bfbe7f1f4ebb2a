"""How good the answers are, on cases of our own: ``python -m benchmarks.quality [dev|held|all] [measure …] [-v]``.

Cases marked held were written apart from the bot and are for reading off, never for tuning.

"harm" counts first citations of a paragraph that helps the user more. The questions' figures count the paragraph of
the first citation, and a fact when its words stand in the answer.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from bot.assembly import App, opened
from bot.debate.round import Round
from bot.settings import settings
from knowledge.catalogue import BUNDLED, named

CASES = Path(__file__).parent / "cases"
SHOW = "-v" in sys.argv


def cases(name: str, split: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]
    return [line for line in lines if split in ("all", line["split"])]


def words(text: str) -> set[str]:
    return set("".join(letter if letter.isalnum() else " " for letter in text.lower()).split())


def met(claim: set[str], answered: set[str]) -> bool:
    return len(claim & answered) >= 0.6 * len(claim)


async def rebuttals(app: App, split: str) -> str:
    first = anywhere = harm = 0
    given = cases("rebuttals.jsonl", split)
    for case in given:
        round_ = Round(case["id"], BUNDLED, case["side"])
        reply = app.opponent.reply(round_, await app.opponent.hear(round_, case["text"], arguing=True))
        cited = [citation.locator.removeprefix("¶") for citation in reply.citations]
        good = bool(cited) and cited[0] in case["accept"]
        first, harm = first + good, harm + (bool(cited) and cited[0] in case["harm"])
        anywhere += bool(set(cited) & set(case["accept"]))
        if SHOW and not good:
            print(case["id"], case["text"], cited, case["accept"], reply.text[:100])
    size = len(given)
    return f"rebuttals   first apt {first / size:.2f}, any apt {anywhere / size:.2f}, first harmful {harm / size:.2f}"


async def multi(app: App, split: str) -> str:
    covered = 0
    given = cases("multi.jsonl", split)
    for case in given:
        round_ = Round(case["id"], BUNDLED, case["side"])
        reply = app.opponent.reply(round_, await app.opponent.hear(round_, case["text"], arguing=True))
        answered = [words(p.answers) for p in reply.points if p.answers]
        good = all(any(met(words(part), said) for said in answered) for part in case["parts"])
        covered += good
        if SHOW and not good:
            print(case["id"], case["claims"], [(p.answers, p.block) for p in reply.points if p.answers])
    return f"claims      all answered {covered / len(given):.2f}"


async def questions(app: App, split: str) -> str:
    given = cases("questions.jsonl", split)
    right = facts = refused = wrongly = 0
    for case in given:
        answer = await app.study.ask(case["text"])
        cited = [citation.locator.removeprefix("¶") for citation in answer.citations]
        if not case["answerable"]:
            refused += not answer.answered
            if SHOW and answer.answered:
                print(case["id"], case["text"], answer.text[:90])
            continue
        wrongly += not answer.answered
        right += bool(cited) and cited[0] in case["paragraphs"]
        told = all(fact.lower() in answer.text.lower() for fact in case["facts"])
        facts += told
        if SHOW and not (answer.answered and told and cited[0] in case["paragraphs"]):
            print(case["id"], case["text"], answer.answered, cited, case["paragraphs"])
    yes = sum(case["answerable"] for case in given)
    return (
        f"questions   right ¶ first {right / yes:.2f}, facts {facts / yes:.2f}, "
        f"unanswerable refused {refused / (len(given) - yes):.2f}, answerable refused {wrongly / yes:.2f}"
    )


async def acts(app: App, split: str) -> str:
    given = cases("acts.jsonl", split)
    right = 0
    for case in given:
        heard = await app.opponent.overhear(case["text"])
        right += heard.act == case["act"]
        if SHOW and heard.act != case["act"]:
            print(case["id"], case["text"], heard.act, case["act"])
    return f"acts        right {right / len(given):.2f} of {len(given)}"


async def main(split: str) -> None:
    wanted = [measure for measure in (rebuttals, multi, questions, acts) if measure.__name__ in sys.argv]
    async with opened(settings(), named(BUNDLED)) as app:
        for measure in wanted or (rebuttals, multi, questions, acts):
            print(await measure(app, split))


if __name__ == "__main__":
    asyncio.run(main(next((arg for arg in sys.argv[1:] if arg in ("dev", "held", "all")), "dev")))
