"""The person at the side: what is said of them, and notes that are never lost."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from tests.builders import NOW
from workbench.queries.members import PersonCard, PersonCommunity, PersonHere
from workbench.ui.pages.member_data import ShownPerson
from workbench.ui.pages.person_edit import About, Edit
from workbench.ui.pages.person_inspector import PersonInspector
from workbench.ui.theme import Theme


def a_person(number: int = 1, known: tuple[bool, ...] = (True,) * 52, **fields) -> ShownPerson:
    card = PersonCard(
        person_id=number, name=f"Person {number} Example", office="Kathmandu", is_bot=False,
        communities=tuple(PersonCommunity(place, f"Community {place}", place * 3, NOW) for place in range(1, 10)),
        messages=1234, replies_given=56, first_at=NOW, last_at=None, weeks=(0,) * 51 + (4,), note="Old note",
        tags=("mentor",), is_listed=True,
    )  # fmt: skip
    return ShownPerson(replace(card, **fields), date(2023, 6, 19), ("mentor", "water"), known)


@pytest.fixture
def inspector(theme: Theme, ground: QWidget) -> PersonInspector:
    made = PersonInspector(theme)
    made.setParent(ground)
    made.resize(336, 600)
    made.show()
    made.show_person(a_person())
    return made


@pytest.fixture
def edits(inspector: PersonInspector) -> list[Edit]:
    found: list[Edit] = []
    inspector.edited.connect(found.append)
    return found


def test_numbers_days_and_missing_days_are_said(inspector: PersonInspector):
    assert [label.text() for label in inspector._facts] == ["1,234", "56", "15 Jun 2024", "–"]
    assert inspector._office.text() == "Kathmandu"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"is_listed": True}, "Listed as a member by the source."),
        ({"is_listed": False}, "Known only from what they wrote; this source lists no members."),
        ({"is_bot": True}, "An automatic sender; left out of every number."),
    ],
)
def test_inspector_says_how_the_person_is_known(inspector: PersonInspector, fields: dict, words: str):
    inspector.show_person(a_person(2, **fields))
    assert inspector._source.text() == words


def test_the_chosen_communities_count_first_and_all_of_them_below(inspector: PersonInspector):
    assert not any(label.isVisible() for label in (inspector._here, *inspector._in_all))
    here = PersonHere(frozenset({1}), messages=3, replies_given=1, first_at=NOW, last_at=NOW)
    inspector.show_person(a_person(here=here))
    assert [label.text() for label in inspector._facts] == ["3", "1", "15 Jun 2024", "15 Jun 2024"]
    assert [label.text() for label in inspector._in_all] == [
        "1,234 in all",
        "56 in all",
        "15 Jun 2024 in all",
        "– in all",
    ]
    assert all(label.isVisible() for label in (inspector._here, *inspector._in_all))
    same = PersonHere(frozenset({1}), messages=1234, replies_given=56, first_at=NOW, last_at=None)
    inspector.show_person(a_person(here=same))
    assert not any(label.isVisible() for label in (inspector._here, *inspector._in_all))


def test_many_communities_show_on_request(inspector: PersonInspector):
    assert inspector._communities.count() == 7
    more = inspector._communities.itemAt(6).widget()
    assert isinstance(more, QPushButton)
    assert more.text() == "Show all 9"
    more.click()
    assert inspector._communities.count() == 9


def test_unchanged_note_is_no_edit(inspector: PersonInspector, edits: list[Edit]):
    inspector.keep()
    inspector._note.setPlainText("  Old note ")
    inspector.keep()
    assert edits == []


def test_changed_note_is_kept_once(inspector: PersonInspector, edits: list[Edit]):
    inspector._note.setPlainText("New note")
    assert "Ctrl+Return" in inspector._state.text()
    inspector.keep()
    inspector.keep()
    assert edits == [Edit(1, "Person 1 Example", "Old note", "New note")]
    assert "stay in this profile" in inspector._state.text()


def test_leaving_the_box_keeps_the_note(qtbot, inspector: PersonInspector, edits: list[Edit]):
    inspector._note.setFocus()
    inspector._note.setPlainText("New note")
    qtbot.keyClick(inspector._note, Qt.Key.Key_Tab)
    assert [edit.after for edit in edits] == ["New note"]


def test_note_being_written_survives_news_of_the_same_person(inspector: PersonInspector, edits: list[Edit]):
    inspector._note.setPlainText("Half a thou")
    inspector.show_person(a_person(messages=1235))
    assert inspector._note.toPlainText() == "Half a thou"
    assert edits == []


def test_another_person_keeps_the_note_and_shows_their_own(inspector: PersonInspector, edits: list[Edit]):
    inspector._note.setPlainText("Half a thou")
    inspector.show_person(a_person(2, note="Other"))
    assert [(edit.person_id, edit.after) for edit in edits] == [(1, "Half a thou")]
    assert inspector._note.toPlainText() == "Other"


def test_tags_become_edits(qtbot, inspector: PersonInspector, edits: list[Edit]):
    qtbot.keyClicks(inspector._tags._line, "water,")
    assert edits == [Edit(1, "Person 1 Example", ("mentor",), ("mentor", "water"), About.TAGS)]


def test_nothing_is_wider_than_the_side_at_large_text(inspector: PersonInspector, theme: Theme):
    theme.set_text_scale(1.5)
    inspector.resize(504, 600)
    assert inspector.widget().width() <= inspector.viewport().width()


def test_weeks_that_are_not_known_are_counted_below_the_strip(inspector: PersonInspector):
    assert inspector._missing.isHidden()
    inspector.show_person(a_person(2, known=(False,) * 48 + (True,) * 4))
    assert inspector._missing.text() == "48 of 52 weeks are not known yet"
    assert inspector._missing.isVisible()


def test_a_card_is_asked_for_with_the_person_shown(qtbot, inspector: PersonInspector):
    assert inspector.name == "Person 1 Example"
    with qtbot.waitSignal(inspector.card_wanted):
        inspector.card_button.click()
