"""Many rounds at once on a loopback Discord: acknowledgements, the event loop's lag, replies lost or doubled.

    python -m benchmarks.crowd [ROUNDS] [TURNS]

The bot runs in a process of its own against the fake of Discord. In every round a debater opens, writes so many
turns, and waits for the answer to each before the next; all rounds run at once.
"""

import asyncio
import json
import math
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.assembly import serving
from bot.chat.client import Gainsay
from bot.settings import settings
from tests.support.discord.fake import LOOPBACK, FakeDiscord
from tests.support.discord.people import Person
from tests.support.discord.places import Channel, Thread
from tests.support.discord.server import API

EVERY = 0.01
"""Seconds between two looks at the loop."""
PATIENCE = 300.0
EACH = 10
"""Rounds in one server."""
SAYS = (
    "Sanctions have failed for thirty years and the bombs are still there.",
    "Talking costs nothing and an embassy is no reward.",
    "You say he can't be trusted, but nobody has to trust an inspector.",
    "Isolation hurts the people, not the regime.",
)


@dataclass
class Counted:
    """What was seen from the debaters' side."""

    acks: list[float] = field(default_factory=list)
    replies: list[float] = field(default_factory=list)
    lost: int = 0
    doubled: int = 0


async def debate(fake: FakeDiscord, channel: Channel, person: Person, turns: int, counted: Counted) -> None:
    """Open a round and debate in it."""
    seen = await person.runs(channel, "debate start", side="engagement")
    counted.acks.append(seen.acked_after if seen.acked_after is not None else float("inf"))
    await seen.settled(PATIENCE)
    thread = next(each for each in channel.threads if f"{each.id}" in seen.text)
    for turn in range(turns):
        before, start = len(said(fake, thread)), time.perf_counter()
        await person.writes(thread, SAYS[turn % len(SAYS)])
        try:
            await fake.until(partial(more, fake, thread, before), PATIENCE)
            counted.replies.append(time.perf_counter() - start)
        except TimeoutError:
            counted.lost += 1
    counted.doubled += max(0, len(said(fake, thread)) - 1 - turns)
    message = said(fake, thread)[-1]
    pressed = await person.presses(message, "Flow")
    counted.acks.append(pressed.acked_after if pressed.acked_after is not None else float("inf"))


def more(fake: FakeDiscord, thread: Thread, than: int) -> bool:
    """Return whether the bot has posted more in a thread than so many messages."""
    return len(said(fake, thread)) > than


def said(fake: FakeDiscord, thread: Thread) -> list[object]:
    """Return what the bot has posted in a thread."""
    return [message for message in thread.messages if message.author.id == fake.bot.id]


async def measured(rounds: int, turns: int) -> dict[str, object]:
    """Return the figures of so many rounds at once."""
    counted = Counted()
    async with FakeDiscord.started() as fake:
        pairs = [seat for number in range(math.ceil(rounds / EACH)) for seat in seats(fake, number)][:rounds]
        async with bot(fake) as child:
            start = time.perf_counter()
            await asyncio.gather(*(debate(fake, channel, who, turns, counted) for channel, who in pairs))
            seconds = time.perf_counter() - start
            lag = await stopped(child)
        fake.check()
    return {
        "rounds": rounds,
        "turns": turns,
        "seconds": round(seconds, 1),
        "acks": {"late": sum(ack > 3 for ack in counted.acks), **spread(counted.acks)},
        "replies": {"lost": counted.lost, "doubled": counted.doubled, **spread(counted.replies)},
        "loop lag": lag,
    }


def seats(fake: FakeDiscord, number: int) -> list[tuple[Channel, Person]]:
    """Return the channels and debaters of one server."""
    guild = fake.guild(f"Club {number}")
    return [(guild.channel(f"room-{n}"), guild.member(f"debater-{number}-{n}")) for n in range(EACH)]


@asynccontextmanager
async def bot(fake: FakeDiscord) -> AsyncIterator[asyncio.subprocess.Process]:
    """Yield the bot's process once it has come online."""
    command = [sys.executable, "-m", "benchmarks.crowd", "--bot", fake.origin, fake.token]
    pipe = asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    try:
        assert child.stdout
        assert (await child.stdout.readline()).strip() == b"ready"
        yield child
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()


async def stopped(child: asyncio.subprocess.Process) -> dict[str, float]:
    """Stop the bot and return what it measured of its own loop."""
    out, _ = await child.communicate(b"stop\n")
    found: dict[str, float] = json.loads(out)
    return found


async def serve(origin: str, token: str) -> None:
    """Be the bot until a line comes in on standard input; then print the lag of the event loop."""
    assert URL(origin).host == LOOPBACK
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = f"{origin}{API}", URL(origin).with_scheme("ws") / "gateway"
    async with serving(settings()) as (desk, work):
        await work(desk.readings.bundled())
        client = Gainsay(desk, work, cdn=frozenset({LOOPBACK}))
        lags: list[float] = []
        async with client:
            running = asyncio.create_task(client.start(token))
            await client.wait_until_ready()
            print("ready", flush=True)
            meter = asyncio.create_task(watched(lags))
            await asyncio.to_thread(sys.stdin.readline)
            meter.cancel()
        await asyncio.gather(running, return_exceptions=True)
    print(json.dumps(spread(lags)))


async def watched(lags: list[float]) -> None:
    """Note how late the loop comes back from each short sleep, in seconds."""
    while True:
        start = time.perf_counter()
        await asyncio.sleep(EVERY)
        lags.append(time.perf_counter() - start - EVERY)


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Return median, 99th percentile and maximum in milliseconds."""
    found = sorted(seconds)
    at = {"p50": 0.5, "p99": 0.99, "max": 1.0}
    return {name: round(1000 * found[min(len(found) - 1, int(share * len(found)))], 1) for name, share in at.items()}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--bot"]:
        discord.utils.setup_logging(level=40, root=True)
        asyncio.run(serve(*sys.argv[2:4]))
    else:
        numbers = [int(argument) for argument in sys.argv[1:3]]
        print(json.dumps(asyncio.run(measured(*(numbers or [100]), *([3] if len(numbers) < 2 else []))), indent=1))
