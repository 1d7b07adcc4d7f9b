"""First offer: how far a new account goes until somebody says otherwise, and what its first sync takes, by name."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from workbench.errors import BadInputError
from workbench.models.kinds import WEB_SITES, AccountKind
from workbench.operations.account_sync import followed_of
from workbench.operations.first_sync import first_sync_estimate
from workbench.operations.seating import platform_of
from workbench.operations.sources import account_named
from workbench.sync.accounts import AccountLimits
from workbench.sync.platforms import TITLES
from workbench.workspace import Workspace

if TYPE_CHECKING:
    from workbench.sync.budget import Estimate

FIRST_DAYS: Final = 90


@dataclass(frozen=True, slots=True)
class FirstSync:
    """What is still to be read of an account for the first time: its `communities` were never read to their end.

    `estimate` is of bytes both ways and of requests; `is_guess` in it says that the platform did not tell how much
    there is, as for a list that was not asked for yet, which counts as one community.
    """

    name: str
    communities: int
    history_from: date | None
    is_text_only: bool
    estimate: "Estimate"


def first_limits(kind: AccountKind, *, today: date) -> AccountLimits:
    """The last 90 days, text only: what a thin line bears. A web site has numbers, and nothing to leave out."""
    return AccountLimits(today - timedelta(days=FIRST_DAYS), is_text_only=kind not in WEB_SITES)


def limit_first(
    workspace: Workspace, *, name: str, history_from: date | None = None, is_all: bool = False, is_whole: bool = False
) -> AccountLimits:
    """Gives a new account its first limits: from `history_from` on, or with `is_all` from the beginning.

    With `is_whole` likes, pictures and files come, too. Refuses an unknown account (BadInputError).
    """
    row = account_named(workspace, name)
    limits = first_limits(row.kind, today=workspace.clock.now().date())
    if is_all or history_from is not None:
        limits = replace(limits, history_from=history_from)
    if is_whole:
        limits = replace(limits, is_text_only=False)
    workspace.accounts.set_limits(row.id, limits)
    return limits


def first_sync_of(workspace: Workspace, *, name: str) -> FirstSync | None:
    """What the first sync of this account takes; None once all it follows was read, or where it follows nothing yet.

    Refuses an unknown account, and one that lives in files (BadInputError).
    """
    row = account_named(workspace, name)
    if row.kind not in TITLES:
        message = "This account lives in files; nothing is fetched for it."
        raise BadInputError(message)
    entry = workspace.accounts.get(row.id)
    rows = [one for one in followed_of(workspace, entry) if one.synced_at is None]
    if not rows:
        return None
    limits = entry.limits
    days = None if limits.history_from is None else (workspace.clock.now().date() - limits.history_from).days
    estimate = first_sync_estimate(
        rows,
        days=days,
        is_text_only=limits.is_text_only,
        declared=platform_of(entry),
        settings=entry.settings,
    )
    return FirstSync(row.name, len(rows), limits.history_from, limits.is_text_only, estimate)
