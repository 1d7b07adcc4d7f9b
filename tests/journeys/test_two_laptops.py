"""Two laptops, one plan: a deputy edited the same card offline; who changed what is said, one field asks, none is lost."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.builders import a_clock, a_workspace
from tests.journeys.conftest import Seat
from tests.journeys.coordinator import CONTROL
from tests.journeys.partnership import introduced, trusted
from tests.journeys.planner import SHIFT, Planner
from tests.ui.plan_samples import a_plan
from workbench.clock import FixedClock
from workbench.ids import PlanId
from workbench.plans.views import CardView
from workbench.workspace import Workspace

CARD, HIS, HERS = "Ask five schools for photos", "Call the ministry", "Thank the donors"
QUESTION = (
    f"{CARD} Card · Owner",
    "Bo Example Bo Example, 15 Jun 2024, 15:00 (1 h ago)",
    "Chidi Example Amina Example, 15 Jun 2024, 14:00 (2 h ago)",
)


@pytest.fixture
def clocks() -> tuple[FixedClock, FixedClock]:
    """Hers and his."""
    return a_clock(), a_clock()


@pytest.fixture
def hers(tmp_path: Path, clocks: tuple[FixedClock, FixedClock]) -> Iterator[Workspace]:
    """Amina's laptop, with the plan."""
    (tmp_path / "amina").mkdir()
    found = a_workspace(tmp_path / "amina", clock=clocks[0])
    a_plan(found)
    yield found
    found.close()


@pytest.fixture
def his(tmp_path: Path, clocks: tuple[FixedClock, FixedClock]) -> Iterator[Workspace]:
    """Bo's, without one."""
    (tmp_path / "bo").mkdir()
    found = a_workspace(tmp_path / "bo", clock=clocks[1])
    yield found
    found.close()


def send(planner: Planner, folder: Path) -> Path:
    """Writes a sealed file for the other one, and answers it."""
    before = set(folder.glob("*.cwplan"))
    planner.take_the_keyboard()
    planner.command("Send to a partner")
    planner.fill("Folder", str(folder))
    planner.click("Write the file")
    (file,) = set(folder.glob("*.cwplan")) - before
    return file


def edit(planner: Planner, title: str, **fields: str) -> None:
    """Opens a card from the list, writes into its fields, and closes it."""
    planner.turn("List")
    planner.pick(title, of="Cards")
    planner.press(Qt.Key.Key_Return)
    for name, text in fields.items():
        planner.fill(name, text)
    planner.press(Qt.Key.Key_Escape)


def add(planner: Planner, title: str) -> None:
    """A new card."""
    planner.turn("Board")
    planner.press(Qt.Key.Key_N, CONTROL)
    planner.write(title)
    planner.press(Qt.Key.Key_Return)
    planner.press(Qt.Key.Key_Escape)


def card(planner: Planner, plan_id: PlanId, title: str = CARD) -> CardView:
    """A card as the profile holds it."""
    return next(each for each in planner.plan(plan_id).cards if each.title == title)


def titles(planner: Planner, plan_id: PlanId) -> set[str]:
    """The cards there are."""
    return {each.title for each in planner.plan(plan_id).cards if not each.is_archived}


def share_the_plan(amina: Planner, bo: Planner, folder: Path) -> PlanId:
    """They come to trust each other, and he has the plan from her."""
    hers, his = introduced(amina, "Amina Example"), introduced(bo, "Bo Example")
    trusted(amina, his)
    trusted(bo, hers)
    file = send(amina, folder)
    bo.take_the_keyboard()
    bo.drop(file)
    assert "This plan is new here. It is added as a whole." in bo.words()
    bo.click("Add the plan")
    bo.click("Open the plan")
    assert bo.context.desk.plan_id is not None
    return bo.context.desk.plan_id


def both_edit(amina: Planner, bo: Planner) -> None:
    """The owner of one card by both of them, an hour apart; his notes and a card of each beside it."""
    bo.take_the_keyboard()
    edit(bo, CARD, Owner="Bo Example", Notes="By telephone")
    add(bo, HIS)
    amina.take_the_keyboard()
    amina.go_to("plans")
    add(amina, HERS)
    edit(amina, CARD, Owner="Chidi Example")


def test_a_deputys_edits_come_in_and_only_what_both_changed_is_asked(
    hers: Workspace, his: Workspace, clocks: tuple[FixedClock, FixedClock], seat: Seat, tmp_path: Path
):
    amina, bo = seat(hers), seat(his)
    plan_id = share_the_plan(amina, bo, tmp_path)
    for clock, hours in zip(clocks, (2, 3), strict=True):
        clock.advance(timedelta(hours=hours))
    both_edit(amina, bo)
    file = send(bo, tmp_path)
    before = amina.plan(plan_id)
    clocks[0].advance(timedelta(hours=2))

    # Looked at first: who, what and when, and nothing is changed by that.
    amina.take_the_keyboard()
    amina.drop(file)
    words = amina.words()
    assert "Bo Example sent Safe water" in words
    assert "2 changes would be taken in; 1 field changed by both of you." in words
    assert f"{CARD} Card Notes nothing By telephone Bo Example, 1 h ago" in words
    assert f"{HIS} Card New card {HIS} Bo Example, 1 h ago" in words
    assert amina.plan(plan_id) == before
    amina.click("Merge")
    assert titles(amina, plan_id) == titles(bo, plan_id) | {HERS}

    # One field asks: both values with their dates and names.
    amina.click("Choose between the values (1)")
    words = amina.words()
    assert all(each in words for each in QUESTION)
    amina.press(Qt.Key.Key_2)
    assert card(amina, plan_id).owner == "Chidi Example"
    assert "Nothing waits for a choice" in amina.words()

    # Undo takes back her own edits one by one, and none of his; redo brings them again.
    amina.press(Qt.Key.Key_Z, CONTROL)
    assert all(each in amina.words() for each in QUESTION), "the question is there again"
    for _ in range(5):
        amina.press(Qt.Key.Key_Z, CONTROL)
    assert (card(amina, plan_id).owner, card(amina, plan_id).notes) == ("Bo Example", "By telephone")
    assert titles(amina, plan_id) == titles(bo, plan_id)
    for _ in range(6):
        amina.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert (card(amina, plan_id).owner, card(amina, plan_id).notes) == ("Chidi Example", "By telephone")
    assert titles(amina, plan_id) == titles(bo, plan_id) | {HERS}

    amina.turn("Copies")
    assert "Before the changes of Bo Example were taken in" in amina.words()
    amina.click("What would change")
    assert "By telephone" in amina.words()

    # What she chose goes back to him; he is not asked, and both have the same plan.
    file = send(amina, tmp_path)
    bo.take_the_keyboard()
    bo.drop(file)
    assert "changed by both of you" not in bo.words()
    bo.click("Merge")
    assert bo.plan(plan_id) == amina.plan(plan_id)
    assert amina.strays.seen == bo.strays.seen == []
