"""What the Sync page shows, read in one job: accounts, their communities and coverage, the outbox, runs, held back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from workbench.errors import BudgetSpentError
from workbench.ids import AccountId, CommunityId
from workbench.models.changes import Changes
from workbench.models.database import Database, Reader
from workbench.models.kinds import WEB_SITES, OutboxState, RunState
from workbench.models.moments import DayRange
from workbench.operations.sync import standing_of
from workbench.queries.communities import CommunityRow, list_communities
from workbench.queries.coverage import covered_by_community
from workbench.queries.history import list_history
from workbench.queries.outbox import OutboxRow, list_outbox
from workbench.queries.preferences import preference
from workbench.queries.sync_status import (
    AccountRow,
    CommunityStateRow,
    QuarantineRow,
    RunRow,
    count_quarantine,
    list_accounts,
    list_quarantine,
    list_runs,
    list_states,
    unfinished_runs,
)
from workbench.queries.traffic import Spent, TrafficRow, spent_by_account, spent_by_removed, spent_in_all
from workbench.queries.waiting import waiting_by_account
from workbench.sync.platforms import TITLES
from workbench.sync.schedule import budget_from
from workbench.ui.status_row import ALL_PAUSED
from workbench.ui.widgets.coverage_calendar import WEEKS

if TYPE_CHECKING:
    from workbench.workspace import Workspace

RUNS_SHOWN = 400
HELD_BACK_SHOWN = 5_000
SENT_SHOWN: Final = 20
KEPT_GONE: Final = "sync.kept_gone"
"""Key of what a person chose to keep that a platform no longer shows: {community id: {kind: [gone, held]}}."""

Held = Mapping[str, tuple[int, int]]
_UNSENT: Final = {OutboxState.QUEUED, OutboxState.SENDING, OutboxState.UNKNOWN, OutboxState.PAUSED, OutboxState.EXPIRED}
_WORST: Final = (RunState.FAILED, RunState.PARTLY, RunState.CANCELLED, RunState.RUNNING)
_NOTHING_SPENT: Final = Spent(TrafficRow(), TrafficRow())


@dataclass(frozen=True, slots=True)
class Cover:
    """One community: `first` to `last` is the stretch looked at, `known` its days without a gap.

    `state` is how the platform shows it, `held` what it no longer shows and nobody has decided about.
    """

    community_id: CommunityId
    name: str
    messages: int
    first: date
    last: date
    known: tuple[DayRange, ...]
    known_until: date | None
    today: date
    state: CommunityStateRow | None = None
    held: Held = field(default_factory=dict)
    began: date | None = None
    """Its first day, where its history was read to its start."""
    is_site: bool = False
    """Whether it is a web site, of which page views are known and neither messages nor members."""
    is_people_only: bool = False
    """Whether it lists people and nobody can write in it."""

    @property
    def days(self) -> int:
        """How many days are looked at."""
        return (self.last - self.first).days + 1

    @property
    def unknown_days(self) -> int:
        """Days of them that nobody promised to be complete."""
        return self.days - sum((days.last - days.first).days + 1 for days in self.known)

    def knows(self, first: date, last: date) -> bool:
        """Whether every day from `first` to `last` is known."""
        return any(days.first <= first and last <= days.last for days in self.known)


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account, its communities by name, and `last_run`: of the last run of each the worst, else the newest.

    `waiting` of them were not read for too long;
    `spent_until` is when there is data to spend again where today's is used up.
    """

    account: AccountRow
    last_run: RunRow | None
    covers: tuple[Cover, ...]
    spent: Spent = _NOTHING_SPENT
    waiting: int = 0
    is_all_paused: bool = False
    spent_until: datetime | None = None
    cap: int | None = None
    """Bytes it may cost today; `is_raised` where that is more than on other days."""
    is_raised: bool = False
    unsent: tuple[OutboxRow, ...] = ()
    """What was let go and has not arrived for certain, in order."""

    @property
    def messages(self) -> int:
        """Messages of all its communities."""
        return sum(cover.messages for cover in self.covers)

    @property
    def known_days(self) -> int:
        """Days of all its communities that are known to be complete."""
        return sum((days.last - days.first).days + 1 for cover in self.covers for days in cover.known)

    @property
    def asks(self) -> tuple[Cover, ...]:
        """Communities with something a person has to decide."""
        return tuple(cover for cover in self.covers if cover.held)


@dataclass(frozen=True, slots=True)
class SyncData:
    """Everything on the page; `held_back` are the first rows of `held_back_total`.

    `cost` is what all accounts cost today, `cost_of_runs` how much of that stands with the runs that began today.
    """

    accounts: tuple[AccountView, ...]
    runs: tuple[RunRow, ...]
    held_back: tuple[QuarantineRow, ...]
    held_back_total: int
    outbox: tuple[OutboxRow, ...] = ()
    cost: int = 0
    cost_of_runs: int = 0
    cost_of_removed: int = 0
    """What accounts cost today that were removed since."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What every account takes its own from."""

    communities: list[CommunityRow]
    known: Mapping[CommunityId, list[DayRange]]
    states: Mapping[CommunityId, CommunityStateRow]
    kept: Mapping[str, Mapping[str, list[int]]]
    spent: Mapping[AccountId, Spent]
    waiting: Mapping[AccountId, int]
    is_all_paused: bool
    today: date
    now: datetime
    outbox: tuple[OutboxRow, ...]


