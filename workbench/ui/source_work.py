"""SourceWork: imports, syncs and the sample network as jobs of the window; pages watch them and own none."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from workbench.cancel import CancelToken
from workbench.ids import AccountId
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind, RunState
from workbench.operations import sources
from workbench.operations.worker import Task, TaskKind, run_in_worker
from workbench.progress import Progress, Report
from workbench.queries.sync_status import list_accounts
from workbench.ui import numbers
from workbench.ui.jobs import Job
from workbench.ui.words import error_words

if TYPE_CHECKING:
    from workbench.models.database import Database
    from workbench.sync.engine import RunResult
    from workbench.ui.context import Context

TELL_SECONDS: Final = 4.0
"""While much arrives, pages are asked to read again at most this often."""
_TURN_SECONDS: Final = 0.0005
"""How long a thread keeps Python to itself while much is removed: a page paints in many turns, and waits for each."""
_ARRIVING: Final = (
    Changes.COMMUNITIES | Changes.EVENTS | Changes.MEMBERS | Changes.COVERAGE | Changes.RUNS | Changes.QUARANTINE
)
_AROUND: Final = Changes.ACCOUNTS | Changes.COMMUNITIES | Changes.RUNS


class WorkKind(StrEnum):
    """What is being done; one of each kind at a time."""

    IMPORT = "import"
    SYNC = "sync"
    SAMPLE = "sample"
    REMOVE = "remove"


@dataclass(eq=False, slots=True)
class Work:
    """One piece of work; `subject` names the community or account (empty: all), `results` one for each community.

    Whoever shows the end of it sets `is_seen`; then nothing is said at the foot of the window.
    """

    kind: WorkKind
    subject: str
    job: Job | None = None
    results: "tuple[RunResult, ...]" = ()
    error: Exception | None = None
    is_running: bool = True
    is_seen: bool = False

    @property
    def progress(self) -> Progress | None:
        """How far it has come."""
        return self.job.progress if self.job is not None else None

    @property
    def is_stopping(self) -> bool:
        """Whether somebody asked it to stop."""
        return self.job is not None and self.job.cancel.is_cancelled

    def stop(self) -> None:
        """Asks it to stop; what was stored stays."""
        if self.job is not None:
            self.job.cancel.cancel()

    def total(self, name: str) -> int:
        """A count over all results: added, changed, unchanged, rejected."""
        return sum(int(getattr(result.totals, name)) for result in self.results)


class SourceWork(QObject):
    """`changed` whenever something started, came further or ended; `ended(Work)` at the end of each piece."""

    changed = Signal()
    ended = Signal(Work)

    def __init__(self, context: "Context") -> None:
        super().__init__(context)
        self._context = context
        self._newest: dict[WorkKind, Work] = {}
        self._usual_turn = sys.getswitchinterval()

    def start(self) -> None:
        """Binds the window's actions; called once, when the window has its pages."""
        context = self._context
        actions = context.actions
        actions.bind("import.mailing_list", lambda: context.open_page("sync", "import"))
        actions.bind("account.add", lambda: context.open_page("sync", "archive"))
        actions.bind("sync.now", self.sync)
        actions.bind("sample.install", self.install_sample)
        actions.bind("sample.remove", self.remove_sample)
        for action_id in ("sync.now", "sample.install", "sample.remove"):
            actions.action(action_id).setEnabled(False)
        context.bus.changed.connect(self._on_changed)
        self._read_kinds()

    def newest(self, kind: WorkKind) -> Work | None:
        """The piece of work of this kind that runs, or the one that ended last."""
        return self._newest.get(kind)

    def running(self) -> list[Work]:
        """What is being done now."""
        return [work for work in self._newest.values() if work.is_running]

    def seconds(self, work: Work) -> float:
        """How long it has been running."""
        started = work.job.started_at if work.job is not None else 0.0
        return max(0.0, self._context.jobs.seconds() - started) if started else 0.0

    def seconds_left(self, work: Work) -> float | None:
        """Time left, once it can be said honestly."""
        return work.job.seconds_left(self._context.jobs.seconds()) if work.job is not None else None

    def import_mail(self, paths: Sequence[Path], *, community: str) -> Work | None:
        """Brings mail archives in; None while another import runs."""
        task = Task(TaskKind.MAIL, community, tuple(paths))
        return self._start(WorkKind.IMPORT, community, f"Importing {community}", self._working(task))

    def sync(self, account: str = "") -> Work | None:
        """Fetches what is new for one account, or for all that are not paused; None while a sync runs."""
        title = f"Syncing {account}" if account else "Syncing"
        return self._start(WorkKind.SYNC, account, title, self._working(Task(TaskKind.SYNC, account or None)))

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

    def pause(self, account_id: AccountId, *, is_paused: bool) -> None:
        """Leaves an account out of syncs, or takes it in again."""
        context = self._context

        def job() -> Changes:
            return context.workspace.accounts.pause(account_id, is_paused=is_paused)

        context.jobs.run(self, f"pause {account_id}", job, context.bus.publish)

    def _remove(self, name: str, forget: Callable[[], Changes]) -> Work | None:
        return self._start(WorkKind.REMOVE, name, f"Removing {name}", forget)

    def _start(self, kind: WorkKind, subject: str, title: str, deed: Callable[..., Any]) -> Work | None:
        older = self._newest.get(kind)
        if older is not None and older.is_running:
            self._context.tell(f"{title} has to wait: something of the kind is running")
            return None
        work = Work(kind, subject)
        self._newest[kind] = work
        if kind is WorkKind.REMOVE:
            sys.setswitchinterval(_TURN_SECONDS)
        work.job = self._context.jobs.run(
            self, kind.value, deed,
            lambda answer: self._on_done(work, answer), lambda error: self._on_failed(work, error),
            stopped=lambda: self._on_done(work, []), progressed=lambda _progress: self.changed.emit(),
            lane="sync", title=title,
        )  # fmt: skip
        self.changed.emit()
        return work

    def _working(self, task: Task) -> Callable[[Report, CancelToken], list["RunResult"]]:
        """The task in a process of its own, telling the pages from time to time that more has arrived."""
        workspace, jobs, bus = self._context.workspace, self._context.jobs, self._context.bus

        def deed(report: Report, cancel: CancelToken) -> list["RunResult"]:
            told_at = jobs.seconds()

            def both(progress: Progress) -> None:
                nonlocal told_at
                report(progress)
                if jobs.seconds() - told_at >= TELL_SECONDS:
                    told_at = jobs.seconds()
                    bus.post(_ARRIVING)

            return run_in_worker(workspace, task, report=both, cancel=cancel)

        return deed

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
        self._context.bus.publish(changes | _AROUND)
        self.changed.emit()
        self.ended.emit(work)
        if not work.is_seen:
            self._context.tell(said_at_end(work))

    def _on_changed(self, changes: Changes) -> None:
        if changes & Changes.ACCOUNTS:
            self._read_kinds()

    def _read_kinds(self) -> None:
        database = self._context.workspace.database
        self._context.jobs.run(self, "kinds", lambda: _kinds(database), self._on_kinds)

    def _on_kinds(self, kinds: frozenset[AccountKind]) -> None:
        actions = self._context.actions
        actions.action("sync.now").setEnabled(AccountKind.HYPERKITTY in kinds)
        actions.action("sample.install").setEnabled(AccountKind.SAMPLE not in kinds)
        actions.action("sample.remove").setEnabled(AccountKind.SAMPLE in kinds)


def said_at_end(work: Work) -> str:
    """One line about how it ended."""
    if work.error is not None:
        return error_words(work.error)[0][0]
    failed = next((result.error for result in work.results if result.state is RunState.FAILED), None)
    if failed is not None:
        return error_words(failed)[0][0]
    if work.kind is WorkKind.REMOVE:
        return f"{work.subject} was removed"
    if work.is_stopping:
        return "Stopped. What was stored up to here stays."
    if work.kind is WorkKind.SAMPLE:
        return f"The sample network is here: {numbers.plural(len(work.results), 'community', 'communities')}"
    held = work.total("rejected")
    end = f", {numbers.count(held)} held back" if held else ""
    lead = f"{work.subject}: " if work.subject else ""
    return f"{lead}{numbers.plural(work.total('added'), 'message', 'messages')} added{end}"


def _kinds(database: "Database") -> frozenset[AccountKind]:
    with database.read() as reader:
        return frozenset(row.kind for row in list_accounts(reader))
