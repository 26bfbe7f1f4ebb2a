"""Vectors in SQL, so that a restart embeds nothing again."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.tables import VectorRow


@dataclass(frozen=True)
class StoredVectors:
    """Keeps the vectors of each collection of texts, until another model takes over or the collection goes."""

    engine: AsyncEngine

    async def load(self, collection: str, model: str) -> Mapping[bytes, bytes]:
        """Return what is kept: digest of the text → float32 vector as bytes; nothing when another model made it."""
        query = select(VectorRow.name, VectorRow.vector).where(
            VectorRow.collection == collection, VectorRow.model == model
        )
        async with self.engine.connect() as connection:
            rows = (await connection.execute(query)).all()
        return {row.name: row.vector for row in rows}

    async def save(self, collection: str, model: str, vectors: Mapping[bytes, bytes]) -> None:
        """Keep these beside the collection's others; those that another model made are dropped."""
        async with self.engine.begin() as connection:
            await keep_vectors(connection, collection, model, vectors)


async def keep_vectors(
    connection: AsyncConnection, collection: str, model: str, vectors: Mapping[bytes, bytes]
) -> None:
    """Write vectors within a transaction, at the cost of these alone: no other row of the model is touched."""
    if not vectors:
        return
    for other in (VectorRow.model < model, VectorRow.model > model):  # two ranges of the key; one "!=" is a scan
        await connection.execute(delete(VectorRow).where(VectorRow.collection == collection, other))
    rows = [
        {"collection": collection, "model": model, "name": name, "vector": vector} for name, vector in vectors.items()
    ]
    await connection.execute(insert(VectorRow).on_conflict_do_nothing(), rows)
