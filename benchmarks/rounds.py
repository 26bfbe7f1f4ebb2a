"""Plays the scripted rounds in cases/attackers.jsonl and prints every line: ``python benchmarks/rounds.py [id …]``.

Ends with what a machine can see: sentences said twice in a round, evidence cited twice, lengths of replies.
"""

import asyncio
import json
import sys
from pathlib import Path

from bot.assembly import opened
from bot.debate.round import Level, Round
from bot.settings import settings
from knowledge.catalogue import BUNDLED, named
from knowledge.sentences import sentences

CASES = Path(__file__).parent / "cases" / "attackers.jsonl"


async def keep(round_: Round) -> None:
    """Keep nothing."""


async def main(wanted: list[str]) -> None:
    async with opened(settings(), named(BUNDLED)) as app:
        for script in map(json.loads, CASES.read_text("utf-8").splitlines()):
            if wanted and script["id"] not in wanted:
                continue
            level = Level.NOVICE if "novice" in script["manner"] else Level.CLUB
            level = Level.VARSITY if "varsity" in script["manner"] else level
            round_ = Round(script["id"], BUNDLED, script["side"], level=level, seed=int(script["id"][1:]))
            print(f"\n===== {script['id']}: bot {script['side']} against {script['manner']}")
            for line in script["turns"]:
                round_ = await app.opponent.exchange(round_, line, keep)
                user, bot = round_.turns[-2:]
                print(f"\n> {line}\n  ({user.act}; {', '.join(c.block or '?' for c in user.claims)})\n{bot.text}")
            said = [s for turn in round_.turns if turn.reply for s in sentences(turn.text)]
            twice = {s for s in said if said.count(s) > 1}
            places = {c.locator for turn in round_.turns if turn.reply for c in turn.reply.citations}
            sizes = [len(turn.text.split()) for turn in round_.turns if turn.reply]
            print(f"\n----- said twice: {twice or 'nothing'}; {len(places)} places cited; words {sizes}")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
