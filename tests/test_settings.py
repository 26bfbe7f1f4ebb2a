from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, settings
from knowledge.limits import USUAL, Limits


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
