"""Day 30: measures filled in, one behind its path, two tasks, a decision, the lock that stays, and a page that says so."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.builders import NOW, a_workspace
from tests.journeys.conftest import Seat
from tests.journeys.coordinator import CONTROL
from tests.journeys.planner import SHIFT, Planner
from tests.ui.pages.sheet_parts import a_sheet_plan
from workbench.ids import CommunityId
from workbench.models.kinds import CardColumn
from workbench.models.moments import DayRange
from workbench.operations.partners import own_identity
from workbench.plans.views import CheckpointView
from workbench.sync.connector import Batch
from workbench.workspace import Workspace

TASKS = ("Call the two who stopped answering", "Name a second keeper")
DECISION = "Two of us answer by turns from now on"
SAID = {"What worked": "The weekly round", "Decisions": DECISION, "Next": "A second keeper by day 45"}
LOCKED = "Locked on 15 Jun 2024 by Amina Example. Its numbers and words stay as they are."


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A profile of Amina's, on 15 June 2024."""
    found = a_workspace(tmp_path)
    own_identity(found, name="Amina Example")
    yield found
    found.close()


@pytest.fixture
def on_day_30(filled: Workspace, water_id: CommunityId) -> Workspace:
    """Thirty days into a plan; of every day it is known whether somebody wrote."""
    today = NOW.date()
    hole = DayRange(today - timedelta(days=40), today - timedelta(days=31))
    filled.mirror.apply(water_id, "events", Batch((), covered=(hole,)))
    a_sheet_plan(filled, days=30)
    return filled


def fill_in_the_reading(planner: Planner) -> None:
    """The one measure that no platform knows; the other comes by itself."""
    planner.turn("Plan sheet")
    planner.pick("Objectives", of="Parts of the plan sheet")
    planner.fill("Value read", "31")
    planner.fill("Note on the reading", "Counted in the call")
    planner.click("Add a reading")


def hold_the_checkpoint(planner: Planner) -> None:
    """What falls short is said; two tasks come of it."""
    planner.command("next checkpoint")
    words = planner.words()
    assert "Reply rate: 74 %, where the way to 80 % asks for 76 % by day 30." in words
    assert "People at the webinar: " not in words, "what is on its way is no shortfall"
    planner.press(Qt.Key.Key_N, CONTROL)
    for task in TASKS:
        planner.write(task)
        planner.press(Qt.Key.Key_Return)
    planner.press(Qt.Key.Key_Escape)


def write_and_lock(planner: Planner) -> CheckpointView:
    """Says what locking means before it does it."""
    planner.command("next checkpoint")
    for name, text in SAID.items():
        planner.fill(name, text)
    planner.click("Lock with these numbers")
    assert planner.plan().checkpoints[0].locked_at is None
    assert "Nobody can change them afterwards, and undo does not open it again." in planner.words()
    planner.click("Lock for good")
    assert LOCKED in planner.words()
    assert "Day 30 · Locked" in planner.tabs()
    return planner.plan().checkpoints[0]


def all_steps(planner: Planner, action: str, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> int:
    """Undo or redo until there is nothing left to it; how many steps that were."""
    steps = 0
    while planner.context.actions.action(action).isEnabled():
        planner.press(key, modifiers)
        steps += 1
    return steps


def todo(planner: Planner) -> set[str]:
    """What is to be done."""
    return {each.title for each in planner.plan().cards if each.column is CardColumn.TODO and not each.is_archived}


def test_a_checkpoint_is_held_locked_and_told_on_one_page(on_day_30: Workspace, seat: Seat, tmp_path: Path):
    planner = seat(on_day_30)
    fill_in_the_reading(planner)
    hold_the_checkpoint(planner)
    assert set(TASKS) < todo(planner)
    locked = write_and_lock(planner)
    assert [(each.title, each.value) for each in locked.measures] == [
        ("Reply rate", pytest.approx(51 / 69)), ("People at the webinar", 31.0),
    ]  # fmt: skip
    assert (locked.decisions, locked.locked_at) == (DECISION, NOW)

    # What was done beside it is taken back and done again; the checkpoint stays as it was locked.
    steps = all_steps(planner, "edit.undo", Qt.Key.Key_Z, CONTROL)
    assert steps > len(TASKS)
    assert not set(TASKS) & todo(planner)
    assert planner.plan().checkpoints[0] == locked
    planner.turn("Plan sheet")
    planner.pick("Checkpoints", of="Parts of the plan sheet")
    planner.turn("Day 30")
    assert LOCKED in planner.words()
    assert all_steps(planner, "edit.redo", Qt.Key.Key_Z, CONTROL | SHIFT) == steps
    assert set(TASKS) < todo(planner)
    assert planner.plan().checkpoints[0] == locked

    page = planner.export_one_page(tmp_path / "Day 30.pdf")
    assert all(words in page for words in ("Day 30", "31", *SAID.values()))
    assert planner.strays.seen == []
