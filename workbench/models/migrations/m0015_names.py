"""Fifteenth form: names of people in a table that is quick to look through.

Frozen text: later changes of the models never reach this file.
"""

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Changes nothing yet."""
