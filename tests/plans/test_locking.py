"""Locking: what a locked checkpoint was told from stays, through merges, undo and kept copies."""

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.builders import NOW, a_database
from tests.plans.samples import AT, START, a_document, a_plan, a_store
from workbench.errors import BadInputError
from workbench.models.database import Database
from workbench.plans.document import FORMAT, PlanDocument
from workbench.plans.editor import PlanEditor
from workbench.plans.locking import DAY_0_STAYS, held_with
from workbench.plans.views import Baseline, CheckpointMeasure, CheckpointView, FieldEdit, ObjectiveView, RecordKind

LATER = START + timedelta(days=7)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = a_database(tmp_path)
    yield found
    found.close()


@pytest.fixture
def editor(database: Database) -> PlanEditor:
    store = a_store(database)
    return store.open(a_plan(store))


def lock(editor: PlanEditor) -> CheckpointView:
    goal = editor.view().objectives[0]
    baseline = None if goal.baseline is None else goal.baseline.value
    editor.lock_checkpoint(30, measures=(replace(measure(goal, 0.5), baseline=baseline),), decisions="go on")
    return checkpoint(editor)


def measure(goal: ObjectiveView, value: float) -> CheckpointMeasure:
    return CheckpointMeasure(goal.id, goal.title, value, 5, 10, 0.9, NOW, goal.target, None, goal.measure, LATER)


def checkpoint(editor: PlanEditor) -> CheckpointView:
    return editor.view().checkpoints[0]


def partner_of(editor: PlanEditor) -> PlanDocument:
    return PlanDocument.from_bytes(editor.to_bytes())


def hers(partner: PlanDocument, kind: RecordKind, record_id: str, after: timedelta, **fields: Any) -> None:
    edits = [FieldEdit(kind, record_id, name, value) for name, value in fields.items()]
    partner.write(edits, at=NOW + after, author="Bilal Example")


def in_both_orders(editor: PlanEditor, partner: PlanDocument) -> None:
    """Merges both ways and holds that both then show the same."""
    ours = editor.to_bytes()
    editor.merge(partner.to_bytes())
    partner.merge(ours)
    assert partner.view() == replace(editor.view(), community_id=None)


@pytest.mark.parametrize("after", [timedelta(hours=-1), timedelta(hours=1)], ids=["before", "after"])
def test_a_partner_who_did_not_know_of_the_lock_moves_nothing_under_it(editor: PlanEditor, after: timedelta) -> None:
    goal = editor.view().objectives[0]
    editor.set_baseline(goal.id, value=0.4, numerator=4, denominator=10, coverage=0.9, at=NOW)
    before = partner_of(editor)
    locked = lock(editor)
    baseline = editor.view().objectives[0].baseline
    hers(before, RecordKind.PLAN, "", after, starts_on=LATER, holidays="CH", purpose="Hers")
    hers(before, RecordKind.CHECKPOINT, "30", after, decisions="stop", measures=(measure(goal, 0.1),))
    name = f"baseline.{goal.measure}"
    before.write(
        [FieldEdit(RecordKind.OBJECTIVE, goal.id, name, Baseline(0.1, 1, 10, 0.9, NOW))], at=NOW + after, author="Bilal"
    )
    told = {question.conflict.field: question for question in editor.preview(before.to_bytes()).questions}
    in_both_orders(editor, before)
    view = editor.view()
    assert (checkpoint(editor), view.starts_on, view.objectives[0].baseline) == (locked, START, baseline)
    assert (view.purpose, view.holidays) == ("Hers", "CH")
    assert told.keys() == {each.field for each in view.conflicts} == {"starts_on", "decisions", "measures", name}
    assert told["starts_on"].words == ("3 Jun 2024", "10 Jun 2024")
    assert told["starts_on"].stays == DAY_0_STAYS
    assert "locked" in told["decisions"].stays
    assert "baseline stays" in told[name].stays


def test_only_the_value_of_the_lock_is_a_choice_for_day_0(editor: PlanEditor) -> None:
    partner = partner_of(editor)
    lock(editor)
    hers(partner, RecordKind.PLAN, "", timedelta(hours=1), starts_on=LATER)
    editor.merge(partner.to_bytes())
    (conflict,) = editor.view().conflicts
    with pytest.raises(BadInputError, match="Day 0 stays"):
        editor.settle(conflict, 1)
    assert editor.view().conflicts == (conflict,)
    editor.settle(conflict, 0)
    assert (editor.view().conflicts, editor.view().starts_on) == ((), START)
    partner.merge(editor.to_bytes())
    assert (partner.view().conflicts, partner.view().starts_on) == ((), START)


def test_a_choice_in_a_locked_checkpoint_is_taken_back_as_a_question(editor: PlanEditor) -> None:
    partner = partner_of(editor)
    locked = lock(editor)
    hers(partner, RecordKind.CHECKPOINT, "30", timedelta(hours=1), decisions="stop")
    editor.merge(partner.to_bytes())
    (conflict,) = editor.view().conflicts
    editor.settle(conflict, 1)
    assert checkpoint(editor).decisions == "stop"
    editor.undo()
    assert (editor.view().conflicts, checkpoint(editor)) == ((conflict,), locked)
    editor.redo()
    assert (editor.view().conflicts, checkpoint(editor).decisions) == ((), "stop")


