"""The database: SQLite by default, brought up to date when it is opened."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.store.errors import StoreError

_CONFIG = Config()
_CONFIG.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
_SCRIPTS = ScriptDirectory.from_config(_CONFIG)


@asynccontextmanager
async def database(url: str) -> AsyncIterator[AsyncEngine]:
    """Yield an engine whose tables are up to date; StoreError when the database can't be opened or is newer."""
    engine = create_async_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _careful)
    try:
        async with engine.connect() as connection:
            current = await connection.run_sync(_current)
        if current != _SCRIPTS.get_current_head():
            async with engine.begin() as connection:
                await connection.run_sync(migrate)
    except (SQLAlchemyError, CommandError, OSError) as error:
        await engine.dispose()
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise StoreError(f"The database {engine.url.database} cannot be opened: {reason}.") from None
    try:
        yield engine
    finally:
        await engine.dispose()


def _careful(connection: Any, _: object) -> None:
    """Have SQLite keep every committed turn through a crash, wait for other writers, and hold foreign keys."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def migrate(connection: Connection, revision: str = "head") -> None:
    """Run the migrations in one transaction: a crash in their midst leaves the tables as they were."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # the driver itself would begin only after the first CREATE
    _CONFIG.attributes["connection"] = connection
    command.upgrade(_CONFIG, revision)
