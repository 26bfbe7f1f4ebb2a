"""``python -m tests.support.adding HOME FILE``: adds a reading to the topic "ferry", to be killed while it does."""

import asyncio
import sys
from pathlib import Path

from bot.intake import Intake
from bot.store.database import database
from bot.store.topics import Topics
from bot.store.vectors import StoredVectors
from knowledge.library import Library
from tests.support.topics import Quick, digest_topic


async def main(home: str, file: str) -> None:
    print("adding", flush=True)
    async with database(f"sqlite+aiosqlite:///{Path(home) / 'gainsay.db'}") as engine:
        encoder = Quick()
        taking = Intake(Topics(engine), Library(encoder, StoredVectors(engine)), encoder)
        if not file:
            await taking.create(digest_topic())
        else:
            await taking.add("ferry", [file], "boat")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
