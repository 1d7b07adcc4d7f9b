"""CardGestures: one or many cards at once, single times of a series, whole series; each gesture one step of undo."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import a_database
from tests.plans.samples import a_plan, a_store, rows_in, rows_told_by_document
from workbench.errors import BadInputError
from workbench.ids import CardId
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.kinds import CardColumn, CardKind, Channel, Focus
from workbench.plans.drafts import CardDraft
from workbench.plans.editor import PlanEditor
from workbench.plans.views import CardView, Recurrence


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = a_database(tmp_path)
    yield found
    found.close()


@pytest.fixture
def editor(database: Database) -> PlanEditor:
    store = a_store(database)
    weekly = CardDraft("weekly", due_day=2, recurrence=Recurrence(7, 30), owner="Amina Example", checklist=("Look",))
    return store.open(a_plan(store, cards=[CardDraft("one"), CardDraft("two"), CardDraft("three"), weekly]))


def ids(editor: PlanEditor, *titles: str) -> list[CardId]:
    found = {card.title: card.id for card in editor.view().cards}
    return [found[title] for title in titles]


def times(editor: PlanEditor) -> list[CardView]:
    return sorted((card for card in editor.view().cards if card.series_id), key=lambda card: card.occurrence)


def column(editor: PlanEditor, of: CardColumn) -> list[str]:
    return [card.title for card in editor.view().cards if card.column is of and not card.is_archived]


def assert_one_step(editor: PlanEditor, before: object) -> None:
    editor.undo()
    assert editor.view() == before
    assert not editor.can_undo


def test_fields_of_many_cards_are_set_in_one_step(database: Database, editor: PlanEditor) -> None:
    before = editor.view()
    chosen = ids(editor, "one", "three")
    assert editor.set_cards(chosen, owner="Bilal Example", focus=Focus.PEOPLE, channel="call") is Changes.PLANS
    changed = [card for card in editor.view().cards if card.owner == "Bilal Example"]
    assert [(card.id, card.focus, card.channel) for card in changed] == [
        (each, Focus.PEOPLE, Channel.CALL) for each in chosen
    ]
    assert rows_in(database, editor.plan_id) == rows_told_by_document(database, editor.plan_id)
    assert_one_step(editor, before)


def test_many_cards_are_moved_side_by_side_in_the_order_given(editor: PlanEditor) -> None:
    before = editor.view()
    editor.move_cards(ids(editor, "three", "one"), to=CardColumn.DONE, index=0)
    assert column(editor, CardColumn.DONE) == ["three", "one"]
    assert editor.move_cards(ids(editor, "three", "one"), to=CardColumn.DONE, index=0) is Changes.NOTHING
    assert_one_step(editor, before)
    editor.move_cards(ids(editor, "three", "two"), to=CardColumn.TODO, index=0)
    assert column(editor, CardColumn.TODO)[:3] == ["three", "two", "one"]


def test_a_new_column_for_many_puts_them_at_its_end_and_leaves_those_there(editor: PlanEditor) -> None:
    editor.move_card(ids(editor, "two")[0], to=CardColumn.DOING, index=0)
    editor.set_cards(ids(editor, "one", "two", "three"), column="doing")
    assert column(editor, CardColumn.DOING) == ["two", "one", "three"]


def test_many_cards_are_archived_and_restored_in_one_step(editor: PlanEditor) -> None:
    before = editor.view()
    chosen = ids(editor, "one", "two")
    editor.archive_cards(chosen)
    assert column(editor, CardColumn.TODO)[0] == "three"
    editor.restore_cards(chosen)
    assert column(editor, CardColumn.TODO)[:3] == ["one", "two", "three"]
    editor.undo()
    assert_one_step(editor, before)


def test_one_card_of_many_that_cannot_be_changed_leaves_all_as_they_were(editor: PlanEditor) -> None:
    before = editor.view()
    for gesture in (
        lambda: editor.set_cards([*ids(editor, "one"), CardId("no")], owner="x"),
        lambda: editor.set_cards(ids(editor, "one", "two"), title=" "),
        lambda: editor.move_cards([*ids(editor, "one"), CardId("no")], to=CardColumn.DONE, index=0),
        lambda: editor.set_cards(ids(editor, "one"), objective_id="no"),
        lambda: editor.set_cards(ids(editor, "one"), done_on=date(2024, 6, 3)),
    ):
        with pytest.raises(BadInputError):
            gesture()
    assert editor.view() == before
    assert not editor.can_undo


def test_a_copy_of_a_card_is_to_be_done_again(editor: PlanEditor) -> None:
    (one,) = ids(editor, "one")
    editor.set_card(one, column=CardColumn.DONE, hours=2, kind=CardKind.COMMITMENT, promised_to="Bilal Example")
    editor.duplicate_cards([one, times(editor)[2].id])
    copies = editor.view().cards[-3:]
    assert [(card.title, card.hours, card.promised_to) for card in editor.view().cards if card.title == "one"] == [
        ("one", 2.0, "Bilal Example")
    ] * 2
    single = [card for card in editor.view().cards if card.title == "weekly" and card.series_id is None]
    assert [(card.due_day, card.recurrence) for card in single] == [(16, None)]
    assert copies


def test_a_card_serves_an_objective_of_the_plan(editor: PlanEditor) -> None:
    objective = editor.view().objectives[0]
    editor.set_card(ids(editor, "one")[0], objective_id=objective.id)
    assert [card.objective_id for card in editor.view().cards if card.title == "one"] == [objective.id]


def test_a_window_begins_and_ends_on_days_of_the_plan(editor: PlanEditor) -> None:
    editor.set_card(ids(editor, "one")[0], starts_day=1, due_day=4)
    (card,) = [card for card in editor.view().cards if card.title == "one"]
    assert (card.starts_on, card.due_on) == (date(2024, 6, 4), date(2024, 6, 7))


# Series.


@pytest.mark.parametrize("number", [0, 2])
def test_a_field_of_one_time_leaves_the_others(database: Database, editor: PlanEditor, number: int) -> None:
    before = editor.view()
    editor.set_card(times(editor)[number].id, title="special", owner="", hours=3, due_day=20)
    assert [card.title == "special" for card in times(editor)] == [each == number for each in range(5)]
    assert times(editor)[number].owner == ""
    assert [card.due_day for card in times(editor)][1] == 9
    assert rows_in(database, editor.plan_id) == rows_told_by_document(database, editor.plan_id)
    assert_one_step(editor, before)


@pytest.mark.parametrize("number", [0, 3])
def test_one_time_is_moved_archived_and_comes_back_alone(editor: PlanEditor, number: int) -> None:
    card_id = times(editor)[number].id
    editor.move_card(card_id, to=CardColumn.DONE, index=0)
    assert [card.done_on is not None for card in times(editor)] == [each == number for each in range(5)]
    editor.archive_card(card_id)
    assert [card.is_archived for card in times(editor)] == [each == number for each in range(5)]
    editor.restore_cards([card_id])
    editor.undo()
    editor.undo()
    editor.undo()
    assert {card.column for card in times(editor)} == {CardColumn.TODO}


def test_a_field_of_the_series_reaches_every_time_but_those_done(editor: PlanEditor) -> None:
    shown = times(editor)
    editor.set_card(shown[1].id, title="mine")
    editor.set_card(shown[2].id, title="was special", column=CardColumn.DONE)
    editor.set_series(shown[3].id, title="for all", hours=2)
    assert [card.title for card in times(editor)] == ["for all", "for all", "was special", "for all", "for all"]
    assert {card.hours for card in times(editor)} == {2.0}


def test_moving_a_series_keeps_the_distance_and_the_day_of_what_was_done(editor: PlanEditor) -> None:
    editor.set_card(times(editor)[1].id, column=CardColumn.DONE)
    editor.set_series(times(editor)[0].id, due_day=4)
    assert [card.due_day for card in times(editor)] == [4, 9, 18, 25]
    editor.undo()
    editor.set_series(times(editor)[0].id, recurrence=Recurrence(14, 30))
    assert [card.due_day for card in times(editor)] == [2, 9, 30]


def test_a_series_that_ends_leaves_what_somebody_changed_with_its_day(editor: PlanEditor) -> None:
    editor.set_card(times(editor)[3].id, notes="typed")
    editor.set_card(times(editor)[0].id, recurrence=None)
    assert [(card.title, card.notes) for card in editor.view().cards if card.title == "weekly"] == [
        ("weekly", ""),
        ("weekly", "typed"),
    ]
    editor.undo()
    editor.set_series(times(editor)[0].id, recurrence=None)
    assert sorted((card.due_day, card.notes) for card in editor.view().cards if card.title == "weekly") == [
        (2, ""),
        (23, "typed"),
    ]


def test_a_plain_card_is_made_to_come_back_and_then_again_not(editor: PlanEditor) -> None:
    (one,) = ids(editor, "one")
    editor.set_card(one, due_day=1, recurrence=Recurrence(30, 61))
    assert len([card for card in editor.view().cards if card.title == "one"]) == 3
    editor.set_card(one, recurrence=None, owner="Bilal Example")
    (card,) = [card for card in editor.view().cards if card.title == "one"]
    assert (card.owner, card.series_id) == ("Bilal Example", None)
    editor.set_card(one, owner="Amina Example")
    assert [card.owner for card in editor.view().cards if card.title == "one"] == ["Amina Example"]


def test_a_whole_series_is_archived(editor: PlanEditor) -> None:
    editor.set_series(times(editor)[2].id, is_archived=True)
    assert all(card.is_archived for card in times(editor))


def test_what_belongs_to_the_series_or_to_one_time_is_refused_for_the_other(editor: PlanEditor) -> None:
    with pytest.raises(BadInputError, match="whole series"):
        editor.set_card(times(editor)[2].id, recurrence=None)
    with pytest.raises(BadInputError, match="column of its own"):
        editor.set_series(times(editor)[2].id, column=CardColumn.DONE)
    with pytest.raises(BadInputError, match="every 1 to 365 days"):
        editor.set_series(times(editor)[2].id, recurrence=Recurrence(0, 30))
    with pytest.raises(BadInputError):
        editor.set_card(CardId(f"{times(editor)[0].id}#77"), title="x")


def test_each_card_gets_fields_of_its_own_in_one_step(editor: PlanEditor) -> None:
    before = editor.view()
    one, two, three = ids(editor, "one", "two", "three")
    second_time = times(editor)[1]
    editor.set_each(
        {
            one: {"due_day": 10, "owner": "Bilal Example"},
            second_time.id: {"due_day": 12},
            three: {"column": "done"},
            two: {"column": "done"},
        }
    )
    found = {card.id: card for card in editor.view().cards}
    assert (found[one].due_day, found[one].owner) == (10, "Bilal Example")
    assert [card.due_day for card in times(editor)[:3]] == [2, 12, 16]
    assert column(editor, CardColumn.DONE) == ["three", "two"]
    assert_one_step(editor, before)


def test_cards_are_moved_and_changed_in_one_step(editor: PlanEditor) -> None:
    editor.move_cards(ids(editor, "two"), to=CardColumn.DOING, index=0)
    after_first = editor.view()
    one, three = ids(editor, "one", "three")
    editor.move_cards([three, one], to=CardColumn.DOING, index=1, changes={three: {"owner": "Bilal Example"}})
    assert column(editor, CardColumn.DOING) == ["two", "three", "one"]
    assert [card.owner for card in editor.view().cards if card.id == three] == ["Bilal Example"]
    editor.undo()
    assert editor.view() == after_first


def test_a_refused_field_of_one_card_changes_none(editor: PlanEditor) -> None:
    before, (one, two) = editor.view(), ids(editor, "one", "two")
    with pytest.raises(BadInputError):
        editor.set_each({one: {"owner": "Bilal Example"}, two: {"title": " "}})
    assert editor.view() == before
