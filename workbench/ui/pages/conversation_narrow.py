"""Conversation narrow: what a search is narrowed to: whose messages, what kind, answered or not, in which period."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QToolButton

from workbench.ids import PersonId
from workbench.queries.members import MemberRow
from workbench.queries.search_filters import NO_FILTERS, MessageKind, SearchFilters
from workbench.queries.threads import Period
from workbench.ui.pages.plan_inspector_fields import Choice, PersonLine
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.popover import Popover
from workbench.ui.widgets.ticks import TickBox

_KINDS: Final = {
    None: "Every kind",
    MessageKind.QUESTION: "Questions",
    MessageKind.THREAD: "First messages",
    MessageKind.REPLY: "Replies",
    MessageKind.FILE: "With a file",
}
_ANSWERS: Final = {None: "Answered or not", True: "Answered", False: "Not answered"}


class SearchNarrow(QObject):
    """A button whose small form narrows the search; `changed` when it does so differently.

    `names_wanted(text)` asks for people; answer with `offer`. `keep_wanted(name)` asks to keep the search as it is.
    """

    changed = Signal()
    names_wanted = Signal(str)
    keep_wanted = Signal(str)

    def __init__(self, theme: Theme, *, period: Callable[[], Period | None]) -> None:
        super().__init__()
        self._theme, self._period = theme, period
        self._person: tuple[PersonId, str] | None = None
        self._kind: MessageKind | None = None
        self._has_answer: bool | None = None
        self._in_period = False
        self._people: dict[str, PersonId] = {}
        self.popover: NarrowPopover | None = None
        self.button: QToolButton = icon_button("Narrow the search", icon="funnel", theme=theme, clicked=self._open)
        self.button.setCheckable(True)
        self.button.clicked.connect(self._show_mark)

    @property
    def filters(self) -> SearchFilters:
        """What is asked for now."""
        return SearchFilters(
            person_id=None if self._person is None else self._person[0],
            period=self._period() if self._in_period else None,
            kind=self._kind,
            has_answer=self._has_answer,
        )

    @property
    def is_narrow(self) -> bool:
        """Whether anything is asked for; the chosen period counts, also where that is all time."""
        return self._in_period or self.filters != NO_FILTERS

    def clear(self) -> None:
        """Asks for everything again."""
        self._person, self._kind, self._has_answer, self._in_period = None, None, None, False
        self._tell()

    def take(self, filters: SearchFilters, person: str) -> None:
        """Asks for what a kept search asks for; its days are to be those of the period by now."""
        self._person = None if filters.person_id is None else (filters.person_id, person)
        self._kind, self._has_answer, self._in_period = filters.kind, filters.has_answer, filters.period is not None
        self._tell()

    def offer(self, people: list[MemberRow]) -> None:
        """Completes the name from these; several of one name are told apart by their office."""
        self._people = {f"{row.name} · {row.office}" if row.office else row.name: row.person_id for row in people}
        if self.popover is not None:
            self.popover.person.offer(list(self._people))

    def _open(self) -> None:
        popover = self.popover = NarrowPopover(self._theme, self.button)
        popover.person.setText("" if self._person is None else self._person[1])
        popover.kind.show_values({self._kind})
        popover.answer.show_values({self._has_answer})
        popover.in_period.setChecked(self._in_period)
        popover.person.asked.connect(self.names_wanted)
        popover.person.left.connect(self._on_person)
        popover.kind.edited.connect(self._on_choice)
        popover.answer.edited.connect(self._on_choice)
        popover.in_period.toggled.connect(self._on_choice)
        popover.clear.clicked.connect(self._on_clear)
        popover.keep.clicked.connect(self._on_keep)
        popover.name.returnPressed.connect(self._on_keep)
        popover.destroyed.connect(self._on_closed)
        popover.open_at(self.button)
        popover.person.setFocus()

    def _on_person(self) -> None:
        if self.popover is None:
            return
        typed = self.popover.person.text().strip()
        known = self._people.get(typed)
        if not typed:
            self._person = None
        elif known is not None:
            self._person = (known, typed)
        self._tell()

    def _on_choice(self) -> None:
        if self.popover is not None:
            self._kind, self._has_answer = self.popover.kind.value(), self.popover.answer.value()
            self._in_period = self.popover.in_period.isChecked()
            self._tell()

    def _on_clear(self) -> None:
        if self.popover is not None:
            self.popover.close()
        self.clear()

    def _on_keep(self) -> None:
        if self.popover is not None:
            name = self.popover.name.text()
            self.popover.close()
            self.keep_wanted.emit(name)

    def _on_closed(self) -> None:
        self.popover = None

    def _tell(self) -> None:
        self._show_mark()
        self.changed.emit()

    def _show_mark(self) -> None:
        self.button.setChecked(self.is_narrow)
        said = "Narrow the search (narrowed now)" if self.is_narrow else "Narrow the search"
        self.button.setToolTip(said)
        self.button.setAccessibleName(said)


class NarrowPopover(Popover):
    """The form itself; what it holds counts at once."""

    def __init__(self, theme: Theme, anchor: QToolButton) -> None:
        super().__init__(theme, anchor, width=320)
        self.person = PersonLine(theme)
        self.person.setPlaceholderText("Anybody")
        self.kind = Choice(theme, name="What kind of message", titles=_KINDS)
        self.answer = Choice(theme, name="Answered or not", titles=_ANSWERS)
        self.in_period = TickBox(theme, "Only in the chosen period")
        self.name = QLineEdit()
        self.name.setPlaceholderText("As it is typed")
        self.keep = push_button("Keep this search", theme=theme, icon="bookmark-simple")
        self.keep.setToolTip("It is listed behind the bookmark, and new hits are counted under Questions, Listening")
        self.clear = push_button("Search everything", theme=theme, icon="x")
        for title, widget in (("Written by", self.person), ("Kind", self.kind), ("Reply", self.answer)):
            self.column.addWidget(Field(theme, title, widget))
        for other in (self.in_period, self.clear, Field(theme, "Keep it by the name", self.name), self.keep):
            self.column.addWidget(other)
