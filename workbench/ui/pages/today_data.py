"""Today data: what the page reads in one go, the words of its buttons, and what was decided, with its way back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from workbench.ids import PersonId
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.operations.people import nudge_person, take_back_nudge
from workbench.operations.today import MarkState, Task, Today, TodayItem, TodayPerson, mark, today, unmark
from workbench.operations.week import Week, week_of
from workbench.queries.scope import Scope
from workbench.queries.sync_status import profile_counts
from workbench.ui.context import Context

_MOST: Final = 100
_MORNING: Final = 6
"""What is put off comes back at six in the morning."""
_DAYS: Final = 7

BUTTONS: Final[dict[Task, tuple[str, str]]] = {
    Task.DECIDE: ("Decide", "git-diff"),
    Task.ANSWER: ("Answer", "arrow-bend-up-left"),
    Task.PROMISE: ("Open the card", "handshake"),
    Task.CHECKPOINT: ("Open the checkpoint", "flag"),
    Task.CARD: ("Open the card", "note-pencil"),
    Task.GREET: ("Greet", "hand-waving"),
    Task.NUDGE: ("Write a line", "envelope-simple"),
}
"""Words and icon of the one button of each kind."""


@dataclass(frozen=True, slots=True)
class TodayView:
    """Everything the page shows. `is_new` while the profile holds neither a community nor a plan."""

    today: Today
    week: Week
    day: date
    now: datetime
    is_new: bool


def read_today(database: Database, *, scope: Scope, now: datetime) -> TodayView:
    """The list and the week of the local day at `now`."""
    day = now.astimezone().date()
    with database.read() as reader:
        counts = profile_counts(reader)
        found = today(reader, scope=scope, as_of=now, day=day)
        week = week_of(reader, scope=scope, day=day)
    return TodayView(found, week, day, now, is_new=not counts.communities and not counts.plans)


def button_words(item: TodayItem) -> str:
    """What the button of an item says."""
    return "Go on with it" if item.draft is not None else BUTTONS[item.task][0]


def tomorrow(now: datetime) -> datetime:
    """Six o'clock of the next local morning."""
    return _morning(now, days=1)


def next_monday(now: datetime) -> datetime:
    """Six o'clock of the next local Monday."""
    return _morning(now, days=_DAYS - now.astimezone().weekday())


def in_a_week(now: datetime) -> datetime:
    """Six o'clock of the local morning a week from now."""
    return _morning(now, days=_DAYS)


def _morning(now: datetime, *, days: int) -> datetime:
    local = now.astimezone() + timedelta(days=days)
    return local.replace(hour=_MORNING, minute=0, second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class _Decision:
    """What somebody decided about one item or some of its people; `nudged` was written to, which pauses them."""

    keys: tuple[str, ...]
    state: MarkState
    until: datetime | None
    words: str
    nudged: PersonId | None = None


class TodayMarks(QObject):
    """Decisions written in order, each with its way back (Ctrl+Z) and forth again.

    `changed` when there is something else to undo or redo, `failed(error)` when one could not be written.
    """

    changed = Signal()
    failed = Signal(Exception)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._done: list[_Decision] = []
        self._undone: list[_Decision] = []
        self._number = 0

    @property
    def can_undo(self) -> bool:
        """Whether a decision can be taken back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether one that was taken back can be made again."""
        return bool(self._undone)

    def decide(self, keys: tuple[str, ...], state: MarkState, words: str, *, until: datetime | None = None) -> None:
        """Keeps a decision and says so in `words`, with the way back beside them."""
        self._keep(_Decision(keys, state, until, words))

    def nudged(self, person: TodayPerson, words: str) -> None:
        """Keeps that somebody gone quiet was written to: for ninety days nobody is asked after twice."""
        self._keep(_Decision((person.key,), MarkState.DONE, None, words, person.person_id))

    def _keep(self, decision: _Decision) -> None:
        def kept() -> None:
            self._done = [*self._done, decision][-_MOST:]
            self._undone = []
            self._context.tell(decision.words, action="edit.undo")

        self._write(partial(self._mark, decision), kept)

    def undo(self) -> None:
        """Takes the last decision back."""
        if self._done:
            decision = self._done[-1]

            def taken_back() -> None:
                self._done.remove(decision)
                self._undone.append(decision)
                self._context.tell("It is on the list again.", action="edit.redo")

            self._write(partial(self._unmark, decision), taken_back)

    def redo(self) -> None:
        """Makes the last decision again."""
        if self._undone:
            decision = self._undone[-1]

            def made_again() -> None:
                self._undone.remove(decision)
                self._done.append(decision)

            self._write(partial(self._mark, decision), made_again)

    def _unmark(self, decision: _Decision) -> Changes:
        workspace = self._context.workspace
        if decision.nudged is not None:
            return take_back_nudge(workspace, person_id=decision.nudged)
        return unmark(workspace, keys=decision.keys)

    def _mark(self, decision: _Decision) -> Changes:
        if decision.nudged is not None:
            return nudge_person(self._context.workspace, person_id=decision.nudged)
        return mark(self._context.workspace, keys=decision.keys, state=decision.state, until=decision.until)

    def _write(self, job: Callable[[], Changes], kept: Callable[[], None]) -> None:
        def done(changes: Changes) -> None:
            kept()
            self._context.bus.publish(changes)
            self.changed.emit()

        self._number += 1
        self._context.jobs.run(self, f"mark {self._number}", job, done, self.failed.emit, lane="plan")
