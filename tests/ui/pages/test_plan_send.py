"""Sending: for whom and how is chosen once and kept; what is in it is said; what is missing stands beside the field."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices

from tests.operations.laptops import Laptop
from tests.ui.pages.exchange_parts import PASSPHRASE
from tests.ui.plan_samples import a_plan
from tests.ui.settled import settle
from workbench.operations.partners import add_partner, choose_partner_folder, own_identity
from workbench.ui.context import Context
from workbench.ui.pages.plan_exchange_data import FILE, FOLDER, MAIL, read_exchange
from workbench.ui.pages.plan_send import SendPanel


def filled(qtbot, context: Context) -> SendPanel:
    """A panel over the one plan of a profile."""
    panel = SendPanel(context)
    qtbot.addWidget(panel)
    panel.resize(1000, 640)
    panel.show()
    fill(panel, context)
    return panel


def fill(panel: SendPanel, context: Context) -> None:
    data = read_exchange(context.workspace, plan_id=None)
    panel.show_data(data, data.plans[0])


@pytest.fixture
def panel(qtbot, hers: Context) -> SendPanel:
    return filled(qtbot, hers)


def sent_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.cwplan"))


def test_what_goes_and_what_stays_is_said(panel: SendPanel):
    assert "2 cards" in panel._contents.text()
    assert "Notes on cards" in panel._contents.text()
    assert "Not in it: messages, members" in panel._contents.text()


def test_a_file_for_a_partner_is_written_and_its_number_and_size_are_said(
    qtbot, panel: SendPanel, pair, tmp_path, monkeypatch
):
    bo: Laptop = pair[1]
    panel.ways[FILE].setChecked(True)
    panel.place.setText(str(tmp_path))
    with qtbot.waitSignal(panel.sent):
        qtbot.keyClick(panel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (path,) = sent_files(tmp_path)
    assert panel.result.startswith(f"{path.name}: number 2, ")
    assert panel.result.endswith("Only Bo Example can open it.")
    assert bo.read(path).sender == "Amina Example"
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    panel.reveal.click()
    assert shown == [str(tmp_path)]


def test_the_shared_folder_is_offered_and_the_choice_is_kept(qtbot, panel: SendPanel, pair, hers: Context, tmp_path):
    amina: Laptop = pair[0]
    assert not panel.ways[FOLDER].isEnabled()
    shared = tmp_path / "shared"
    shared.mkdir()
    choose_partner_folder(amina.workspace, "Bo Example", shared)
    fill(panel, hers)
    assert panel.ways[FOLDER].isEnabled()
    panel.ways[FOLDER].setChecked(True)
    assert not panel.place_field.isVisible()
    with qtbot.waitSignal(panel.sent):
        panel.go.click()
    assert len(sent_files(shared)) == 1
    again = filled(qtbot, hers)
    assert again.ways[FOLDER].isChecked()
    assert again._chosen() == ("Bo Example",)


def test_for_an_email_the_file_is_shown_in_its_folder(qtbot, panel: SendPanel, tmp_path, monkeypatch):
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    panel.ways[MAIL].setChecked(True)
    panel.place.setText(str(tmp_path))
    with qtbot.waitSignal(panel.sent):
        panel.go.click()
    assert shown == [str(tmp_path)]


def test_a_passphrase_has_to_be_long_and_opens_the_file(qtbot, panel: SendPanel, pair, tmp_path):
    bo: Laptop = pair[1]
    panel.for_anybody.setChecked(True)
    panel.place.setText(str(tmp_path))
    panel.passphrase.setText("short")
    panel.submit()
    assert "at least 12" in panel.passphrase_field.problem
    panel.passphrase.setText(PASSPHRASE)
    with qtbot.waitSignal(panel.sent, timeout=20_000):
        panel.submit()
    assert panel.passphrase.text() == ""
    (path,) = sent_files(tmp_path)
    assert bo.read(path, passphrase=PASSPHRASE).plan.name == "Safe water"


def test_a_place_that_is_not_there_and_nobody_chosen_are_said(panel: SendPanel, tmp_path):
    panel.place.setText(str(tmp_path / "nowhere"))
    panel.ways[FILE].setChecked(True)
    panel.submit()
    assert panel.place_field.problem == "Choose a folder that is there."
    panel._ticks["Bo Example"].setChecked(False)
    panel.place.setText(str(tmp_path))
    panel.submit()
    assert panel.result == "Choose at least one partner."
    assert sent_files(tmp_path) == []


def test_the_first_time_a_name_is_asked(qtbot, context: Context, tmp_path):
    a_plan(context.workspace)
    panel = filled(qtbot, context)
    assert panel.name_field.isVisible()
    assert panel.for_anybody.isChecked()
    panel.place.setText(str(tmp_path))
    panel.passphrase.setText(PASSPHRASE)
    panel.submit()
    assert panel.name_field.problem.startswith("Say who you are")
    panel.name.setText("Cleo Example")
    with qtbot.waitSignal(panel.sent, timeout=20_000):
        panel.submit()
    settle(qtbot, context.jobs)
    own = read_exchange(context.workspace, plan_id=None).own
    assert own is not None
    assert own.name == "Cleo Example"


def test_the_first_partner_is_chosen_as_soon_as_there_is_one(qtbot, context: Context, pair):
    a_plan(context.workspace)
    panel = filled(qtbot, context)
    assert panel.for_anybody.isChecked()
    add_partner(context.workspace, own_identity(pair[1].workspace))
    fill(panel, context)
    assert panel.for_partners.isChecked()
    assert panel._chosen() == ("Bo Example",)


def test_nobody_is_ticked_who_was_not_chosen_once_there_are_two(qtbot, context: Context, pair):
    a_plan(context.workspace)
    add_partner(context.workspace, own_identity(pair[1].workspace))
    panel = filled(qtbot, context)
    assert panel._chosen() == ("Bo Example",)
    add_partner(context.workspace, own_identity(pair[0].workspace))
    fill(panel, context)
    assert panel._chosen() == ()
    assert filled(qtbot, context)._chosen() == ()


def test_the_folder_shared_with_whoever_is_ticked_is_chosen_first(qtbot, hers: Context, pair, tmp_path):
    amina: Laptop = pair[0]
    choose_partner_folder(amina.workspace, "Bo Example", tmp_path)
    panel = filled(qtbot, hers)
    tick = panel._ticks["Bo Example"]
    tick.setChecked(False)
    assert panel.ways[FILE].isChecked()
    tick.setChecked(True)
    assert panel.ways[FOLDER].isChecked()
    panel.ways[FILE].click()
    tick.setChecked(False)
    tick.setChecked(True)
    assert panel.ways[FILE].isChecked()


def test_where_a_file_goes_is_seen_before_and_after_and_said_until_the_next_change(
    qtbot, panel: SendPanel, hers: Context, tmp_path
):
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.ways[FILE].setChecked(True)
    panel.place.setText(str(tmp_path))
    panel.resize(1000, 300)
    below = panel.place_field.mapTo(panel, panel.place_field.rect().bottomLeft()).y()
    assert below < panel.go.mapTo(panel, panel.go.rect().topLeft()).y()
    assert panel.place.visibleRegion().boundingRect() == panel.place.rect()
    panel.go.setFocus()
    with qtbot.waitSignal(panel.sent):
        panel.go.click()
    assert f"in {tmp_path}. Only" in panel.result
    assert panel.go.hasFocus()
    fill(panel, hers)
    assert panel.result
    panel.for_anybody.setChecked(True)
    assert (panel.result, panel.reveal.isVisible()) == ("", False)
    a_plan(hers.workspace, name="Cold chain")
    data = read_exchange(hers.workspace, plan_id=None)
    panel.show_data(data, next(plan for plan in data.plans if plan.name == "Cold chain"))
    assert panel.place.text() == str(tmp_path)
