"""Opening: what a profile that is opened for writing does with what an earlier process left on its way."""

from contextlib import suppress
from pathlib import Path

from workbench.clock import Clock
from workbench.errors import ProfileBusyError, StoreError
from workbench.ids import AccountId
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.kinds import OutboxState
from workbench.models.lock import ProfileLock
from workbench.queries.outbox import count_outbox, sending_accounts
from workbench.sync.outbox import OutboxStore
from workbench.vault.card import read_card
from workbench.vault.copy_mark import CopyMark, new_copy, place_of, read_mark, write_mark


def sending_lock(profile: Path, account_id: AccountId | None) -> ProfileLock:
    """Held for as long as anybody sends for this account, in whatever process; the system frees it when one dies.

    The profile lock cannot say that: a worker sends beside the window that holds it.
    """
    return ProfileLock(profile, name=f"sending-{account_id or 0}.lock")


def take_over(profile: Path, database: Database, clock: Clock) -> Changes:
    """Asked by who has just taken the profile lock. In a copy of a profile everything on its way is paused for review.

    Otherwise what was being sent when its process ended becomes unknown; what a process still sends is left alone.
    A profile with nothing on its way is only read.
    """
    store = OutboxStore(database, clock)
    changes = _review_a_copy(profile, database, store)
    with database.read() as reader:
        accounts = sending_accounts(reader)
    for account_id in accounts:
        with suppress(ProfileBusyError), sending_lock(profile, account_id):
            changes |= store.left_over(account_id)
    return changes


def _review_a_copy(profile: Path, database: Database, store: OutboxStore) -> Changes:
    mark, place = read_mark(profile), place_of(database.path)
    if mark is not None and mark.place == place:
        return Changes.NOTHING
    with database.read() as reader:
        counts = count_outbox(reader)
    is_on_the_way = any(counts[state] for state in (OutboxState.QUEUED, OutboxState.SENDING, OutboxState.UNKNOWN))
    changes = store.pause_copied() if is_on_the_way else Changes.NOTHING
    # A full disk must not keep a profile shut; without a new mark the next opening does the same again.
    with suppress(StoreError):
        write_mark(profile, CopyMark(_name(profile, mark), place))
    return changes


def _name(profile: Path, mark: CopyMark | None) -> str:
    """A new name for a copy. A profile that had no mark yet is known by its instance."""
    card = read_card(profile)
    return new_copy() if mark is not None or card is None else card.instance
