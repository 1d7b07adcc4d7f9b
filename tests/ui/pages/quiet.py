"""Quiet: knows when every job that was started has also been answered, which is later than its thread being done."""

from workbench.ui.jobs import Job, JobRunner
from workbench.ui.pages.page import Page


class Quiet:
    """Made before the page, so that no job is missed."""

    def __init__(self, qtbot, jobs: JobRunner) -> None:
        self._qtbot = qtbot
        self._under_way: set[int] = set()
        jobs.job_started.connect(self._on_started)
        jobs.job_ended.connect(self._on_ended)

    def wait(self, page: Page) -> None:
        """Until the page shows everything it asked for."""
        self._qtbot.waitUntil(lambda: page.is_settled() and not self._under_way)

    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._under_way)

    def _on_started(self, job: Job) -> None:
        self._under_way.add(id(job))

    def _on_ended(self, job: Job) -> None:
        self._under_way.discard(id(job))
