"""Two laptops, one plan, no server: partners made, a plan sent, both edit one card offline, one field asks, undo."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.journeys.coordinator import CONTROL, Coordinator
from tests.operations.laptops import Laptop, card_called
from tests.ui.plan_samples import a_plan
from workbench.clock import SystemClock
from workbench.ids import PlanId
from workbench.operations.exchange import kept_copies, send_plan
from workbench.operations.partners import add_partner, own_identity
from workbench.plans.views import CardView
from workbench.ui.pages.plan_exchange import ExchangePage
from workbench.workspace import Workspace

CARD = "Invite two partners"


@pytest.fixture
def plan_id(workspace: Workspace) -> PlanId:
    return a_plan(workspace)


@pytest.fixture
def bo(tmp_path: Path):
    laptop = Laptop(tmp_path / "bo", "Bo Example", clock=SystemClock())
    yield laptop
    laptop.close()


def exchange(coordinator: Coordinator) -> ExchangePage:
    page = coordinator.page
    assert isinstance(page, ExchangePage)
    return page


def card_of(workspace: Workspace, plan_id: PlanId) -> CardView:
    return next(card for card in workspace.plans.open(plan_id).view().cards if card.title == CARD)


def become_partners(coordinator: Coordinator, bo: Laptop) -> None:
    """Each gets the other's file, hers by the window."""
    coordinator.command("Partners")
    coordinator.write("Amina Example")
    coordinator.click("Make my partner file")
    coordinator.click("Copy as text")
    exchange(coordinator).partners.pasted.setPlainText(own_identity(bo.workspace).to_text())
    coordinator.click("Look at the text")
    # The fingerprint is there to be compared; a screen reader says it digit by digit.
    assert exchange(coordinator).partners.compare.digits == own_identity(bo.workspace).fingerprint
    coordinator.click("It is the same: add")
    add_partner(bo.workspace, own_identity(coordinator.context.workspace))


def test_one_field_asks_no_card_is_lost_and_a_copy_is_kept(
    coordinator: Coordinator, plan_id: PlanId, bo: Laptop, tmp_path: Path
):
    workspace = coordinator.context.workspace
    coordinator.go_to("plans")
    become_partners(coordinator, bo)
    out = tmp_path / "stick"
    out.mkdir()
    coordinator.command("Send to a partner")
    exchange(coordinator).sending.place.setText(str(out))
    coordinator.click("Write the file")
    (file,) = out.iterdir()
    assert f"{file.name}: number 1" in coordinator.words()
    bo.receive(file)
    bo.editor.set_cards([card_called(bo.view, CARD)], owner="Bo Example", notes="By telephone")
    workspace.plans.open(plan_id).set_card(card_of(workspace, plan_id).id, owner="Amina Example", hours=2.0)
    assert bo.plan is not None
    sent = send_plan(bo.workspace, plan_id=bo.plan, out=out, to=["Amina Example"])
    coordinator.context.open_page("exchange", f"receive:{sent.path}")
    coordinator.settle()
    words = coordinator.words()
    assert "Bo Example sent Safe water" in words
    assert "Changed by both" in words
    assert card_of(workspace, plan_id).notes == ""
    coordinator.click("Merge")
    coordinator.click("Choose between the values (1)")
    exchange(coordinator).take_focus()
    coordinator.press(Qt.Key.Key_2)
    settled = card_of(workspace, plan_id)
    assert (settled.owner, settled.notes, settled.hours) == ("Bo Example", "By telephone", 2.0)
    coordinator.press(Qt.Key.Key_Z, CONTROL)
    assert [each.field for each in workspace.plans.open(plan_id).view().conflicts] == ["owner"]
    assert card_of(workspace, plan_id).notes == "By telephone"
    assert len(kept_copies(workspace, plan_id)) == 1
    assert len(workspace.plans.open(plan_id).view().cards) == len(bo.view.cards)
    assert coordinator.strays.seen == []
