"""The bot at work in a server, for each test that asks for it; the fake's verdict ends the test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chat.playing import playing
from tests.support.club import Club


@pytest.fixture
async def club(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Club]:
    async with playing(tmp_path, monkeypatch) as found:
        yield found
