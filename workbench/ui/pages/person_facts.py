"""FactsSection: office, organisation, languages and the like: what sources tell, and what was typed over it."""

from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from workbench.queries.people_details import PersonDetails
from workbench.queries.people_own import OwnFacts
from workbench.ui import numbers
from workbench.ui.pages.person_section import PersonSection
from workbench.ui.sanitiser import line
from workbench.ui.theme import Theme
from workbench.ui.widgets.day_field import DayField
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.ticks import TickBox

_TITLES: Final = {
    "office": "Office", "region": "Region", "organisation": "Organisation", "role": "Role", "level": "Level",
    "languages": "Languages", "time_zone": "Time zone",
}  # fmt: skip
_HINTS: Final = {
    "level": "A grade, or national, regional, global",
    "languages": "English, French",
    "time_zone": "Africa/Nairobi or +03:00",
}


class FactsSection(PersonSection):
    """`edited(before, after)` with OwnFacts when something was typed or ticked."""

    edited = Signal(object, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Details")
        self._kept = OwnFacts()
        self._today = date(1970, 1, 1)
        self.lines: dict[str, QLineEdit] = {}
        self._fields: dict[str, Field] = {}
        for name, title in _TITLES.items():
            edit = self.lines[name] = QLineEdit()
            edit.editingFinished.connect(self.keep)
            self._fields[name] = Field(theme, title, edit)
            self.column.addWidget(self._fields[name])
        self.is_sponsor = TickBox(theme, "Sponsor")
        self.is_leaving = TickBox(theme, "Leaving soon")
        self.leaves_on = DayField(theme, today=lambda: self._today)
        self._leaves = Field(theme, "Leaves on", self.leaves_on)
        self.is_sponsor.clicked.connect(self.keep)
        self.is_leaving.clicked.connect(self.keep)
        self.leaves_on.edited.connect(self.keep)
        for widget in (self.is_sponsor, self.is_leaving, self._leaves):
            self.column.addWidget(widget)
        self.column.addWidget(
            PlainLabel("What you type stays, whatever a sync brings. Empty shows what the source says.",
                       role="caption", wraps=True)
        )  # fmt: skip

    def show_details(self, details: PersonDetails, *, today: date) -> None:
        """Shows the facts of somebody; what is being typed is left alone."""
        self._kept, self._today = details.own, today
        for name, edit in self.lines.items():
            told = line(getattr(details.told, name) or "")
            if name == "role" and not told:
                told = line(", ".join(dict.fromkeys(row.role for row in details.roles)))
            edit.setPlaceholderText(told or _HINTS.get(name, ""))
            self._fields[name].set_hint(f"The source says {told}" if told and getattr(details.own, name) else "")
            if not edit.hasFocus():
                edit.setText(getattr(details.own, name) or "")
        self.is_sponsor.setChecked(details.own.is_sponsor)
        self.is_leaving.setChecked(details.own.is_leaving)
        self.leaves_on.set_day(details.own.leaves_on)
        self._leaves.setVisible(details.own.is_leaving)
        self.say(_summary(details))

    def keep(self) -> None:
        """Sends on what differs from what is kept."""
        words = {name: " ".join(edit.text().split()) or None for name, edit in self.lines.items()}
        is_leaving = self.is_leaving.isChecked()
        after = replace(
            self._kept,
            **words,
            is_sponsor=self.is_sponsor.isChecked(),
            is_leaving=is_leaving,
            leaves_on=self.leaves_on.day() if is_leaving else None,
        )
        if after != self._kept:
            before, self._kept = self._kept, after
            self.edited.emit(before, after)


def _summary(details: PersonDetails) -> str:
    own, told = details.own, details.told
    marks = ["Sponsor"] if own.is_sponsor else []
    if own.is_leaving:
        marks.append("leaving" if own.leaves_on is None else f"leaves {numbers.day(own.leaves_on)}")
    known = (own.organisation or told.organisation, own.languages or told.languages)
    return line(", ".join([*marks, *filter(None, known)]))
