"""AheadWork: has the numbers of large profiles worked out before anybody opens a page, while the window is quiet."""

from datetime import UTC, date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.cancel import CancelToken
from workbench.models.changes import Changes
from workbench.ui.timers import single_shot

if TYPE_CHECKING:
    from workbench.ui.context import Context

QUIET_MILLISECONDS: Final = 30_000
"""After the window opened, and after something was changed: most changes do not come alone."""
_DAY_MILLISECONDS: Final = 600_000
_MOVING: Final = (
    Changes.ACCOUNTS
    | Changes.COMMUNITIES
    | Changes.MEMBERS
    | Changes.EVENTS
    | Changes.COVERAGE
    | Changes.NOTES
    | Changes.MARKS
    | Changes.PLANS
    | Changes.PREFERENCES
)
"""What numbers may rest on; where nothing did change, everything is found kept within a moment."""


class AheadWork(QObject):
    """Does nothing before `start`. One piece of work at a time, in a child process; `ended` follows each.

    Nobody hears of it: where it does not come to its end, pages work out what they show, as in a small profile.
    """

    ended = Signal()

    def __init__(self, context: "Context") -> None:
        super().__init__(context)
        self._context = context
        self._is_on = False
        self._is_working = False
        self._day: date | None = None
        self._done_for: object = None
        self._quiet = single_shot(self, QUIET_MILLISECONDS, self.begin)
        self._days = QTimer(self)
        self._days.setInterval(_DAY_MILLISECONDS)
        self._days.timeout.connect(self._look_at_day)
        context.bus.changed.connect(self._on_changed)
        context.period_changed.connect(self._wait)

    def start(self) -> None:
        """From now on it works a while after the last change, and on each new day."""
        self._is_on = self._context.workspace.database.writable
        self._wait()
        self._days.start()

    def stop(self) -> None:
        """Waits for nothing any more, until the next change."""
        self._quiet.stop()

    @property
    def is_waiting(self) -> bool:
        """Whether it begins in a while."""
        return self._quiet.isActive()

    def begin(self) -> None:
        """Begins now; waits again while it works already, or something is being brought in."""
        context = self._context
        if self._is_working or context.sources.running():
            self._wait()
            return
        workspace, now = context.workspace, context.workspace.clock.now()
        today = now.astimezone(UTC).date()
        period, last = context.period, self._done_for

        def job(cancel: CancelToken) -> object:
            # What numbers are made of loads with the pages that show them.
            from workbench.operations.working_ahead import is_worth_it, work_ahead_beside  # noqa: PLC0415 - as said
            from workbench.queries.kept import digest, marks  # noqa: PLC0415 - as said
            from workbench.queries.known import all_days  # noqa: PLC0415 - as said

            with workspace.database.read() as reader:
                days = period.days(today) or all_days(reader, (), now)
                wanted, state = is_worth_it(reader), (marks(reader), digest(reader, "ahead"), today, days)
            if wanted and state != last:
                work_ahead_beside(workspace, days=days, cancel=cancel)
            return state

        self._is_working, self._day = True, today
        context.jobs.run(self, "ahead", job, self._on_done, self._on_failed, stopped=self._rest, lane="ahead")

    def _on_done(self, state: object) -> None:
        self._done_for = state
        self._rest()

    def _on_failed(self, _error: Exception) -> None:
        # Nothing is lost and nobody can do anything about it; it is tried again after the next change.
        self._rest()

    def _rest(self) -> None:
        self._is_working = False
        self.ended.emit()

    def _wait(self) -> None:
        if self._is_on:
            self._quiet.start()

    def _on_changed(self, changes: Changes) -> None:
        if changes & _MOVING:
            self._wait()

    def _look_at_day(self) -> None:
        """A new day (UTC) has other windows, also where nothing arrives."""
        today = self._context.workspace.clock.now().astimezone(UTC).date()
        if self._day is not None and self._day != today:
            self._wait()
