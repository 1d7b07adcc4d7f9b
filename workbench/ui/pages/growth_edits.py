"""Growth edits: what the leader writes beside the charts, written in order, with its way back and forth."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from workbench.models.changes import Changes
from workbench.operations.annotations import put_back_annotation
from workbench.ui.context import Context

if TYPE_CHECKING:
    from workbench.notes.annotations import AnnotationBefore

_MOST: Final = 100


class GrowthEdits(QObject):
    """`changed` when there is something else to undo or redo, `failed(error)` when an edit could not be written."""

    changed = Signal()
    failed = Signal(Exception)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._done: list[tuple[AnnotationBefore, str]] = []
        self._undone: list[tuple[AnnotationBefore, str]] = []
        self._number = 0

    @property
    def can_undo(self) -> bool:
        """Whether an edit can be taken back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether an edit that was taken back can be made again."""
        return bool(self._undone)

    def make(self, deed: "Callable[[], AnnotationBefore]", words: str) -> None:
        """Writes an edit and says so."""

        def done(before: "AnnotationBefore") -> None:
            self._done, self._undone = [*self._done, (before, words)][-_MOST:], []
            self._finish()
            self._context.tell(words, action="edit.undo")

        self._run(deed, done)

    def undo(self) -> None:
        """Takes the last edit back."""
        self._swap(self._done, self._undone, "Taken back: {}")

    def redo(self) -> None:
        """Makes the edit again that was taken back last."""
        self._swap(self._undone, self._done, "Made again: {}")

    def _swap(
        self, source: "list[tuple[AnnotationBefore, str]]", other: "list[tuple[AnnotationBefore, str]]", told: str
    ) -> None:
        if not source:
            return
        before, words = source.pop()
        workspace = self._context.workspace

        def done(was: "AnnotationBefore") -> None:
            other.append((was, words))
            self._finish()
            self._context.tell(told.format(words[0].lower() + words[1:]))

        self._run(lambda: put_back_annotation(workspace, before), done)

    def _finish(self) -> None:
        self._context.bus.publish(Changes.NOTES)
        self.changed.emit()

    def _run(self, deed: "Callable[[], AnnotationBefore]", done: "Callable[[AnnotationBefore], None]") -> None:
        # Each under a key of its own, in a lane of one thread: none is dropped, and they keep their order.
        self._number += 1
        self._context.jobs.run(self, f"edit {self._number}", deed, done, self.failed.emit, lane="plan")
