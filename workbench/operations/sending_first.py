"""Sending first: what was written here goes out before anything is read, whichever account it is for, and meanwhile."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from workbench.cancel import CancelToken
from workbench.errors import CancelledError, StoreError, WorkbenchError
from workbench.ids import AccountId
from workbench.models.changes import Changes
from workbench.models.kinds import OutboxState
from workbench.operations.outbox import send_due
from workbench.operations.run_watch import RunWatch
from workbench.operations.seating import Line, open_seat, platform_of
from workbench.queries.outbox import list_outbox
from workbench.sync.accounts import AccountEntry
from workbench.sync.connector import Connector
from workbench.sync.platform_clock import PlatformClock
from workbench.sync.seat import Reach
from workbench.workspace import Workspace

LOOKS_EVERY: Final = 30.0
"""Seconds between two looks for something new to send while a long history is read."""


class Courier:
    """Sends for some accounts during one run. What stands in the way of one is told by its own turn, not here."""

    def __init__(
        self,
        workspace: Workspace,
        accounts: Sequence[AccountEntry],
        *,
        cancel: CancelToken | None = None,
        line: Line | None = None,
    ) -> None:
        self._workspace, self._accounts = workspace, accounts
        self._cancel, self._line = cancel, line
        self._looked_at = workspace.clock.monotonic()
        self._failed: set[AccountId] = set()

    def send_for_others(self, mine: AccountId) -> Changes:
        """Sends what waits for every account but `mine`; raises a stop and what concerns the profile."""
        changes = Changes.NOTHING
        waiting = self._waiting()
        for entry in self._accounts:
            if entry.id in waiting and entry.id != mine and entry.id not in self._failed:
                changes |= self._send(entry)
        return changes

    def is_time(self) -> bool:
        """Whether it is time to look again; the next time is half a minute later."""
        now = self._workspace.clock.monotonic()
        if now - self._looked_at < LOOKS_EVERY:
            return False
        self._looked_at = now
        return True

    def has_mail(self, mine: AccountId) -> bool:
        """Whether something waits for `mine`."""
        return mine in self._waiting()

    def _waiting(self) -> frozenset[AccountId]:
        """Accounts with something that may go out now."""
        now = self._workspace.clock.now()
        with self._workspace.database.read() as reader:
            rows = list_outbox(reader, states=(OutboxState.QUEUED,))
        due = (row for row in rows if row.not_before is None or row.not_before <= now)
        return frozenset(row.account_id for row in due if row.account_id is not None)

    def _send(self, entry: AccountEntry) -> Changes:
        jitter = (self._line or Line()).jitter
        try:
            with seated(self._workspace, entry, Reach(), cancel=self._cancel, line=self._line) as seat:
                sent = send_due(
                    self._workspace,
                    account_id=entry.id,
                    connector=seat.connector,
                    cancel=self._cancel,
                    jitter=jitter,
                    theirs=seat.theirs,
                )
        except (CancelledError, StoreError):
            raise
        except WorkbenchError:
            self._failed.add(entry.id)  # its own turn comes to the same end, and says so
            return Changes.NOTHING
        if sent.error is not None:
            self._failed.add(entry.id)
        return sent.changes


@dataclass(frozen=True, slots=True)
class Seated:
    """A connector at work; `has_brought` is told when something it fetched is kept, `theirs` hears the clock there."""

    connector: Connector
    has_brought: Callable[[], None]
    theirs: PlatformClock


@contextmanager
def seated(
    workspace: Workspace,
    entry: AccountEntry,
    reach: Reach,
    *,
    run_limit: int | None = None,
    cancel: CancelToken | None = None,
    line: Line | None = None,
    spares: Callable[[], bool] | None = None,
    watch: RunWatch | None = None,
) -> Iterator[Seated]:
    """The account's connector on a line of its own, while the block lasts."""
    from workbench.sync.account_meter import AccountMeter  # noqa: PLC0415 - not with the window

    with open_seat(
        workspace, entry, cancel=cancel, reach=reach, run_limit=run_limit, line=line, spares=spares, watch=watch
    ) as seat:
        meter = seat.meter

        def has_brought() -> None:
            if isinstance(meter, AccountMeter):
                meter.has_brought()

        yield Seated(platform_of(entry).connect(seat), has_brought, seat.theirs)
