"""TodaySide: people to greet, or to ask after, at the side: words to begin with, and what to do for each of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from workbench.clock import local_day
from workbench.operations.letters import Letter
from workbench.operations.today_items import Task, TodayItem, TodayPerson
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.directions import isolated
from workbench.ui.pages.conversation_wish import ReplyWish
from workbench.ui.pages.today_letter import TodayLetter
from workbench.ui.sanitiser import line
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.state_panel import copy

_MOST: Final = 40
"""People shown at once; the rest follows when these are done with."""


class PersonRow(QWidget):
    """One person: `who` shows them, `deed` begins the letter, `over` says that it is done."""

    def __init__(self, theme: Theme, person: TodayPerson, *, over: str) -> None:
        super().__init__()
        self.person = person
        name = line(person.name)
        self.who = push_button(isolated(name), theme=theme, kind="link")
        self.who.setAccessibleName(f"Show {name}")
        answers = person.thread_id is not None
        words, icon = ("Answer them", "arrow-bend-up-left") if answers else ("Copy the words", "copy")
        self.deed = push_button(words, theme=theme, icon=icon)
        self.deed.setAccessibleName(f"{words}: {name}")
        self.over = push_button(f"Mark as {over}", theme=theme, kind="plain")
        self.over.setAccessibleName(f"Mark as {over}: {name}")
        top = QHBoxLayout()
        top.addWidget(self.who)
        top.addStretch(1)
        deeds = QHBoxLayout()
        deeds.setSpacing(8)
        deeds.addWidget(self.deed)
        deeds.addWidget(self.over)
        deeds.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(PlainLabel(isolated(line(person.community)), role="small", elides=True))
        if person.since is not None:
            column.addWidget(PlainLabel(_since_words(person.since, person), role="small", elides=True))
        column.addLayout(deeds)


class TodaySide(QScrollArea):
    """`closed` by its button; `done(keys, words)` for who was greeted, `nudged(person, words)` for who got a line."""

    closed = Signal()
    done = Signal(tuple, str)
    nudged = Signal(object, str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, theme = context, context.theme
        self._item: TodayItem | None = None
        self._kind = Letter.GREETING
        self.letter = TodayLetter(context)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._title = PlainLabel("", role="title", wraps=True)
        self._hint = PlainLabel("", role="small", wraps=True)
        self._people = QVBoxLayout()
        self._people.setSpacing(12)
        self._rest = PlainLabel("", role="small", wraps=True)
        self.rows: list[PersonRow] = []
        self.everybody = push_button("", theme=theme, icon="check", clicked=self._done_with_all)
        self._build()

    @property
    def is_open(self) -> bool:
        """Whether it shows somebody."""
        return self._item is not None

    def show_item(self, item: TodayItem) -> None:
        """Shows the people of an item."""
        self._item = item
        is_greeting = item.task is Task.GREET
        self._kind = Letter.GREETING if is_greeting else Letter.NUDGE
        self._title.setText(line(item.title))
        self._hint.setText(line(item.reason))
        self.letter.show_letter(self._kind, {person.community_id: person.community for person in item.people})
        self._take_away(self.rows)
        self.rows = []
        self._show_people(item.people)

    def keep_to(self, items: Sequence[TodayItem]) -> None:
        """After newer data: shows what is left of the same item, or closes."""
        shown = self._item
        same = next((one for one in items if shown is not None and one.key == shown.key), None)
        if same is None:
            self._item = None
        elif same != shown:
            self._item = same
            self._title.setText(line(same.title))
            self._show_people(same.people)

    def shut(self) -> None:
        """Closes; the words stay kept."""
        if self._item is not None:
            self.letter.keep()
        self._item = None

    def take_focus(self) -> None:
        """Puts the keyboard on the first thing to do for the first person."""
        if self.rows:
            self.rows[0].deed.setFocus()

    def _build(self) -> None:
        theme = self._context.theme
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(
            icon_button("Close", icon="x", theme=theme, clicked=self.closed.emit), 0, Qt.AlignmentFlag.AlignTop
        )
        inner = QWidget()
        inner.setProperty("ground", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._hint)
        column.addWidget(self.letter)
        column.addLayout(self._people)
        column.addWidget(self._rest)
        column.addWidget(self.everybody)
        column.addStretch(1)
        self.setWidget(inner)

    def _show_people(self, people: Sequence[TodayPerson]) -> None:
        """Rows of who is left stay as they are, so that nothing moves under the hand."""
        kept = {row.person: row for row in self.rows}
        focused = next((place for place, row in enumerate(self.rows) if row.isAncestorOf(self.focusWidget())), None)
        shown = people[:_MOST]
        self.rows = [kept.pop(person) if person in kept else self._row(person) for person in shown]
        for place, row in enumerate(self.rows):
            if self._people.indexOf(row) < 0:
                self._people.insertWidget(place, row)
        stays = focused is None or not any(row.isAncestorOf(self.focusWidget()) for row in kept.values())
        if focused is not None and not stays and self.rows:
            self.rows[min(focused, len(self.rows) - 1)].over.setFocus()
        self._take_away(kept.values())
        rest, many = len(people) - len(self.rows), _many(people)
        all_of = f"All {numbers.count(many)}" if many > 1 else "Everywhere"
        self._rest.setText(f"And {numbers.count(rest)} more; they follow when these are done with.")
        self._rest.setVisible(rest > 0)
        self.everybody.setText(f"{all_of} {self._deed}")
        self.everybody.setAccessibleName(self.everybody.text())
        self.everybody.setVisible(len(people) > 1)

    def _take_away(self, rows: Iterable[PersonRow]) -> None:
        for row in rows:
            self._people.removeWidget(row)
            row.hide()
            row.deleteLater()

    def _row(self, person: TodayPerson) -> PersonRow:
        over = self._deed
        row = PersonRow(self._context.theme, person, over=over)
        row.who.clicked.connect(partial(self._open_person, person))
        row.deed.clicked.connect(partial(self._answer if person.thread_id is not None else self._copy, person))
        row.over.clicked.connect(partial(self._done_with, person, over))
        return row

    @property
    def _deed(self) -> str:
        return "greeted" if self._kind is Letter.GREETING else "written to"

    def _answer(self, person: TodayPerson) -> None:
        if person.thread_id is not None:
            self._context.open_page("conversations", ReplyWish(person.thread_id, self.letter.words_to(person)))

    def _copy(self, person: TodayPerson) -> None:
        copy(self.letter.words_to(person))
        self._context.tell("The words are on the clipboard.")

    def _open_person(self, person: TodayPerson) -> None:
        self._context.open_page("members", person.person_id)

    def _done_with(self, person: TodayPerson, over: str) -> None:
        words = f"{line(person.name)} is marked as {over}."
        if self._kind is Letter.NUDGE:
            self.nudged.emit(person, words)
        else:
            self.done.emit((person.key,), words)

    def _done_with_all(self) -> None:
        if self._item is not None:
            many = _many(self._item.people)
            words = f"All {numbers.count(many)} are" if many > 1 else f"{line(self._item.people[0].name)} is"
            words = f"{words} marked as {self._deed}."
            self.done.emit(self._item.keys, words)


def _since_words(since: datetime, person: TodayPerson) -> str:
    """Since when somebody is there, and how it is known; since when elsewhere."""
    day, known = numbers.day_of(since), person.known_since
    here = f"Wrote {isolated(f'#{line(person.tag)}')} on {day}" if person.tag else f"Here since {day}"
    return here if known is None else f"{here}, elsewhere since {numbers.month(local_day(known))}"


def _many(people: Sequence[TodayPerson]) -> int:
    """How many people: one who came to two communities stands there twice."""
    return len({person.person_id for person in people})
