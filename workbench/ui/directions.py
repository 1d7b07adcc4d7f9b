"""Directions: words keep the direction of their own script, and stand on the side where reading begins on the page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStyle


def isolated(words: str) -> str:
    """Words that keep their own direction, whatever stands around them; a line break would end that."""
    return f"\N{FIRST STRONG ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"


def leading(alignment: Qt.AlignmentFlag, direction: Qt.LayoutDirection) -> Qt.AlignmentFlag:
    """The alignment that puts words of any script on the side the layout begins at.

    Qt would put words of the other direction on the other side, away from the icon or heading they belong to.
    """
    return QStyle.visualAlignment(direction, alignment) | Qt.AlignmentFlag.AlignAbsolute
