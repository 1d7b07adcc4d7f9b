"""ChangeBus: one signal that tells pages what was written; they decide whether to read again."""

from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from workbench.models.changes import Changes

GATHER_MILLISECONDS: Final = 300


class ChangeBus(QObject):
    """`changed(Changes)` is always delivered on the main thread.

    `publish` is for one finished act of a person: pages hear of it at once. `post` is for streams of small writes
    (a sync) and may be called from any thread: what arrives within 300 ms goes out as one signal.
    """

    changed = Signal(Changes)
    _posted = Signal(Changes)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gathered = Changes.NOTHING
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(GATHER_MILLISECONDS)
        self._timer.timeout.connect(self._on_timeout)
        self._posted.connect(self._on_posted, Qt.ConnectionType.QueuedConnection)

    def publish(self, changes: Changes) -> None:
        """Tells everyone now; main thread only. A write that touched nothing is not announced."""
        if changes:
            self.changed.emit(changes)

    def post(self, changes: Changes) -> None:
        """Tells everyone soon; any thread."""
        if changes:
            self._posted.emit(changes)

    @Slot(Changes)
    def _on_posted(self, changes: Changes) -> None:
        self._gathered |= changes
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _on_timeout(self) -> None:
        changes, self._gathered = self._gathered, Changes.NOTHING
        self.publish(changes)
