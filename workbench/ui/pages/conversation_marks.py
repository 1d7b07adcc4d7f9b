"""Conversation marks: stars and what was read, shown at once and written in order behind it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from workbench.ids import EventId
from workbench.models.changes import Changes
from workbench.ui.context import Context
from workbench.ui.qt_models.thread_list import ThreadListModel


class ThreadMarks(QObject):
    """`failed(error)` when a mark could not be written. A profile that is only read keeps no marks."""

    failed = Signal(Exception)

    def __init__(self, context: Context, threads: ThreadListModel) -> None:
        super().__init__()
        self._context, self._threads = context, threads
        self.is_telling = False
        """True while the page hears of its own marks, which it shows already."""

    def star(self, thread_id: EventId, *, is_starred: bool) -> None:
        """Puts a star on a thread, or takes it off."""
        self._threads.mark(thread_id, is_starred=is_starred)
        self._write(lambda: self._context.workspace.notes.star_thread(thread_id, is_starred=is_starred))

    def read(self, thread_id: EventId, *, is_read: bool) -> None:
        """Marks a thread as read or unread."""
        self._threads.mark(thread_id, is_unread=not is_read)
        self._write(lambda: self._context.workspace.notes.mark_read(thread_id, is_read=is_read))

    def _write(self, job: Callable[[], Changes]) -> None:
        if self._context.workspace.database.writable:
            # A key of its own for each: a later mark must not make an earlier one forgotten. One lane keeps the order.
            self._context.jobs.run(self, f"mark {id(job)}", job, self._on_written, self.failed.emit, lane="plan")

    def _on_written(self, changes: Changes) -> None:
        self.is_telling = True
        self._context.bus.publish(changes)
        self.is_telling = False
