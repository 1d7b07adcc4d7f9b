"""SourceWork: imports, syncs and the sample network as jobs of the window; pages watch them and own none."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from workbench.cancel import CancelToken
from workbench.errors import BudgetSpentError
from workbench.ids import AccountId
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind
from workbench.operations import sources, tables
from workbench.operations.sync import SyncOrder, standing_of
from workbench.operations.tables import TableOrder
from workbench.operations.worker import Task, TaskKind, run_in_worker
from workbench.progress import Progress, Report
from workbench.queries.sync_status import list_accounts
from workbench.queries.traffic import spent_by_account
from workbench.sync.platforms import TITLES
from workbench.sync.schedule import budget_from
from workbench.ui.jobs import JobRunner
from workbench.ui.link import FOR_SCHEDULE, LinkWatch
from workbench.ui.sync_turns import SyncTurns, Turn
from workbench.ui.timers import single_shot
from workbench.ui.work import ON_LINE, Work, WorkKind
from workbench.ui.work_words import said_at_end

if TYPE_CHECKING:
    from workbench.models.database import Database
    from workbench.sync.engine import RunResult
    from workbench.ui.context import Context

__all__ = ["SourceWork", "Work", "WorkKind"]

RAISE: Final = "account.raise"
"""The action that leads to the limits of an account whose data for today is used up."""
TELL_MILLISECONDS: Final = 4_000
"""While much arrives, pages are asked to read again at most this often."""
_TURN_SECONDS: Final = 0.0005
"""How long a thread keeps Python to itself while much is removed: a page paints in many turns, and waits for each."""
_ARRIVING: Final = (
    Changes.COMMUNITIES
    | Changes.EVENTS
    | Changes.MEMBERS
    | Changes.COVERAGE
    | Changes.RUNS
    | Changes.QUARANTINE
    | Changes.OUTBOX
)
_AROUND: Final = Changes.ACCOUNTS | Changes.COMMUNITIES | Changes.RUNS


class SourceWork(QObject):
    """`changed` whenever something started, came further or ended; `ended(Work)` at the end of each piece."""

    changed = Signal()
    ended = Signal(Work)

    def __init__(self, context: "Context") -> None:
        super().__init__(context)
        self._context = context
        self._newest: dict[WorkKind, Work] = {}
        self._turns = SyncTurns()
        self.link = LinkWatch(self)
        self._arrived = single_shot(self, TELL_MILLISECONDS, self._tell_arrived)
        self._has_arrived = False
        self._used_up: AccountId | None = None
        self._usual_turn = sys.getswitchinterval()

    def start(self) -> None:
        """Binds the window's actions; called once, when the window has its pages."""
        context = self._context
        actions = context.actions
        actions.bind("import.mailing_list", lambda: context.open_page("sync", "import"))
        actions.bind("import.table", lambda: context.open_page("sync", "table"))
        actions.bind("account.add", lambda: context.open_page("sync", "account"))
        actions.bind("archive.add", lambda: context.open_page("sync", "archive"))
        actions.bind("traffic.import", lambda: context.open_page("sync", "traffic"))
        actions.bind("sync.now", self.sync)
        actions.bind(RAISE, self._raise_limit)
        actions.bind("sample.install", self.install_sample)
        actions.bind("sample.remove", self.remove_sample)
        for action_id in ("sync.now", RAISE, "sample.install", "sample.remove"):
            actions.action(action_id).setEnabled(False)
        context.bus.changed.connect(self._on_changed)
        self._read_kinds()

    def newest(self, kind: WorkKind) -> Work | None:
        """The piece of work of this kind that runs, or the one that ended last."""
        return self._newest.get(kind)

    def running(self) -> list[Work]:
        """What is being done now."""
        return [work for work in self._newest.values() if work.is_running]

    @property
    def jobs(self) -> JobRunner:
        """Where the work runs, with its clocks."""
        return self._context.jobs

    def import_mail(self, paths: Sequence[Path], *, community: str, file_limit: int | None = None) -> Work | None:
        """Brings mail archives in; None while another import runs.

        Files on mails of at most `file_limit` bytes are kept; without it, as the community's account says.
        """
        task = Task(TaskKind.MAIL, community, tuple(paths), file_limit=file_limit)
        return self._start(WorkKind.IMPORT, community, f"Importing {community}", self._working(task))

    def import_traffic(self, paths: Sequence[Path], *, site: str, views: str = "") -> Work | None:
        """Brings exports of Google Analytics in; None while another import runs."""
        task = Task(TaskKind.ANALYTICS, site, tuple(paths), views=views)
        return self._start(WorkKind.IMPORT, site, f"Importing {site}", self._working(task))

    def import_table(self, order: TableOrder) -> Work | None:
        """Brings a table in; None while another table is being imported."""
        task = Task(TaskKind.TABLE, order.community, table=order)
        return self._start(WorkKind.TABLE, order.community, f"Importing {order.community}", self._working(task))

    def undo_table(self, community: str) -> Work | None:
        """Takes out again what a table brought in as a community of its own."""
        return self._remove(community, lambda: tables.undo_table(self._context.workspace, community=community))

    def sync(self, account: str = "", *, order: SyncOrder | None = None, is_by_itself: bool = False) -> Work | None:
        """Fetches what is new for one account, or for all that are not paused.

        Syncs and checks go one after the other, so that no account has two at once: while one runs, this one waits for
        its turn and None is answered. One that goes by itself steps back for one that a person asks for.
        """
        return self._take(Turn(account, order or SyncOrder(), is_by_itself=is_by_itself))

    def check(self, account: str, *, order: SyncOrder | None = None) -> Work | None:
        """Compares what is held of an account with its platform; waits for its turn as `sync` does."""
        return self._take(Turn(account, order or SyncOrder(), is_check=True))

    def waits(self, account: str, *, is_paused: bool = False) -> bool:
        """Whether a sync or check of this account has yet to have its turn; one of all leaves paused ones out."""
        busy = self.on_line()
        is_to_come = busy is not None and not busy.subject and account not in busy.accounts
        return self._turns.waits(account, is_paused=is_paused) or (is_to_come and not is_paused)

    def on_line(self) -> Work | None:
        """The sync or check that runs now."""
        return next((work for work in self.running() if work.kind in ON_LINE), None)

    def stop_syncs(self) -> None:
        """Stops what runs on the line, and forgets what waits for its turn."""
        self._turns.clear()
        work = self.on_line()
        if work is not None:
            work.stop()
        self.changed.emit()

    def _take(self, turn: Turn) -> Work | None:
        """Begins a turn, or lines it up behind what is on the line."""
        busy = self.on_line()
        if busy is not None:
            is_same = turn.account == busy.subject and turn.is_check is (busy.kind is WorkKind.CHECK)
            if is_same and turn.order == SyncOrder() and not busy.is_stopping:
                return None
            if self._turns.put(turn) and not turn.is_by_itself:
                self._context.tell(f"{turn.account or 'Everything'} is next, once what runs is done")
            self.changed.emit()
            return None
        kind, task, verb = (
            (WorkKind.CHECK, TaskKind.CHECK, "Checking") if turn.is_check else (WorkKind.SYNC, TaskKind.SYNC, "Syncing")
        )
        order = replace(turn.order, link=FOR_SCHEDULE[self.link.state], sends_for_all=True)
        deed = self._working(Task(task, turn.account or None, order=order))
        return self._start(kind, turn.account, f"{verb} {turn.account}".strip(), deed, is_by_itself=turn.is_by_itself)

    def _go_on(self) -> None:
        """The next turn, once the line is free."""
        turn = None if self.on_line() is not None else self._turns.take()
        if turn is not None:
            self._take(turn)

    def install_sample(self) -> Work | None:
        """Brings in the sample network; None while that is being done already."""
        deed = self._working(Task(TaskKind.SAMPLE))
        return self._start(WorkKind.SAMPLE, sources.SAMPLE_ACCOUNT, "Making the sample network", deed)

    def remove_sample(self) -> Work | None:
        """Takes the sample network out; it can be made again at any time, so nothing is asked."""
        return self._remove(sources.SAMPLE_ACCOUNT, lambda: sources.remove_sample(self._context.workspace))

    def remove(self, account_id: AccountId, name: str) -> Work | None:
        """Removes an account with everything mirrored from it; None while another is being removed."""
        return self._remove(name, lambda: self._context.workspace.accounts.forget(account_id))

    def pause(self, account_id: AccountId, name: str = "", *, is_paused: bool, goes_on: bool = False) -> None:
        """Leaves an account out of syncs, or takes it in again; what runs for the one of this name stops at once.

        With `goes_on` one that is taken in again syncs at once: its last run was stopped half way. Where all were
        syncing, the others go on without it.
        """
        context, busy = self._context, self.on_line()
        was_one_of_all = False
        if is_paused and name:
            self._turns.drop(name)
            if busy is not None and busy.account == name:
                was_one_of_all = not busy.subject
                busy.stop()

        def job() -> Changes:
            return context.workspace.accounts.pause(account_id, is_paused=is_paused)

        def done(changes: Changes) -> None:
            context.bus.publish(changes)
            if goes_on and not is_paused:
                self.sync(name)
            if was_one_of_all:
                self.sync(is_by_itself=True)

        context.jobs.run(self, f"pause {account_id}", job, done)

    def _remove(self, name: str, forget: Callable[[], Changes]) -> Work | None:
        return self._start(WorkKind.REMOVE, name, f"Removing {name}", forget)

    def _start(
        self, kind: WorkKind, subject: str, title: str, deed: Callable[..., Any], *, is_by_itself: bool = False
    ) -> Work | None:
        older = self._newest.get(kind)
        if older is not None and older.is_running:
            self._context.tell(f"{title} has to wait: something of the kind is running")
            return None
        work = Work(kind, subject, is_by_itself=is_by_itself)
        self._newest[kind] = work
        if kind is WorkKind.REMOVE:
            sys.setswitchinterval(_TURN_SECONDS)
        work.job = self._context.jobs.run(
            self, kind.value, deed,
            lambda answer: self._on_done(work, answer), lambda error: self._on_failed(work, error),
            stopped=lambda: self._on_done(work, []), progressed=lambda progress: self._on_progress(work, progress),
            lane="sync", title=title,
        )  # fmt: skip
        if kind in ON_LINE and not self._arrived.isActive():
            self._arrived.start()
        self.changed.emit()
        return work

    def _working(self, task: Task) -> Callable[[Report, CancelToken], list["RunResult"]]:
        """The task in a process of its own."""
        workspace = self._context.workspace

        def deed(report: Report, cancel: CancelToken) -> list["RunResult"]:
            return run_in_worker(workspace, task, report=report, cancel=cancel)

        return deed

    def _on_progress(self, work: Work, progress: Progress) -> None:
        """More has arrived: pages hear of it a little later, also where nothing follows for long."""
        self._has_arrived |= work.heard(progress)
        self.changed.emit()
        if not self._arrived.isActive():
            self._arrived.start()

    def _tell_arrived(self) -> None:
        """While something is on the line it costs data and time, also where nothing arrives."""
        self._context.bus.publish(_ARRIVING if self._has_arrived else Changes.RUNS)
        self._has_arrived = False
        if self.on_line() is not None:
            self._arrived.start()

    def _on_done(self, work: Work, answer: Any) -> None:
        changes = answer if isinstance(answer, Changes) else Changes.NOTHING
        if not isinstance(answer, Changes):
            work.results = tuple(answer)
            for result in work.results:
                changes |= result.totals.changes
        self._end(work, changes)

    def _on_failed(self, work: Work, error: Exception) -> None:
        work.error = error
        self._end(work, Changes.NOTHING)

    def _end(self, work: Work, changes: Changes) -> None:
        work.is_running = False
        if work.kind is WorkKind.REMOVE:
            sys.setswitchinterval(self._usual_turn)
        if work.kind in ON_LINE:
            changes |= Changes.OUTBOX
            if not work.is_stopping:
                self.link.heard(work.first_error)
        self._context.bus.publish(changes | _AROUND)
        self.changed.emit()
        self.ended.emit(work)
        # What nobody asked for is silent, unless it broke down: of that the profile knows nothing.
        if not work.is_seen and (not work.is_by_itself or work.error is not None):
            self._context.tell(said_at_end(work, now=self._context.workspace.clock.now()), action=_offered(work))
        self._go_on()

    def _raise_limit(self) -> None:
        if self._used_up is not None:
            self._context.open_page("sync", f"raise:{self._used_up}")

    def _on_changed(self, changes: Changes) -> None:
        if changes & Changes.ACCOUNTS:
            self._read_kinds()

    def _read_kinds(self) -> None:
        workspace = self._context.workspace
        now = workspace.clock.now()
        self._context.jobs.run(self, "kinds", lambda: _kinds(workspace.database, now=now), self._on_kinds)

    def _on_kinds(self, found: tuple[frozenset[AccountKind], AccountId | None]) -> None:
        actions = self._context.actions
        kinds, self._used_up = found
        actions.action(RAISE).setEnabled(self._used_up is not None)
        actions.action("sync.now").setEnabled(bool(kinds & TITLES.keys()))
        actions.action("sample.install").setEnabled(AccountKind.SAMPLE not in kinds)
        actions.action("sample.remove").setEnabled(AccountKind.SAMPLE in kinds)


def _kinds(database: "Database", *, now: datetime) -> tuple[frozenset[AccountKind], AccountId | None]:
    """The kinds of accounts there are, and the account tried last of those whose data for today is used up."""
    with database.read() as reader:
        rows = list_accounts(reader)
        spent = spent_by_account(reader, today=now.astimezone(UTC).date())
    used_up = [
        row
        for row in rows
        if budget_from(standing_of(row, spent_today=spent[row.id].today.bytes if row.id in spent else 0), now=now)
    ]
    newest = max(used_up, key=lambda row: row.tried_at or row.last_run_at or now, default=None)
    return frozenset(row.kind for row in rows), None if newest is None else newest.id


def _offered(work: Work) -> str:
    """The action beside the line about how a piece of work ended."""
    return RAISE if any(isinstance(result.error, BudgetSpentError) for result in work.results) else ""
