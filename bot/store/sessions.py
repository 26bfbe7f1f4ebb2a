"""Sessions whose failures are told as StoreError."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.store.errors import unusable


@asynccontextmanager
async def reading(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    """Yield a session to read with; StoreError when the database fails."""
    try:
        async with AsyncSession(engine) as session:
            yield session
    except SQLAlchemyError as error:
        raise unusable(error) from None


@asynccontextmanager
async def writing(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    """Yield a session whose work is kept whole or not at all; StoreError when the database fails."""
    try:
        async with AsyncSession(engine) as session, session.begin():
            yield session
    except SQLAlchemyError as error:
        raise unusable(error) from None
