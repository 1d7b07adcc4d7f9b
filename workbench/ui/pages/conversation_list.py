"""Conversation list: threads and found messages in rows of two to four lines, drawn by delegates."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QKeyEvent, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from workbench.queries.search import SearchRow
from workbench.queries.snippets import Highlight
from workbench.queries.threads import ThreadRow
from workbench.ui import icons, numbers
from workbench.ui.directions import isolated
from workbench.ui.qt_models.rows_model import ROW
from workbench.ui.qt_models.thread_list import NOT_BEGUN, ThreadListModel
from workbench.ui.sanitiser import line, short_subject
from workbench.ui.theme import BODY, SMALL, Theme

_SIDE: Final = 16
_THREAD_ROW: Final = 64
_HIT_ROW: Final = 100
_NEAR: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
_Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """What both kinds of rows share: ground, line, mirrored boxes, elided words."""

    HEIGHT: int

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self.names_community = True
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def _on_theme(self) -> None:
        theme = self._theme
        self._body, self._small = theme.font(BODY), theme.font(SMALL)
        self._strong = theme.font(BODY, weight=QFont.Weight.DemiBold)
        self._medium = theme.font(BODY, weight=QFont.Weight.Medium)
        self._small_strong = theme.font(SMALL, weight=QFont.Weight.Medium)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, self._theme.px(self.HEIGHT))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        turned = option.direction is Qt.LayoutDirection.RightToLeft
        tokens, row = self._theme.tokens, index.data(ROW)
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if turned else Qt.LayoutDirection.LeftToRight)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, tokens.colour("accent_soft"))
            painter.fillRect(
                QRect(box.right() - 2 if turned else box.left(), box.top(), 3, box.height()), tokens.colour("accent")
            )
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, tokens.colour("hover"))
        painter.setPen(tokens.colour("grid"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(tokens.colour("accent"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        if row is None:
            self._paint_waiting(painter, box)
        else:
            self._paint_row(painter, box, row, index, turned=turned)
        painter.restore()

    def _paint_row(self, painter: QPainter, box: QRect, row: object, index: _Index, *, turned: bool) -> None:
        raise NotImplementedError

    def _paint_waiting(self, painter: QPainter, box: QRect) -> None:
        px = self._theme.px
        colour = self._theme.colour("grid")
        painter.fillRect(QRect(box.left() + px(_SIDE), box.top() + px(16), box.width() // 2, px(10)), colour)
        painter.fillRect(QRect(box.left() + px(_SIDE), box.top() + px(38), box.width() // 3, px(8)), colour)

    def _words(self, painter: QPainter, box: QRect, words: str, *, font: QFont, token: str, end: bool = False) -> int:
        """Draws elided words and returns how wide they are."""
        painter.setFont(font)
        painter.setPen(self._theme.colour(token))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        flags = Qt.AlignmentFlag.AlignVCenter | (
            Qt.AlignmentFlag.AlignTrailing if end else Qt.AlignmentFlag.AlignLeading
        )
        painter.drawText(box, flags, isolated(shown))
        return metrics.horizontalAdvance(shown)


class ThreadDelegate(RowDelegate):
    """Subject and age; author, community, and what is to be known: star, no reply, number of messages."""

    HEIGHT = _THREAD_ROW

    @override
    def _paint_row(self, painter: QPainter, box: QRect, row: object, index: _Index, *, turned: bool) -> None:
        if not isinstance(row, ThreadRow):
            return
        px = self._theme.px
        first = box.adjusted(px(_SIDE) + px(8), px(10), -px(_SIDE), 0)
        first.setHeight(px(22))
        second = first.translated(0, px(22))
        if turned:
            first, second = (one.translated(-px(8), 0) for one in (first, second))
        if row.is_unread:
            left = box.right() - px(17) if turned else box.left() + px(9)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent"))
            painter.drawEllipse(QRect(left, first.center().y() - px(3), px(7), px(7)))
        model = index.model()
        now = model.now if isinstance(model, ThreadListModel) else None
        age = numbers.ago(row.last_at, now=now) if now is not None else ""
        taken = self._words(painter, first, age, font=self._small, token="third", end=True) + px(12)
        room = first.adjusted(taken if turned else 0, 0, 0 if turned else -taken, 0)
        font = self._medium if row.is_unread else self._body
        self._words(painter, room, short_subject(row.subject, row.community) or "No subject", font=font, token="text")
        taken = self._paint_marks(painter, second, row, turned=turned) + px(12)
        room = second.adjusted(taken if turned else 0, 0, 0 if turned else -taken, 0)
        parts = [] if row.has_beginning else [NOT_BEGUN]
        parts += [isolated(line(row.author)), *([isolated(line(row.community))] if self.names_community else [])]
        self._words(painter, room, " · ".join(parts), font=self._small, token="second")

    def _paint_marks(self, painter: QPainter, box: QRect, row: ThreadRow, *, turned: bool) -> int:
        """Marks from the far end inwards; returns the room they take."""
        is_open = row.is_question and not row.is_answered
        marks = [("chats-circle", numbers.count(row.messages), "third", self._small)]
        if is_open:
            marks.append(("question", "No reply", "watch", self._small_strong))
        if row.is_starred:
            marks.append(("star", "", "accent", self._small))
        taken, side = 0, self._theme.px(15)
        for icon, words, token, font in marks:
            painter.setFont(font)
            width = painter.fontMetrics().horizontalAdvance(words)
            at = box.left() + taken if turned else box.right() - taken - width
            painter.setPen(self._theme.colour(token))
            painter.drawText(QRect(at, box.top(), width + 1, box.height()), Qt.AlignmentFlag.AlignVCenter, words)
            gap = 4 if words else 0
            left = at + width + gap if turned else at - gap - side
            icons.draw(painter, icon, QRect(left, box.center().y() - side // 2, side, side), self._theme.colour(token))
            taken += width + gap + side + self._theme.px(12)
        return taken


class HitDelegate(RowDelegate):
    """Subject, two lines of text around the words that were searched, who and when."""

    HEIGHT = _HIT_ROW

    @override
    def _paint_row(self, painter: QPainter, box: QRect, row: object, index: _Index, *, turned: bool) -> None:
        if not isinstance(row, SearchRow):
            return
        px = self._theme.px
        room = box.adjusted(px(_SIDE), px(10), -px(_SIDE), 0)
        room.setHeight(px(22))
        subject = line(row.subject) or "No subject"
        self._marked(
            painter, room, subject, row.subject_highlights, font=self._strong, token="text", lines=1, turned=turned
        )
        below = QRect(room.left(), room.bottom() + 2, room.width(), px(34))
        self._marked(
            painter, below, line(row.snippet), row.highlights, font=self._small, token="second", lines=2, turned=turned
        )
        foot = QRect(room.left(), below.bottom() + px(4), room.width(), px(18))
        when = numbers.day_of(row.sent_at)
        taken = self._words(painter, foot, when, font=self._small, token="third", end=True) + px(12)
        foot.adjust(taken if turned else 0, 0, 0 if turned else -taken, 0)
        said = (
            f"{isolated(line(row.author))} · {isolated(line(row.community))}"
            if self.names_community
            else line(row.author)
        )
        self._words(painter, foot, said, font=self._small, token="third")

    def _marked(
        self, painter: QPainter, box: QRect, words: str, marks: Sequence[Highlight], *, font: QFont, token: str,
        lines: int, turned: bool,
    ) -> None:  # fmt: skip
        """Words in so many lines, the last one ending in an ellipsis, with the found places on a marked ground."""
        metrics = QFontMetrics(font)
        layout = self._laid_out(words, marks, font=font, width=box.width(), lines=lines, turned=turned)
        last = layout.lineAt(layout.lineCount() - 1)
        if last.isValid() and last.textStart() + last.textLength() < _units(words):
            # Qt counts UTF-16 units, Python counts signs.
            before = words.encode("utf-16-le")[: 2 * last.textStart()].decode("utf-16-le")
            rest = metrics.elidedText(words[len(before) :], Qt.TextElideMode.ElideRight, box.width())
            words = before + rest
            marks = [mark for mark in marks if mark.end < len(words)]
            layout = self._laid_out(words, marks, font=font, width=box.width(), lines=lines, turned=turned)
        painter.setPen(self._theme.colour(token))
        spacing = metrics.lineSpacing()
        for number in range(layout.lineCount()):
            layout.lineAt(number).setPosition(QPointF(0, number * spacing))
        painter.save()
        painter.setClipRect(QRect(box.left(), box.top(), box.width(), spacing * lines + 2))
        layout.draw(painter, QPointF(box.topLeft()))
        painter.restore()

    def _laid_out(
        self, words: str, marks: Sequence[Highlight], *, font: QFont, width: int, lines: int, turned: bool
    ) -> QTextLayout:
        """At most so many lines: one that is made is drawn, and without a place of its own over the first."""
        layout = QTextLayout(words, font)
        option = QTextOption(Qt.AlignmentFlag.AlignLeading)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setAlignment(Qt.AlignmentFlag.AlignRight if turned else Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        ink = QTextCharFormat()
        ink.setBackground(QBrush(self._theme.colour("mark")))
        ink.setForeground(QBrush(self._theme.colour("text")))
        ranges = []
        for mark in marks:
            found = QTextLayout.FormatRange()
            start = _units(words[: mark.start])
            found.start, found.length = start, _units(words[: mark.end]) - start
            found.format = ink
            ranges.append(found)
        layout.setFormats(ranges)
        layout.beginLayout()
        while layout.lineCount() < lines and (one := layout.createLine()).isValid():
            one.setLineWidth(width)
        layout.endLayout()
        return layout


class ConversationList(QListView):
    """`row_chosen(place)` when another row becomes current, `row_opened` on Enter."""

    row_chosen = Signal(int)
    row_opened = Signal(int)

    def __init__(self, theme: Theme, delegate: type[RowDelegate], *, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._delegate = delegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def set_names_community(self, *, names: bool) -> None:
        """Whether rows say which community they belong to."""
        self._delegate.names_community = names
        self.viewport().update()

    def choose(self, place: int) -> None:
        """Makes a row current and brings it into sight; -1 clears the choice."""
        model = self.model()
        if 0 <= place < model.rowCount():
            self.setCurrentIndex(model.index(place, 0))
        else:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())

    def place(self) -> int:
        """The current row; -1 when there is none."""
        return self.currentIndex().row()

    @override
    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self.selectionModel().currentChanged.connect(lambda now, _past: self.row_chosen.emit(now.row()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.row_opened.emit(self.place())
            return
        super().keyPressEvent(event)

    def _on_theme(self) -> None:
        self.verticalScrollBar().setSingleStep(self._theme.px(24))
        self.scheduleDelayedItemsLayout()
        self.viewport().update()


def _units(text: str) -> int:
    """Length as Qt counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
