"""The tables. Their history is in migrations/."""

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

REVISION = "0004"
"""The migration that makes these tables."""


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


class TopicRow(Base):
    """A topic without its readings, or what was laid over a bundled one: then only its id and version count.

    ``sides`` and ``prepared`` (blocks, clashes, silent questions, precedents) are JSON.
    """

    __tablename__ = "topics"

    id: Mapped[str] = mapped_column(primary_key=True)
    overlay: Mapped[bool]
    version: Mapped[str] = mapped_column(Text)
    motion: Mapped[str] = mapped_column(Text)
    sides: Mapped[str] = mapped_column(Text)
    licence: Mapped[str] = mapped_column(Text)
    attribution: Mapped[str] = mapped_column(Text)
    prepared: Mapped[str] = mapped_column(Text)


class SourceRow(Base):
    """A reading, numbered in the order in which readings came; the digest is that of its text."""

    __tablename__ = "sources"
    __table_args__ = (UniqueConstraint("topic_id", "id"), UniqueConstraint("topic_id", "digest"))

    number: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[str] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"))
    id: Mapped[str]
    digest: Mapped[str]
    title: Mapped[str]
    kind: Mapped[str]
    author: Mapped[str] = mapped_column(Text)
    date: Mapped[str] = mapped_column(Text)
    paragraphs: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)


class PassageRow(Base):
    """A passage by its offsets: its text is a slice of the source's."""

    __tablename__ = "passages"
    __table_args__ = (UniqueConstraint("topic_id", "id"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[str] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"))
    id: Mapped[str]
    source_id: Mapped[str]
    locator: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    gist: Mapped[str] = mapped_column(Text)


class NoteRow(Base):
    """A passage's note, as JSON, and whether a reviewer has decided it."""

    __tablename__ = "notes"

    topic_id: Mapped[str] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"), primary_key=True)
    passage_id: Mapped[str] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(Text)
    decided: Mapped[bool]


class ArgumentRow(Base):
    """An argument, as JSON; a dropped one stays, so that it hides the bundled one of the same id."""

    __tablename__ = "arguments"
    __table_args__ = (UniqueConstraint("topic_id", "id"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[str] = mapped_column(ForeignKey("topics.id", ondelete="CASCADE"))
    id: Mapped[str]
    argument: Mapped[str] = mapped_column(Text)
    dropped: Mapped[bool]


class VectorRow(Base):
    """The vector that a model made of one text, by a digest of the text: float32, little-endian."""

    __tablename__ = "vectors"

    collection: Mapped[str] = mapped_column(primary_key=True)
    model: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    vector: Mapped[bytes] = mapped_column(LargeBinary)


class CharterRow(Base):
    """What a server has decided, as JSON; one row."""

    __tablename__ = "charter"

    key: Mapped[str] = mapped_column(primary_key=True)
    charter: Mapped[str] = mapped_column(Text)


class SeatRow(Base):
    """Where a round is played and by whom, who ended it, and whether that was told; ``speakers`` is JSON."""

    __tablename__ = "seats"

    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(BigInteger, index=True)
    channel: Mapped[int] = mapped_column(BigInteger)
    owner: Mapped[int] = mapped_column(BigInteger)
    speakers: Mapped[str] = mapped_column(Text)
    posted: Mapped[int]
    ender: Mapped[int] = mapped_column(BigInteger)
    closed: Mapped[bool]


class SpokenRow(Base):
    """Which person gave a turn, and the message it was written in; 0 where it was given by other means."""

    __tablename__ = "spoken"

    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    user: Mapped[int] = mapped_column(BigInteger)
    message: Mapped[int] = mapped_column(BigInteger)


class AnswerRow(Base):
    """An answer that was given outside rounds; ``before`` and ``answer`` are JSON."""

    __tablename__ = "answers"

    id: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[int] = mapped_column(BigInteger)
    message: Mapped[int] = mapped_column(BigInteger, index=True)
    topic: Mapped[str]
    at: Mapped[str]
    question: Mapped[str] = mapped_column(Text)
    before: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)


class StandingRow(Base):
    """Whether a topic is a draft, published or archived."""

    __tablename__ = "standings"

    topic: Mapped[str] = mapped_column(primary_key=True)
    standing: Mapped[str]
