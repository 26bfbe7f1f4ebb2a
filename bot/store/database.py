"""The database: SQLite by default, brought up to date when it is opened."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.store.errors import StoreError
from bot.store.tables import REVISION


@asynccontextmanager
async def database(url: str) -> AsyncIterator[AsyncEngine]:
    """Yield an engine whose tables are up to date; StoreError when the database can't be opened or is newer."""
    engine = create_async_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _careful)
    try:
        async with engine.connect() as connection:
            current = await connection.run_sync(_current)
        if current != REVISION:
            from bot.store.schema import migrate  # Alembic: a seventh of a second that most starts don't need

            async with engine.begin() as connection:
                await connection.run_sync(migrate)
    except (SQLAlchemyError, StoreError, OSError) as error:
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
    """Return the revision of the tables as Alembic notes it down; None where there are none."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found
