"""What a server has beside topics and rounds: its charter, who speaks where, what was asked, what is on offer."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables of a house."""
    op.create_table(
        "charter",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("charter", sa.Text(), nullable=False),
    )
    op.create_table(
        "seats",
        _round_id(),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("place", "channel", "owner")),
        sa.Column("speakers", sa.Text(), nullable=False),
        sa.Column("posted", sa.Integer(), nullable=False),
    )
    op.create_index("ix_seats_place", "seats", ["place"])
    op.create_table(
        "spoken",
        _round_id(),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("user", sa.BigInteger(), nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "answers",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("user", sa.BigInteger(), nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("topic", "at")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("question", "before", "answer")),
    )
    op.create_index("ix_answers_message", "answers", ["message"])
    op.create_table(
        "standings",
        sa.Column("topic", sa.String(), primary_key=True),
        sa.Column("standing", sa.String(), nullable=False),
    )


def downgrade() -> None:
    """Drop the tables of a house."""
    for name in ("standings", "answers", "spoken", "seats", "charter"):
        op.drop_table(name)


def _round_id() -> "sa.Column[str]":
    return sa.Column("round_id", sa.String(), sa.ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True)
