"""Ninth form: what became of the items of Today.

Frozen text: later changes of the models never reach this file.
"""

from alembic import op

revision = "0009"
down_revision = "0008"

_STATEMENTS = (
    """
    CREATE TABLE todaymark (
      "key" VARCHAR NOT NULL,
      kind VARCHAR NOT NULL,
      state VARCHAR NOT NULL,
      until BIGINT,
      marked_at BIGINT NOT NULL,
      PRIMARY KEY ("key")
    )
    """,
    "CREATE INDEX ix_todaymark_marked_at ON todaymark (marked_at)",
)


def upgrade() -> None:
    """Adds the tables and columns."""
    for statement in _STATEMENTS:
        op.execute(statement)
