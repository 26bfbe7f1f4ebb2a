"""Vectors in SQL, so that a restart embeds nothing again."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.tables import VectorRow


@dataclass(frozen=True)
class StoredVectors:
    """Keeps the vectors of each collection of texts, made by one model."""

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
        """Keep these as the collection's only vectors."""
        rows = [
            {"collection": collection, "model": model, "name": name, "vector": vector}
            for name, vector in vectors.items()
        ]
        async with self.engine.begin() as connection:
            await connection.execute(delete(VectorRow).where(VectorRow.collection == collection))
            if rows:
                await connection.execute(insert(VectorRow), rows)
