"""Timers: one shot after a pause, begun again by each `start`."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def single_shot(owner: QObject, milliseconds: int, due: Callable[[], object]) -> QTimer:
    """A timer of `owner` that calls `due` once, so long after the last `start`."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(due)
    return timer
