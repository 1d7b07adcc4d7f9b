"""The parts of the inspector together: what each changes comes out as one edit, and nothing shows for a program."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from tests.builders import NOW
from tests.ui.pages.person_parts import details
from tests.ui.pages.test_person_inspector import a_person
from workbench.ui.pages.person_edit import About
from workbench.ui.pages.person_sections import PersonSections
from workbench.ui.theme import Theme


@pytest.fixture
def sections(theme: Theme, ground: QWidget) -> PersonSections:
    made = PersonSections(theme)
    made.setParent(ground)
    made.resize(300, 2000)
    made.show()
    made.show_person(replace(a_person(), details=details(), now=NOW, my_name="Coordinator Example"))
    for section in made.all():
        section.open()
    return made


@pytest.fixture
def edits(sections: PersonSections) -> list[tuple[object, object, object]]:
    found: list[tuple[object, object, object]] = []
    sections.edited.connect(lambda *edit: found.append(edit))
    return found


def words(widget: QWidget) -> str:
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    return " ".join([*labels, *(button.text() for button in widget.findChildren(QPushButton) if button.isVisible())])


def test_every_section_says_what_is_known(sections: PersonSections):
    said = words(sections)
    for part in ("pumps", "3 people", "By office", "Facilitator", "1 accepted answer", "2 likes", "A room", "Spotted",
                 "Budget", "The pump list", "Joined with A. Example"):  # fmt: skip
        assert part in said
    assert sections.facts.lines["office"].placeholderText() == "Nairobi"


def test_a_typed_fact_comes_out_as_an_edit_and_the_source_stays_said(sections: PersonSections, edits):
    sections.facts.lines["office"].setText(" Mombasa ")
    sections.facts.lines["office"].editingFinished.emit()
    ((about, before, after),) = edits
    assert (about, before.office, after.office) == (About.FACTS, None, "Mombasa")
    sections.facts.show_details(details(own=after), today=date(2024, 6, 15))
    assert "Nairobi" in sections.facts._fields["office"].hint.text()


def test_steps_contacts_and_nudges_come_out_as_edits(sections: PersonSections, edits):
    sections.care._take("asked_on")
    sections.care.about.setText("Clinic")
    sections.care._add()
    sections.care._written()
    assert [edit[0] for edit in edits] == [About.PATH, About.CONTACTS, About.NUDGE]
    assert edits[0][2].asked_on == NOW.date()
    assert [row.note for row in edits[1][2]] == ["Clinic", "Budget"]


def test_thanks_without_a_reason_are_not_sent_on(sections: PersonSections, edits):
    sections.thanks._add()
    assert edits == []
    sections.thanks.reason.setText("Mended the list")
    sections.thanks._add()
    assert [row.given_by for row in edits[0][2]] == ["Coordinator Example", "Bruno Example"]


def test_an_automatic_sender_has_no_sections(sections: PersonSections):
    person = a_person(2, is_bot=True)
    sections.show_person(replace(person, details=details(), now=NOW))
    assert not sections.isVisible()