def test_neither_undo_nor_redo_nor_a_kept_copy_moves_day_0_under_a_lock(editor: PlanEditor) -> None:
    first = editor.to_bytes()
    editor.set_plan(starts_on=LATER)
    editor.set_plan(starts_on=START)
    editor.set_plan(purpose="Undone by itself")
    editor.set_plan(starts_on=LATER)
    editor.undo()
    locked = lock(editor)
    assert locked.counted_on == date(2024, 7, 3)
    editor.redo()
    assert (editor.view().starts_on, checkpoint(editor)) == (START, locked)
    while editor.undo():
        assert (editor.view().starts_on, checkpoint(editor), editor.view().conflicts) == (START, locked, ())
    while editor.redo():
        assert (editor.view().starts_on, checkpoint(editor), editor.view().conflicts) == (START, locked, ())
    editor.go_back(first)
    assert (editor.view().starts_on, checkpoint(editor), editor.view().conflicts) == (START, locked, ())


def test_the_first_of_two_locks_shows_and_each_keeps_the_day_it_was_counted_from(editor: PlanEditor) -> None:
    partner = partner_of(editor)
    hers(partner, RecordKind.PLAN, "", timedelta(hours=-2), starts_on=LATER)
    told = {"locked_at": NOW - timedelta(hours=1), "counted_on": LATER, "falls_on": LATER, "decisions": "stop"}
    hers(partner, RecordKind.CHECKPOINT, "60", timedelta(hours=-1), **told)
    partner.write(
        [FieldEdit(RecordKind.PLAN, "", "starts_on", LATER, again=True)], at=NOW - timedelta(hours=1), author="Bilal"
    )
    locked = lock(editor)
    in_both_orders(editor, partner)
    assert checkpoint(editor) == locked
    assert (editor.view().checkpoints[1].counted_on, editor.view().starts_on) == (LATER, LATER)


def test_a_copy_from_before_the_lock_leaves_day_0_where_an_older_version_locked(editor: PlanEditor) -> None:
    first = editor.to_bytes()
    editor.set_plan(starts_on=LATER)
    older = partner_of(editor)
    # What a version wrote that did not yet write day 0 with the lock.
    hers(older, RecordKind.CHECKPOINT, "30", timedelta(0), locked_at=NOW)
    editor.merge(older.to_bytes())
    editor.go_back(first)
    assert editor.view().starts_on == LATER


def frozen(document: PlanDocument) -> dict[str, tuple[str, object]]:
    """{what a lock holds: (the lock that holds it, what shows)}."""
    view = document.view()
    locks = {
        str(each.day): document.registers(RecordKind.CHECKPOINT, str(each.day))["locked_at"][0]
        for each in view.checkpoints
        if each.locked_at is not None
    }
    found: dict[str, tuple[str, object]] = {
        str(each.day): (locks[str(each.day)].op, each) for each in view.checkpoints if str(each.day) in locks
    }
    if locks:
        first = min(locks.values(), key=lambda lock: (lock.at, lock.op))
        found["day 0"] = (first.op, view.starts_on)
    return found


def one_act(chance: random.Random, document: PlanDocument, *, author: str, at: datetime) -> bool:
    """What one leader does in the window, which refuses to touch what is locked."""
    view = document.view()
    day = chance.choice(view.checkpoints)
    match chance.randrange(6):
        case 0 if not frozen(document):
            edits = [FieldEdit(RecordKind.PLAN, "", "starts_on", START + timedelta(days=chance.randrange(9)))]
        case 1 if day.locked_at is None:
            told = {"locked_at": at, "locked_by": author, "decisions": day.decisions}
            edits = [
                FieldEdit(RecordKind.CHECKPOINT, str(day.day), name, value, again=True) for name, value in told.items()
            ]
            return document.write([*edits, *held_with(view, day)], at=at, author=author, undoable=False)
        case 2 if day.locked_at is None:
            edits = [FieldEdit(RecordKind.CHECKPOINT, str(day.day), "decisions", f"{author} {chance.random()}")]
        case 3:
            return document.undo()
        case 4:
            return document.redo()
        case _:
            edits = [FieldEdit(RecordKind.PLAN, "", "holidays", chance.choice(["", "KE", "CH"]))]
    return document.write(edits, at=at, author=author)


# PLAN_SEEDS=1000 runs a thousand of them.
@pytest.mark.parametrize("seed", range(int(os.environ.get("PLAN_SEEDS", "12"))))
def test_whatever_two_leaders_do_apart_a_lock_lets_go_of_nothing(seed: int) -> None:
    chance = random.Random(seed)
    both = [PlanDocument.from_bytes(a_document("one").to_bytes()) for _ in range(2)]
    for step in range(40):
        place = chance.randrange(2)
        document, before = both[place], frozen(both[place])
        if chance.random() < 0.25:
            document.merge(both[1 - place].to_bytes())
        else:
            one_act(
                chance,
                document,
                author=f"author {place}",
                at=AT + timedelta(minutes=chance.randrange(99), seconds=step),
            )
        after = frozen(document)
        for name, (lock, shown) in before.items():
            # Only somebody's earlier lock may show something else.
            assert after[name] == (lock, shown) or after[name][0] != lock
    for _ in range(2):
        both[0].merge(both[1].to_bytes())
        both[1].merge(both[0].to_bytes())
    assert both[0].view() == both[1].view()


def test_only_a_plan_with_a_lock_needs_a_version_that_knows_of_it(editor: PlanEditor) -> None:
    assert int(partner_of(editor)._meta["format"]) == 1
    lock(editor)
    assert int(partner_of(editor)._meta["format"]) == FORMAT == 2
