"""PlanEditor: every gesture saved with its rows, undo, refusals, two editors at once, a crash in between."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import NOW, a_database
from tests.plans.samples import START, a_document, a_plan, a_store, rows_in, rows_told_by_document
from workbench.errors import BadInputError, DamagedError
from workbench.ids import CardId, ObjectiveId, PlanId
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.kinds import CardColumn, Pillar
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.plans.editor import PlanEditor
from workbench.plans.views import CardView, ObjectiveView

TODAY = NOW.date()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = a_database(tmp_path)
    yield found
    found.close()


@pytest.fixture
def editor(database: Database) -> PlanEditor:
    store = a_store(database)
    return store.open(a_plan(store, cards=[CardDraft("one"), CardDraft("two"), CardDraft("three")]))


def cards(editor: PlanEditor) -> dict[str, CardView]:
    return {card.title: card for card in editor.view().cards}


def column(editor: PlanEditor, of: CardColumn) -> list[str]:
    return [card.title for card in editor.view().cards if card.column is of and not card.is_archived]


def objective(editor: PlanEditor) -> ObjectiveView:
    return editor.view().objectives[0]


def test_a_card_is_added_at_the_end_of_its_column(database: Database, editor: PlanEditor) -> None:
    card_id = editor.new_card_id()
    draft = CardDraft("four", pillar=Pillar.LIBRARY, owner="Bilal Example", due_day=12, hours=1.5, notes="n")
    assert editor.add_card(draft, card_id=card_id) is Changes.PLANS
    card = editor.view().cards[-1]
    assert (card.id, card.title, card.pillar, card.due_on, card.due_day) == (
        card_id,
        "four",
        Pillar.LIBRARY,
        date(2024, 6, 17),
        12,
    )
    assert rows_in(database, editor.plan_id) == rows_told_by_document(database, editor.plan_id)


def test_a_card_added_to_done_counts_as_done_today(editor: PlanEditor) -> None:
    editor.add_card(CardDraft("four", column=CardColumn.DONE))
    assert editor.view().cards[-1].done_on == TODAY


def test_many_cards_added_at_once_are_one_step(editor: PlanEditor) -> None:
    editor.add_cards([CardDraft("four"), CardDraft("five")])
    assert column(editor, CardColumn.TODO) == ["one", "two", "three", "four", "five"]
    editor.undo()
    assert column(editor, CardColumn.TODO) == ["one", "two", "three"]


def test_a_card_is_moved_stamped_and_taken_back(editor: PlanEditor) -> None:
    editor.move_card(cards(editor)["three"].id, to=CardColumn.TODO, index=0)
    editor.move_card(cards(editor)["one"].id, to=CardColumn.DONE, index=0)
    assert column(editor, CardColumn.TODO) == ["three", "two"]
    assert cards(editor)["one"].done_on == TODAY
    editor.undo()
    editor.undo()
    assert column(editor, CardColumn.TODO) == ["one", "two", "three"]
    assert not editor.can_undo
    editor.redo()
    assert column(editor, CardColumn.TODO) == ["three", "one", "two"]
    assert editor.can_redo


def test_a_move_to_where_the_card_is_changes_nothing(editor: PlanEditor) -> None:
    assert editor.move_card(cards(editor)["one"].id, to=CardColumn.TODO, index=0) is Changes.NOTHING
    assert not editor.can_undo


def test_fields_of_a_card_are_set_in_one_step(editor: PlanEditor) -> None:
    card_id = cards(editor)["one"].id
    editor.set_card(card_id, title="new", column=CardColumn.DONE, due_on=date(2024, 7, 1), hours=2, pillar="dialogue")
    card = cards(editor)["new"]
    assert (card.column, card.done_on, card.due_on, card.hours, card.pillar) == (
        CardColumn.DONE,
        TODAY,
        date(2024, 7, 1),
        2.0,
        Pillar.DIALOGUE,
    )
    editor.set_card(card_id, due_day=7)
    assert cards(editor)["new"].due_on == date(2024, 6, 10)
    editor.undo()
    editor.undo()
    assert cards(editor)["one"].hours is None


@pytest.mark.parametrize(
    "fields", [{"title": " "}, {"colour": "red"}, {"position": "V"}, {"done_on": TODAY}, {"column": "later"}]
)
def test_what_a_card_cannot_have_is_refused_and_costs_no_history(editor: PlanEditor, fields: dict[str, object]) -> None:
    editor.set_card(cards(editor)["two"].id, owner="Bilal Example")
    before = editor.view()
    with pytest.raises(BadInputError):
        editor.set_card(cards(editor)["one"].id, **fields)
    assert editor.view() == before
    assert editor.undo() is Changes.PLANS


def test_a_card_that_is_not_there_is_refused(editor: PlanEditor) -> None:
    for gesture in (
        lambda: editor.set_card(CardId("no"), title="x"),
        lambda: editor.archive_card(CardId("no")),
        lambda: editor.move_card(CardId("no"), to=CardColumn.DONE, index=0),
        lambda: editor.set_objective(ObjectiveId("no"), title="x"),
    ):
        with pytest.raises(BadInputError):
            gesture()


def test_an_archived_card_leaves_the_board_and_comes_back_where_it_was(editor: PlanEditor) -> None:
    card_id = cards(editor)["two"].id
    editor.archive_card(card_id)
    assert column(editor, CardColumn.TODO) == ["one", "three"]
    editor.restore_cards([card_id])
    assert column(editor, CardColumn.TODO) == ["one", "two", "three"]


def test_the_plan_itself_is_set_and_taken_back(database: Database, editor: PlanEditor) -> None:
    editor.set_plan(name="Clean water", purpose="Ask better", starts_on=date(2024, 6, 10), is_archived=True)
    view = editor.view()
    assert (view.name, view.purpose, view.starts_on, view.is_archived) == (
        "Clean water",
        "Ask better",
        date(2024, 6, 10),
        True,
    )
    assert rows_in(database, editor.plan_id) == rows_told_by_document(database, editor.plan_id)
    editor.undo()
    assert editor.view().name == "Safe water"
    assert rows_in(database, editor.plan_id) == rows_told_by_document(database, editor.plan_id)


@pytest.mark.parametrize("fields", [{"purpose": ""}, {"owner": " "}, {"name": ""}, {"created_at": NOW}, {"id": "x"}])
def test_a_plan_keeps_what_it_needs(editor: PlanEditor, fields: dict[str, object]) -> None:
    with pytest.raises(BadInputError):
        editor.set_plan(**fields)


def test_a_name_another_plan_has_is_refused_and_costs_no_history(database: Database, editor: PlanEditor) -> None:
    a_plan(a_store(database), name="Clean water")
    editor.set_plan(purpose="Ask better")
    with pytest.raises(BadInputError, match="Another plan has this name"):
        editor.set_plan(name="clean WATER")
    assert editor.undo() is Changes.PLANS
    editor.set_plan(name="safe water")


def test_an_undo_that_would_take_a_name_given_away_since_is_refused_and_changes_nothing(
    database: Database, editor: PlanEditor
) -> None:
    editor.set_plan(name="Clean water")
    a_plan(a_store(database), name="Safe water")
    with pytest.raises(BadInputError, match="Another plan has this name"):
        editor.undo()
    assert editor.view().name == "Clean water"
    assert not editor.can_undo


def test_objectives_are_added_changed_and_the_last_one_stays(editor: PlanEditor) -> None:
    with pytest.raises(BadInputError, match="at least one objective"):
        editor.set_objective(objective(editor).id, is_archived=True)
    editor.add_objective(ObjectiveDraft("More voices", "contributors", 40))
    assert [each.title for each in editor.view().objectives] == ["Faster answers", "More voices"]
    editor.set_objective(objective(editor).id, is_archived=True)
    assert [each.title for each in editor.view().objectives] == ["More voices", "Faster answers"]
    with pytest.raises(BadInputError):
        editor.set_objective(objective(editor).id, measure="")
    with pytest.raises(BadInputError):
        editor.set_objective(objective(editor).id, baseline=0.1)


def freeze(editor: PlanEditor, value: float) -> Changes:
    at = datetime(2024, 6, 3, tzinfo=UTC)
    return editor.set_baseline(objective(editor).id, value=value, numerator=4, denominator=10, coverage=0.95, at=at)


def test_a_baseline_is_frozen_once_for_a_measure_and_not_undone(database: Database, editor: PlanEditor) -> None:
    freeze(editor, 0.4)
    assert not editor.can_undo
    with pytest.raises(BadInputError, match="frozen"):
        freeze(editor, 0.9)
    editor.set_objective(objective(editor).id, measure="contributors")
    assert objective(editor).baseline is None
    freeze(editor, 12)
    editor.undo()
    baseline = objective(editor).baseline
    assert baseline is not None
    assert (baseline.value, baseline.coverage) == (0.4, 0.95)
    assert rows_in(database, editor.plan_id) == rows_told_by_document(database, editor.plan_id)


def test_another_editor_of_the_same_plan_is_merged_not_overwritten(database: Database, editor: PlanEditor) -> None:
    other = a_store(database, author="Bilal Example").open(editor.plan_id)
    card_id = cards(editor)["one"].id
    editor.set_card(card_id, title="mine")
    other.set_card(card_id, owner="Bilal Example")
    assert cards(other)["mine"].owner == "Bilal Example"
    editor.set_card(card_id, hours=1)
    assert cards(editor)["mine"].owner == "Bilal Example"
    assert rows_in(database, editor.plan_id) == rows_told_by_document(database, editor.plan_id)
    editor.undo()
    editor.undo()
    assert cards(editor)["one"].owner == "Bilal Example"


def test_a_partners_copy_is_merged_and_saved_and_undo_keeps_it(database: Database, editor: PlanEditor) -> None:
    store = a_store(database)
    partner = store.open(editor.plan_id)
    copy = partner.to_bytes()
    editor.set_card(cards(editor)["one"].id, title="mine")
    assert editor.merge(copy) is Changes.NOTHING
    partner.set_card(cards(partner)["two"].id, title="hers")
    assert editor.merge(partner.to_bytes()) is Changes.PLANS
    editor.undo()
    assert column(editor, CardColumn.TODO) == ["one", "hers", "three"]
    assert rows_in(database, editor.plan_id) == rows_told_by_document(database, editor.plan_id)
    for bad, error in ((b"no", DamagedError), (a_document("x").to_bytes(), BadInputError)):
        before = editor.view()
        with pytest.raises(error):
            editor.merge(bad)
        assert editor.view() == before


def test_after_a_transaction_around_a_gesture_failed_the_next_save_brings_rows_in_step(
    database: Database, editor: PlanEditor
) -> None:
    rows = rows_in(database, editor.plan_id)

    def a_gesture_in_a_larger_write_that_fails() -> None:
        with database.write():
            editor.set_card(cards(editor)["one"].id, title="first")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        a_gesture_in_a_larger_write_that_fails()
    assert rows_in(database, editor.plan_id) == rows
    editor.set_card(cards(editor)["two"].id, title="second")
    assert rows_in(database, editor.plan_id) == rows_told_by_document(database, editor.plan_id)
    assert a_store(database).open(editor.plan_id).view() == editor.view()


def test_a_plan_that_is_gone_is_said_to_be_gone(database: Database, editor: PlanEditor) -> None:
    with database.write() as session:
        session.connection().exec_driver_sql("DELETE FROM planfile")
    with pytest.raises(BadInputError, match="no longer in the profile"):
        editor.set_plan(name="x")
    with pytest.raises(BadInputError, match="no longer in the profile"):
        editor.view()
    with pytest.raises(BadInputError, match="no longer in the profile"):
        a_store(database).open(PlanId("no"))


def test_a_plan_opens_for_reading_in_a_profile_opened_for_reading(tmp_path: Path, editor: PlanEditor) -> None:
    reading = a_database(tmp_path, writable=False)
    try:
        assert a_store(reading).open(editor.plan_id).view() == editor.view()
    finally:
        reading.close()


@pytest.mark.parametrize("size", [300, 2000])
def test_a_large_board_is_made_edited_undone_and_read_back(database: Database, size: int) -> None:
    store = a_store(database)
    drafts = [CardDraft(f"card {number}", due_day=number % 91, hours=1) for number in range(size)]
    large = store.open(a_plan(store, name=f"{size} cards", cards=drafts))
    first = large.view().cards[0]
    large.move_card(first.id, to=CardColumn.DOING, index=0)
    large.set_plan(starts_on=date(2024, 6, 5))
    large.undo()
    assert len(large.view().cards) == size
    assert rows_in(database, large.plan_id) == rows_told_by_document(database, large.plan_id)
    assert store.open(large.plan_id).view() == large.view()


gestures = st.tuples(
    st.sampled_from(["add", "title", "move", "archive", "restore", "undo", "redo", "start", "other", "merge"]),
    st.integers(min_value=0, max_value=9),
    st.sampled_from(CardColumn),
)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(steps=st.lists(gestures, max_size=14))
def test_rows_equal_the_document_after_any_gestures(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, CardColumn]]
) -> None:
    database = a_database(tmp_path_factory.mktemp("plans"))
    store = a_store(database)
    mine = store.open(a_plan(store, cards=[CardDraft("one"), CardDraft("two", due_day=3)]))
    other = store.open(mine.plan_id)
    for act, number, to in steps:
        one_gesture(mine, other, act, number, to)
        assert rows_in(database, mine.plan_id) == rows_told_by_document(database, mine.plan_id)
    saved = store.open(mine.plan_id)
    mine.set_plan(purpose="the last word")
    saved.merge(mine.to_bytes())
    assert replace(saved.view(), community_id=None) == replace(mine.view(), community_id=None)
    database.close()


def one_gesture(mine: PlanEditor, other: PlanEditor, act: str, number: int, to: CardColumn) -> None:
    shown = [card for card in mine.view().cards if not card.is_archived]
    card_id = shown[number % len(shown)].id if shown else None
    if act == "add":
        mine.add_card(CardDraft(f"card {number}", column=to, due_day=number))
    elif act == "start":
        mine.set_plan(starts_on=START.replace(day=number + 1))
    elif act == "other":
        other.set_card(other.view().cards[number % len(other.view().cards)].id, owner=f"owner {number}")
    elif act == "merge":
        mine.merge(other.to_bytes())
    elif act in {"undo", "redo"}:
        mine.undo() if act == "undo" else mine.redo()
    elif act == "restore":
        mine.restore_cards([mine.view().cards[-1].id])
    elif card_id is not None and act == "title":
        mine.set_card(card_id, title=f"title {number}")
    elif card_id is not None and act == "move":
        mine.move_card(card_id, to=to, index=number)
    elif card_id is not None:
        mine.archive_card(card_id)
