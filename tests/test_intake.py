import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from bot.intake import Intake
from bot.store.database import database
from bot.store.topics import Topics
from bot.store.vectors import StoredVectors
from knowledge.errors import SourceError
from knowledge.library import Library
from tests.support.files import drawn
from tests.support.topics import Quick, digest_topic


@pytest.fixture
async def taking(tmp_path: Path) -> AsyncIterator[Intake]:
    async with database(f"sqlite+aiosqlite:///{tmp_path / 'gainsay.db'}") as engine:
        encoder = Quick()
        made = Intake(Topics(engine), Library(encoder, StoredVectors(engine)), encoder)
        await made.create(digest_topic())
        yield made


async def test_a_reading_keeps_to_the_limits(taking: Intake, tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text("The boat was slow, and it was ours. " * 20)
    bound = replace(taking, limits=replace(taking.limits, max_text=300))
    with pytest.raises(SourceError, match="more than 300 characters"):
        await bound.add("ferry", [str(file)])
    with pytest.raises(SourceError, match=r"20\.0 MB allowed"):
        await bound.add("ferry", ["/dev/zero"])


async def test_it_is_told_how_far_the_work_is(taking: Intake, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    taking.library.told = lambda *what: told.append(what)
    for name in ("one", "two"):
        (tmp_path / name).write_text(f"The boat of {name} was slow, and it was ours.")
    await taking.add("ferry", [str(tmp_path / name) for name in ("one", "two")])
    assert [what[1:] for what in told if what[0] == "Reading"] == [(0, 2), (1, 2), (2, 2)]
    assert any(what == "Embedding" for what, _, _ in told)


@pytest.mark.parametrize(
    "data",
    [b"The boat was slow, and it was ours.", drawn(lambda canvas: canvas.drawString(60, 700, "The boat was slow."))],
    ids=["text", "PDF"],
)
async def test_a_reading_of_any_format_comes_on_standard_input(
    data: bytes, taking: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(data)))
    added = await taking.add("ferry", ["-"])
    assert [source.id for source in added.sources] == ["notes"]
    assert added.passages[0].text.startswith("The boat was slow")
