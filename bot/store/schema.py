"""The tables brought up to date by migrations. Imported where there is something to do: Alembic is slow to import."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from bot.store.errors import StoreError

CONFIG = Config()
CONFIG.set_main_option("script_location", str(Path(__file__).parent / "migrations"))


def migrate(connection: Connection, revision: str = "head") -> None:
    """Run the migrations in one transaction: a crash in their midst leaves the tables as they were.

    StoreError when the tables are of a revision that this software doesn't know.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # the driver itself would begin only after the first CREATE
    CONFIG.attributes["connection"] = connection
    try:
        command.upgrade(CONFIG, revision)
    except CommandError as error:
        raise StoreError(str(error)) from None
