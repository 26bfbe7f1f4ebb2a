"""Who ended a round, and whether its end was told."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns; what has ended so far is taken to have been told."""
    op.add_column("seats", sa.Column("ender", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("seats", sa.Column("closed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE seats SET closed = true WHERE round_id IN (SELECT id FROM rounds WHERE ended)")


def downgrade() -> None:
    """Drop the columns."""
    for name in ("closed", "ender"):
        op.drop_column("seats", name)
