"""CommunityLine: one community under its account: when it was read, which days are known, our numbers and theirs."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ui.context import Context
from workbench.ui.pages.sync_data import Cover
from workbench.ui.pages.sync_words import counts_words, held_words, line_words, synced_words
from workbench.ui.theme import Theme
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.coverage_calendar import WEEKS, CoverageCalendar
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel

_NAME_SHARE: Final = 1
_WORDS_SHARE: Final = 2
_LEAST: Final = 48
_AROUND: Final = 6


class NameButton(QPushButton):
    """A name that opens something; where it has no room it ends in dots, and is told whole as a tip."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._name = ""
        self.setProperty("kind", "link")
        self.setProperty("flush", "true")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._fit)

    def show_name(self, name: str) -> None:
        """Shows another name."""
        if name != self._name:
            self._name = name
            self.setAccessibleName(f"Open the dashboard of {name}")
            self.updateGeometry()
            self._fit()

    @override
    def sizeHint(self) -> QSize:
        whole = self.fontMetrics().horizontalAdvance(self._name)
        return QSize(whole + 12, self.fontMetrics().height() + _AROUND)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, max(_LEAST, self.width() - 10))
        # An ampersand would become a key of the button.
        if self.text() != (text := shown.replace("&", "&&")):
            self.setText(text)
        self.setToolTip(self._name if shown != self._name else "")


class CommunityLine(QWidget):
    """`kept` and `gone` answer the question about what the platform no longer shows."""

    kept = Signal(object)
    gone = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._cover: Cover | None = None
        theme = context.theme
        self._name = NameButton(theme)
        self._name.clicked.connect(self._on_name)
        self._synced = PlainLabel("", role="caption", elides=True)
        self._known = PlainLabel("", role="small", elides=True)
        self._counts = PlainLabel("", role="caption", elides=True)
        self.calendar = CoverageCalendar(theme)
        self._question: Question | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, _NAME_SHARE)
        grid.setColumnStretch(2, _WORDS_SHARE)
        grid.addWidget(stacked(self._name, _indented(self._synced)), 0, 0)
        grid.addWidget(self.calendar, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(stacked(self._known, self._counts), 0, 2)
        self._grid = grid

    def show_cover(self, cover: Cover, *, now: datetime) -> None:
        """Shows newer data; nothing is made anew, so that the keyboard stays where it is."""
        self._cover = cover
        self._name.show_name(cover.name)
        self._known.setText(line_words(cover))
        state = cover.state
        self._synced.setText("" if state is None else synced_words(state, now=now))
        self._counts.setText("" if state is None or cover.is_site else counts_words(state))
        words = f"{cover.name}, last {WEEKS} weeks: {line_words(cover)}"
        self.calendar.show_days(cover.today, cover.known, began=cover.began, words=words)
        self._ask(cover)

    def question(self) -> "Question | None":
        """The question that waits for an answer."""
        return self._question

    def _ask(self, cover: Cover) -> None:
        if not cover.held:
            if self._question is not None:
                self._question.hide()
                self._question.deleteLater()
                self._question = None
            return
        if self._question is None:
            self._question = Question(self._context.theme, cover.name)
            self._question.keep.clicked.connect(lambda: self.kept.emit(self._cover))
            self._question.let_go.clicked.connect(lambda: self.gone.emit(self._cover))
            self._grid.addWidget(self._question, 1, 0, 1, 3)
        self._question.said.setText(held_words(cover.held))

    def _on_name(self) -> None:
        if self._cover is not None:
            self._context.open_page("dashboard", self._cover.community_id)


class Question(Banner):
    """Calmly: what a platform no longer shows may be gone, or out of sight."""

    def __init__(self, theme: Theme, community: str) -> None:
        super().__init__(theme)
        self.said = PlainLabel("", role="strong", wraps=True)
        why = PlainLabel(
            "Perhaps this account sees less than before. All of it is kept here until you decide.",
            role="small",
            wraps=True,
        )
        self.keep = push_button("Keep them", theme=theme)
        self.let_go = push_button("They are gone", theme=theme)
        for button in (self.keep, self.let_go):
            button.setAccessibleName(f"{button.text()}: {community}")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.said)
        words.addWidget(why)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(IconLabel("warning-circle", theme, token="watch"), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(self.keep)
        row.addWidget(self.let_go)


def stacked(*parts: QWidget) -> QWidget:
    """Parts under one another at the start of a column that is as wide as its share, not as what stands in it."""
    holder = QWidget()
    holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addStretch(1)
    for part in parts:
        column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeading)
    column.addStretch(1)
    return holder


def _indented(label: PlainLabel) -> PlainLabel:
    label.setContentsMargins(5, 0, 0, 0)
    return label
