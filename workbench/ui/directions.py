"""Directions: words keep the direction of their own script, and stand on the side where reading begins on the page."""

import re
import unicodedata
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStyle

_ANSWER: Final = re.compile(r"(?:(?:re|fwd?|aw|wg|sv|rv|tr)(?:\[\d+\])?:\s*)+", re.IGNORECASE)
"""What mail programs put before the subject of what is answered or passed on."""
_FROM_THE_RIGHT: Final = frozenset({"R", "AL"})


def isolated(words: str) -> str:
    """Words that keep their own direction, whatever stands around them; a line break would end that.

    Their first letter says which, and of a subject the first behind "Re:" and "Fwd:".
    """
    return _turned(words) or f"\N{FIRST STRONG ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"


def apart(words: str) -> str:
    """`isolated` where they are written from the right, such as a date, so that a number behind them stays behind."""
    is_apart = words.startswith("\N{FIRST STRONG ISOLATE}") and words.endswith("\N{POP DIRECTIONAL ISOLATE}")
    return isolated(words) if not is_apart and runs_from_the_right(words) else words


def subject_words(subject: str) -> str:
    """A subject for a label, which goes by the first letter of all: where "Re:" would mislead it, it is told."""
    return _turned(subject) or subject


def runs_from_the_right(words: str) -> bool:
    """Whether the first letter that has a direction is of a script written from the right."""
    ways = (unicodedata.bidirectional(letter) for letter in words)
    return next((way for way in ways if way in {*_FROM_THE_RIGHT, "L"}), "L") in _FROM_THE_RIGHT


def _turned(words: str) -> str:
    answer = _ANSWER.match(words)
    if answer is None or not runs_from_the_right(words[answer.end() :]):
        return ""
    return f"\N{RIGHT-TO-LEFT ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"


def leading(alignment: Qt.AlignmentFlag, direction: Qt.LayoutDirection) -> Qt.AlignmentFlag:
    """The alignment that puts words of any script on the side the layout begins at.

    Qt would put words of the other direction on the other side, away from the icon or heading they belong to.
    """
    return QStyle.visualAlignment(direction, alignment) | Qt.AlignmentFlag.AlignAbsolute
