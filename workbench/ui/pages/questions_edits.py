"""Question edits: what the coordinator settles about questions and listening, written in order, with its way back."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Signal

from workbench.models.changes import Changes
from workbench.notes.care import CareBefore, ListeningBefore
from workbench.operations.questions import put_back
from workbench.ui.context import Context

Before = CareBefore | ListeningBefore
_MOST: Final = 100


class QuestionEdits(QObject):
    """`changed` when there is something else to undo, `failed(error)` when an edit could not be written.

    Nothing is redone: the deed itself is one click away.
    """

    changed = Signal()
    failed = Signal(Exception)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._done: list[tuple[Before, str]] = []
        self._number = 0

    @property
    def can_undo(self) -> bool:
        """Whether an edit can be taken back."""
        return bool(self._done)

    def make(self, deed: Callable[[], Before | None], words: str) -> None:
        """Writes an edit and says so; where `deed` answers what was before, it can be taken back."""
        kept: list[Before] = []

        def job() -> Changes:
            before = deed()
            if before is not None:
                kept.append(before)
            return Changes.MARKS

        def done(changes: Changes) -> None:
            self._done = [*self._done, *((before, words) for before in kept)][-_MOST:]
            self._finish(changes)
            self._context.tell(words, action="edit.undo" if kept else "")

        self._run(job, done)

    def undo(self) -> None:
        """Takes the last edit back."""
        if self._done:
            before, words = self._done.pop()
            workspace = self._context.workspace

            def done(changes: Changes) -> None:
                self._finish(changes)
                self._context.tell(f"Taken back: {words[0].lower()}{words[1:]}")

            self._run(lambda: put_back(workspace, before), done)

    def _finish(self, changes: Changes) -> None:
        self._context.bus.publish(changes)
        self.changed.emit()

    def _run(self, job: Callable[[], Changes], done: Callable[[Changes], None]) -> None:
        # Each under a key of its own, in a lane of one thread: none is dropped, and they keep their order.
        self._number += 1
        self._context.jobs.run(self, f"edit {self._number}", job, done, self.failed.emit, lane="plan")
