"""EditHistory: what somebody wrote on a page, in order, each with its way back (Ctrl+Z) and forth again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from PySide6.QtCore import QObject, Signal

from workbench.models.changes import Changes
from workbench.ui.context import Context

_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Written:
    """What a deed changed, and the deed that undoes it; `back` None where nothing does."""

    changes: Changes
    back: "Deed | None" = None


Deed = Callable[[], Written]
"""Writes something, off the window's thread. What undoes it is often known only once it is written."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A deed, and what is said once it is made, taken back and made again; nothing is said without words."""

    deed: Deed
    made: str = ""
    taken_back: str = ""
    made_again: str = ""


def there_and_back(there: Callable[[], Changes], back: Callable[[], Changes]) -> Deed:
    """A deed whose way back is known beforehand."""
    return lambda: Written(there(), there_and_back(back, there))


class EditHistory(QObject):
    """`changed` when there is something else to undo or redo, `failed(error)` when something could not be written.

    What failed stays where it was: it can be tried again.
    """

    changed = Signal()
    failed = Signal(Exception)

    OFFERS_REDO: ClassVar[bool] = True
    """Whether the way forth stands beside the words that something was taken back."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._done: list[Edit] = []
        self._undone: list[Edit] = []
        self._number = 0

    @property
    def can_undo(self) -> bool:
        """Whether an edit can be taken back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether an edit that was taken back can be made again."""
        return bool(self._undone)

    def write(self, edit: Edit) -> None:
        """Makes an edit; it ends what could be made again."""

        def kept(written: Written) -> None:
            self._done.extend(_turned(edit, written))
            del self._done[:-_MOST]
            self._undone.clear()
            self._end(written, edit.made, "edit.undo")

        self._run(edit.deed, kept, self.failed.emit)

    def undo(self) -> None:
        """Takes the last edit back."""
        if self._done:
            edit = self._done[-1]
            self._move(self._done, self._undone, edit.taken_back, "edit.redo" if self.OFFERS_REDO else "")

    def redo(self) -> None:
        """Makes the edit again that was taken back last."""
        if self._undone:
            self._move(self._undone, self._done, self._undone[-1].made_again, "")

    def _move(self, source: list[Edit], target: list[Edit], words: str, action: str) -> None:
        # Taken off before it is written: a second press of the key means the edit before it.
        edit = source.pop()

        def kept(written: Written) -> None:
            target.extend(_turned(edit, written))
            self._end(written, words, action)

        def failed(error: Exception) -> None:
            source.append(edit)
            self.failed.emit(error)

        self._run(edit.deed, kept, failed)

    def _end(self, written: Written, words: str, action: str) -> None:
        self._context.bus.publish(written.changes)
        self.changed.emit()
        if words:
            self._context.tell(words, action=action if written.back is not None else "")

    def _run(self, deed: Deed, done: Callable[[Written], None], failed: Callable[[Exception], None]) -> None:
        # Each under a key of its own, in a lane of one thread: none is dropped, and they keep their order.
        self._number += 1
        self._context.jobs.run(self, f"edit {self._number}", deed, done, failed, lane="plan")


def _turned(edit: Edit, written: Written) -> list[Edit]:
    """The edit with its way back as its deed; none where there is no way back."""
    return [] if written.back is None else [replace(edit, deed=written.back)]
