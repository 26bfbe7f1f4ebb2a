"""Is everything in place?"""

import asyncio
import platform
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass

from bot.settings import Settings
from bot.store.database import database
from knowledge.catalogue import BUNDLED, named
from knowledge.embedding import packaged_minilm
from knowledge.errors import GainsayError
from prompts.counts import counted


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at, whether it is as it should be, and what was found."""

    name: str
    ok: bool
    found: str

    def record(self) -> dict[str, str | bool]:
        """Return the check as a plain record."""
        return asdict(self)


def checks(settings: Settings) -> list[Check]:
    """Return every check, whatever the others found."""
    return [
        _check("Python", platform.python_version),
        _check("home", lambda: _home(settings)),
        _check("database", lambda: asyncio.run(_database(settings))),
        _check("embedding model", lambda: _model(settings)),
        _check("bundled topic", _topic),
        *_discord(settings),
    ]


def _discord(settings: Settings) -> list[Check]:
    """Return what there is to say of Discord: that there is no token is no fault."""
    token = settings.discord_token.get_secret_value().strip()
    if not token:
        return [Check("Discord", True, "no token: put DISCORD_TOKEN=… into .env to serve a server")]
    from bot.chat.checkup import checkup

    try:
        return [Check(*line) for line in asyncio.run(checkup(token))]
    except GainsayError as error:
        return [Check("Discord", False, str(error))]


def _check(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except (GainsayError, OSError) as error:
        return Check(name, False, " ".join(str(error).split()))


def _home(settings: Settings) -> str:
    with tempfile.TemporaryFile(dir=settings.home):
        return f"{settings.home} can be written"


async def _database(settings: Settings) -> str:
    async with database(settings.database):
        return "opens, tables up to date"


def _model(settings: Settings) -> str:
    return settings.model or f"{packaged_minilm().name}: all-MiniLM-L6-v2, hash as published"


def _topic() -> str:
    topic = named(BUNDLED)
    had = ((topic.passages, "passage"), (topic.arguments, "argument"), (topic.blocks, "block"))
    return ", ".join(counted(len(each), thing) for each, thing in had)
