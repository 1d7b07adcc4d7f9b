"""An office tells headquarters: which office, exactly what is in the file, for whom; and the file itself."""

import pytest
from PySide6.QtGui import QDesktopServices

from tests.operations.laptops import Laptop
from tests.ui.settled import settle
from workbench.operations.partners import add_partner, own_identity
from workbench.operations.rollup import office_snapshot, own_office, set_own_office
from workbench.ui.context import Context
from workbench.ui.pages.rollup_send import OfficeSendPanel, contents_words


@pytest.fixture
def panel(qtbot, context: Context) -> OfficeSendPanel:
    made = OfficeSendPanel(context)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    return made


def start(qtbot, panel: OfficeSendPanel) -> None:
    panel.start()
    settle(qtbot, panel._context.jobs)


def test_the_office_is_named_once(qtbot, panel: OfficeSendPanel, context: Context):
    start(qtbot, panel)
    assert not panel.go.isVisible()
    panel.keep_office()
    assert panel.fields["code"].problem
    assert panel.fields["name"].problem
    panel.code.setText("KEN")
    panel.name.setText("Kenya")
    panel.keep.click()
    settle(qtbot, context.jobs)
    office = own_office(context.workspace)
    assert office is not None
    assert (office.office_id, office.name) == ("ken", "Kenya")
    assert panel._who.text() == "Kenya, known as ken"
    assert not panel._form.isVisible()
    panel._change.click()
    assert panel._form.isVisible()


def test_exactly_what_is_in_it_is_said(filled, context: Context):
    set_own_office(context.workspace, code="ken", name="Kenya")
    words = contents_words(office_snapshot(context.workspace))
    assert "The office: Kenya" in words
    assert "Water in schools" in words
    assert "No name of a person, no card, no note, no message" in words
    assert "Counts of fewer than 5 people are withheld" in words


def test_a_file_is_written_for_those_named(qtbot, panel: OfficeSendPanel, pair, tmp_path, monkeypatch):
    context = panel._context
    headquarters: Laptop = pair[1]
    set_own_office(context.workspace, code="ken", name="Kenya")
    add_partner(context.workspace, own_identity(headquarters.workspace))
    start(qtbot, panel)
    panel.place.setText(str(tmp_path / "nowhere"))
    panel.submit()
    assert panel.fields["place"].problem
    assert panel.fields["my_name"].problem
    panel._ticks["Bo Example"].setChecked(False)
    panel.place.setText(str(tmp_path))
    panel.my_name.setText("Cleo Example")
    panel.submit()
    assert panel.result == "Choose who at headquarters shall read it."
    panel._ticks["Bo Example"].setChecked(True)
    with qtbot.waitSignal(panel.sent):
        panel.go.click()
    (path,) = tmp_path.glob("*.cwoffice")
    assert panel.result.startswith(f"{path.name}: number 1, ")
    assert panel.result.endswith("Only Bo Example can open it.")
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    panel.reveal.click()
    assert shown == [str(tmp_path)]


def test_without_a_partner_the_way_to_one_is_offered(qtbot, panel: OfficeSendPanel, context: Context):
    set_own_office(context.workspace, code="ken", name="Kenya")
    start(qtbot, panel)
    with qtbot.waitSignal(panel.partners_wanted):
        panel._nobody.click()


def test_a_code_that_cannot_be_one_is_told(qtbot, panel: OfficeSendPanel):
    start(qtbot, panel)
    panel.code.setText("k" * 60)
    panel.name.setText("Kenya")
    panel.keep_office()
    settle(qtbot, panel._context.jobs)
    assert "The code of an office" in panel.trouble.text
