"""AccountStore: the sources this profile knows; add, find, list, limit, follow, pause, forget."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from workbench.clock import Clock
from workbench.errors import BadInputError, PlatformBusyError, WorkbenchError
from workbench.ids import AccountId, CommunityId
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.day_cap import DayCap
from workbench.models.kinds import AccountKind, FileReason
from workbench.models.moments import from_day, maybe_from_micros, to_day, to_micros
from workbench.sync.kept_apart import note_try
from workbench.sync.lookups import next_id

_COLUMNS = (
    "SELECT id, kind, name, base_url, settings, is_paused, history_from, is_text_only, daily_cap, every_minutes,"
    " file_limit, not_before, pace, tried_at, raised_on, raised_cap, clock_skew FROM account"
)

_ASK_AGAIN = (
    "UPDATE attachment SET reason = NULL WHERE reason = ? AND event_id IN (SELECT e.id FROM community c"
    " CROSS JOIN event e ON e.community_id = c.id WHERE c.account_id = ?)"
)

_GO_ON = (
    "UPDATE account SET error_code = NULL, error_reason = NULL WHERE id = ? AND error_code = 'budget_spent'",
    "UPDATE outboxitem SET reason_code = NULL WHERE account_id = ? AND reason_code = 'budget'",
)


@dataclass(frozen=True, slots=True)
class AccountLimits:
    """How far an account goes and what it may cost.

    `history_from` is the first day a sync reaches back to (None: everything), `daily_cap` counts bytes both ways in one
    UTC day (None: no limit), `every_minutes` how often it syncs by itself (None: by hand only). `file_limit` is how
    many bytes a file on a message may have to be fetched or kept by itself (None: none); a person may ask for any.
    """

    history_from: date | None = None
    is_text_only: bool = False
    daily_cap: int | None = None
    every_minutes: int | None = None
    file_limit: int | None = None


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """A source as it was declared; `settings` are what its connector asked for, never a secret.

    `not_before` is when the platform, which asked us to wait, may be asked again; `pace` is JSON text of the calls that
    still count against its limits.
    """

    id: AccountId
    kind: AccountKind
    name: str
    base_url: str | None
    settings: Mapping[str, Any]
    is_paused: bool
    limits: AccountLimits = AccountLimits()
    not_before: datetime | None = None
    pace: str | None = None
    tried_at: datetime | None = None
    cap: DayCap = field(default_factory=DayCap)
    """The usual limit of a day with what it was raised to for one day."""
    clock_skew: timedelta | None = None
    """How far the platform's clock was ahead of ours at its last answer; None where it never told its time."""


