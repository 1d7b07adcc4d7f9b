"""Thirteenth form: results that took long are kept, with the mark of the rows they were made from.

Frozen text: later changes of the models never reach this file.
"""

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Changes nothing yet."""
