"""Collector: looks for Python's garbage on the window's own thread only, where widgets and timers may be destroyed.

By itself Python looks in whatever thread allocates next. Rings of objects that hold a widget or a timer were then taken
apart in the thread of a job: Qt says "timers cannot be stopped from another thread", and a widget can bring the program
down.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_MILLISECONDS: Final = 250
_LEAST_TURNS: Final = 240
"""Between two looks at everything, which take the longest: a minute."""


class Collector(QObject):
    """Takes over from its making until `stop`; looks as often as Python would, at most a quarter of a second late."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turns = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_MILLISECONDS)
        self._timer.timeout.connect(self.tend)
        gc.disable()
        # What is loaded by now stays as long as the program: it need not be looked through again and again.
        gc.freeze()
        self._timer.start()

    def tend(self) -> None:
        """Looks at the youngest objects if there are many, at older ones after several such looks."""
        self._turns += 1
        youngest, younger, older = (
            count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)
        )
        if older and younger and self._turns >= _LEAST_TURNS:
            self._turns = 0
            gc.collect()
        elif younger:
            gc.collect(1)
        elif youngest:
            gc.collect(0)

    def stop(self) -> None:
        """Leaves it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
