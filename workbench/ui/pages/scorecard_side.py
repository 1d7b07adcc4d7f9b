"""ScorecardSide: everything one value says of itself, at the side: formula, numbers put in, window, target, doubts."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.operations.scorecard import ScoreLine
from workbench.queries.seldom import Seldom
from workbench.ui.pages.scorecard_limits import SeldomLimits
from workbench.ui.pages.scorecard_words import MEANINGS, explanation_lines, standing_words, value_words
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.chip import Chip
from workbench.ui.widgets.plain_label import PlainLabel

_GAP: Final = 12
_LEFT: Final = 20


class ScorecardSide(QScrollArea):
    """`closed` by its button; `threads_wanted(ids)` opens the conversations behind a number."""

    closed = Signal()
    threads_wanted = Signal(tuple)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._threads: tuple[int, ...] = ()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.title = PlainLabel("", role="title", wraps=True)
        self._value = PlainLabel("", role="number")
        self._chip = Chip(theme)
        self.lines: list[tuple[str, str]] = []
        self._made: list[QWidget] = []
        self.shower = push_button("", theme=theme, icon="chats", clicked=self._show_threads)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(
            icon_button("Close", icon="x", theme=theme, clicked=self.closed.emit), 0, Qt.AlignmentFlag.AlignTop
        )
        self._beside = value = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        value.setSpacing(_GAP)
        value.addWidget(self._value)
        value.addWidget(self._chip)
        value.addStretch(1)
        inner = QWidget()
        inner.setProperty("ground", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(_LEFT, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(value)
        column.addWidget(self.shower)
        self.limits = SeldomLimits(theme)
        self.limits.hide()
        column.addWidget(self.limits)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(10)
        column.addLayout(self._facts)
        column.addStretch(1)
        self.setWidget(inner)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def show_line(self, line: ScoreLine, *, also: Sequence[tuple[str, str]] = ()) -> None:
        """Shows one measure; `also` are (what, words) beyond what it says by itself."""
        meaning, _ = MEANINGS[line.standing]
        words = standing_words(line)
        self.title.setText(line.metric.title)
        self._value.setText(value_words(line.now))
        self._chip.setVisible(bool(words))
        self._chip.show_text(words, meaning=meaning)
        found = line.now.detail.get("thread_ids", ())
        self._threads = tuple(found) if isinstance(found, tuple | list) else ()
        many = "Open the conversation behind it" if len(self._threads) == 1 else "Open a conversation behind it"
        self.shower.setText(many)
        self.shower.setAccessibleName(many)
        self.shower.setVisible(bool(self._threads))
        fewest, gap_days = (line.now.detail.get(name) for name in Seldom._fields)
        self.limits.setVisible(isinstance(fewest, int))
        if isinstance(fewest, int) and isinstance(gap_days, int):
            self.limits.show_limits(Seldom(fewest, gap_days))
        for old in self._made:
            old.hide()
            old.deleteLater()
        self.lines = [*explanation_lines(line), *also]
        self._made = [self._fact(what, said) for what, said in self.lines]
        for made in self._made:
            self._facts.addWidget(made)
        self.setAccessibleName(f"{line.metric.title}: {value_words(line.now)}")
        self._fit()

    def _fit(self) -> None:
        """The standing goes below the value where both have no room: they would push the button that closes out."""
        wide = self._value.sizeHint().width() + _GAP + self._chip.sizeHint().width()
        fits = not self._chip.text or wide <= self.viewport().width() - _LEFT - 16
        way = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        self._beside.setDirection(way)

    def _fact(self, what: str, said: str) -> QWidget:
        fact = QWidget()
        column = QVBoxLayout(fact)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(PlainLabel(what, role="captionstrong", wraps=True))
        column.addWidget(PlainLabel(said, role="second", wraps=True))
        return fact

    def _show_threads(self) -> None:
        self.threads_wanted.emit(self._threads)
