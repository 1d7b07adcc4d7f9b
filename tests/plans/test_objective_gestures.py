"""ObjectiveGestures: every field of an objective, and readings of measures kept by hand."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.builders import NOW, a_database
from tests.plans.samples import START, a_plan, a_store, rows_in, rows_told_by_document
from workbench.errors import BadInputError
from workbench.models.database import Database
from workbench.models.kinds import Horizon, ObjectiveKind
from workbench.plans.drafts import ObjectiveDraft
from workbench.plans.editor import PlanEditor
from workbench.plans.views import HAND_KEPT, Baseline, ObjectiveTags, ObjectiveView, Reading


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = a_database(tmp_path)
    yield found
    found.close()


@pytest.fixture
def editor(database: Database) -> PlanEditor:
    store = a_store(database)
    opened = store.open(a_plan(store))
    opened.add_objective(ObjectiveDraft("People come", HAND_KEPT, 40, hand_unit="people"))
    return opened


def by_hand(editor: PlanEditor) -> ObjectiveView:
    return editor.view().objectives[1]


def test_every_field_of_an_objective_is_set_and_taken_back_in_one_step(database: Database, editor: PlanEditor) -> None:
    before = editor.view()
    tags = ObjectiveTags(behaviour=("asking",), benefit=("time", "trust"))
    editor.set_objective(
        before.objectives[0].id, kind="improving", problem="Nobody answers", tags=tags, alignment="Goal 6",
        horizon=Horizon.LONG, due_day=60, target=0.9,
    )  # fmt: skip
    changed = editor.view().objectives[0]
    assert (changed.kind, changed.tags, changed.horizon) == (ObjectiveKind.IMPROVING, tags, Horizon.LONG)
    assert (changed.due, changed.due_day, changed.problem, changed.alignment) == (
        date(2024, 8, 2),
        60,
        "Nobody answers",
        "Goal 6",
    )
    assert rows_in(database, editor.plan_id) == rows_told_by_document(database, editor.plan_id)
    editor.undo()
    assert editor.view() == before


def test_readings_are_kept_by_day_and_the_last_one_up_to_day_0_is_the_baseline(
    database: Database, editor: PlanEditor
) -> None:
    objective_id = by_hand(editor).id
    assert by_hand(editor).baseline is None
    editor.add_reading(objective_id, on=date(2024, 7, 3), value=25, note="first call")
    assert by_hand(editor).baseline == Baseline(25.0, None, None, None, datetime(2024, 7, 3, tzinfo=UTC))
    editor.add_reading(objective_id, on=date(2024, 5, 1), value=10)
    editor.add_reading(objective_id, on=START, value=12)
    editor.add_reading(objective_id, on=date(2024, 7, 3), value=26, note="counted again")
    assert by_hand(editor).readings == (
        Reading(date(2024, 5, 1), 10.0),
        Reading(START, 12.0),
        Reading(date(2024, 7, 3), 26.0, "counted again"),
    )
    assert by_hand(editor).baseline == Baseline(12.0, None, None, None, datetime(2024, 6, 3, tzinfo=UTC))
    assert rows_in(database, editor.plan_id) == rows_told_by_document(database, editor.plan_id)
    editor.remove_reading(objective_id, on=START)
    assert [reading.value for reading in by_hand(editor).readings] == [10.0, 26.0]
    editor.undo()
    assert len(by_hand(editor).readings) == 3


def test_two_people_read_one_day_differently_and_one_of_the_two_is_chosen(
    database: Database, editor: PlanEditor
) -> None:
    other = a_store(database, author="Bilal Example").open(editor.plan_id)
    editor.add_reading(by_hand(editor).id, on=START, value=12)
    other.add_reading(by_hand(other).id, on=START, value=13, note="with the phone")
    editor.merge(other.to_bytes())
    (conflict,) = editor.view().conflicts
    values = [candidate.value for candidate in conflict.candidates]
    editor.settle(conflict, values.index((13.0, "with the phone")))
    assert by_hand(editor).readings == (Reading(START, 13.0, "with the phone"),)
    assert editor.view().conflicts == ()


def test_what_the_mirror_measures_is_never_typed_and_what_is_kept_by_hand_never_frozen(editor: PlanEditor) -> None:
    measured = editor.view().objectives[0]
    with pytest.raises(BadInputError, match="never typed"):
        editor.add_reading(measured.id, on=START, value=1)
    with pytest.raises(BadInputError, match="first reading"):
        editor.set_baseline(by_hand(editor).id, value=1, numerator=1, denominator=1, coverage=1, at=NOW)
    with pytest.raises(BadInputError, match="needs a number"):
        editor.add_reading(by_hand(editor).id, on=START, value=None)  # type: ignore[arg-type]  # what a form may hand over
    with pytest.raises(BadInputError, match="lists of words"):
        editor.set_objective(measured.id, tags="asking")
    with pytest.raises(BadInputError, match="fields to set"):
        editor.set_objective(measured.id, position="V")
