"""AnswerLine: the way of a question as one drawn line: who asked, who named the next one, who answered, and when.

It runs along the line of reading where there is room, and downwards where there is not.
"""

from dataclasses import replace
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from workbench.queries.answer_path import AnswerPath, PathStep, Role
from workbench.ui import icons, numbers
from workbench.ui.directions import isolated
from workbench.ui.sanitiser import line
from workbench.ui.theme import BODY, SMALL, Theme

ROLE_TITLES: Final = {Role.ASKER: "asked", Role.REFERRER: "knew whom to ask", Role.ANSWERER: "answered"}
_ICONS: Final = {Role.ASKER: "question", Role.REFERRER: "arrow-bend-up-right", Role.ANSWERER: "check"}
_STRANGER: Final = "not met here before"
_DOT: Final = 28
_STEP: Final = 168
_ROW: Final = 68
_ALONG: Final = 84


class AnswerLine(QWidget):
    """`show_path` gives it a way; None takes it away. A step whose person the asker had never met says so."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._path: AnswerPath | None = None
        self._is_named = True
        # Not fixed: how tall it is follows from how wide, and a layout would hold it to what it asked for at first.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)
        self.hide()

    @property
    def path(self) -> AnswerPath | None:
        """What is drawn."""
        return self._path

    def show_path(self, path: AnswerPath | None) -> None:
        """Draws another way."""
        self._path = path
        self.setAccessibleName("" if path is None else path_words(path))
        self.setToolTip("" if path is None else path_words(path))
        self.updateGeometry()
        self.update()
        self.setVisible(path is not None)

    def picture(self) -> QPixmap:
        """The line to hand on: nobody is named, and no office; one person has one letter wherever they stand."""
        self._is_named = False
        try:
            return self.grab()
        finally:
            self._is_named = True

    @override
    def sizeHint(self) -> QSize:
        steps = len(self._path.steps) if self._path is not None else 1
        width = self._theme.px(_STEP) * steps
        return QSize(width, self.heightForWidth(self.width() or width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(_STEP), self.heightForWidth(self.width()))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        if self._path is None:
            return 0
        steps = len(self._path.steps)
        return self._theme.px(_ALONG if self._is_along(width) else _ROW * steps)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._path is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        is_along = self._is_along(self.width())
        steps = self._path.steps
        boxes = [self._box(place, len(steps), is_along=is_along) for place in range(len(steps))]
        self._draw_ways(painter, boxes, is_along=is_along)
        for step, box in zip(steps, boxes, strict=True):
            self._draw_step(painter, step, box, is_along=is_along)

    def _is_along(self, width: int) -> bool:
        return self._path is not None and width >= self._theme.px(_STEP) * max(2, len(self._path.steps))

    def _is_turned(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _box(self, place: int, steps: int, *, is_along: bool) -> QRect:
        if not is_along:
            height = self._theme.px(_ROW)
            return QRect(0, place * height, self.width(), height)
        width = self.width() // steps
        left = (steps - 1 - place) * width if self._is_turned() else place * width
        return QRect(left, 0, width, self.height())

    def _dot(self, box: QRect) -> QRect:
        side = self._theme.px(_DOT)
        left = box.right() - side if self._is_turned() else box.left()
        return QRect(left + (0 if self._is_turned() else 1), box.top() + 1, side, side)

    def _draw_ways(self, painter: QPainter, boxes: list[QRect], *, is_along: bool) -> None:
        """The line itself, and on it how long each part of the way took."""
        path = self._path
        if path is None:
            return
        pen = QPen(self._theme.colour("accent"), 2)
        for place, (one, other) in enumerate(pairwise(boxes)):
            first, second = self._dot(one), self._dot(other)
            painter.setPen(pen)
            painter.drawLine(QPointF(first.center()), QPointF(second.center()))
            if is_along:
                between = path.steps[place + 1].hours - path.steps[place].hours
                self._say_time(painter, numbers.hours(between), first, second)

    def _say_time(self, painter: QPainter, words: str, first: QRect, second: QRect) -> None:
        font = self._theme.font(SMALL, weight=QFont.Weight.Medium)
        width = QFontMetrics(font).horizontalAdvance(words) + 12
        middle = (first.center() + second.center()) / 2
        box = QRect(middle.x() - width // 2, first.center().y() - self._theme.px(9), width, self._theme.px(18))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("surface"))
        painter.drawRect(box)
        painter.setFont(font)
        painter.setPen(self._theme.colour("second"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, isolated(words))

    def _draw_step(self, painter: QPainter, step: PathStep, box: QRect, *, is_along: bool) -> None:
        theme, dot = self._theme, self._dot(box)
        is_end = step.role is Role.ANSWERER
        painter.setPen(QPen(theme.colour("accent"), 2))
        painter.setBrush(theme.colour("accent" if is_end else "surface"))
        painter.drawEllipse(dot.adjusted(1, 1, -1, -1))
        inner = dot.adjusted(*(theme.px(7) * sign for sign in (1, 1, -1, -1)))
        icons.draw(painter, _ICONS[step.role], inner, theme.colour("on_accent" if is_end else "accent"))
        gap = theme.px(10)
        if is_along:
            words = QRect(box.left(), dot.bottom() + theme.px(4), box.width() - gap, theme.px(18))
        else:
            shift = dot.width() + gap
            words = box.adjusted(0 if self._is_turned() else shift, 0, -shift if self._is_turned() else 0, 0)
            words.setHeight(theme.px(20))
        name = step.name if self._is_named else self._letter(step)
        self._words(painter, words, name, weight=QFont.Weight.DemiBold, size=BODY, token="text")
        below = words.translated(0, words.height())
        said = _said(step if self._is_named else replace(step, office=""), is_along=is_along)
        self._words(painter, below, said, size=SMALL, token="second")
        if step.is_stranger:
            last = below.translated(0, theme.px(17))
            self._words(painter, last, _STRANGER, size=SMALL, token="watch", weight=QFont.Weight.Medium)

    def _letter(self, step: PathStep) -> str:
        people = list(dict.fromkeys(each.person_id for each in self._path.steps)) if self._path is not None else []
        return f"Person {chr(ord('A') + people.index(step.person_id))}"

    def _words(
        self, painter: QPainter, box: QRect, words: str, *, size: int, token: str,
        weight: QFont.Weight = QFont.Weight.Normal,
    ) -> None:  # fmt: skip
        painter.setFont(self._theme.font(size, weight=weight))
        painter.setPen(self._theme.colour(token))
        shown = painter.fontMetrics().elidedText(line(words), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, isolated(shown))


def _said(step: PathStep, *, is_along: bool) -> str:
    parts = [ROLE_TITLES[step.role]]
    if step.role is not Role.ASKER and not is_along:
        parts[0] += f" after {numbers.hours(step.hours)}"
    if step.office:
        parts.append(step.office)
    return " · ".join(parts)


def path_words(path: AnswerPath) -> str:
    """The whole way as a sentence or two."""
    asker, *others = path.steps
    said = f"{line(asker.name)} asked"
    for step in others:
        met = f", {_STRANGER}," if step.is_stranger else ""
        said += f", {line(step.name)}{met} {ROLE_TITLES[step.role]} after {numbers.hours(step.hours)}"
    return f"{said}. {hops_words(path)}"


def hops_words(path: AnswerPath) -> str:
    """How far asker and answerer were from each other before, and how sure that is."""
    if not path.is_answered:
        return "Nobody has answered yet."
    early = " Earlier contacts may not be known." if path.is_early else ""
    if path.hops is None:
        return f"Nobody in this community linked the two before.{early}"
    if path.hops <= 1:
        return "They had met in this community before."
    return f"{numbers.count(path.hops)} steps apart in this community before the question.{early}"
