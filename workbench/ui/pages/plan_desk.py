"""PlanDesk: the plans under edit in this window; every gesture runs on the plan lane and is told when it is saved."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from workbench.ids import PlanId
from workbench.models.changes import Changes
from workbench.ui.context import Context
from workbench.ui.pages.plan_step_words import step_words

if TYPE_CHECKING:
    # Reading a plan needs neither the document nor the ORM; they load with the first edit, away from the window.
    from workbench.plans.editor import PlanEditor

Gesture = Callable[["PlanEditor"], Changes]
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class _Outcome:
    changes: Changes
    can_undo: bool
    can_redo: bool


class PlanDesk(QObject):
    """Keeps one editor, and with it one undo history, for each plan touched since the window opened.

    `serial` grows with every gesture that begins or ends: an answer read under an older serial may be out of date.
    """

    changed = Signal()
    failed = Signal(Exception)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._plan_id: PlanId | None = None
        # Touched on the plan lane only, which has one thread.
        self._editors: dict[PlanId, PlanEditor] = {}
        self._history: dict[PlanId, tuple[bool, bool]] = {}
        self._keys = count()
        self._waiting = 0
        self.serial = 0

    @property
    def is_busy(self) -> bool:
        """Whether a gesture has not been saved yet."""
        return self._waiting > 0

    @property
    def can_undo(self) -> bool:
        """Whether an edit of the plan in use can be taken back."""
        return self._plan_id is not None and self._history.get(self._plan_id, (False, False))[0]

    @property
    def can_redo(self) -> bool:
        """Whether an undone edit of the plan in use can be made again."""
        return self._plan_id is not None and self._history.get(self._plan_id, (False, False))[1]

    @property
    def plan_id(self) -> PlanId | None:
        """The plan in use."""
        return self._plan_id

    def history(self, plan_id: PlanId) -> tuple[bool, bool]:
        """Whether an edit of this plan can be taken back, and whether an undone one can be made again."""
        return self._history.get(plan_id, (False, False))

    def use(self, plan_id: PlanId | None) -> None:
        """Says which plan the next gestures are for."""
        if plan_id != self._plan_id:
            self._plan_id = plan_id
            self._context.step_begun.emit()
            self.changed.emit()

    def do(self, gesture: Gesture) -> None:
        """Runs a gesture on the plan in use after those before it; without a plan nothing happens."""
        if self._plan_id is None:
            return
        self._begin()
        plan_id = self._plan_id
        # A key of its own: a later gesture follows an earlier one, it does not replace it.
        key = f"gesture-{next(self._keys)}"
        run = partial(self._run, plan_id, gesture)
        done = partial(self._on_done, plan_id)
        self._context.jobs.run(self, key, run, done, self._on_failed, lane="plan", stopped=self._on_stopped)

    def carry(
        self, plan_id: PlanId, gesture: Gesture, *, done: Callable[[], object], failed: Callable[[Exception], object]
    ) -> None:
        """Runs a gesture of another page on any plan, in the same row and with the same undo history."""
        self._begin()

        def on_done(outcome: _Outcome) -> None:
            self._on_done(plan_id, outcome)
            done()

        def on_failed(error: Exception) -> None:
            self._end()
            self.changed.emit()
            failed(error)

        run = partial(self._run, plan_id, gesture)
        key = f"gesture-{next(self._keys)}"
        self._context.jobs.run(self, key, run, on_done, on_failed, lane="plan", stopped=self._on_stopped)

    def ask(
        self,
        owner: QObject,
        key: str,
        question: Callable[["PlanEditor"], _Answer],
        *,
        done: Callable[[_Answer], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Reads something of the plan in use after the gestures before it; a later question under `key` replaces it."""
        if self._plan_id is not None:
            run = partial(self._read, self._plan_id, question)
            self._context.jobs.run(owner, key, run, done, failed, lane="plan")

    def undo(self) -> None:
        """Takes the latest edit back, and says what that was: it is not always in sight."""
        self._step("Undone", lambda editor: editor.undo())

    def redo(self) -> None:
        """Makes the latest undone edit again, and says so."""
        self._step("Redone", lambda editor: editor.redo())

    def _step(self, did: str, gesture: Gesture) -> None:
        if self._plan_id is None:
            return
        found: list[str] = []

        def run(editor: "PlanEditor") -> Changes:
            before = editor.view()
            changes = gesture(editor)
            found.append(step_words(before, editor.view()))
            return changes

        def done() -> None:
            if found[0]:
                self._context.tell(f"{did}: {found[0]}")

        self.carry(self._plan_id, run, done=done, failed=self.failed.emit)

    def _editor(self, plan_id: PlanId) -> "PlanEditor":
        editor = self._editors.get(plan_id)
        if editor is None:
            editor = self._editors[plan_id] = self._context.workspace.plans.open(plan_id)
        return editor

    def _read(self, plan_id: PlanId, question: Callable[["PlanEditor"], _Answer]) -> _Answer:
        return question(self._editor(plan_id))

    def _run(self, plan_id: PlanId, gesture: Gesture) -> _Outcome:
        editor = self._editor(plan_id)
        changes = gesture(editor)
        return _Outcome(changes, can_undo=editor.can_undo, can_redo=editor.can_redo)

    def _on_done(self, plan_id: PlanId, outcome: _Outcome) -> None:
        self._end()
        self._history[plan_id] = (outcome.can_undo, outcome.can_redo)
        self.changed.emit()
        self._context.bus.publish(outcome.changes)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self.failed.emit(error)

    def _on_stopped(self) -> None:
        self._end()
        self.changed.emit()

    def _begin(self) -> None:
        self._waiting += 1
        self.serial += 1
        self._context.step_begun.emit()

    def _end(self) -> None:
        self._waiting -= 1
        self.serial += 1
