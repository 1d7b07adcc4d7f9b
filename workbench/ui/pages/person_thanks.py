"""ThanksSection: the recognition log of a person: thanks given, by whom, for what, and where it can be seen."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from workbench.ids import EventId, PersonId
from workbench.queries.people_own import ThanksRow
from workbench.ui import numbers
from workbench.ui.pages.person_section import PersonSection, TextRow, emptied, link
from workbench.ui.sanitiser import line
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.field import Field


class ThanksSection(PersonSection):
    """`edited(before, after)` with all thanks; `thread_wanted(id)` opens the thread of some."""

    edited = Signal(object, object)
    thread_wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Thanks")
        self._rows: tuple[ThanksRow, ...] = ()
        self._person: PersonId | None = None
        self._today = date(1970, 1, 1)
        self.by, self.reason = QLineEdit(), QLineEdit()
        self.reason.returnPressed.connect(self._add)
        self.where = ChoiceBox(theme, name="Thread where it can be seen")
        # Subjects are long: the box takes the room there is, the list below it what it needs.
        self.where.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.where.setMinimumContentsLength(8)
        self._for = Field(theme, "For what", self.reason)
        self._by = Field(theme, "Thanks from", self.by)
        self._log = QVBoxLayout()
        self._log.setSpacing(4)
        self.column.addWidget(self._by)
        self.column.addWidget(self._for)
        bottom = QHBoxLayout()
        bottom.addWidget(self.where, 1)
        bottom.addWidget(push_button("Add", theme=theme, clicked=self._add))
        self.column.addLayout(bottom)
        self.column.addLayout(self._log)

    def show_thanks(
        self,
        rows: tuple[ThanksRow, ...],
        *,
        person_id: PersonId,
        today: date,
        me: str,
        threads: tuple[tuple[EventId, str], ...],
    ) -> None:
        """Shows the log of somebody; `threads` are those one can point at, newest first.

        What is typed and chosen belongs to one person: of the next one nothing is.
        """
        chosen = self.where.currentData(), self.where.currentText()
        is_other, self._person = self._person != person_id, person_id
        self._rows, self._today = rows, today
        self.by.setPlaceholderText(line(me))
        if is_other:
            chosen = None, ""
            for typed, field in ((self.by, self._by), (self.reason, self._for)):
                typed.clear()
                field.say_problem("")
        self.where.clear()
        self.where.addItem("No thread", None)
        for thread, subject in threads:
            self.where.addItem(line(subject), thread)
        self._choose(*chosen)
        emptied(self._log)
        for row in rows:
            gone = icon_button("Remove these thanks", icon="x", theme=self.theme, clicked=partial(self._drop, row))
            words = f"{numbers.day(row.day)}, from {line(row.given_by)}"
            self._log.addWidget(TextRow(row.reason, second=words, buttons=(gone,)))
            if row.thread_id is not None:
                seen = link(self.theme, row.subject or "Open the thread")
                seen.clicked.connect(lambda _checked=False, one=row.thread_id: self.thread_wanted.emit(one))
                self._log.addWidget(seen)
        self.say(numbers.count(len(rows)) if rows else "")

    def begin(self, thread: EventId, subject: str) -> None:
        """Opens the lines with a thread chosen, to say what for."""
        self._choose(thread, line(subject))
        self.open()
        self.reason.setFocus()

    def _choose(self, thread: EventId | None, subject: str) -> None:
        place = self.where.findData(thread)
        if place < 0:
            self.where.addItem(subject or "A thread", thread)
            place = self.where.count() - 1
        self.where.setCurrentIndex(place)

    def _add(self) -> None:
        by = self.by.text().strip() or self.by.placeholderText()
        reason = self.reason.text().strip()
        self._by.say_problem("" if by else "Say who gives the thanks.")
        self._for.say_problem("" if reason else "Say what for.")
        if by and reason:
            row = ThanksRow("", self._today, by, reason, self.where.currentData())
            self.reason.clear()
            self.where.setCurrentIndex(0)
            self.edited.emit(self._rows, (row, *self._rows))

    def _drop(self, row: ThanksRow) -> None:
        self.edited.emit(self._rows, tuple(one for one in self._rows if one != row))
