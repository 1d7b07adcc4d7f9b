"""Twelfth form: nothing yet.

Frozen text: later changes of the models never reach this file.
"""

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Changes nothing yet."""
