"""Fourteenth form: what the pages of the largest profiles ask, kept as sums and indexes.

Frozen text: later changes of the models never reach this file.
"""

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Changes nothing yet."""
