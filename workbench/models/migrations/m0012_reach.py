"""Twelfth form: limits raised for one day, communities read to where they begin, how far our clock is off.

Frozen text: later changes of the models never reach this file.
"""

from alembic import op

revision = "0012"
down_revision = "0011"

_STATEMENTS = (
    "ALTER TABLE account ADD COLUMN raised_on INTEGER",
    "ALTER TABLE account ADD COLUMN raised_cap INTEGER",
    "ALTER TABLE communitystate ADD COLUMN is_from_start BOOLEAN DEFAULT '0' NOT NULL",
    "ALTER TABLE account ADD COLUMN clock_skew INTEGER",
    "ALTER TABLE outboxitem ADD COLUMN clock_skew INTEGER",
)


def upgrade() -> None:
    """Adds the columns."""
    for statement in _STATEMENTS:
        op.execute(statement)
