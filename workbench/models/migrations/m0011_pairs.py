"""Eleventh form: nothing yet.

Frozen text: later changes of the models never reach this file.
"""

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Changes nothing yet."""
