"""Conversation filters: which conversations are listed, as a row of pills; and the question who the coordinator is."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from workbench.ids import PersonId
from workbench.queries.members import MemberRow
from workbench.queries.threads import ThreadFilter
from workbench.ui import numbers
from workbench.ui.sanitiser import line
from workbench.ui.theme import SMALL, Theme
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.top_bar import SEARCHES

FILTER_TITLES: Final = {
    ThreadFilter.ALL: "All",
    ThreadFilter.UNANSWERED: "Unanswered",
    ThreadFilter.MINE: "Mine",
    ThreadFilter.STARRED: "Starred",
    ThreadFilter.UNREAD: "Unread",
}
FILTER_TIPS: Final = {
    ThreadFilter.ALL: "Every conversation",
    ThreadFilter.UNANSWERED: "Questions that wait for a first reply",
    ThreadFilter.MINE: "Conversations you wrote in",
    ThreadFilter.STARRED: "Conversations you starred",
    ThreadFilter.UNREAD: "Conversations with something you have not read",
}
_HEIGHT: Final = 28
_PADDING: Final = 12
_ID: Final = Qt.ItemDataRole.UserRole


class _Pill(QAbstractButton):
    """A word on a pale ground; the chosen one is marked by ground, border and weight."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self._theme = theme
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        px = self._theme.px
        width = QFontMetrics(self._theme.font(SMALL, weight=QFont.Weight.DemiBold)).horizontalAdvance(self.text())
        return QSize(width + 2 * px(_PADDING), px(_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, is_on = self._theme.tokens, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = tokens.colour("accent" if is_on or self.hasFocus() else "line")
        painter.setPen(QPen(edge, 2 if self.hasFocus() else 1))
        painter.setBrush(tokens.colour("accent_soft" if is_on else "hover" if self.underMouse() else "surface"))
        inset = 1.0 if self.hasFocus() else 0.5
        radius = self.height() / 2
        painter.drawRoundedRect(self.rect().toRectF().adjusted(inset, inset, -inset, -inset), radius, radius)
        painter.setFont(self._theme.font(SMALL, weight=QFont.Weight.DemiBold if is_on else QFont.Weight.Medium))
        painter.setPen(tokens.colour("accent" if is_on else "second"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class FilterPills(QWidget):
    """`chosen(ThreadFilter)` when another one is picked, or another order; arrow keys move between them."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Which conversations")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._group = QButtonGroup(self)
        self._pills: dict[ThreadFilter, _Pill] = {}
        for where, title in FILTER_TITLES.items():
            pill = _Pill(theme, title)
            pill.setToolTip(FILTER_TIPS[where])
            pill.setChecked(where is ThreadFilter.ALL)
            self._group.addButton(pill)
            self._pills[where] = pill
            row.addWidget(pill)
        row.addStretch(1)
        self._hot = _Pill(theme, "Hot first")
        self._hot.setToolTip("What people turn to now comes first; what is quiet sinks, and nothing is hidden")
        self._hot.clicked.connect(lambda: self.chosen.emit(self.where.value))
        row.addWidget(self._hot)
        self._group.buttonToggled.connect(self._on_toggled)
        self._group.buttonClicked.connect(lambda _pill: self.chosen.emit(self.where.value))

    @property
    def where(self) -> ThreadFilter:
        """What is picked."""
        return next(where for where, pill in self._pills.items() if pill.isChecked())

    def _on_toggled(self) -> None:
        # Only all conversations have an order to choose: the others are short, or by age.
        self._hot.setVisible(self._pills[ThreadFilter.ALL].isChecked())

    @property
    def is_hot(self) -> bool:
        """Whether the hottest come first; only all conversations are ordered so."""
        return self._hot.isChecked() and self.where is ThreadFilter.ALL

    def choose(self, where: ThreadFilter) -> None:
        """Picks one and says so."""
        self._pills[where].setChecked(True)
        self.chosen.emit(where.value)


class WhoAmI(QWidget):
    """Asks which of the people is the coordinator: type part of a name, Enter or click chooses."""

    def __init__(self, theme: Theme, *, look_up: Callable[[str], object], chosen: Callable[[PersonId], object]) -> None:
        super().__init__()
        self._chosen = chosen
        self._typed = QLineEdit()
        self._typed.setProperty(SEARCHES, True)  # noqa: FBT003 - Qt takes it by position
        self._typed.setPlaceholderText("Type part of your name")
        self._typed.setAccessibleName("Type part of your name")
        self._typed.textChanged.connect(look_up)
        self._typed.installEventFilter(self)
        self._list = QListWidget()
        self._list.setAccessibleName("People")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemActivated.connect(self._choose)
        self._list.itemClicked.connect(self._choose)
        self._nobody = PlainLabel("Nobody here is called that. Try fewer letters.", role="second")
        self._nobody.hide()
        inner = QWidget()
        inner.setFixedWidth(theme.px(440))
        column = QVBoxLayout(inner)
        column.setSpacing(8)
        title = PlainLabel("Which of these people are you?", role="title")
        words = PlainLabel(
            "Then this list can show the conversations you wrote in. The answer stays in this profile.",
            role="second", wraps=True,
        )  # fmt: skip
        for widget in (
            IconLabel("user-circle", theme, token="third", size=40),
            title,
            words,
            self._typed,
            self._list,
            self._nobody,
        ):
            column.addWidget(
                widget, 0, Qt.AlignmentFlag.AlignHCenter if isinstance(widget, IconLabel) else Qt.AlignmentFlag(0)
            )
        self._list.setMinimumHeight(theme.px(72))
        self._list.setMaximumHeight(theme.px(240))
        whole = QVBoxLayout(self)
        whole.addWidget(inner, 1, Qt.AlignmentFlag.AlignCenter)
        self.setFocusProxy(self._typed)

    @property
    def text(self) -> str:
        """What is typed."""
        return self._typed.text()

    def show_people(self, people: Sequence[MemberRow]) -> None:
        """Offers these people."""
        self._list.clear()
        for row in people:
            said = numbers.plural(row.communities, "community", "communities")
            item = QListWidgetItem(f"{line(row.name)} · {line(row.office) if row.office else said}")
            item.setData(_ID, row.person_id)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.setVisible(bool(people))
        self._nobody.setVisible(not people and bool(self.text.strip()))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self._list.setCurrentRow(max(0, min(self._list.count() - 1, self._list.currentRow() + step)))
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                item = self._list.currentItem()
                if item is not None:
                    self._choose(item)
                return True
        return super().eventFilter(watched, event)

    def _choose(self, item: QListWidgetItem) -> None:
        self._chosen(item.data(_ID))
