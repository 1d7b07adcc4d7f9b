"""TodayWeek: the days of this week beside the list: what is planned, what is done, and the hours there are."""

from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.operations.week import Week, WeekDay
from workbench.queries.today import WeekCard
from workbench.ui import numbers
from workbench.ui.pages.card_seed import CardPlace
from workbench.ui.sanitiser import line
from workbench.ui.theme import SMALL, Meaning, Theme
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.chip import Chip
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel

_MOST: Final = 3
"""Cards of a day that are shown; the rest is counted."""
_BAR: Final = 8


class HoursBar(QWidget):
    """A bar of the hours there are: done in full, planned in outline; what goes beyond is told in words beside it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._done, self._planned = 0.0, 0.0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_hours(self, *, done: float, planned: float, most: float) -> None:
        """Shows hours against the most there are; beyond that the bar is full."""
        whole = max(most, planned, done) or 1.0
        self._done, self._planned = done / whole, planned / whole
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(_BAR))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self.height() / 2
        for share, token in ((1.0, "line"), (self._planned, "third"), (self._done, "accent")):
            width = self.width() * share
            left = self.width() - width if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 0.0
            painter.setBrush(self._theme.colour(token))
            painter.drawRoundedRect(QRectF(left, 0, width, self.height()), radius, radius)


class _CardLine(QPushButton):
    """A card of a day: opens it."""

    def __init__(self, theme: Theme, card: WeekCard) -> None:
        super().__init__()
        self._theme, self._title, self._is_done = theme, line(card.title), card.is_done
        self.setProperty("kind", "plain")
        hours = "" if card.hours is None else f", {_hours(card.hours)}"
        self.setAccessibleName(f"{self._title}{hours}, {'done' if card.is_done else 'open'}")
        self.setToolTip(f"{self._title}{hours}\n{line(card.plan)}")

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(24))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(60), self._theme.px(24))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        font = self._theme.font(SMALL)
        font.setStrikeOut(self._is_done)
        painter.setFont(font)
        painter.setPen(self._theme.colour("third" if self._is_done else "text"))
        room = self.rect().adjusted(6, 0, -6, 0)
        words = painter.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, room.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.setLayoutDirection(self.layoutDirection())
        painter.drawText(room, flags, words)


class TodayWeek(Card):
    """`card_wanted(CardPlace)` and `plan_wanted(plan id)` open what stands in a day."""

    card_wanted = Signal(object)
    plan_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__("This week")
        self._theme = theme
        self._bar = HoursBar(theme)
        self.said = PlainLabel("", role="small", wraps=True)
        self.chip = Chip(theme, meaning=Meaning.WATCH)
        self.tools.addWidget(self.chip)
        self.body.addWidget(self._bar)
        self.body.addWidget(self.said)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self._made: list[QWidget] = []
        self.body.addLayout(self._rows)
        self.body.addStretch(1)

    def show_week(self, week: Week, *, today: WeekDay | None) -> None:
        """Shows newer data; `today` is the day of the week that runs."""
        planned, done, most = week.hours_planned, week.hours_done, week.hours_there_are
        self._bar.show_hours(done=done, planned=planned, most=most)
        words = f"{_hours(done)} done, {_hours(planned)} planned of {_hours(most)}"
        if week.without_hours:
            words += f"; {numbers.plural(week.without_hours, 'card', 'cards')} without hours"
        self.said.setText(words)
        self._bar.setAccessibleName(words)
        over = planned - most
        self.chip.setVisible(over > 0)
        self.chip.show_text(f"{_hours(over)} over", meaning=Meaning.WATCH)
        for widget in self._made:
            widget.hide()
            widget.deleteLater()
        self._made = [self._row(day, is_today=day == today) for day in week.days]
        for widget in self._made:
            self._rows.addWidget(widget)

    def _row(self, day: WeekDay, *, is_today: bool) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(6)
        name = numbers.weekday(day.day)
        words = f"{name} · today" if is_today else name
        head.addWidget(PlainLabel(words, role="captionstrong" if is_today else "caption"))
        head.addStretch(1)
        if day.hours:
            head.addWidget(PlainLabel(_hours(day.hours), role="caption"))
        column.addLayout(head)
        for point in day.checkpoints:
            button = QPushButton(f"Day-{point.day} checkpoint")
            button.setProperty("kind", "link")
            button.setToolTip(line(point.plan))
            button.clicked.connect(partial(self.plan_wanted.emit, point.plan_id))
            mark = QHBoxLayout()
            mark.addWidget(IconLabel("flag", self._theme, size=14))
            mark.addWidget(button)
            mark.addStretch(1)
            column.addLayout(mark)
        for card in day.cards[:_MOST]:
            one = _CardLine(self._theme, card)
            one.clicked.connect(partial(self.card_wanted.emit, CardPlace(card.plan_id, card.card_id)))
            column.addWidget(one)
        if len(day.cards) > _MOST:
            column.addWidget(PlainLabel(f"and {len(day.cards) - _MOST} more", role="caption"))
        return row


def _hours(value: float) -> str:
    return f"{numbers.decimal(value)}\N{NO-BREAK SPACE}h"
