"""Heaps: memory that a page's numbers needed for a moment goes back to the system once nothing is being read.

The C library of Linux (glibc) gives every thread that reads a heap of its own, and keeps what is freed there for later:
a quarter of the window's memory at a million messages. Other systems give it back by themselves.
"""

import sys
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer

_MILLISECONDS: Final = 250
"""Of quiet before it is done: it takes a few milliseconds, and pages read several things one after the other."""
_ARENA_MAX: Final = -8
"""M_ARENA_MAX of mallopt(3)."""


def one_heap() -> None:
    """All threads share one heap from now on; called before any of them is there."""
    library = _library()
    if library is not None:
        library.mallopt(_ARENA_MAX, 1)


def give_back() -> None:
    """What is free at the moment goes back."""
    library = _library()
    if library is not None:
        library.malloc_trim(0)


class HeapKeeper(QObject):
    """Gives back after `ended`, told whenever a job ends, once a moment has passed and `is_busy` says no."""

    def __init__(self, *, is_busy: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_busy = is_busy
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_MILLISECONDS)
        self._timer.timeout.connect(self._tend)

    @property
    def is_waiting(self) -> bool:
        """Whether something is still to be given back."""
        return self._timer.isActive()

    def ended(self) -> None:
        """A job has ended: what it needed may be free now."""
        self._timer.start()

    def stop(self) -> None:
        """Leaves it to the end of the program."""
        self._timer.stop()

    def _tend(self) -> None:
        if self._is_busy():
            self._timer.start()
        else:
            give_back()


def _library() -> Any:
    """The C library where it is glibc, else None."""
    if sys.platform != "linux":
        return None
    import ctypes  # noqa: PLC0415 - not before the first paint

    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None
