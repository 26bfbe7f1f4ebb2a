"""Topics with their readings; vectors of one text by several models beside each other."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables of topics, and let a vector's model be part of its key."""
    texts = ("version", "motion", "sides", "licence", "attribution", "prepared")
    op.create_table(
        "topics",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("overlay", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
    )
    op.create_table(
        "sources",
        sa.Column("number", sa.Integer(), primary_key=True),
        _topic_id(),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("id", "digest", "title", "kind")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("author", "date", "paragraphs", "text")),
        sa.UniqueConstraint("topic_id", "id"),
        sa.UniqueConstraint("topic_id", "digest"),
    )
    op.create_table(
        "passages",
        sa.Column("number", sa.Integer(), primary_key=True),
        _topic_id(),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("id", "source_id", "locator")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("start", "end")),
        sa.Column("gist", sa.Text(), nullable=False),
        sa.UniqueConstraint("topic_id", "id"),
    )
    op.create_table(
        "notes",
        _topic_id(primary_key=True),
        sa.Column("passage_id", sa.String(), primary_key=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("decided", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "arguments",
        sa.Column("number", sa.Integer(), primary_key=True),
        _topic_id(),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("argument", sa.Text(), nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("topic_id", "id"),
    )
    op.rename_table("vectors", "vectors_0001")
    _vectors("vectors", "collection", "model", "name")
    op.execute("INSERT INTO vectors SELECT collection, model, name, vector FROM vectors_0001")
    op.drop_table("vectors_0001")


def downgrade() -> None:
    """Drop the topics; of vectors made by several models only one is left for each text."""
    for name in ("arguments", "notes", "passages", "sources", "topics"):
        op.drop_table(name)
    op.rename_table("vectors", "vectors_0002")
    _vectors("vectors", "collection", "name")
    op.execute("INSERT INTO vectors SELECT collection, min(model), name, vector FROM vectors_0002 GROUP BY 1, 3")
    op.drop_table("vectors_0002")


def _topic_id(primary_key: bool = False) -> "sa.Column[str]":
    key = sa.ForeignKey("topics.id", ondelete="CASCADE")
    return sa.Column("topic_id", sa.String(), key, primary_key=primary_key, nullable=False)


def _vectors(table: str, *key: str) -> None:
    op.create_table(
        table,
        sa.Column("collection", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint(*key),
    )
