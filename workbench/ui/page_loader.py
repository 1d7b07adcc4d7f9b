"""PageLoader: imports modules one after the other while nothing else is to be done, so that no page opens late."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

MILLISECONDS: Final = 40
"""Between two modules: a key or a click comes in between."""


class PageLoader(QObject):
    """Begins with `start`; a turn of the window's loop imports one module, and waits while `is_busy` says so.

    `loaded` follows the last one.
    """

    loaded = Signal()

    def __init__(
        self,
        modules: Sequence[str],
        *,
        is_busy: Callable[[], bool],
        pause: int = MILLISECONDS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._left = list(modules)
        self._is_busy = is_busy
        self._timer = QTimer(self)
        self._timer.setInterval(pause)
        self._timer.timeout.connect(self.load_next)

    def start(self) -> None:
        """Goes on until every module is there."""
        self._timer.start()

    def stop(self) -> None:
        """Leaves the rest to whoever opens them."""
        self._timer.stop()

    @property
    def is_done(self) -> bool:
        """Whether nothing is left."""
        return not self._left

    def load_next(self) -> None:
        """One module, unless something else is going on."""
        if self._left and not self._is_busy():
            import_module(self._left.pop(0))
        if not self._left:
            self._timer.stop()
            self.loaded.emit()
