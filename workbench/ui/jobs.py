"""JobRunner: the only bridge between threads and widgets; work is a callable, its answer arrives by queued signal."""

import inspect
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from queue import SimpleQueue
from typing import Any, Final, Literal

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from workbench.cancel import CancelToken
from workbench.clock import Clock
from workbench.errors import CancelledError
from workbench.progress import Progress

Lane = Literal["quick", "plan", "sync", "online", "ahead"]
WORKERS: Final[dict[Lane, int]] = {"quick": 2, "plan": 1, "sync": 2, "online": 2, "ahead": 1}
"""`plan` has one thread, so a document and its undo history stay together; `quick` is for reads and the rest.

`online` is for questions to a platform that may wait minutes, for it or for a person in a browser, `ahead` for work
nobody asked for, so that it is in nobody's way.
"""
REPORTS_PER_SECOND: Final = 10
CLOSE_SECONDS: Final = 5.0


class JobState(StrEnum):
    """Where a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(eq=False, slots=True)
class Job:
    """One piece of work; `title` is what the job strip calls it, empty for work nobody needs to see."""

    owner: QObject
    key: str
    work: Callable[..., Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None] | None
    stopped: Callable[[], None] | None
    progressed: Callable[[Progress], None] | None
    title: str
    lane: Lane
    cancel: CancelToken = field(default_factory=CancelToken)
    state: JobState = JobState.WAITING
    progress: Progress | None = None
    started_at: float = 0.0
    reported_at: float = float("-inf")
    answer: Any = None
    is_superseded: bool = False
    let_go: threading.Event = field(default_factory=threading.Event)
    """Set when the thread that worked on it holds it no longer."""
    watchers: set[QWidget] = field(default_factory=set)
    """Widgets of pages that show how it goes; while one of them is seen, the job strip need not."""

    def seconds_left(self, now: float) -> float | None:
        """Time left by the share done so far, or as work that has stages measured it; None until it can be said."""
        if self.progress is not None and self.progress.stage:
            return self.progress.seconds_left
        share = self.progress.fraction if self.progress is not None else None
        if self.state is not JobState.RUNNING or not share or now <= self.started_at:
            return None
        return (now - self.started_at) * (1 - share) / share


class JobRunner(QObject):
    """Runs callables in lanes and answers on the main thread.

    An answer is dropped when its owner is gone, or when the same owner started another job under the same key.
    Work that names parameters `report` or `cancel` is given a progress callable and a CancelToken.
    """

    job_started = Signal(Job)
    job_progressed = Signal(Job)
    job_ended = Signal(Job)
    _told = Signal(Job)
    _reported = Signal(Job, Progress)

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._lanes: dict[Lane, _LaneThreads] = {
            name: _LaneThreads(name, workers, self._work) for name, workers in WORKERS.items()
        }
        self._newest: dict[tuple[int, str], Job] = {}
        self._held: list[Job] = []
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self._reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        owner: QObject,
        key: str,
        job: Callable[..., Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        stopped: Callable[[], None] | None = None,
        progressed: Callable[[Progress], None] | None = None,
        lane: Lane = "quick",
        title: str = "",
    ) -> Job:
        """Starts `job` off the main thread; `done(answer)`, `failed(error)` or `stopped()` follow on it.

        Without `failed` an error goes to the exception hook of the program, which shows it in words.
        """
        new = Job(owner, key, job, done, failed, stopped, progressed, title, lane)
        older = self._newest.get((id(owner), key))
        if older is not None and older.owner is owner:
            older.is_superseded = True
            older.cancel.cancel()
        self._newest[id(owner), key] = new
        self._let_go()
        self._held.append(new)
        self.job_started.emit(new)
        self._lanes[lane].put(new)
        return new

    def running(self) -> list[Job]:
        """Jobs whose answer has not arrived here yet, oldest first."""
        return list(self._newest.values())

    @property
    def is_busy(self) -> bool:
        """Whether anything runs that somebody waits for; what is worked out ahead is in another process."""
        return any(job.lane != "ahead" for job in self._newest.values())

    def cancel_all(self) -> None:
        """Asks everything to stop; what was committed stays."""
        for job in self.running():
            job.cancel.cancel()

    def close(self) -> bool:
        """Stops all lanes; True once every thread ended, False when one did not within five seconds.

        What was to be written in the lane `plan` is still written: a draft typed in the last moment is in there.
        """
        for job in self.running():
            if job.lane != "plan":
                job.cancel.cancel()
        closed = [lane.close() for lane in self._lanes.values()]  # every lane, also after one that did not
        self._let_go()
        return all(closed)

    def seconds(self) -> float:
        """The clock that `Job.started_at` was read from."""
        return self._clock.monotonic()

    def now(self) -> datetime:
        """The time on the wall."""
        return self._clock.now()

    def _let_go(self) -> None:
        """Drops the jobs that no thread holds any more.

        A thread must never be the last to hold one: the widgets and timers that a job names would be destroyed there,
        and Qt goes on to call a timer that is gone.
        """
        self._held = [job for job in self._held if not job.let_go.is_set()]

    def _work(self, job: Job) -> None:
        """Runs on a lane's thread."""
        if job.cancel.is_cancelled:
            job.state = JobState.CANCELLED
            self._tell(job)
            return
        job.started_at = self._clock.monotonic()
        job.state = JobState.RUNNING
        try:
            job.answer = job.work(**self._handed(job))
        except CancelledError:
            job.state = JobState.CANCELLED
        except Exception as error:  # noqa: BLE001 - a lane outlives every job; the error travels as its answer
            job.answer, job.state = error, JobState.FAILED
        else:
            job.state = JobState.DONE
        self._tell(job)

    def _handed(self, job: Job) -> dict[str, object]:
        said: list[Progress] = []

        def report(progress: Progress) -> None:
            now = self._clock.monotonic()
            is_due = now - job.reported_at >= 1 / REPORTS_PER_SECOND or not progress.is_like(said[-1] if said else None)
            if is_due and shiboken6.isValid(self):
                said[:] = [progress]
                job.reported_at = now
                self._reported.emit(job, progress)

        offered: dict[str, object] = {"report": report, "cancel": job.cancel}
        try:
            named = inspect.signature(job.work).parameters
        except ValueError:
            return {}  # a builtin that does not say what it takes takes neither
        return {name: offered[name] for name in named if name in offered}

    def _tell(self, job: Job) -> None:
        # The window may be gone by the time a stopped job notices; then nobody is left to tell.
        if shiboken6.isValid(self):
            self._told.emit(job)

    @Slot(Job, Progress)
    def _on_reported(self, job: Job, progress: Progress) -> None:
        job.progress = progress
        self.job_progressed.emit(job)
        if job.progressed is not None and not job.is_superseded and shiboken6.isValid(job.owner):
            job.progressed(progress)

    @Slot(Job)
    def _on_told(self, job: Job) -> None:
        slot = (id(job.owner), job.key)
        if self._newest.get(slot) is job:
            del self._newest[slot]
        self._let_go()
        self.job_ended.emit(job)
        if job.is_superseded or not shiboken6.isValid(job.owner):
            return
        if job.state is JobState.DONE:
            job.done(job.answer)
        elif job.state is JobState.FAILED:
            if job.failed is None:
                raise job.answer
            job.failed(job.answer)
        elif job.stopped is not None:
            job.stopped()


class _LaneThreads:
    """A queue and a few threads, started when the first job comes; daemons, so a hung job never keeps the program."""

    def __init__(self, name: str, workers: int, work: Callable[[Job], None]) -> None:
        self._name, self._workers, self._work = name, workers, work
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []

    def put(self, job: Job) -> None:
        if len(self._threads) < self._workers:
            thread = threading.Thread(target=self._serve, name=f"{self._name}-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()
        self._queue.put(job)

    def close(self) -> bool:
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join(CLOSE_SECONDS)
        return not any(thread.is_alive() for thread in self._threads)

    def _serve(self) -> None:
        while (job := self._queue.get()) is not None:
            let_go = job.let_go
            self._work(job)
            del job
            let_go.set()
