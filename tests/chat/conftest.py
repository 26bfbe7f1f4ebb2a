"""The bot at work in a server, or another in its place to try the fake; the fake's verdict ends each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chat.playing import playing
from tests.support.club import Club
from tests.support.discord import FakeDiscord, Guild, Person
from tests.support.discord.sample import SampleBot


@pytest.fixture
async def club(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Club]:
    async with playing(tmp_path, monkeypatch) as found:
        yield found


@pytest.fixture
async def fake(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord.started() as started:
        started.wire(monkeypatch)
        yield started
        started.check()


@pytest.fixture
def guild(fake: FakeDiscord) -> Guild:
    return fake.guild("Debate Club")


@pytest.fixture
def ann(guild: Guild) -> Person:
    return guild.member("ann")


@pytest.fixture
async def bot(fake: FakeDiscord, guild: Guild) -> AsyncIterator[SampleBot]:
    client = SampleBot()
    async with fake.running(client):
        assert client.get_guild(guild.id)
        yield client
