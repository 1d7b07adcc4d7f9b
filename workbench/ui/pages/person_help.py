"""HelpSection: what somebody writes about, whom they meet, whom they helped, and what was promised; never a score."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from workbench.operations.people import persona_words
from workbench.queries.people_details import DETAIL_DAYS, PersonDetails, PromiseRow, Tied
from workbench.ui import numbers
from workbench.ui.directions import isolated
from workbench.ui.pages.person_section import PersonSection, TextRow, emptied, heading, link
from workbench.ui.sanitiser import line
from workbench.ui.theme import Theme
from workbench.ui.widgets.plain_label import PlainLabel

_SHOWN = 5
_PLACES = 12


class HelpSection(PersonSection):
    """`thread_wanted(id)` for a thread in which they helped, `plan_wanted(id)` for a promise."""

    thread_wanted = Signal(int)
    plan_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Help and ties")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.column.addLayout(self._rows)

    def show_details(self, details: PersonDetails) -> None:
        """Shows it of somebody."""
        emptied(self._rows)
        helped = len(details.helped)
        self.say(numbers.plural(helped, "question answered", "questions answered") if helped else "")
        self._say(f"The last {DETAIL_DAYS} days", persona_words(details))
        if details.topics:
            self._say("Writes about", " ".join(isolated(f"#{line(topic)}") for topic in details.topics))
        if details.partners:
            self._say("In touch with", numbers.plural(details.partners, "person", "people"))
            self._say("By office", tied_words(details.offices))
            self._say("By level", tied_words(details.levels))
        for role in details.roles:
            self._say(line(role.community), line(role.role))
        self._show_helped(details)
        self._show_promises(details.promises)

    def _say(self, title: str, words: str) -> None:
        if self._rows.count():
            self._rows.addSpacing(6)
        self._rows.addWidget(heading(title))
        self._rows.addWidget(PlainLabel(words, role="small", wraps=True))

    def _show_helped(self, details: PersonDetails) -> None:
        liked = numbers.plural(details.liked, "like received", "likes received") if details.liked else ""
        marked = sum(row.is_accepted for row in details.helped)
        accepted = numbers.plural(marked, "accepted answer", "accepted answers") if marked else ""
        thanked = ", ".join(filter(None, (accepted, liked)))
        if not details.helped and not thanked:
            return
        words = numbers.plural(len(details.helped), "question", "questions")
        self._say("Answered", ", ".join(filter(None, (words, thanked))))
        for row in details.helped[:_SHOWN]:
            button = link(self.theme, row.subject or "Without a subject")
            button.clicked.connect(lambda _checked=False, one=row.thread_id: self.thread_wanted.emit(one))
            self._rows.addWidget(button)

    def _show_promises(self, promises: tuple[PromiseRow, ...]) -> None:
        if not promises:
            return
        self._rows.addWidget(heading("Promised"))
        for promise in promises:
            state = "done" if promise.is_done else numbers.day(promise.due_on) if promise.due_on else "no day"
            who = "by them" if promise.is_theirs else "to them"
            button = link(self.theme, "Plan")
            button.clicked.connect(lambda _checked=False, one=promise.plan_id: self.plan_wanted.emit(one))
            self._rows.addWidget(
                TextRow(promise.title, second=f"{who}, {state} · {line(promise.plan)}", buttons=(button,))
            )


def tied_words(tied: Sequence[Tied]) -> str:
    """How many people of each office or level, in the order of names; offices beyond the first few are counted."""
    named = [one for one in tied if one.place]
    said = [f"{isolated(line(one.place))} {numbers.count(one.people)}" for one in named[:_PLACES]]
    if len(named) > _PLACES:
        said.append(f"{numbers.count(len(named) - _PLACES)} more")
    said += [f"{numbers.count(one.people)} not known" for one in tied if not one.place]
    return ", ".join(said)