class AccountStore:
    """Writes accounts; forgetting one removes everything mirrored from it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(
        self,
        kind: AccountKind,
        name: str,
        base_url: str | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> AccountId:
        """The id of a new account. Refuses a name that is empty or in use (BadInputError)."""
        if not name.strip():
            message = "an account needs a name"
            raise BadInputError(message)
        with self._database.write() as session:
            execute = session.connection().exec_driver_sql
            if execute("SELECT 1 FROM account WHERE name = ?", (name,)).first() is not None:
                message = "there is an account of this name already"
                raise BadInputError(message, name=name)
            result = execute(
                "INSERT INTO account (id, kind, name, base_url, settings, is_paused, created_at)"
                " VALUES (?, ?, ?, ?, ?, 0, ?)"
                " RETURNING id",
                (
                    next_id(session.connection(), "account"),
                    kind.value,
                    name,
                    base_url,
                    json.dumps(dict(settings or {}), sort_keys=True),
                    to_micros(self._clock.now()),
                ),
            )
            return AccountId(int(result.scalar_one()))

    def find(self, kind: AccountKind, name: str) -> AccountId | None:
        """The account of this kind and name, if there is one."""
        with self._database.read() as reader:
            found = reader.scalar("SELECT id FROM account WHERE kind = ? AND name = ?", (kind.value, name))
        return None if found is None else AccountId(int(found))

    def get(self, account_id: AccountId) -> AccountEntry:
        """One account; refuses an id that is not there (BadInputError)."""
        with self._database.read() as reader:
            row = reader.one(_COLUMNS + " WHERE id = ?", (account_id,))
        if row is None:
            message = "there is no such account"
            raise BadInputError(message)
        return _entry(row)

    def list(self) -> tuple[AccountEntry, ...]:
        """All accounts by name."""
        with self._database.read() as reader:
            rows = reader.rows(_COLUMNS)
        return tuple(sorted(map(_entry, rows), key=lambda entry: (entry.name.casefold(), entry.id)))

    def pause(self, account_id: AccountId, *, is_paused: bool = True) -> Changes:
        """Leaves the account out of syncs until it is unpaused."""
        with self._database.write() as session:
            result = session.connection().exec_driver_sql(
                "UPDATE account SET is_paused = ? WHERE id = ? AND is_paused <> ?", (is_paused, account_id, is_paused)
            )
            return Changes.ACCOUNTS if result.rowcount else Changes.NOTHING

    def rename(self, account_id: AccountId, name: str) -> Changes:
        """Calls an account something else; refuses a name that another one has (BadInputError)."""
        with self._database.write() as session:
            execute = session.connection().exec_driver_sql
            if execute("SELECT 1 FROM account WHERE name = ? AND id <> ?", (name, account_id)).first() is not None:
                message = "there is an account of this name already"
                raise BadInputError(message, name=name)
            result = execute("UPDATE account SET name = ? WHERE id = ? AND name <> ?", (name, account_id, name))
            return Changes.ACCOUNTS | Changes.COMMUNITIES if result.rowcount else Changes.NOTHING

    def set_settings(
        self, account_id: AccountId, settings: Mapping[str, Any], *, base_url: str | None = None
    ) -> Changes:
        """Keeps other settings in place of all there were; what was fetched stays."""
        with self._database.write() as session:
            session.connection().exec_driver_sql(
                "UPDATE account SET settings = ?, base_url = ? WHERE id = ?",
                (json.dumps(dict(settings), sort_keys=True), base_url, account_id),
            )
        return Changes.ACCOUNTS

    def set_limits(self, account_id: AccountId, limits: AccountLimits) -> Changes:
        """Keeps how far the account goes and what it may cost; refuses numbers that are no limit (BadInputError).

        One that goes further than before has to look everywhere again; one that goes further back has read no community
        to its end. With more data a day than before, what was used up is not used up any more.
        """
        if any(
            limit is not None and limit < 1 for limit in (limits.daily_cap, limits.every_minutes, limits.file_limit)
        ):
            message = "A limit is a number above zero, or none."
            raise BadInputError(message)
        with self._database.write() as session:
            execute = session.connection().exec_driver_sql
            before = execute(
                "SELECT history_from, is_text_only, file_limit, daily_cap FROM account WHERE id = ?", (account_id,)
            ).one()
            execute(
                "UPDATE account SET history_from = ?, is_text_only = ?, daily_cap = ?, every_minutes = ?,"
                " file_limit = ? WHERE id = ?",
                (
                    None if limits.history_from is None else to_day(limits.history_from),
                    limits.is_text_only,
                    limits.daily_cap,
                    limits.every_minutes,
                    limits.file_limit,
                    account_id,
                ),
            )
            if _goes_further(limits, before[0], was_text_only=bool(before[1])):
                execute(
                    "UPDATE communitystate SET mark = NULL"
                    " WHERE community_id IN (SELECT id FROM community WHERE account_id = ?)",
                    (account_id,),
                )
            if _goes_back(limits, before[0]):
                # Else the day at which reading rested would pass for the day on which a community began.
                execute(
                    "UPDATE communitystate SET synced_at = NULL"
                    " WHERE community_id IN (SELECT id FROM community WHERE account_id = ?)",
                    (account_id,),
                )
            if (limits.file_limit or 0) > (before[2] or 0):
                execute(_ASK_AGAIN, (FileReason.TOO_LARGE.value, account_id))
            if before[3] is not None and (limits.daily_cap is None or limits.daily_cap > before[3]):
                for statement in _GO_ON:
                    execute(statement, (account_id,))
                return Changes.ACCOUNTS | Changes.OUTBOX
        return Changes.ACCOUNTS

    def raise_today(self, account_id: AccountId, cap: int | None) -> Changes:
        """Lets the account cost more on this one UTC day (None: without a limit); from the next day on it is as before.

        Refuses (BadInputError) what is not more than holds already. What was used up is not used up any more.
        """
        today = self._clock.now().astimezone(UTC).date()
        now = self.get(account_id).cap.on(today)
        if now is None or (cap is not None and cap <= now):
            message = "That is not more than today's limit."
            raise BadInputError(message)
        with self._database.write() as session:
            execute = session.connection().exec_driver_sql
            execute("UPDATE account SET raised_on = ?, raised_cap = ? WHERE id = ?", (to_day(today), cap, account_id))
            for statement in _GO_ON:
                execute(statement, (account_id,))
        return Changes.ACCOUNTS | Changes.OUTBOX

    def follow(
        self, account_id: AccountId, communities: Collection[CommunityId], *, is_followed: bool = True
    ) -> Changes:
        """Says which communities of the account a sync reads; what was fetched of others stays."""
        with self._database.write() as session:
            result = session.connection().exec_driver_sql(
                "UPDATE community SET is_followed = ? WHERE account_id = ? AND is_followed <> ?"
                " AND id IN (SELECT value FROM json_each(?))",
                (is_followed, account_id, is_followed, json.dumps(sorted(communities))),
            )
            return Changes.COMMUNITIES if result.rowcount else Changes.NOTHING

    def tried(
        self, account_id: AccountId, *, error: WorkbenchError | None = None, since: datetime | None = None
    ) -> Changes:
        """Notes that the account was tried, and what stood in the way of all its communities alike.

        With `since`, when it began, a try that failed before any community had its turn stands in the history.

        When the platform asked us to wait, that is kept until the next try.
        """
        now = self._clock.now()
        seconds = error.details.get("seconds") if isinstance(error, PlatformBusyError) else None
        not_before = now + timedelta(seconds=float(seconds)) if isinstance(seconds, int | float) else None
        with self._database.write() as session:
            session.connection().exec_driver_sql(
                "UPDATE account SET tried_at = ?, error_code = ?, error_reason = ?, not_before = ? WHERE id = ?",
                (
                    to_micros(now),
                    None if error is None else error.code,
                    None if error is None else error.reason,
                    None if not_before is None else to_micros(not_before),
                    account_id,
                ),
            )
            if error is None or since is None:
                return Changes.ACCOUNTS
            note_try(session.connection(), account_id, started_at=since, now=now, error=error)
        return Changes.ACCOUNTS | Changes.RUNS

    def answered(self, account_id: AccountId) -> Changes:
        """The platform gave something in a run that goes on: what stood in the way of the last try is over.

        When it was tried stays as it is until the run comes to an end.
        """
        with self._database.write() as session:
            result = session.connection().exec_driver_sql(
                "UPDATE account SET error_code = NULL, error_reason = NULL, not_before = NULL"
                " WHERE id = ? AND error_code IS NOT NULL",
                (account_id,),
            )
            return Changes.ACCOUNTS if result.rowcount else Changes.NOTHING

    def keep_pace(self, account_id: AccountId, text: str) -> None:
        """Keeps, over a restart, which calls still count against the platform's limits."""
        with self._database.write() as session:
            session.connection().exec_driver_sql("UPDATE account SET pace = ? WHERE id = ?", (text, account_id))

    def keep_clock(self, account_id: AccountId, skew: timedelta) -> None:
        """Keeps how far the platform's clock is ahead of ours."""
        with self._database.write() as session:
            session.connection().exec_driver_sql(
                "UPDATE account SET clock_skew = ? WHERE id = ?", (round(skew.total_seconds()), account_id)
            )

    def forget(self, account_id: AccountId) -> Changes:
        """Removes the account, everything mirrored from it, and the people nobody else knows.

        People with a note or a tag stay. Nothing happens when the account is not there.
        """
        from workbench.sync.removal import remove_account  # noqa: PLC0415 - loads the ORM

        with self._database.write() as session:
            return remove_account(session.connection(), account_id)


