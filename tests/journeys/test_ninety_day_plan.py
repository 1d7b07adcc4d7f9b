"""A 90-day plan: charter, type, baseline, template with its days shifted, three targets, owners, one page to a sponsor."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from tests.builders import a_workspace
from tests.journeys.conftest import Seat
from tests.journeys.coordinator import CONTROL
from tests.journeys.planner import SHIFT, Planner
from tests.ui.conftest import WATER
from workbench.workspace import Workspace

NAME = "Safe water at school"
PURPOSE = "Every question about school water is answered within two days"
TARGETS = {"Reply rate": "85", "New contributors": "12", "Curiosity": "30"}
SATURDAY = 5


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A profile on Saturday 15 June 2024; `filled` puts talk into it."""
    found = a_workspace(tmp_path)
    yield found
    found.close()


def write_the_charter(planner: Planner) -> None:
    """Refused until it says what for and who; the community says of what type it is."""
    planner.click("New plan")
    planner.click("Start the plan")
    assert "without one nobody can say after 90 days whether it worked" in planner.words()
    for name, text in {"Name": NAME, "Community": WATER, "Purpose": PURPOSE, "Owner": "Amina Example"}.items():
        planner.fill(name, text)
    planner.fill("Sponsor", "Musa Example")
    assert planner.named("Type of the community", QComboBox).currentText() == "Community of practice"
    assert "A plan needs" not in planner.words()
    planner.click("Next")


def take_the_starter_from_monday(planner: Planner) -> None:
    """Its days count from day 0, which is the Monday after."""
    planner.fill("Day 0", "+2")
    planner.pick("Starter plan for 90 days", of="Templates")
    assert "Day 90 is 15 Sept 2024 (checkpoint on Monday 16 Sept)" in planner.words()
    planner.click("Next")


def choose_three_targets(planner: Planner) -> None:
    """Refused without a measure; says beforehand how much of the baseline is known."""
    planner.click("Start the plan")
    assert "A plan needs at least one measure" in planner.words()
    for measure, target in TARGETS.items():
        planner.click(measure)
        planner.fill(f"Target for {measure}", target)
    assert "Only 88 % of the 90 days before day 0 is known here." in planner.words()
    planner.click("Start the plan")
    assert planner.told == ["The plan has started; its baseline is frozen."]


def days(planner: Planner) -> dict[int, date]:
    """{day of the plan: the date a card of that day is due on}"""
    return {card.due_day: card.due_on for card in planner.plan().cards if card.due_day and card.due_on}


def give_out_the_cards(planner: Planner) -> None:
    """All to one in a stroke, by keys and menu; one of them to somebody else, in the card itself."""
    planner.turn("List")
    planner.pick("Check for a similar community", of="Cards")
    planner.press(Qt.Key.Key_A, CONTROL)
    planner.press(Qt.Key.Key_F10, SHIFT)
    planner.choose_from("Owner", "Amina Example")
    planner.pick("Name champions", of="Cards")
    planner.press(Qt.Key.Key_Return)
    planner.fill("Owner", "Bo Example")
    planner.press(Qt.Key.Key_Escape)


def test_a_plan_is_set_up_from_nothing_to_the_page_for_the_sponsor(filled: Workspace, seat: Seat, tmp_path: Path):
    planner = seat(filled)
    write_the_charter(planner)
    take_the_starter_from_monday(planner)
    choose_three_targets(planner)
    plan = planner.plan()
    assert (plan.name, plan.purpose, plan.owner, plan.sponsor) == (NAME, PURPOSE, "Amina Example", "Musa Example")
    assert {each.measure: each.target for each in plan.objectives} == {
        "reply_rate": 0.85, "new_contributors": 12.0, "curiosity": 0.3,
    }  # fmt: skip
    assert all(each.baseline is not None and each.baseline.value is not None for each in plan.objectives)
    assert days(planner)[1] == date(2024, 6, 18)

    # The sponsor asks for a week more: every card goes along, and none lands on a weekend.
    planner.turn("Plan sheet")
    planner.fill("Day 0", "24 June")
    shifted = days(planner)
    assert (shifted[1], shifted[5], shifted[90]) == (date(2024, 6, 25), date(2024, 7, 1), date(2024, 9, 23))
    assert all(day.weekday() < SATURDAY for day in shifted.values())
    assert planner.plan().objectives == plan.objectives, "what was frozen stays"

    give_out_the_cards(planner)
    owners = {card.title: card.owner for card in planner.plan().cards}
    assert owners.pop("Name champions") == "Bo Example"
    assert set(owners.values()) == {"Amina Example"}

    page = planner.export_one_page(tmp_path / "Safe water.pdf")
    assert all(words in page for words in (NAME, PURPOSE, "85 %", "24 Jun 2024 to 22 Sep 2024", *TARGETS))
    assert "Bo Example" not in page, "names of card owners need a purpose and a recipient"
    assert planner.strays.seen == []
