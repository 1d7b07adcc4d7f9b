"""Edits of what is kept of a person: each writes, and its inverse brings back what was."""

from datetime import date

import pytest

from tests.builders import NOW
from workbench.queries.members import list_members
from workbench.queries.people_own import AdvocatePath, ContactKind, ContactRow, OwnFacts, ThanksRow
from workbench.ui.pages.member_data import ShownPerson, read_person
from workbench.ui.pages.person_edit import About, Edit
from workbench.workspace import Workspace

DAY = date(2024, 6, 3)
CONTACT = ContactRow("c1", ContactKind.CALL, DAY, "About pumps")
THANKS = ThanksRow("t1", DAY, "Bruno Example", "Mended the pump list")
EDITS = [
    (About.NOTE, "", "A note", lambda shown: shown.card.note),
    (About.TAGS, (), ("mentor",), lambda shown: shown.card.tags),
    (About.FACTS, OwnFacts(), OwnFacts(office="Lima", is_leaving=True, leaves_on=DAY), lambda shown: shown.details.own),
    (About.PATH, AdvocatePath(), AdvocatePath(spotted_on=DAY, note="Likes maps"), lambda shown: shown.details.path),
    (About.CONTACTS, (), (CONTACT,), lambda shown: shown.details.contacts),
    (About.THANKS, (), (THANKS,), lambda shown: shown.details.thanks),
    (About.COUNTED, None, False, lambda shown: shown.details.counted.typed),
    (About.NUDGE, None, True, lambda shown: None if shown.details.nudge is None else shown.details.nudge.is_sent),
]


def shown(workspace: Workspace, place: int = 0) -> ShownPerson:
    with workspace.database.read() as reader:
        row = list_members(reader, (), limit=10)[place]
    found = read_person(workspace.database, row.person_id, NOW)
    assert found is not None
    return found


@pytest.mark.parametrize(("about", "before", "after", "kept"), EDITS, ids=lambda value: getattr(value, "value", ""))
def test_inverse_of_an_edit_brings_back_what_was(filled, about, before, after, kept):
    person = shown(filled).card
    edit = Edit(person.person_id, person.name, before, after, about)
    assert edit.what == about.value
    assert edit.apply(filled)
    assert kept(shown(filled)) == after
    edit.inverse().apply(filled)
    assert kept(shown(filled)) == before


def test_two_joined_are_shown_as_one_until_they_are_told_apart(filled):
    one, other = shown(filled).card, shown(filled, 1).card
    edit = Edit(one.person_id, one.name, None, other.person_id, About.MERGE)
    edit.apply(filled)
    joined = read_person(filled.database, other.person_id, NOW)
    assert joined is not None
    assert joined.card.name == one.name
    assert joined.card.messages == one.messages + other.messages
    assert [row.name for row in joined.details.merged] == [other.name]
    edit.inverse().apply(filled)
    assert (shown(filled).card, shown(filled, 1).card) == (one, other)


def test_told_apart_is_remembered_and_taken_back(filled):
    one, other = shown(filled).card, shown(filled, 1).card
    edit = Edit(one.person_id, one.name, None, other.person_id, About.APART)
    for step, rows in ((edit, 1), (edit.inverse(), 0)):
        step.apply(filled)
        with filled.database.read() as reader:
            assert reader.scalar("SELECT count(*) FROM notsame") == rows
