"""Sending: takes the items of one account through one walk over its platform; what became of each is committed."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from workbench.cancel import CancelToken
from workbench.clock import Clock
from workbench.errors import (
    BadInputError,
    BudgetSpentError,
    CancelledError,
    ConflictError,
    LineError,
    NeedsUserError,
    PlatformBusyError,
    RefusedError,
    SkipStreamError,
    UnsettledError,
    WorkbenchError,
)
from workbench.ids import AccountId
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.kinds import OutboxState, PostKind
from workbench.queries.outbox import ASKED_AFTER, OutboxRow, count_waiting, is_claimed, list_outbox
from workbench.sync.outbox import OutboxStore
from workbench.sync.outbox_steps import LOOK_AGAIN, NEVER_REPEATED, SETTLED, Reason, Step, delay
from workbench.sync.platform_clock import PlatformClock, since_of
from workbench.sync.posting import Poster, Posting

PATIENCE: Final = 3
"""After so many lost answers in a row the line is left alone: each more would only be one more to look for."""
_NOT_TAKEN: Final = (RefusedError, SkipStreamError, BadInputError)
"""What is said of one item, or of the place where it belongs; the others go on."""
_UNSETTLED: Final = frozenset(OutboxState) - SETTLED


@dataclass(frozen=True, slots=True)
class SendResult:
    """What one walk did; `waiting` items are still on their way. `error` says what ended it before its end."""

    sent: int = 0
    unknown: int = 0
    refused: int = 0
    expired: int = 0
    waiting: int = 0
    error: WorkbenchError | None = None
    changes: Changes = Changes.NOTHING


def posting_of(row: OutboxRow, *, now: datetime, skew: timedelta | None = None) -> Posting:
    """An item as a platform takes it, whose clock is `skew` ahead of ours; an answer carries its thread's subject."""
    return Posting(
        key=row.key,
        kind=row.kind,
        community=row.community_remote_id,
        text=row.text,
        subject=row.subject,
        root=row.root_remote_id,
        parent=row.parent_remote_id,
        since=since_of((row.queued_at, row.tried_at), then=row.clock_skew, now=now, likely=skew),
    )


