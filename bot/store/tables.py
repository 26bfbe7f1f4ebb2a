"""The tables. Their history is in migrations/."""

from sqlalchemy import ForeignKey, LargeBinary, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Base of the tables."""


class RoundRow(Base):
    """A round without its turns."""

    __tablename__ = "rounds"

    id: Mapped[str] = mapped_column(primary_key=True)
    topic: Mapped[str]
    side: Mapped[str]
    format: Mapped[str]
    level: Mapped[str]
    seed: Mapped[int]
    ended: Mapped[bool]
    started: Mapped[str]


class TurnRow(Base):
    """One turn of a round, as JSON."""

    __tablename__ = "turns"

    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    turn: Mapped[str] = mapped_column(Text)


class VectorRow(Base):
    """The vector of one text, by a digest of the text: float32, little-endian."""

    __tablename__ = "vectors"

    collection: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    model: Mapped[str]
    vector: Mapped[bytes] = mapped_column(LargeBinary)
