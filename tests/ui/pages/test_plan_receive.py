"""Receiving: what waits, what needs a passphrase, what is damaged or known, a stranger, and what came of it."""

from pathlib import Path

import pytest

from tests.operations.laptops import Laptop
from tests.ui.pages.exchange_parts import PASSPHRASE, a_stranger, both_change
from tests.ui.settled import settle
from workbench.operations.partners import choose_partner_folder, partners
from workbench.queries.plans import list_plans
from workbench.ui.context import Context
from workbench.ui.pages.plan_exchange_data import read_exchange
from workbench.ui.pages.plan_receive import ReceivePanel


@pytest.fixture
def panel(qtbot, hers: Context) -> ReceivePanel:
    made = ReceivePanel(hers)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    return made


def look(qtbot, panel: ReceivePanel, path: Path) -> None:
    panel.look_at(path)
    settle(qtbot, panel._context.jobs)


def plan_names(laptop: Laptop) -> list[str]:
    with laptop.workspace.database.read() as reader:
        return [plan.name for plan in list_plans(reader)]


def test_what_waits_in_a_shared_folder_is_listed_with_a_button(qtbot, panel: ReceivePanel, pair, tmp_path):
    amina, bo = pair
    shared = tmp_path / "shared"
    shared.mkdir()
    choose_partner_folder(amina.workspace, "Bo Example", shared)
    both_change(amina, bo)
    bo.send(amina, into=shared)
    (shared / "torn.cwplan").write_bytes(b"community-work")
    data = read_exchange(amina.workspace, plan_id=amina.plan)
    panel.show_data(data)
    assert panel._waiting_card.isVisible()
    names = [panel._waiting_column.itemAt(n).widget().accessibleName() for n in range(panel._waiting_column.count())]
    assert any(name.startswith("Changes to Safe water from Bo Example. Number 2") for name in names)
    assert any(name.startswith("torn.cwplan. This file ends too early") for name in names)


def test_a_file_with_a_passphrase_asks_for_it_and_says_when_it_is_wrong(qtbot, panel: ReceivePanel, pair):
    amina, bo = pair
    both_change(amina, bo)
    look(qtbot, panel, bo.send(passphrase=PASSPHRASE).path)
    assert panel._lock_card.isVisible()
    panel.passphrase.setText("another one altogether")
    panel.passphrase.returnPressed.emit()
    settle(qtbot, panel._context.jobs)
    assert "does not open this file" in panel.passphrase_field.problem
    panel.passphrase.setText(PASSPHRASE)
    panel.passphrase.returnPressed.emit()
    settle(qtbot, panel._context.jobs)
    assert panel.currentWidget() is panel.arrival
    assert panel.passphrase.text() == ""


def test_damaged_foreign_newer_and_known_files_say_so_and_change_nothing(qtbot, panel: ReceivePanel, pair, tmp_path):
    amina, bo = pair
    sent = both_change(amina, bo)
    data = sent.path.read_bytes()
    before = amina.view
    told = {}
    files = {
        "damaged": data[:-40] + bytes([data[-40] ^ 1]) + data[-39:],
        "cut": data[:-20],
        "foreign": b"PK\x03\x04 a picture",
        "newer": data.replace(b"envelope 1\n", b"envelope 9\n", 1),
        "older": data.replace(b"envelope 1\n", b"envelope 0\n", 1),
    }
    for name, content in files.items():
        path = tmp_path / f"{name}.cwplan"
        path.write_bytes(content)
        look(qtbot, panel, path)
        told[name] = panel.trouble.text
    amina.editor.reread()
    assert amina.view == before
    amina.receive(sent.path)
    look(qtbot, panel, sent.path)
    told["replayed"] = panel.trouble.text
    for name, words in (
        ("damaged", "damaged"), ("cut", "ends too early"), ("foreign", "not made by"), ("newer", "newer version"),
        ("older", "old form"), ("replayed", "taken in before"),
    ):  # fmt: skip
        assert words in told[name]
    assert panel.currentWidget() is panel._list


def test_a_stranger_is_taken_in_only_after_the_fingerprint_was_compared(qtbot, panel: ReceivePanel, pair, tmp_path):
    amina, _bo = pair
    look(qtbot, panel, a_stranger(tmp_path, amina).path)
    arrival = panel.arrival
    assert not arrival.go.isEnabled()
    arrival.compared.setChecked(True)
    with qtbot.waitSignal(panel.merged):
        arrival.go.click()
    assert sorted(plan_names(amina)) == ["Meet the teachers", "Safe water"]
    assert [each.name for each in partners(amina.workspace)] == ["Bo Example", "Rosa Example"]


def test_not_now_leaves_everything_as_it_was(qtbot, panel: ReceivePanel, pair):
    amina, bo = pair
    before = amina.view
    look(qtbot, panel, bo.send(amina).path)
    panel.arrival.left.emit()
    assert panel.currentWidget() is panel._list
    assert not panel.go_back()
    amina.editor.reread()
    assert amina.view == before


def test_a_new_plan_under_a_taken_name_gets_another(qtbot, panel: ReceivePanel, pair, tmp_path):
    amina, _bo = pair
    look(qtbot, panel, a_stranger(tmp_path, amina, name="Safe water").path)
    panel.arrival.compared.setChecked(True)
    assert panel.arrival.name.text() == "Safe water (Rosa Example)"
    panel.arrival.name.setText("")
    assert not panel.arrival.go.isEnabled()
    panel.arrival.name.setText("Water of the teachers")
    with qtbot.waitSignal(panel.merged):
        panel.arrival.go.click()
    assert sorted(plan_names(amina)) == ["Safe water", "Water of the teachers"]


def test_a_file_taken_in_meanwhile_is_refused_beside_the_button(qtbot, panel: ReceivePanel, pair):
    amina, bo = pair
    sent = both_change(amina, bo)
    look(qtbot, panel, sent.path)
    amina.receive(sent.path)
    panel.arrival.go.click()
    settle(qtbot, panel._context.jobs)
    assert "taken in before" in panel.arrival._said.text()
    assert panel.go_back()


def test_what_came_of_it_leads_on(qtbot, panel: ReceivePanel, pair):
    amina, bo = pair
    look(qtbot, panel, both_change(amina, bo).path)
    with qtbot.waitSignal(panel.merged) as merged:
        panel.arrival.go.click()
    assert merged.args == [amina.plan, 1]
    card = panel._outcome.column.itemAt(0).widget()
    assert card.accessibleName().startswith("2 changes of Bo Example in 2 places taken in. 1 field waits for you")
    assert "A copy of the plan as it was before is kept." in card.accessibleName()
