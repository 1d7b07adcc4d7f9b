"""Member edits: what is written about people, in order, each with its way back (Ctrl+Z) and forth again."""

from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QObject, Signal

from workbench.models.changes import Changes
from workbench.ui.context import Context
from workbench.ui.sanitiser import line
from workbench.workspace import Workspace

_MOST: Final = 100


class Undoable(Protocol):
    """One change to what is kept of somebody or something, and its way back."""

    @property
    def name(self) -> str:
        """Whom or what it is about."""
        ...

    @property
    def what(self) -> str:
        """What was edited, in a word."""
        ...

    def inverse(self) -> "Undoable":
        """What takes it back."""
        ...

    def apply(self, workspace: Workspace) -> Changes:
        """Writes it."""
        ...


class MemberEdits(QObject):
    """`changed` when there is something else to undo or redo, `failed(error)` when an edit could not be written."""

    changed = Signal()
    failed = Signal(Exception)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._done: list[Undoable] = []
        self._undone: list[Undoable] = []
        self._number = 0

    @property
    def can_undo(self) -> bool:
        """Whether an edit can be taken back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether an edit that was taken back can be made again."""
        return bool(self._undone)

    def make(self, edit: Undoable) -> None:
        """Writes an edit of the person at the keyboard."""

        def kept() -> None:
            self._done = [*self._done, edit][-_MOST:]
            self._undone = []

        self._write(edit, kept)

    def undo(self) -> None:
        """Takes the last edit back."""
        if self._done:
            edit = self._done[-1]

            def taken_back() -> None:
                self._done.remove(edit)
                self._undone.append(edit)
                self._context.tell(f"Taken back: {edit.what} of {line(edit.name)}.", action="edit.redo")

            self._write(edit.inverse(), taken_back)

    def redo(self) -> None:
        """Makes the last edit again."""
        if self._undone:
            edit = self._undone[-1]

            def made_again() -> None:
                self._undone.remove(edit)
                self._done.append(edit)

            self._write(edit, made_again)

    def _write(self, edit: Undoable, kept: Callable[[], None]) -> None:
        def done(changes: Changes) -> None:
            kept()
            self._context.bus.publish(changes)
            self.changed.emit()

        # Each under a key of its own, in a lane of one thread: none is dropped, and they keep their order.
        self._number += 1
        workspace = self._context.workspace
        self._context.jobs.run(
            self, f"edit {self._number}", lambda: edit.apply(workspace), done, self.failed.emit, lane="plan"
        )
