"""StatCard: one headline number with what it is out of, its change, its target, and its formula on hover or focus."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout
from typing_extensions import override

from workbench.ui.theme import Meaning, Theme
from workbench.ui.widgets.chip import Chip
from workbench.ui.widgets.focus_ring import paint_ring
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel


@dataclass(frozen=True, slots=True)
class Stat:
    """What a card says. `change` is the amount with its sign; `change_words` follow it, or stand alone.

    `change_short` stands for them where they have no room; without an icon they say more of the number itself.
    """

    title: str
    value: str
    beside: str = ""
    change: str = ""
    change_words: str = ""
    change_icon: str = "minus"
    verdict: str = ""
    verdict_meaning: Meaning = Meaning.NEUTRAL
    explanation: str = ""
    change_short: str = ""


class StatCard(QFrame):
    """Can take the focus, so that its formula is reached by keyboard and read out."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("card", "true")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._title = PlainLabel("", role="second", elides=True)
        self._chip = Chip(theme)
        self._value = PlainLabel("", role="number")
        self._beside = PlainLabel("", role="small", elides=True)
        self._icon = IconLabel("minus", theme, token="third", size=14)
        self._change = PlainLabel("", role="captionstrong")
        self._words = PlainLabel("", role="caption", elides=True)
        self._build()

    def show_stat(self, stat: Stat) -> None:
        """Replaces what is shown."""
        self._title.setText(stat.title)
        self._value.setText(stat.value)
        self._beside.setText(stat.beside)
        self._change.setText(stat.change)
        self._change.setVisible(bool(stat.change))
        self._words.setText(stat.change_words)
        self._words.set_short(stat.change_short)
        if stat.change_icon:
            self._icon.set_icon(stat.change_icon, token="unknown" if stat.change_icon == "circle-dashed" else "third")
        self._icon.setVisible(bool(stat.change_icon and (stat.change or stat.change_words)))
        self._chip.setVisible(bool(stat.verdict))
        if stat.verdict:
            self._chip.show_text(stat.verdict, meaning=stat.verdict_meaning)
        self.setToolTip(stat.explanation)
        self.setAccessibleName(f"{stat.title}: {stat.value} {stat.beside}")
        spoken = (stat.verdict, f"{stat.change} {stat.change_words}".strip(), stat.explanation)
        self.setAccessibleDescription(". ".join(part for part in spoken if part))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            paint_ring(QPainter(self), self.rect().toRectF(), self._theme)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._chip)
        middle = QHBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self._value)
        middle.addWidget(self._beside, 0, Qt.AlignmentFlag.AlignBottom)
        middle.addStretch(1)
        self._beside.setContentsMargins(0, 0, 0, 5)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addWidget(self._icon)
        foot.addWidget(self._change)
        foot.addWidget(self._words)
        foot.addStretch(1)
        # Rows of one height, whatever script the numbers are in.
        for row, height in ((head, 20), (middle, 32), (foot, 18)):
            row.addStrut(self._theme.px(height))
        column.addLayout(head)
        column.addLayout(middle)
        column.addLayout(foot)
