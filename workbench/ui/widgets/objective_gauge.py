"""ObjectiveGauge: one objective: its measure now, the way from baseline to target, and how much of it is known."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ui.theme import Meaning, Theme
from workbench.ui.widgets.chip import Chip
from workbench.ui.widgets.plain_label import PlainLabel

_BAR: Final = 12
_HATCH_STEP: Final = 5
_SHORT_BELOW: Final = 256


@dataclass(frozen=True, slots=True)
class GaugeWords:
    """What a gauge says.

    `goal` is the target's value alone, for the one line of a narrow strip. `share` is the way done from baseline to
    target, 0 to 1: 0 is on the baseline or behind it, None where it cannot be said. `is_known` is False where too few
    days are mirrored to claim anything of now or of the baseline; the whole bar is hatched then.
    """

    title: str
    now: str
    change: str
    baseline: str
    target: str
    goal: str
    chip: str
    meaning: Meaning
    share: float | None
    is_known: bool
    tip: str


class GaugeBar(QWidget):
    """A thin line from baseline to target, filled as far as the measure has come."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._share: float | None = None
        self._is_known = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def show_share(self, share: float | None, *, is_known: bool) -> None:
        """Shows how far the way is done."""
        self._share, self._is_known = share, is_known
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(96), self._theme.px(_BAR))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        theme, width, middle = self._theme, self.width(), self.height() / 2
        painter.setPen(QPen(theme.colour("control"), 1))
        painter.drawLine(QPointF(1, middle), QPointF(width - 1, middle))
        end = 1 + (width - 2) * min(max(self._share or 0.0, 0.0), 1.0)
        if not self._is_known:
            # All of it: a hatch that ends somewhere would be read as a value.
            self._hatch(painter, QRect(1, round(middle) - 4, width - 2, 8))
        elif self._share:
            painter.fillRect(QRectF(1, middle - 2, end - 1, 4), theme.colour("accent"))
        painter.setPen(QPen(theme.colour("control"), 1))
        painter.drawLine(QPointF(1, middle - 5), QPointF(1, middle + 5))
        painter.setPen(QPen(theme.colour("text"), 2))
        painter.drawLine(QPointF(width - 1, middle - 5), QPointF(width - 1, middle + 5))

    def _hatch(self, painter: QPainter, box: QRect) -> None:
        painter.save()
        painter.setClipRect(box)
        painter.fillRect(box, self._theme.colour("unknown_soft"))
        painter.setPen(QPen(self._theme.colour("hatch"), 1))
        for x in range(box.left() - box.height(), box.right(), _HATCH_STEP):
            painter.drawLine(x, box.bottom() + 1, x + box.height(), box.top())
        painter.restore()


class ObjectiveGauge(QWidget):
    """Four lines where there is room: title and standing, value and change, bar, ends; one line in a narrow strip."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._title = PlainLabel("", role="captionstrong", elides=True)
        self._chip = Chip(theme)
        self._now = PlainLabel("", role="strong")
        self._change = PlainLabel("", role="small", elides=True)
        self._value = QWidget()
        self._bar = GaugeBar(theme)
        self._baseline = PlainLabel("", role="caption", elides=True)
        self._target = PlainLabel("", role="caption", elides=True)
        self._now_small = PlainLabel("", role="small")
        self._words: GaugeWords | None = None
        self._is_narrow = False
        self._build()
        theme.changed.connect(self._dress)
        self._dress()

    def show_words(self, words: GaugeWords) -> None:
        """Shows an objective."""
        self._words = words
        self._title.setText(words.title)
        self._say_chip()
        self._now.setText(words.now)
        self._now_small.setText(f"{words.now} → {words.goal}" if words.goal else words.now)
        self._change.setText(words.change)
        self._baseline.setText(words.baseline)
        self._target.setText(words.target)
        self._bar.show_share(words.share, is_known=words.is_known)
        self.setToolTip(words.tip)
        facts = (words.title, words.now, words.change, words.baseline, words.target, words.chip)
        self.setAccessibleName(", ".join(fact for fact in facts if fact))
        self._place()

    def set_narrow(self, *, is_narrow: bool) -> None:
        """One line instead of four."""
        self._is_narrow = is_narrow
        self._say_chip()
        self._place()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_chip()

    def _say_chip(self) -> None:
        """The standing as icon and word; where one line is too short for both and the title, as icon alone."""
        if self._words is not None:
            is_short = self._is_narrow and self.width() < self._theme.px(_SHORT_BELOW)
            self._chip.show_text("" if is_short else self._words.chip, meaning=self._words.meaning)
            self._chip.setAccessibleName(self._words.chip)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._now_small)
        head.addWidget(self._chip)
        column.addLayout(head)
        value = QHBoxLayout(self._value)
        value.setContentsMargins(0, 0, 0, 0)
        value.setSpacing(8)
        value.addWidget(self._now)
        value.addWidget(self._change)
        value.addStretch(1)
        column.addWidget(self._value)
        column.addWidget(self._bar)
        ends = QHBoxLayout()
        ends.setSpacing(8)
        ends.addWidget(self._baseline)
        ends.addStretch(1)
        ends.addWidget(self._target)
        column.addLayout(ends)
        column.addStretch(1)

    def _place(self) -> None:
        for widget in (self._value, self._bar, self._baseline, self._target):
            widget.setVisible(not self._is_narrow)
        self._now_small.setVisible(self._is_narrow)
        self._chip.setVisible(bool(self._words and self._words.chip))
        if self._words is not None and not self._words.target:
            self._bar.hide()

    def _dress(self) -> None:
        # One height for digits of every script, so that gauges beside one another stay level.
        self._value.setFixedHeight(self._theme.px(26))
        self._now.setStyleSheet(f"font-size: {self._theme.px(18)}px;")
