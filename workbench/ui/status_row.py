"""StatusRow: what the status bar says and what runs by itself need, read in one job; no Qt in here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from workbench.errors import BudgetSpentError, CancelledError, LineError, SignInError
from workbench.ids import AccountId
from workbench.models.database import Database, Reader
from workbench.models.kinds import OutboxState, RunState
from workbench.operations.sync import standing_of
from workbench.queries.outbox import count_decisions, count_outbox
from workbench.queries.preferences import preference
from workbench.queries.sync_status import AccountRow, list_accounts, profile_counts, unfinished_runs
from workbench.queries.traffic import spent_by_account, spent_in_all
from workbench.queries.waiting import count_left_unread, waiting_by_account
from workbench.sync.platforms import TITLES
from workbench.sync.schedule import Standing

ALL_PAUSED: Final = "sync.all_paused"
"""Key of the setting that keeps every account from running by itself; JSON true, or absent."""


@dataclass(frozen=True, slots=True)
class LineAccount:
    """An account on a line, as its next run is decided."""

    id: AccountId
    name: str
    standing: Standing
    followed: int
    base_url: str | None = None
    is_unfinished: bool = False
    """Whether its last run was stopped on its way, by somebody or by the end of the program."""
    is_cut: bool = False
    """Whether the line broke in its last try, for all of its communities or for some."""

    @property
    def needs_sign_in(self) -> bool:
        """Whether nothing goes on until somebody signs in."""
        return self.standing.error_code == SignInError.code

    @property
    def has_failed(self) -> bool:
        """Whether its last try did not come to its end, by no choice of ours."""
        return self.is_cut or self.standing.error_code not in _NO_FAILURE


@dataclass(frozen=True, slots=True)
class StatusRow:
    """`bytes_today` counts both ways since midnight UTC, `waiting` communities, `decisions` posts a person decides on.

    `posts` are the items of the outbox by state, without those sent and the drafts.
    """

    accounts: int
    communities: int
    held_back: int
    last_success_at: datetime | None
    bytes_today: int
    waiting: int = 0
    lines: tuple[LineAccount, ...] = ()
    posts: Mapping[OutboxState, int] = field(default_factory=dict)
    decisions: int = 0
    is_all_paused: bool = False
    has_messages: bool = False
    left_unread: int = 0
    """Communities of paused accounts that were never read to their end."""

    @property
    def sign_ins(self) -> int:
        """Accounts that wait for somebody to sign in."""
        return sum(line.needs_sign_in for line in self.lines)


def read_status(database: Database, *, now: datetime) -> StatusRow:
    """Reads everything the status bar shows."""
    today = now.astimezone(UTC).date()
    with database.read() as reader:
        counts = profile_counts(reader)
        spent, in_all = spent_by_account(reader, today=today), spent_in_all(reader, today=today)
        rows = [row for row in list_accounts(reader) if row.kind in TITLES]
        waiting = sum(waiting_by_account(reader, kinds=TITLES, now=now).values()) if rows else 0
        left_unread = count_left_unread(reader, kinds=TITLES) if rows else 0
        posts, decisions = count_outbox(reader), count_decisions(reader)
        is_all_paused = preference(reader, ALL_PAUSED) == "true"
        cut = {row.id for row in rows if _is_cut(reader, row)}
    lines = tuple(
        LineAccount(
            row.id, row.name, standing_of(row, spent_today=spent[row.id].today.bytes if row.id in spent else 0),
            row.followed, row.base_url, row.last_state in {RunState.CANCELLED, RunState.RUNNING},
            is_cut=row.id in cut,
        )
        for row in rows
    )  # fmt: skip
    return StatusRow(
        counts.accounts,
        counts.communities,
        counts.held_back,
        counts.last_success_at,
        in_all.today.bytes,
        waiting=waiting,
        lines=lines,
        posts={state: count for state, count in posts.items() if count and state not in _NOT_TOLD},
        decisions=decisions,
        is_all_paused=is_all_paused,
        has_messages=counts.messages > 0,
        left_unread=left_unread,
    )


def _is_cut(reader: Reader, row: AccountRow) -> bool:
    if row.error_code is not None:
        return row.error_code == LineError.code
    return any(run.error_code == LineError.code for run in unfinished_runs(reader, account_id=row.id))


_NO_FAILURE: Final = frozenset({None, SignInError.code, BudgetSpentError.code, CancelledError.code})
_NOT_TOLD: Final = frozenset({OutboxState.DRAFT, OutboxState.SENT})
