"""Rounds, their turns, and vectors."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the first tables."""
    op.create_table(
        "rounds",
        sa.Column("id", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("topic", "side", "format", "level")),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("started", sa.String(), nullable=False),
    )
    op.create_table(
        "turns",
        sa.Column("round_id", sa.String(), sa.ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("turn", sa.Text(), nullable=False),
    )
    op.create_table(
        "vectors",
        sa.Column("collection", sa.String(), primary_key=True),
        sa.Column("name", sa.LargeBinary(), primary_key=True),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
    )


def downgrade() -> None:
    """Drop the first tables."""
    for name in ("vectors", "turns", "rounds"):
        op.drop_table(name)
