"""One partner in the list: said whole to a screen reader, renamed in place, menu for the rest."""

import pytest
from PySide6.QtCore import Qt

from tests.builders import NOW
from workbench.queries.partners import PartnerRow
from workbench.ui.pages.partner_line import PartnerLine, partner_words
from workbench.ui.theme import Theme

BO = PartnerRow("Bo Example", "signer", "recipient", NOW, "added", None, NOW, None)


@pytest.fixture
def line(qtbot, theme: Theme) -> PartnerLine:
    made = PartnerLine(theme, BO, now=NOW)
    qtbot.addWidget(made)
    made.show()
    return made


def test_name_fingerprint_traffic_and_folder_are_said(line: PartnerLine):
    assert line.accessibleName().startswith(f"Bo Example. Fingerprint {BO.fingerprint}. Added by you on")
    assert partner_words(BO, now=NOW)[1].endswith("Sent to: just now. Received from: never.")
    assert partner_words(BO, now=NOW)[2] == "No shared folder"


def test_a_new_name_is_typed_in_its_place_and_esc_leaves_it(qtbot, line: PartnerLine):
    line.rename()
    assert line.typed.isVisible()
    qtbot.keyClick(line.typed, Qt.Key.Key_Escape)
    assert not line.typed.isVisible()
    line.rename()
    line.typed.setText("  Bo   in Kenya ")
    with qtbot.waitSignal(line.wanted) as wanted:
        qtbot.keyClick(line.typed, Qt.Key.Key_Return)
    assert wanted.args == ["rename", "Bo in Kenya"]


def test_the_menu_holds_what_can_be_done(qtbot, line: PartnerLine):
    deeds = {action.text(): action for action in line.menu.actions() if action.text()}
    assert list(deeds) == ["Rename…", "Choose the folder we share…", "Watch no folder", "Stop trusting"]
    assert not deeds["Watch no folder"].isEnabled()
    with qtbot.waitSignal(line.wanted) as wanted:
        deeds["Stop trusting"].trigger()
    assert wanted.args == ["remove", None]