class Sender:
    """One walk over the items of an account, in the order they were queued; nobody else sends for it meanwhile.

    `theirs` is what is known of the platform's clock while it goes on.
    """

    def __init__(
        self,
        store: OutboxStore,
        database: Database,
        poster: Poster,
        *,
        account_id: AccountId,
        clock: Clock,
        jitter: Callable[[], float] = random.random,
        theirs: PlatformClock | None = None,
    ) -> None:
        self._store, self._database, self._poster = store, database, poster
        self._account_id, self._clock, self._jitter = account_id, clock, jitter
        self._theirs = theirs or PlatformClock()
        self._lost_in_a_row = 0
        self._error: WorkbenchError | None = None
        self._ended: dict[OutboxState, int] = {}

    def run(self, cancel: CancelToken | None = None) -> SendResult:
        """Sends what is due and looks for what is unknown; a stop is heeded between two items.

        An item waits for earlier ones of its own thread that are not settled, and for no other. What stands in the way
        of the whole account (no line, a sign-in, a platform that is busy) ends the walk and is told in the result; an
        error outside our tree is raised once its item is unknown.
        """
        late = self._store.put_aside(self._account_id)
        held: set[tuple[str, str]] = set()
        for row in self._on_the_way():
            if self._error is not None or (cancel is not None and cancel.is_cancelled):
                break
            thread = _thread(row)
            if thread in held:
                continue
            if not (self._is_due(row) and self._tend(row)) and thread is not None:
                held.add(thread)
        done = self._ended
        with self._database.read() as reader:
            waiting = count_waiting(reader, self._account_id)
        return SendResult(
            sent=done.get(OutboxState.SENT, 0),
            unknown=done.get(OutboxState.UNKNOWN, 0),
            refused=done.get(OutboxState.REFUSED, 0),
            expired=len(late),
            waiting=waiting,
            error=self._error,
            changes=Changes.OUTBOX if done or late else Changes.NOTHING,
        )

    def _on_the_way(self) -> list[OutboxRow]:
        with self._database.read() as reader:
            return list_outbox(reader, states=_UNSETTLED, account_id=self._account_id)

    def _is_due(self, row: OutboxRow) -> bool:
        if row.state is OutboxState.UNKNOWN and row.looks >= ASKED_AFTER:
            return False
        is_ours, now = row.state in {OutboxState.QUEUED, OutboxState.UNKNOWN}, self._clock.now()
        # After a clock that was ahead is put right, the moment to wait for may lie years away, like the last try.
        was_ahead = row.tried_at is not None and row.tried_at > now
        return is_ours and (row.not_before is None or row.not_before <= now or was_ahead)

    def _tend(self, row: OutboxRow) -> bool:
        """Does the next thing for an item; whether it is settled now."""
        if row.kind not in self._poster.sends:
            if row.state is OutboxState.UNKNOWN:
                self._settle(row, Step.MISSED, Reason.CANNOT)
                return False
            self._settle(row, Step.REFUSE, Reason.CANNOT)
            return self._count(OutboxState.REFUSED)
        if row.state is OutboxState.QUEUED or self._may_repeat(row):
            return self._send(row)
        return self._look(row)

    def _may_repeat(self, row: OutboxRow) -> bool:
        """Whether an item that may be there already can simply be sent again: the platform knows its key."""
        is_late = row.expires_at is not None and row.expires_at <= self._clock.now()
        return row.kind in self._poster.repeats_safely and row.reason_code not in NEVER_REPEATED and not is_late

    def _send(self, row: OutboxRow) -> bool:
        item = self._store.begin(row.id, skew=self._theirs.ahead)
        if item is None:  # a person was quicker and took it back
            return True
        was_unknown = row.state is OutboxState.UNKNOWN
        try:
            sent = self._poster.send(self._posting(item))
        except UnsettledError as error:
            return self._lost(item, error)
        except WorkbenchError as error:
            if isinstance(error, LineError) and error.details.get("left") is True:
                return self._lost(item, UnsettledError(error.reason))
            if isinstance(error, _NOT_TAKEN):
                return self._not_taken(item, error, was_unknown=was_unknown)
            return self._not_sent(item, error, was_unknown=was_unknown)
        except BaseException:
            # A mistake of ours, or the end of the process: nobody can say how far it came.
            self._store.settle(item.id, Step.LOST, Reason.STOPPED)
            raise
        self._lost_in_a_row = 0
        self._store.arrived(item.id, sent)
        return self._count(OutboxState.SENT)

    def _lost(self, item: OutboxRow, error: UnsettledError) -> bool:
        if isinstance(error, ConflictError):
            self._settle(item, Step.LOST, Reason.CONFLICT)
            return self._look(item)
        self._settle(item, Step.LOST, Reason.LOST_ANSWER, until=self._clock.now() + LOOK_AGAIN)
        self._count(OutboxState.UNKNOWN)
        self._lost_in_a_row += 1
        if self._lost_in_a_row >= PATIENCE:
            self._error = error
        return False

    def _not_taken(self, item: OutboxRow, error: WorkbenchError, *, was_unknown: bool) -> bool:
        said = str(error.details.get("said", "")).strip() or error.reason
        if was_unknown:
            # What is refused now may have been taken the first time.
            self._settle(item, Step.LOST, Reason.SAID, said=said)
            return self._look(item)
        # A setting of the account that is missing is nothing the platform said: nobody asked it.
        is_ours = isinstance(error, BadInputError) and "setting" in error.details
        self._settle(item, Step.REFUSE, Reason.SETTINGS if is_ours else Reason.SAID, said=said)
        return self._count(OutboxState.REFUSED)

    def _not_sent(self, item: OutboxRow, error: WorkbenchError, *, was_unknown: bool) -> bool:
        """It certainly has not left this time, and nothing else of this account would."""
        reason, until = self._pause(error, item.attempts)
        self._settle(item, Step.LOST if was_unknown else Step.NOT_SENT, reason, until=until)
        self._error = None if isinstance(error, CancelledError) else error
        return False

    def _pause(self, error: WorkbenchError, attempts: int) -> tuple[Reason, datetime | None]:
        """Why an item stays here, and how long it is left alone: only where waiting helps."""
        if isinstance(error, NeedsUserError):
            return Reason.SIGN_IN, None
        if isinstance(error, BudgetSpentError):
            return Reason.BUDGET, None
        if isinstance(error, CancelledError):
            return Reason.STOPPED, None
        if isinstance(error, LineError):
            # Nothing left, and the walk ends here: the next one, perhaps over a better line, tries at once.
            return Reason.LINE, None
        asked = error.details.get("seconds")
        seconds = float(asked) if isinstance(asked, int | float) else None
        reason = Reason.BUSY if isinstance(error, PlatformBusyError) else Reason.LINE
        return reason, self._clock.now() + delay(attempts, jitter=self._jitter(), asked=seconds)

    def _look(self, row: OutboxRow) -> bool:
        """Looks for an item on the platform; whether it is there. After the last look a person is asked."""
        posting = self._posting(row)
        try:
            found = self._poster.find(posting)
        except _NOT_TAKEN:
            found = None  # where it would stand nothing stands that we may see
        except UnsettledError:
            # The platform answers and cannot say of this one alone, so no other item waits for it.
            self._store.wait(row.id, self._clock.now() + LOOK_AGAIN)
            return False
        except WorkbenchError as error:
            reason, until = self._pause(error, row.looks + 1)
            self._store.wait(row.id, until, reason)
            self._error = None if isinstance(error, CancelledError) else error
            return False
        with self._database.read() as reader:
            is_other = found is not None and found.remote_id is not None and is_claimed(reader, row, found.remote_id)
        if found is not None and not is_other:
            self._store.arrived(row.id, found)
            return self._count(OutboxState.SENT)
        is_last = row.looks + 1 >= ASKED_AFTER
        self._settle(row, Step.MISSED, Reason.NOT_FOUND, until=None if is_last else self._clock.now() + LOOK_AGAIN)
        return False

    def _settle(
        self, row: OutboxRow, step: Step, reason: Reason, *, said: str | None = None, until: datetime | None = None
    ) -> bool:
        needs_link = step in {Step.REFUSE, Step.MISSED}
        url = self._poster.link(self._posting(row)) if needs_link else None
        return self._store.settle(row.id, step, reason, said=said, until=until, url=url)

    def _posting(self, row: OutboxRow) -> Posting:
        return posting_of(row, now=self._clock.now(), skew=self._theirs.likely)

    def _count(self, state: OutboxState) -> bool:
        self._ended[state] = self._ended.get(state, 0) + 1
        return state is not OutboxState.UNKNOWN


def _thread(row: OutboxRow) -> tuple[str, str] | None:
    """Whose order an item keeps; a topic opens its own thread, and likes have no order."""
    if row.kind is not PostKind.REPLY or row.root_remote_id is None:
        return None
    return row.community_remote_id, row.root_remote_id