def _goes_further(limits: AccountLimits, history_from: int | None, *, was_text_only: bool) -> bool:
    """Whether there may be something to fetch that was left out before."""
    return (was_text_only and not limits.is_text_only) or _goes_back(limits, history_from)


def _goes_back(limits: AccountLimits, history_from: int | None) -> bool:
    """Whether there may be something older to fetch."""
    if history_from is None:
        return False
    return limits.history_from is None or to_day(limits.history_from) < history_from


def _entry(row: tuple[Any, ...]) -> AccountEntry:
    account_id, kind, name, base_url, settings, is_paused, history_from, is_text_only, cap, every, *state = row
    file_limit, not_before, pace, tried_at, raised_on, raised, skew = state
    return AccountEntry(
        id=AccountId(account_id),
        kind=AccountKind(kind),
        name=name,
        base_url=base_url,
        settings=json.loads(settings),
        is_paused=bool(is_paused),
        limits=AccountLimits(
            None if history_from is None else from_day(history_from), bool(is_text_only), cap, every, file_limit
        ),
        not_before=maybe_from_micros(not_before),
        pace=pace,
        tried_at=maybe_from_micros(tried_at),
        cap=DayCap.stored(cap, raised_on, raised),
        clock_skew=None if skew is None else timedelta(seconds=skew),
    )
