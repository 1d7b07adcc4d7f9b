"""CardDelegate: draws one card of the board: title in two lines, pillar, due day in words, hours, owner."""

from functools import lru_cache
from typing import Final
from unicodedata import bidirectional

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from workbench.ids import CardId
from workbench.ui import icons
from workbench.ui.qt_models.board_model import ITEM
from workbench.ui.qt_models.card_item import CardItem
from workbench.ui.theme import BODY, SMALL, Theme
from workbench.ui.widgets.lines import broken

GAP: Final = 8
_PADDING: Final = 12
_LINE: Final = 20
_META: Final = 24
_WIDE_FROM: Final = 312
_ICON: Final = 16
_AVATAR: Final = 24
_Index = QModelIndex | QPersistentModelIndex
_RIGHT_TO_LEFT = Qt.LayoutDirection.RightToLeft
_LEFT_TO_RIGHT = Qt.LayoutDirection.LeftToRight
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
_TO_LEFT = Qt.AlignmentFlag.AlignLeft | _MIDDLE
_TO_RIGHT = Qt.AlignmentFlag.AlignRight | _MIDDLE


class CardDelegate(QStyledItemDelegate):
    """One for all columns. Wide cards carry their facts in one row, narrow ones in two.

    What few cards have (a promise, a series, a checklist) takes a row more. `lifted` are the cards that follow the
    mouse: their places are drawn as empty outlines.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.lifted: frozenset[CardId] = frozenset()
        self._icons: dict[tuple[str, str, float], QPixmap] = {}
        self._titles = lru_cache(maxsize=4096)(self._broken)
        self._on_theme()
        theme.changed.connect(self._on_theme)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        width: int = option.rect.width()
        return QSize(width, self.height_of(index.data(ITEM), width))

    def height_of(self, item: CardItem, width: int) -> int:
        """The height of a card `width` wide, with the gap under it."""
        px = self._theme.px
        lines = len(self._titles(item.title, width - 2 * px(_PADDING)))
        rows = (2 if self._is_tall(item, width) else 1) + bool(item.facts)
        return 2 * px(_PADDING) + lines * px(_LINE) + px(4) + rows * px(_META) + GAP - px(2)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        state: QStyle.StateFlag = option.state
        box: QRect = option.rect
        turned = option.direction is _RIGHT_TO_LEFT
        self.draw_card(
            painter,
            box.adjusted(0, 0, 0, -GAP),
            index.data(ITEM),
            is_selected=bool(state & QStyle.StateFlag.State_Selected),
            has_focus=bool(state & QStyle.StateFlag.State_HasFocus),
            is_under_mouse=bool(state & QStyle.StateFlag.State_MouseOver),
            turned=turned,
        )

    def draw_card(
        self,
        painter: QPainter,
        box: QRect,
        item: CardItem,
        *,
        is_selected: bool,
        has_focus: bool,
        is_under_mouse: bool,
        turned: bool,
    ) -> None:
        """Draws a card into `box`; also used for the picture of it that follows the mouse."""
        painter.save()
        if item.id in self.lifted:
            self._outline(painter, box)
        else:
            token = "accent" if is_selected else "control" if is_under_mouse else "line"
            self._ground(painter, box, token=token, width=2 if is_selected and has_focus else 1, is_soft=is_selected)
            self._words(painter, box, item, turned=turned)
        painter.restore()

    def draw_ground(self, painter: QPainter, box: QRect) -> None:
        """Draws the ground of a card alone, for those that lie under the first of several."""
        self._ground(painter, box, token="accent", width=1, is_soft=True)

    def _is_tall(self, item: CardItem, width: int) -> bool:
        return bool(item.pillar) and width < self._theme.px(_WIDE_FROM)

    def _outline(self, painter: QPainter, box: QRect) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.colour("control"), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _ground(self, painter: QPainter, box: QRect, *, token: str, width: int, is_soft: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour(token), width))
        painter.setBrush(self._theme.colour("accent_soft" if is_soft else "surface"))
        inset = width / 2
        painter.drawRoundedRect(QRectF(box).adjusted(inset, inset, -inset, -inset), 8, 8)

    def _words(self, painter: QPainter, box: QRect, item: CardItem, *, turned: bool) -> None:
        px = self._theme.px
        padding = px(_PADDING)
        room = box.adjusted(padding, padding, -padding, -padding)
        painter.setFont(self._title_font)
        painter.setPen(self._ink["text"])
        # A title is read in its own direction but starts where all titles of this layout start.
        painter.setLayoutDirection(_RIGHT_TO_LEFT if _is_turned(item.title) else _LEFT_TO_RIGHT)
        lines = self._titles(item.title, room.width())
        top = room.top() - px(2)
        for line in lines:
            painter.drawText(QRect(room.left(), top, room.width(), px(_LINE)), _TO_RIGHT if turned else _TO_LEFT, line)
            top += px(_LINE)
        painter.setFont(self._small_font)
        row = _Row(QRect(room.left(), top + px(4), room.width(), px(_META)), turned=turned)
        if not self._is_tall(item, box.width()):
            self._avatar(painter, row, item)
            self._hours(painter, row, item)
            self._pair(painter, row, item.due_icon, item.due, item.due_token, least=px(108))
            self._pair(painter, row, item.pillar_icon, item.pillar, "second")
        else:
            second = _Row(row.room.translated(0, px(_META)), turned=turned)
            self._hours(painter, row, item)
            self._pair(painter, row, item.pillar_icon, item.pillar, "second")
            # When it is due is never cut short for the sake of whose it is.
            self._pair(painter, second, item.due_icon, item.due, item.due_token)
            if second.room.width() >= px(_AVATAR):
                self._avatar(painter, second, item)
        if item.facts:
            rows = 2 if self._is_tall(item, box.width()) else 1
            below = QRect(room.left(), top + px(4) + rows * px(_META), room.width(), px(_META))
            self._facts(painter, _Row(below, turned=turned), item)

    def _facts(self, painter: QPainter, row: "_Row", item: CardItem) -> None:
        """The promise and the series one after the other, as far as there is room; the checklist is short and last."""
        for fact in item.facts:
            if row.room.width() < self._theme.px(_ICON):
                return
            self._pair(painter, row, fact.icon, fact.words, "second")

    def _pair(self, painter: QPainter, row: "_Row", icon: str, words: str, token: str, *, least: int = 0) -> None:
        """An icon with its words; with `least` they line up in a column of at least that width."""
        if not words:
            row.take(least)
            return
        px = self._theme.px
        side, gap = px(_ICON), px(5)
        is_strong = token in {"bad", "watch"}
        metrics = self._strong_metrics if is_strong else self._small_metrics
        wanted = side + gap + metrics.horizontalAdvance(words) + 2
        box = row.take(min(row.room.width(), max(least, wanted)))
        if box.width() < side:
            return
        start = box.right() + 1 - side if row.turned else box.left()
        self._icon(painter, icon, token, QPoint(start, box.center().y() - side // 2 + 1))
        room = box.adjusted(0 if row.turned else side + gap, 0, -(side + gap) if row.turned else 0, 0)
        painter.setFont(self._strong_font if is_strong else self._small_font)
        painter.setPen(self._ink[token])
        shown = words if wanted <= box.width() else metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        write(painter, room, shown, to_right=row.turned)
        row.take(px(12))

    def _hours(self, painter: QPainter, row: "_Row", item: CardItem) -> None:
        if not item.hours:
            return
        box = row.take_end(self._small_metrics.horizontalAdvance(item.hours) + 2)
        painter.setFont(self._small_font)
        painter.setPen(self._ink["second"])
        write(painter, box, item.hours, to_right=not row.turned)
        row.take_end(self._theme.px(10))

    def _avatar(self, painter: QPainter, row: "_Row", item: CardItem) -> None:
        side = self._theme.px(_AVATAR)
        if item.has_conflict:
            small = self._theme.px(_ICON)
            box = row.take_end(small)
            self._icon(painter, "git-merge", "watch", QPoint(box.left(), box.center().y() - small // 2 + 1))
            row.take_end(self._theme.px(8))
        if not item.initials:
            return
        box = row.take_end(side)
        circle = QRect(box.left(), box.center().y() - side // 2 + 1, side, side)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.setBrush(self._theme.colour("neutral_soft"))
        painter.drawEllipse(QRectF(circle).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setFont(self._initial_font)
        painter.setPen(self._ink["second"])
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, item.initials)
        row.take_end(self._theme.px(10))

    def _icon(self, painter: QPainter, name: str, token: str, at: QPoint) -> None:
        if not name:
            return
        ratio = painter.device().devicePixelRatioF()
        pixmap = self._icons.get((name, token, ratio))
        if pixmap is None:
            side = self._theme.px(_ICON)
            pixmap = QPixmap(round(side * ratio), round(side * ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            with QPainter(pixmap) as inner:
                icons.draw(inner, name, QRect(0, 0, side, side), self._theme.colour(token))
            self._icons[name, token, ratio] = pixmap
        painter.drawPixmap(at, pixmap)

    def _broken(self, title: str, width: int) -> tuple[str, ...]:
        return broken(title, self._title_font, width=width, most=2)

    def _on_theme(self) -> None:
        theme = self._theme
        self._title_font = theme.font(BODY, weight=QFont.Weight.Medium)
        self._small_font = theme.font(SMALL)
        self._strong_font = theme.font(SMALL, weight=QFont.Weight.DemiBold)
        self._initial_font = theme.font(SMALL, weight=QFont.Weight.DemiBold)
        self._initial_font.setPixelSize(theme.px(11))
        self._small_metrics = QFontMetrics(self._small_font)
        self._strong_metrics = QFontMetrics(self._strong_font)
        self._ink: dict[str, QColor] = {
            name: theme.colour(name) for name in ("text", "second", "third", "good", "watch", "bad")
        }
        self._icons.clear()
        self._titles.cache_clear()


class _Row:
    """What is left of a row while things are put at its start and its end, mirrored when `turned`."""

    def __init__(self, room: QRect, *, turned: bool) -> None:
        self.room, self.turned = room, turned

    def take(self, width: int) -> QRect:
        """The next piece from where reading starts."""
        return self._cut(width, from_left=not self.turned)

    def take_end(self, width: int) -> QRect:
        """The next piece from where reading ends."""
        return self._cut(width, from_left=self.turned)

    def _cut(self, width: int, *, from_left: bool) -> QRect:
        width = max(0, min(width, self.room.width()))
        box = QRect(self.room)
        if from_left:
            box.setWidth(width)
            self.room.setLeft(self.room.left() + width)
        else:
            box.setLeft(self.room.right() + 1 - width)
            self.room.setRight(self.room.right() - width)
        return box


def write(painter: QPainter, room: QRect, words: str, *, to_right: bool) -> None:
    """Draws words in their own direction at one side: a number before an English word stays before it."""
    painter.setLayoutDirection(_RIGHT_TO_LEFT if _is_turned(words) else _LEFT_TO_RIGHT)
    painter.drawText(room, _TO_RIGHT if to_right else _TO_LEFT, words)


def _is_turned(text: str) -> bool:
    """Whether the first letter with a direction reads from right to left."""
    if text.isascii():
        return False
    kinds = (bidirectional(sign) for sign in text)
    return next((kind != "L" for kind in kinds if kind in {"L", "R", "AL"}), False)
