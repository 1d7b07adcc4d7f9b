"""CheckpointGestures: filled in, locked with its numbers, and then left alone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import NOW, a_database
from tests.plans.samples import START, a_plan, a_store, rows_in, rows_told_by_document
from workbench.errors import BadInputError
from workbench.models.database import Database
from workbench.models.kinds import CardColumn
from workbench.plans.document import PlanDocument
from workbench.plans.drafts import CardDraft
from workbench.plans.editor import PlanEditor
from workbench.plans.views import CheckpointMeasure, CheckpointView, FieldEdit, RecordKind


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = a_database(tmp_path)
    yield found
    found.close()


@pytest.fixture
def editor(database: Database) -> PlanEditor:
    store = a_store(database)
    return store.open(a_plan(store))


def checkpoint(editor: PlanEditor, day: int = 30) -> CheckpointView:
    return next(each for each in editor.view().checkpoints if each.day == day)


def measured(editor: PlanEditor, value: float = 0.5) -> tuple[CheckpointMeasure, ...]:
    objective = editor.view().objectives[0]
    return (CheckpointMeasure(objective.id, objective.title, value, 5, 10, 0.9, NOW),)


def test_a_checkpoint_is_filled_in_and_undone_like_a_card(editor: PlanEditor) -> None:
    editor.set_checkpoint(30, what_worked="calls", decisions="go on", next_steps="ask")
    assert (checkpoint(editor).what_worked, checkpoint(editor).decisions) == ("calls", "go on")
    editor.undo()
    assert checkpoint(editor).what_worked == ""


def test_a_locked_checkpoint_keeps_its_numbers_and_its_words(database: Database, editor: PlanEditor) -> None:
    editor.set_checkpoint(30, what_worked="calls")
    editor.lock_checkpoint(30, measures=measured(editor), decisions="go on")
    locked = checkpoint(editor)
    assert (locked.measures, locked.what_worked, locked.decisions) == (measured(editor), "calls", "go on")
    assert (locked.locked_at, locked.locked_by) == (NOW, "Amina Example")
    for gesture in (
        lambda: editor.set_checkpoint(30, decisions="stop"),
        lambda: editor.lock_checkpoint(30, measures=measured(editor, 0.9)),
    ):
        with pytest.raises(BadInputError, match="locked"):
            gesture()
    editor.undo()
    editor.undo()
    assert checkpoint(editor) == locked
    assert rows_in(database, editor.plan_id) == rows_told_by_document(database, editor.plan_id)
    editor.set_checkpoint(60, decisions="stop")
    assert checkpoint(editor, 60).locked_at is None


def test_both_leaders_lock_apart_and_a_choice_ends_it(editor: PlanEditor) -> None:
    partner = PlanDocument.from_bytes(editor.to_bytes())
    editor.lock_checkpoint(30, measures=measured(editor, 0.5))
    told = {"measures": measured(editor, 0.7), "locked_at": NOW, "locked_by": "Bilal Example"}
    edits = [FieldEdit(RecordKind.CHECKPOINT, "30", name, value, again=True) for name, value in told.items()]
    partner.write(edits, at=NOW, author="Bilal Example", undoable=False)
    editor.merge(partner.to_bytes())
    assert {conflict.field for conflict in editor.view().conflicts} == {"measures", "locked_by"}
    for conflict in editor.view().conflicts:
        hers = [each.author for each in conflict.candidates].index("Bilal Example")
        editor.settle(conflict, hers)
    assert editor.view().conflicts == ()
    assert (checkpoint(editor).measures, checkpoint(editor).locked_by) == (measured(editor, 0.7), "Bilal Example")


def test_a_second_window_cannot_lock_what_the_first_has_locked(database: Database, editor: PlanEditor) -> None:
    other = a_store(database, author="Bilal Example").open(editor.plan_id)
    editor.lock_checkpoint(30, measures=measured(editor, 0.5))
    other.set_plan(purpose="a save reads what is stored")
    with pytest.raises(BadInputError, match="locked"):
        other.lock_checkpoint(30, measures=measured(other, 0.7))
    assert checkpoint(other).locked_by == "Amina Example"


def test_other_days_and_other_fields_are_refused(editor: PlanEditor) -> None:
    with pytest.raises(BadInputError, match="30, 60 and 90"):
        editor.set_checkpoint(45, decisions="x")
    with pytest.raises(BadInputError, match="what worked"):
        editor.set_checkpoint(30, locked_by="x")
    with pytest.raises(BadInputError, match="decisions"):
        editor.lock_checkpoint(30, measures=(), mood="glad")
    with pytest.raises(BadInputError, match="numbers of the plan"):
        editor.lock_checkpoint(30, measures=[1])  # type: ignore[list-item]  # what a script may hand over


def test_day_0_stays_once_a_checkpoint_is_locked(editor: PlanEditor) -> None:
    starts_on = editor.view().starts_on
    editor.lock_checkpoint(30, measures=measured(editor))
    with pytest.raises(BadInputError, match="Day 0 stays where it is"):
        editor.set_plan(starts_on=starts_on + timedelta(days=7))
    editor.set_plan(starts_on=starts_on, purpose="Everything else may still change")
    assert (editor.view().starts_on, editor.view().purpose) == (starts_on, "Everything else may still change")


def test_locking_a_checkpoint_finishes_the_card_templates_bring_for_it(database: Database, editor: PlanEditor) -> None:
    drafts = (
        CardDraft("Checkpoint, day 30", due_day=30),
        CardDraft("Checkpoint, day 60", due_day=60),
        CardDraft("Checkpoint, day 30", due_on=START + timedelta(days=50)),
        CardDraft("Call three members", due_day=30),
    )
    editor.add_cards(drafts)
    editor.lock_checkpoint(30, measures=measured(editor))
    done = [card for card in editor.view().cards if card.column is CardColumn.DONE]
    assert [(card.title, card.due_day, card.done_on) for card in done] == [("Checkpoint, day 30", 30, NOW.date())]
    assert rows_in(database, editor.plan_id) == rows_told_by_document(database, editor.plan_id)
