"""Measure limits: what a measure leaves to whoever uses it, chosen for the whole profile."""

import json
from typing import Final

from workbench.errors import BadInputError
from workbench.models.changes import Changes
from workbench.queries.seldom import SELDOM_KEY, Seldom, seldom
from workbench.workspace import Workspace

MOST_MESSAGES: Final = 1_000
MOST_DAYS: Final = 366


def seldom_limits(workspace: Workspace) -> Seldom:
    """From when on somebody counts as an occasional contributor."""
    with workspace.database.read() as reader:
        return seldom(reader)


def choose_seldom(workspace: Workspace, *, fewest: int | None = None, gap_days: int | None = None) -> Changes:
    """Sets one of these limits or both, for every community and every window; None leaves one as it is.

    Refuses (BadInputError) limits that would let nobody or everybody through: 1 to 1,000 messages, 1 to 366 days.
    """
    now = seldom_limits(workspace)
    wanted = Seldom(now.fewest if fewest is None else fewest, now.gap_days if gap_days is None else gap_days)
    if not (1 <= wanted.fewest <= MOST_MESSAGES and 1 <= wanted.gap_days <= MOST_DAYS):
        message = f"Limits are 1 to {MOST_MESSAGES:,} messages and a pause of 1 to {MOST_DAYS} days."
        raise BadInputError(message)
    return workspace.notes.set_preference(SELDOM_KEY, json.dumps(wanted))
