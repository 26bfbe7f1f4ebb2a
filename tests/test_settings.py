from pathlib import Path

import pytest

from bot.intake import Intake
from bot.settings import Settings, SettingsError, settings
from bot.store.database import database
from bot.store.topics import Topics
from bot.store.vectors import StoredVectors
from knowledge.errors import SourceError
from knowledge.library import Library
from knowledge.limits import USUAL, Limits
from tests.support.topics import Quick, digest_topic


def set_to(monkeypatch: pytest.MonkeyPatch, home: Path, **given: object) -> Settings:
    monkeypatch.setenv("GAINSAY_HOME", str(home))
    for name, value in given.items():
        monkeypatch.setenv(f"GAINSAY_{name}", str(value))
    return settings()


def test_a_reading_may_be_as_much_as_the_settings_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert set_to(monkeypatch, tmp_path).limits == USUAL
    found = set_to(monkeypatch, tmp_path, MAX_MEGABYTES=1, MAX_PAGES=2, MAX_CHARACTERS=300, MAX_SECONDS=4.5)
    assert found.limits == Limits(max_bytes=2**20, max_pages=2, max_text=300, max_seconds=4.5)


@pytest.mark.parametrize("given", [{"MAX_PAGES": 0}, {"MAX_SECONDS": "inf"}, {"MAX_MEGABYTES": "many"}])
def test_a_setting_that_makes_no_sense_is_named(
    given: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SettingsError, match=f"^GAINSAY_{next(iter(given))}: "):
        set_to(monkeypatch, tmp_path, **given)


async def test_what_is_added_keeps_to_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = set_to(monkeypatch, tmp_path, MAX_CHARACTERS=300)
    file = tmp_path / "long.txt"
    file.write_text("The boat was slow, and it was ours. " * 20)
    async with database(found.database) as engine:
        encoder = Quick()
        taking = Intake(Topics(engine), Library(encoder, StoredVectors(engine)), encoder, found.limits)
        await taking.create(digest_topic())
        with pytest.raises(SourceError, match="more than 300 characters"):
            await taking.add("ferry", [str(file)])
        with pytest.raises(SourceError, match=r"20\.0 MB allowed"):
            await taking.add("ferry", ["/dev/zero"])
