"""SameSection: under which names a person is known, who may or is said to be the same, and what joining would bring."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.ids import PersonId
from workbench.operations.identities import Suggestion
from workbench.queries.identities import Identity
from workbench.queries.people_details import PersonDetails
from workbench.ui import numbers
from workbench.ui.directions import isolated
from workbench.ui.pages.person_section import PersonSection, TextRow, emptied, heading
from workbench.ui.sanitiser import line
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.filter_box import FilterBox
from workbench.ui.widgets.plain_label import PlainLabel

_TYPING_MILLISECONDS: Final = 150


class SameSection(PersonSection):
    """`join_wanted(other)`, `part_wanted(other)`, `apart_wanted(other)` with the id; `look_wanted` for suggestions.

    `search_wanted(text)` for somebody whom nothing suggests, but whom the person at the keyboard knows to be the same.
    """

    join_wanted = Signal(int)
    part_wanted = Signal(int)
    apart_wanted = Signal(int)
    look_wanted = Signal()
    search_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Known as")
        self._person_id: PersonId | None = None
        self._names, self._found, self._searched = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for rows in (self._names, self._found, self._searched):
            rows.setSpacing(4)
        self.search = FilterBox(theme, hint="Search who else this is", width=400, icon="magnifying-glass")
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MILLISECONDS)
        self._typing.timeout.connect(lambda: self.search_wanted.emit(self.search.text()))
        self.search.textChanged.connect(self._typing.start)
        self.column.addLayout(self._names)
        self.column.addLayout(self._found)
        self.column.addWidget(self.search)
        self.column.addLayout(self._searched)
        self.opened_changed.connect(self._on_opened)

    def show_details(self, details: PersonDetails, person_id: PersonId) -> None:
        """Shows the names of somebody, and who was joined with them."""
        is_same = person_id == self._person_id
        self._person_id = person_id
        emptied(self._names)
        for handle in details.handles:
            self._names.addWidget(TextRow(handle.name or "No name", second=handle.account))
        for one in details.merged:
            part = push_button("Tell apart", theme=self.theme, kind="link")
            part.setAccessibleName(f"Tell {line(one.name)} apart again")
            part.clicked.connect(lambda _checked=False, who=one.person_id: self.part_wanted.emit(who))
            self._names.addWidget(TextRow(f"Joined with {one.name}", buttons=(part,)))
        count = len(details.handles)
        self.say(numbers.plural(count, "name", "names") if count > 1 else "")
        if not is_same:
            emptied(self._found)
            self._forget_search()
        if self.body.isVisible():
            self.look_wanted.emit()

    def show_suggestions(self, found: list[Suggestion], person_id: PersonId) -> None:
        """Shows who may be the same as `person_id`, with what joining them brings together."""
        if person_id != self._person_id:
            return
        emptied(self._found)
        if not found:
            self._found.addWidget(PlainLabel("Nobody else looks like the same person.", role="caption", wraps=True))
            return
        self._found.addWidget(heading("Perhaps the same person"))
        for one in found:
            other = one.other if one.one.person_id == person_id else one.one
            self._found.addWidget(self._row(other, one.reason))

    def show_searched(self, found: Sequence[Identity], person_id: PersonId, text: str) -> None:
        """Shows whom `text` found, with what joining them with `person_id` brings together."""
        if (person_id, text) != (self._person_id, self.search.text()):
            return
        emptied(self._searched)
        if text.strip() and not found:
            words = f"Nobody else here is found by “{line(text)}”."
            self._searched.addWidget(PlainLabel(words, role="caption", wraps=True))
        elif found:
            words = "Nothing but your word says so: join only whom you know to be the same. Ctrl+Z tells them apart."
            self._searched.addWidget(PlainLabel(words, role="caption", wraps=True))
        for one in found:
            self._searched.addWidget(self._row(one))

    def _forget_search(self) -> None:
        self.search.clear()
        self._typing.stop()
        emptied(self._searched)

    def _join(self, other: PersonId) -> None:
        # With the keyboard in the box, Ctrl+Z would take back what was typed and not the joining.
        self.head.setFocus()
        self._forget_search()
        self.join_wanted.emit(other)

    def _row(self, other: Identity, reason: str = "") -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(2)
        column.addWidget(PlainLabel(isolated(line(other.name)), role="strong", wraps=True))
        if reason:
            column.addWidget(PlainLabel(reason, role="caption", wraps=True))
        column.addWidget(PlainLabel(what_it_brings(other), role="small", wraps=True))
        deeds = QHBoxLayout()
        join = push_button("Join", theme=self.theme, icon="users")
        join.setAccessibleName(f"Join with {line(other.name)}")
        join.clicked.connect(lambda: self._join(other.person_id))
        deeds.addWidget(join)
        if reason:
            apart = push_button("Not the same", theme=self.theme, kind="plain")
            apart.setAccessibleName(f"{line(other.name)} is somebody else")
            apart.clicked.connect(lambda: self.apart_wanted.emit(other.person_id))
            deeds.addWidget(apart)
        deeds.addStretch(1)
        column.addLayout(deeds)
        return holder

    def _on_opened(self) -> None:
        if self.body.isVisible():
            self.look_wanted.emit()


def what_it_brings(other: Identity) -> str:
    """What joining somebody would bring, in a sentence."""
    parts = [
        numbers.plural(other.messages, "message", "messages"),
        numbers.plural(other.communities, "community", "communities"),
        *([", ".join(line(handle) for handle in other.handles)] if other.handles else []),
        *([f"tags {', '.join(line(tag) for tag in other.tags)}"] if other.tags else []),
        *(["your note"] if other.has_note else []),
    ]
    return f"{line(other.office)}: {' · '.join(parts)}" if other.office else " · ".join(parts)
