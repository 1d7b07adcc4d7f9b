"""PersonSections: the parts of the inspector that open on demand; what they change comes out as one signal."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.clock import local_day
from workbench.ui.pages.member_data import ShownPerson
from workbench.ui.pages.person_care import CareSection
from workbench.ui.pages.person_edit import About
from workbench.ui.pages.person_facts import FactsSection
from workbench.ui.pages.person_help import HelpSection
from workbench.ui.pages.person_same import SameSection
from workbench.ui.pages.person_section import PersonSection
from workbench.ui.pages.person_thanks import ThanksSection
from workbench.ui.theme import Theme


class PersonSections(QWidget):
    """`edited(About, before, after)`; the sections' own signals say what else is wanted."""

    edited = Signal(object, object, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.help = HelpSection(theme)
        self.care = CareSection(theme)
        self.thanks = ThanksSection(theme)
        self.facts = FactsSection(theme)
        self.same = SameSection(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(0)
        for section in self.all():
            column.addWidget(section)
        self.facts.edited.connect(lambda before, after: self.edited.emit(About.FACTS, before, after))
        self.care.path_edited.connect(lambda before, after: self.edited.emit(About.PATH, before, after))
        self.care.contacts_edited.connect(lambda before, after: self.edited.emit(About.CONTACTS, before, after))
        self.care.nudge_edited.connect(lambda before, after: self.edited.emit(About.NUDGE, before, after))
        self.thanks.edited.connect(lambda before, after: self.edited.emit(About.THANKS, before, after))
        self.same.join_wanted.connect(lambda other: self.edited.emit(About.MERGE, None, other))
        self.same.part_wanted.connect(lambda other: self.edited.emit(About.MERGE, other, None))
        self.same.apart_wanted.connect(lambda other: self.edited.emit(About.APART, None, other))

    def all(self) -> tuple[PersonSection, ...]:
        """Every section, in order."""
        return (self.help, self.care, self.thanks, self.facts, self.same)

    def show_person(self, person: ShownPerson) -> None:
        """Shows somebody; without details the sections are not there."""
        details, now = person.details, person.now
        self.setVisible(details is not None and not person.card.is_bot)
        if details is None or now is None:
            return
        self.help.show_details(details)
        self.care.show_details(details, now=now, last_at=person.card.last_at)
        seen = tuple((row.thread_id, row.subject) for row in details.helped)
        self.thanks.show_thanks(
            details.thanks, person_id=person.card.person_id, today=local_day(now), me=person.my_name, threads=seen
        )
        self.facts.show_details(details, today=local_day(now))
        self.same.show_details(details, person.card.person_id)
