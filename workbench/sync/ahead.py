"""Ahead: requests begun before their answer is needed, so that the line is in use while a page is being stored."""

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Final, Generic, TypeVar

T = TypeVar("T")

IN_FLIGHT: Final = 4
KEPT: Final = 8
PATIENCE_SECONDS: Final = 1.0


class Ahead(Generic[T]):
    """Four jobs at once, by key, each in a thread, and a few more that wait; an error waits for whoever takes the job.

    Four, because on a line of 700 ms that loses packets an answer stands still for some seconds now and then, and the
    next ones have to fill the line meanwhile.
    """

    def __init__(self) -> None:
        self._jobs: dict[Hashable, Future[T]] = {}
        self._workers: ThreadPoolExecutor | None = None
        self._stop = threading.Event()

    def start(self, key: Hashable, job: Callable[[threading.Event], T]) -> None:
        """Runs `job` in the background; it gets the event that says that nobody waits any more.

        Does nothing where that key was begun before, or enough jobs wait already. Results that nobody takes give way
        to newer ones.
        """
        if key in self._jobs:
            return
        if len(self._jobs) >= KEPT:
            old = next((old for old, job in self._jobs.items() if job.done()), None)
            if old is None:
                return
            del self._jobs[old]
        if self._workers is None:
            self._workers = ThreadPoolExecutor(IN_FLIGHT, thread_name_prefix="ahead")
            self._stop = threading.Event()
        self._jobs[key] = self._workers.submit(job, self._stop)

    def take(self, key: Hashable) -> Future[T] | None:
        """The job of that key, which is then forgotten; None where nobody began it."""
        return self._jobs.pop(key, None)

    def cancel(self, break_off: Callable[[], None]) -> None:
        """Forgets every job and waits a second at most for those that run, after `break_off` cut their lines."""
        self._stop.set()
        jobs, self._jobs = list(self._jobs.values()), {}
        break_off()
        if self._workers is not None:
            self._workers.shutdown(wait=False, cancel_futures=True)
            self._workers = None
        wait(jobs, timeout=PATIENCE_SECONDS)