def read_sync(database: Database, *, now: datetime) -> SyncData:
    """Reads the page in one transaction."""
    today = now.astimezone(UTC).date()
    with database.read() as reader:
        found = _Found(
            list_communities(reader, as_of=now),
            covered_by_community(reader, date(1970, 1, 1), today),
            {row.community_id: row for row in list_states(reader)},
            _kept(reader),
            spent_by_account(reader, today=today),
            waiting_by_account(reader, kinds=TITLES, now=now),
            preference(reader, ALL_PAUSED) == "true",
            today,
            now,
            tuple(_outbox(reader)),
        )
        runs = tuple(list_history(reader, limit=RUNS_SHOWN))
        return SyncData(
            tuple(_account(reader, row, found) for row in sorted(list_accounts(reader), key=_is_file)),
            runs,
            tuple(list_quarantine(reader, limit=HELD_BACK_SHOWN)),
            count_quarantine(reader),
            found.outbox,
            spent_in_all(reader, today=today).today.bytes,
            sum(run.bytes_in + run.bytes_out for run in runs if run.started_at.astimezone(UTC).date() == today),
            spent_by_removed(reader, today=today).today.bytes,
        )


def keep_gone(workspace: "Workspace", cover: Cover) -> Changes:
    """Keeps what the platform no longer shows; it is asked about again only once the numbers are others."""
    with workspace.database.read() as reader:
        kept = dict(_kept(reader))
    kept[str(cover.community_id)] = {kind: list(counts) for kind, counts in cover.held.items()}
    workspace.notes.set_preference(KEPT_GONE, json.dumps(kept, sort_keys=True))
    return Changes.PREFERENCES


def _is_file(row: AccountRow) -> bool:
    """What lives on a line comes first."""
    return row.kind not in TITLES


def _outbox(reader: Reader) -> list[OutboxRow]:
    """All that is not sent, in order, then the newest of what was."""
    rows = list_outbox(reader)
    sent = sorted((row for row in rows if row.state is OutboxState.SENT), key=lambda row: row.changed_at, reverse=True)
    return [row for row in rows if row.state is not OutboxState.SENT] + sent[:SENT_SHOWN]


def _account(reader: Reader, row: AccountRow, found: _Found) -> AccountView:
    covers = tuple(_cover(community, found) for community in found.communities if community.account_id == row.id)
    runs = list_runs(reader, account_id=row.id, limit=1)
    unfinished = unfinished_runs(reader, account_id=row.id)
    spent, waiting = found.spent.get(row.id, _NOTHING_SPENT), found.waiting.get(row.id, 0)
    until = budget_from(standing_of(row, spent_today=spent.today.bytes), now=found.now)
    if until is None:
        row, unfinished = _free_again(row), [_stopped(run) for run in unfinished]
    unsent = tuple(item for item in found.outbox if item.account_id == row.id and item.state in _UNSENT)
    # Of equally bad ones the newest; runs that went well are told of by the newest of all.
    run = min(unfinished, key=_badness, default=next(iter(runs), None))
    return AccountView(
        row, run, covers, spent, waiting, found.is_all_paused, until,
        cap=row.cap.on(found.today), is_raised=row.cap.is_raised(found.today), unsent=unsent,
    )  # fmt: skip


def _badness(run: RunRow) -> int:
    """How near the top a run stands that did not end well: an error says most, items held back alone the least."""
    if run.state is RunState.PARTLY and run.error_code is None:
        return len(_WORST) + bool(run.rejected)
    return _WORST.index(run.state)


def _free_again(row: AccountRow) -> AccountRow:
    """Where there is data to spend, a used-up day stands in nobody's way."""
    if row.error_code == BudgetSpentError.code:
        return replace(row, error_code=None, error_reason=None)
    return row


def _stopped(run: RunRow) -> RunRow:
    """Where there is data to spend, what a used-up day ended was only stopped on its way."""
    if run.error_code == BudgetSpentError.code:
        return replace(run, state=RunState.CANCELLED, error_code=None, error_reason=None)
    return run


def _cover(row: CommunityRow, found: _Found) -> Cover:
    """From its first message or known day to yesterday: a day that is not over is not missing, but may be known."""
    today, known = found.today, found.known.get(row.id) or _silent(row, found.today)
    starts = [days.first for days in known[:1]] + ([row.first_at.date()] if row.first_at is not None else [])
    first = min(starts, default=today)
    last = today if row.known_until == today else today - timedelta(days=1)
    state = found.states.get(row.id)
    kept = found.kept.get(str(row.id), {})
    held = {} if state is None else {kind: value for kind, value in state.held.items() if kept.get(kind) != [*value]}
    return Cover(
        row.id, row.name, row.messages, min(first, last), last, tuple(known), row.known_until, today, state, held,
        row.began, row.platform in WEB_SITES, row.is_people_only,
    )  # fmt: skip


def _silent(row: CommunityRow, today: date) -> list[DayRange]:
    """Where nobody promised a day, those that are known all the same: all was read, and nothing was written on them."""
    return [] if row.known_until is None else [DayRange(today - timedelta(weeks=WEEKS + 1), row.known_until)]


def _kept(reader: Reader) -> Mapping[str, Mapping[str, list[int]]]:
    text = preference(reader, KEPT_GONE)
    found: Mapping[str, Mapping[str, list[int]]] = {} if text is None else json.loads(text)
    return found
