"""Settings: the only reader of the environment."""

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge.errors import GainsayError
from knowledge.limits import USUAL, Limits

_MEGABYTE = 2**20


class SettingsError(GainsayError):
    """A setting that makes no sense."""


class HomeError(GainsayError):
    """The home can't be made."""


class Settings(BaseSettings):
    """What can be set, each as GAINSAY_<NAME> in the environment or .env; Discord's token is DISCORD_TOKEN."""

    model_config = SettingsConfigDict(
        env_prefix="GAINSAY_", env_file=".env", frozen=True, extra="ignore", populate_by_name=True
    )

    home: Path = Field(default_factory=lambda: user_data_path("gainsay", appauthor=False))
    model: str = ""
    threads: int = Field(default=2, ge=1, le=64)
    max_megabytes: int = Field(default=USUAL.max_bytes // _MEGABYTE, ge=1)
    max_pages: int = Field(default=USUAL.max_pages, ge=1)
    max_characters: int = Field(default=USUAL.max_text, ge=1)
    max_seconds: float = Field(default=USUAL.max_seconds, ge=1, allow_inf_nan=False)
    discord_token: SecretStr = Field(default=SecretStr(""), validation_alias="DISCORD_TOKEN")

    @property
    def houses(self) -> Path:
        """Return the folder of what each server keeps."""
        return self.home / "houses"

    @property
    def limits(self) -> Limits:
        """Return the most that one reading may be."""
        return Limits(
            max_bytes=self.max_megabytes * _MEGABYTE,
            max_pages=self.max_pages,
            max_text=self.max_characters,
            max_seconds=self.max_seconds,
        )

    @property
    def database_file(self) -> Path:
        """Return where the database is, or will be."""
        return self.home / "gainsay.db"

    @property
    def database(self) -> str:
        """Return the database's URL."""
        return f"sqlite+aiosqlite:///{self.database_file}"


def settings() -> Settings:
    """Return the settings, with the home made; SettingsError names the first that makes no sense."""
    try:
        found = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        name = name if name == "DISCORD_TOKEN" else f"GAINSAY_{name}"
        raise SettingsError(f"{name}: {first['msg']}.") from None
    try:
        found.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HomeError(f"{found.home}: {error.strerror}. Set GAINSAY_HOME to a folder you may write to.") from None
    return found
