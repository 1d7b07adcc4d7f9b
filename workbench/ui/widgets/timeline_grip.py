"""Timeline grip: by what a bar is held under the mouse, and by how many days that moves its start and its end."""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QPoint, QRect

from workbench.ui.qt_models.card_span import CardSpan

_EDGE: Final = 6
_AROUND: Final = 4


class Grip(StrEnum):
    """By what a bar is held."""

    WHOLE = "whole"
    FIRST = "first"
    LAST = "last"


def grip_of(span: CardSpan, box: QRect, at: QPoint, *, turned: bool) -> Grip | None:
    """The part of a bar at a point; None beside it. A diamond, and a bar too short for it, have no ends."""
    if not box.adjusted(-_EDGE // 2, -_AROUND, _EDGE // 2, _AROUND).contains(at):
        return None
    if span.is_window and box.width() > 3 * _EDGE:
        left, right = (Grip.LAST, Grip.FIRST) if turned else (Grip.FIRST, Grip.LAST)
        if at.x() < box.left() + _EDGE:
            return left
        if at.x() > box.right() - _EDGE:
            return right
    return Grip.WHOLE


def shift_of(span: CardSpan, grip: Grip, days: int) -> tuple[int, int]:
    """By how many days start and end move; an end never passes the other."""
    if grip is Grip.FIRST:
        return min(days, span.days - 1), 0
    return (0, max(days, 1 - span.days)) if grip is Grip.LAST else (days, days)
