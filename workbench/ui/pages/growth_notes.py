"""Growth notes: weeks outside of what is usual, each with "What happened?", and what the leader wrote of any day."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.queries.annotations import AnnotationRow
from workbench.ui import numbers
from workbench.ui.pages.growth_data import GrowthData, WeekSum
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.chart import usual_words
from workbench.ui.widgets.day_field import DayField
from workbench.ui.widgets.field import ProblemLine
from workbench.ui.widgets.lines import LinesLabel
from workbench.ui.widgets.plain_label import PlainLabel

_MOST: Final = 6
_WEEK: Final = timedelta(days=7)
_NEW: Final = ""


class GrowthNotes(Card):
    """`kept(id, day, words)` with "" for a new one, `removed(id)`."""

    kept = Signal(str, object, str)
    removed = Signal(str)

    def __init__(self, theme: Theme, *, today: Callable[[], date], longest: int) -> None:
        super().__init__("What happened?", " ")
        self._theme = theme
        self._id = _NEW
        self._rows: list[QWidget] = []
        self.body.addWidget(self._built_editor(today, longest))
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self.body.addLayout(self._list)
        self.body.addStretch(1)
        self.adder = push_button("Write a note", theme=theme, kind="link", icon="plus", clicked=self.begin)
        self.tools.addWidget(self.adder)
        self.askers: dict[date, QWidget] = {}

    def show_data(self, data: GrowthData, *, is_writable: bool) -> None:
        """Lists the newest first: weeks nobody explained yet, then what was written."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self.adder.setVisible(is_writable)
        self.askers = {}
        told = [note.day for note in data.notes]
        odd = [week for week in data.weeks if week.is_outside and not _is_explained(week, told)]
        odd.reverse()
        self._rows = [self._week_row(week, is_writable=is_writable) for week in odd[:_MOST]]
        if len(odd) > _MOST:
            more = numbers.plural(len(odd) - _MOST, "earlier week", "earlier weeks")
            self._rows.append(PlainLabel(f"{more} outside of what is usual as well", role="caption"))
        notes = sorted(data.notes, key=lambda row: row.day, reverse=True)
        self._rows += [
            self._note_row(row, is_one=data.community_id is not None, is_writable=is_writable) for row in notes
        ]
        if not self._rows:
            words = "No week stands out. Write down what should be remembered: a new platform, a campaign, a holiday."
            self._rows.append(_lines(self._theme, words))
        for row in self._rows:
            self._list.addWidget(row)
        self.set_subtitle(_where_words(data))

    def begin(self, day: date | None = None) -> None:
        """Opens the line for a new note; words that were begun stay."""
        if day is None and self._id == _NEW and not self._editor.isHidden():
            self.words.setFocus()
            return
        self._open(_NEW, day, "")

    def shut(self) -> bool:
        """Puts the line away without keeping it; False where it was not open."""
        if self._editor.isHidden():
            return False
        self._shut()
        return True

    def _built_editor(self, today: Callable[[], date], longest: int) -> QWidget:
        self.day = DayField(self._theme, today=today, allows_none=False)
        self.day.setAccessibleName("Day")
        self.words = QLineEdit()
        self.words.setMaxLength(longest)
        self.words.setPlaceholderText("What happened, in a few words")
        self.words.setAccessibleName("What happened")
        self.words.returnPressed.connect(self._keep)
        self.saver = push_button("Save", theme=self._theme, kind="primary", clicked=self._keep)
        self._problem = ProblemLine(self._theme)
        self._editor = QWidget()
        column = QVBoxLayout(self._editor)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(6)
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.day, 1)
        row.addWidget(self.saver)
        row.addWidget(push_button("Cancel", theme=self._theme, kind="plain", clicked=self._shut))
        column.addLayout(row)
        column.addWidget(self._problem)
        self._editor.hide()
        return self._editor

    def _open(self, id_: str, day: date | None, words: str) -> None:
        self._id = id_
        self.day.set_day(day)
        self.words.setText(words)
        self._problem.say("")
        self._editor.show()
        self.words.setFocus()

    def _keep(self) -> None:
        day, words = self.day.day(), self.words.text().strip()
        if not words:
            self._problem.say("Say what happened.")
        elif day is None or self.day.is_wrong:
            self._problem.say("Say on which day, such as 14 May.")
        else:
            self.kept.emit(self._id, day, words)
            self._shut()

    def _shut(self) -> None:
        focus: QWidget | None = self.window().focusWidget()
        had_keyboard = focus is not None and self._editor.isAncestorOf(focus)
        self._editor.hide()
        if had_keyboard:
            self.adder.setFocus()

    def _week_row(self, week: WeekSum, *, is_writable: bool) -> QWidget:
        said = (
            f"Week of {numbers.short_day(week.monday)}: {numbers.count(week.messages)}, usual {usual_words(week.usual)}"
        )
        row, line = _row(self._theme, said)
        if is_writable:
            ask = push_button(
                "What happened?", theme=self._theme, kind="link", clicked=partial(self.begin, week.monday)
            )
            ask.setAccessibleName(f"{said}. What happened?")
            line.addWidget(ask)
            self.askers[week.monday] = ask
        return row

    def _note_row(self, note: AnnotationRow, *, is_one: bool, is_writable: bool) -> QWidget:
        whose = "" if is_one or not note.community else f" · {note.community}"
        row, line = _row(self._theme, f"{numbers.day(note.day)}{whose}: {note.words}")
        if is_writable:
            act = partial(self._open, note.id, note.day, note.words)
            for name, icon, deed in (
                ("Change", "pencil-simple", act),
                ("Remove", "trash", partial(self.removed.emit, note.id)),
            ):
                button = icon_button(f"{name}: {note.words}", icon=icon, theme=self._theme, clicked=deed)
                button.setProperty("kind", "small")
                line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row


def _where_words(data: GrowthData) -> str:
    """Where a note shows: one of several communities chosen is of all, because it belongs to one or to the network."""
    if data.community_id is not None:
        return "on every weekly chart"
    if data.is_everywhere:
        return "new ones in all communities"
    return "a new one is kept for all communities, not for these alone"


def _row(theme: Theme, words: str) -> tuple[QWidget, QHBoxLayout]:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(4)
    line.addWidget(_lines(theme, words), 1)
    return row, line


def _lines(theme: Theme, words: str) -> LinesLabel:
    label = LinesLabel(theme, most=3, token="second")
    label.set_text(words)
    return label


def _is_explained(week: WeekSum, told: list[date]) -> bool:
    return any(week.monday <= day < week.monday + _WEEK for day in told)
