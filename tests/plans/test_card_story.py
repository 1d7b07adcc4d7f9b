"""CardStory: the last change of a card with its author, and the choices that wait on it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import NOW, a_database
from tests.plans.samples import a_plan, a_store
from workbench.ids import CardId
from workbench.models.database import Database
from workbench.plans.card_story import CardStory
from workbench.plans.document import PlanDocument
from workbench.plans.drafts import CardDraft
from workbench.plans.editor import PlanEditor
from workbench.plans.views import FieldEdit, RecordKind, Recurrence


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = a_database(tmp_path)
    yield found
    found.close()


@pytest.fixture
def editor(database: Database) -> PlanEditor:
    store = a_store(database)
    weekly = CardDraft("weekly", due_day=2, recurrence=Recurrence(7, 20))
    return store.open(a_plan(store, cards=[CardDraft("one"), CardDraft("two"), weekly]))


def named(editor: PlanEditor, title: str, occurrence: int = 0) -> CardId:
    return next(card.id for card in editor.view().cards if (card.title, card.occurrence) == (title, occurrence))


def told_by_partner(editor: PlanEditor, card_id: CardId, field: str, value: object, *, hours: int = 1) -> bytes:
    """The plan as a partner sends it, with one field of a card changed so many hours from now."""
    other = PlanDocument.from_bytes(editor.to_bytes())
    edit = FieldEdit(RecordKind.CARD, card_id, field, value)
    other.write([edit], at=NOW + timedelta(hours=hours), author="partner")
    return other.to_bytes()


def test_the_newest_change_names_its_author_and_moment(editor: PlanEditor) -> None:
    one = named(editor, "one")
    before = editor.card_story(one)
    editor.merge(told_by_partner(editor, one, "owner", "Bo Sample"))
    story = editor.card_story(one)
    assert before.author != "partner"
    assert (story.author, story.at, story.conflicts) == ("partner", NOW + timedelta(hours=1), ())


def test_a_place_among_other_cards_is_no_change_of_the_card(editor: PlanEditor) -> None:
    one = named(editor, "one")
    editor.merge(told_by_partner(editor, one, "position", "zz"))
    assert editor.card_story(one).author != "partner"


def test_what_two_people_said_apart_waits_until_it_is_settled(editor: PlanEditor) -> None:
    one = named(editor, "one")
    theirs = told_by_partner(editor, one, "owner", "Bo Sample")
    editor.set_card(one, owner="Amina Example")
    editor.merge(theirs)
    (conflict,) = editor.card_story(one).conflicts
    assert {each.value for each in conflict.candidates} == {"Bo Sample", "Amina Example"}
    assert editor.card_story(named(editor, "two")).conflicts == ()
    editor.settle(conflict, 0)
    assert editor.card_story(one).conflicts == ()


def test_what_all_times_share_waits_on_each_of_them(editor: PlanEditor) -> None:
    first, second = named(editor, "weekly"), named(editor, "weekly", 1)
    theirs = told_by_partner(editor, first, "owner", "Bo Sample")
    editor.set_series(second, owner="Amina Example")
    editor.merge(theirs)
    assert [len(editor.card_story(each).conflicts) for each in (first, second)] == [1, 1]


def test_an_unknown_card_has_no_story(editor: PlanEditor) -> None:
    assert editor.card_story(CardId("nobody")) == CardStory()
