"""CareSection: on the way to being an advocate, gone quiet, and when one last spoke to them."""

from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.clock import local_day
from workbench.ids import EventId
from workbench.queries.lapsed import SILENT_DAYS
from workbench.queries.people_details import PersonDetails
from workbench.queries.people_own import AdvocatePath, ContactKind, ContactRow, NudgeRow, Step
from workbench.ui import numbers
from workbench.ui.pages.person_section import PersonSection, TextRow, emptied, heading, link
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.day_field import DayField
from workbench.ui.widgets.plain_label import PlainLabel

STEPS: Final = {Step.SPOTTED: "Spotted", Step.ASKED: "Asked", Step.AGREED: "Agreed", Step.ACTIVE: "Active"}
_KINDS: Final = {ContactKind.CALL: "Call", ContactKind.MAIL: "Mail", ContactKind.MET: "Met"}


class CareSection(PersonSection):
    """`path_edited`, `contacts_edited`, `nudge_edited` carry (before, after).

    `letter_wanted` copies words to send, `reply_wanted(thread)` begins an answer with them.
    """

    path_edited = Signal(object, object)
    contacts_edited = Signal(object, object)
    nudge_edited = Signal(object, object)
    letter_wanted = Signal()
    reply_wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Staying in touch")
        self._path, self._contacts = AdvocatePath(), tuple[ContactRow, ...]()
        self._today = date(1970, 1, 1)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(4)
        self._note = QLineEdit()
        self._note.setPlaceholderText("Why them, what they want to do")
        self._note.setAccessibleName("About this advocate")
        self._note.editingFinished.connect(self._on_note)
        self._quiet = QVBoxLayout()
        self._quiet_title = heading("Write to them")
        self._log = QVBoxLayout()
        self._log.setSpacing(4)
        self.kind = ChoiceBox(theme, name="How you spoke to them")
        for kind, words in _KINDS.items():
            self.kind.addItem(words, kind)
        self.day = DayField(theme, today=lambda: self._today, allows_none=False)
        self.day.setAccessibleName("Day of the contact")
        self.about = QLineEdit()
        self.about.setPlaceholderText("What it was about")
        self.about.setAccessibleName("What it was about")
        self.about.returnPressed.connect(self._add)
        self._build()

    def show_details(self, details: PersonDetails, *, now: datetime, last_at: datetime | None = None) -> None:
        """Shows it of somebody who wrote last at that moment; without one nobody knows of any silence."""
        self._path, self._contacts, self._today = details.path, details.contacts, local_day(now)
        self._show_steps()
        if not self._note.hasFocus():
            self._note.setText(details.path.note)
        self._note.setVisible(details.path.step is not None)
        silent = None if last_at is None else (now - last_at).days
        is_quiet = details.nudge is not None or (silent is not None and silent >= SILENT_DAYS)
        self._quiet_title.setText("Gone quiet" if is_quiet else "Write to them")
        self._show_quiet(details.nudge, details.last_thread)
        emptied(self._log)
        for row in details.contacts:
            gone = icon_button("Remove this contact", icon="x", theme=self.theme, clicked=partial(self._drop, row))
            words = f"{_KINDS[row.kind]}, {numbers.day(row.day)}"
            self._log.addWidget(TextRow(words, second=row.note, buttons=(gone,)))
        if self.day.day() is None:
            self.day.set_day(self._today)
        step = details.path.step
        last = f"spoken to {numbers.ago(_noon(details.contacts[0].day, now), now=now)}" if details.contacts else ""
        self.say(", ".join(filter(None, (f"advocate: {STEPS[step].lower()}" if step else "", last))))

    def _show_steps(self) -> None:
        emptied(self._steps)
        days = (self._path.spotted_on, self._path.asked_on, self._path.agreed_on, self._path.active_on)
        for step, day in zip(Step, days, strict=True):
            name = f"{step.value}_on"
            if day is None:
                deed = push_button(STEPS[step], theme=self.theme, kind="link", clicked=partial(self._take, name))
                deed.setAccessibleName(f"{STEPS[step]} today")
                self._steps.addWidget(deed, 0, Qt.AlignmentFlag.AlignLeading)
                continue
            gone = icon_button(
                f"Take “{STEPS[step]}” back", icon="x", theme=self.theme, clicked=partial(self._untake, name)
            )
            self._steps.addWidget(TextRow(f"{STEPS[step]}, {numbers.day(day)}", buttons=(gone,)))

    def _show_quiet(self, nudge: NudgeRow | None, thread: EventId | None) -> None:
        emptied(self._quiet)
        if nudge is not None:
            what = "Written to" if nudge.is_sent else "Left alone since"
            until = numbers.day_of(nudge.paused_until)
            words = f"{what} {numbers.day_of(nudge.at)}; nobody asks again before {until}."
            back = icon_button(
                "Take this back",
                icon="x",
                theme=self.theme,
                clicked=lambda: self.nudge_edited.emit(nudge.is_sent, None),
            )
            self._quiet.addWidget(TextRow(words, buttons=(back,)))
            return
        row = QHBoxLayout()
        row.addWidget(push_button("Copy a gentle word", theme=self.theme, icon="copy", clicked=self.letter_wanted.emit))
        row.addWidget(push_button("Written", theme=self.theme, icon="check", clicked=self._written))
        row.addStretch(1)
        holder = QWidget()
        row.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(row)
        self._quiet.addWidget(holder)
        if thread is not None:
            reply = link(self.theme, "Begin an answer in their last thread")
            reply.clicked.connect(lambda: self.reply_wanted.emit(thread))
            self._quiet.addWidget(reply, 0, Qt.AlignmentFlag.AlignLeading)

    def _written(self) -> None:
        is_sent = True
        self.nudge_edited.emit(None, is_sent)

    def _take(self, name: str) -> None:
        self._change(_with(self._path, name, self._today))

    def _untake(self, name: str) -> None:
        after = _with(self._path, name, None)
        self._change(after if after.step is not None else AdvocatePath())

    def _on_note(self) -> None:
        self._change(replace(self._path, note=self._note.text().strip()))

    def _change(self, after: AdvocatePath) -> None:
        if after != self._path:
            before, self._path = self._path, after
            self.path_edited.emit(before, after)

    def _add(self) -> None:
        day = self.day.day()
        if day is None or self.day.is_wrong:
            self.day.setFocus()
            return
        row = ContactRow("", self.kind.currentData(), day, self.about.text().strip())
        self.about.clear()
        self.contacts_edited.emit(self._contacts, (row, *self._contacts))

    def _drop(self, row: ContactRow) -> None:
        self.contacts_edited.emit(self._contacts, tuple(one for one in self._contacts if one != row))

    def _build(self) -> None:
        self.column.addWidget(heading("Advocate"))
        self.column.addLayout(self._steps)
        self.column.addWidget(self._note)
        self.column.addWidget(self._quiet_title)
        self.column.addLayout(self._quiet)
        self.column.addWidget(heading("Contacts"))
        top = QHBoxLayout()
        top.addWidget(self.kind)
        top.addWidget(self.day, 1)
        self.column.addLayout(top)
        bottom = QHBoxLayout()
        bottom.addWidget(self.about, 1)
        bottom.addWidget(push_button("Add", theme=self.theme, clicked=self._add))
        self.column.addLayout(bottom)
        self.column.addLayout(self._log)
        self.column.addWidget(PlainLabel("Only you see this; it is never exported.", role="caption", wraps=True))


def _with(path: AdvocatePath, name: str, day: date | None) -> AdvocatePath:
    values: dict[str, Any] = {name: day}
    return replace(path, **values)


def _noon(day: date, now: datetime) -> datetime:
    return min(now, datetime(day.year, day.month, day.day, 12, tzinfo=now.tzinfo))
