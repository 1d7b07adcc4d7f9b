"""PageLoader: imports the pages one after the other while nothing else is to be done, so that none opens late."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Final

from PySide6.QtCore import QObject, QTimer

_MILLISECONDS: Final = 40
"""Between two modules: a key or a click comes in between."""


class PageLoader(QObject):
    """Begins with `start`; a turn of the window's loop imports one module, and waits while `is_busy` says so."""

    def __init__(self, modules: Sequence[str], *, is_busy: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left = list(modules)
        self._is_busy = is_busy
        self._timer = QTimer(self)
        self._timer.setInterval(_MILLISECONDS)
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
