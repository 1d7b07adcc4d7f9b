"""The export panel: format and place, names with a reason, refusals in words, the file itself."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices

from tests.ui.plan_samples import Said, a_plan, listen
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.plan_export import ExportPanel
from workbench.ui.pages.plan_export_place import keep_folder
from workbench.workspace import Workspace

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def said(context: Context) -> Said:
    return listen(context)


@pytest.fixture
def panel(qtbot, workspace: Workspace, context: Context) -> ExportPanel:
    plan_id = a_plan(workspace)
    made = ExportPanel(context)
    qtbot.addWidget(made)
    made.resize(1100, 580)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_plan(plan_id, name="Safe water: phase 1/2")
    rest(qtbot, made)
    return made


def rest(qtbot, panel: ExportPanel) -> None:
    qtbot.waitUntil(panel.is_settled)


def test_what_is_in_it_is_said_and_pictured(panel: ExportPanel):
    assert "3 cards" in panel._contents.text()
    assert "Names of card owners, sponsor and role holders are left out" in panel._contents.text()
    assert panel._picture.shown is not None
    assert not panel.grab().isNull()


@pytest.mark.parametrize("key", ["csv", "ics"])
def test_a_table_and_a_calendar_have_no_short_form(panel: ExportPanel, key: str):
    panel.one_page.setChecked(True)
    panel._buttons[key].setChecked(True)
    assert (panel.full.isEnabled(), panel.one_page.isEnabled()) == (False, False)
    panel._buttons["docx"].setChecked(True)
    assert (panel.one_page.isEnabled(), panel.one_page.isChecked()) == (True, True)


def test_the_place_is_asked_for_each_time_and_the_folder_remembered(qtbot, panel: ExportPanel, tmp_path):
    keep_folder(tmp_path)
    for key, again in (("docx", ""), ("md", "second")):
        panel._buttons[key].setChecked(True)
        qtbot.keyClick(panel, Qt.Key.Key_Return, CONTROL)
        dialog = panel.dialog
        assert dialog is not None
        assert Path(dialog.selectedFiles()[0]) == tmp_path / again / f"Safe water phase 1 2.{key}"
        (tmp_path / "second").mkdir(exist_ok=True)
        dialog.selectFile(str(tmp_path / "second" / "Mine"))
        with qtbot.waitSignal(panel.saved):
            dialog.accept()
        assert (tmp_path / "second" / f"Mine.{key}").is_file()


def test_file_is_saved_and_can_be_shown(qtbot, panel: ExportPanel, said: Said, tmp_path, monkeypatch):
    panel._buttons["md"].setChecked(True)
    out = tmp_path / "خطة.md"
    assert not panel.reveal.isVisible()
    with qtbot.waitSignal(panel.saved), qtbot.assertNotEmitted(panel.closed):
        panel.save_to(out)
    assert out.read_text("utf-8").startswith("# ")
    assert panel.result == f"Saved خطة.md, {numbers.size(out.stat().st_size)}."
    assert panel._leave.text() == "Close"
    assert said == []
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    panel.reveal.click()
    assert shown == [str(tmp_path)]


def test_second_format_is_saved_from_the_same_panel(qtbot, panel: ExportPanel, tmp_path):
    for key in ("pdf", "docx"):
        panel._buttons[key].setChecked(True)
        with qtbot.waitSignal(panel.saved):
            panel.save_to(tmp_path / f"plan.{key}")
        assert panel.isVisible()
        assert panel.result.startswith(f"Saved plan.{key},")
    assert {path.name for path in tmp_path.iterdir()} >= {"plan.pdf", "plan.docx"}


def test_file_that_is_ready_after_one_left_is_told(qtbot, panel: ExportPanel, said: Said, tmp_path):
    panel.save_to(tmp_path / "plan.md")
    panel.hide()
    qtbot.waitUntil(lambda: bool(said))
    assert said[0][1] == "export.reveal"


def test_unwritable_place_is_said_above_the_button(qtbot, context: Context, panel: ExportPanel, said: Said, tmp_path):
    panel.save_to(tmp_path / "no such folder" / "plan.pdf")
    qtbot.waitUntil(panel._save.isEnabled)
    assert "could not be written" in panel.problem.text
    assert "Choose a folder" in panel.problem.text
    assert panel._save.hasFocus()
    assert said == []
    panel._buttons["md"].setChecked(True)
    assert panel.problem.text == ""


def test_names_need_a_recipient_and_a_reason(qtbot, context: Context, panel: ExportPanel, tmp_path):
    panel.with_names.setChecked(True)
    assert panel.recipient.hasFocus()
    panel.submit()
    assert panel.dialog is None
    assert "who gets the names" in panel.fields["recipient"].problem
    assert "why they need" in panel.fields["reason"].problem
    panel.recipient.setText("The regional office")
    panel.reason.setText("To share the work")
    panel.reason.editingFinished.emit()
    rest(qtbot, panel)
    assert "Contains names" in panel._contents.text()
    with qtbot.waitSignal(panel.saved):
        panel.save_to(tmp_path / "plan.pdf")
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF")


def test_next_export_begins_without_names(qtbot, context: Context, panel: ExportPanel, workspace: Workspace):
    panel.with_names.setChecked(True)
    panel.show_plan(a_plan(workspace, name="Other"), name="Other")
    rest(qtbot, panel)
    assert not panel.with_names.isChecked()
    assert not panel.fields["recipient"].isVisible()


def test_stopped_export_frees_the_button(qtbot, context: Context, panel: ExportPanel, tmp_path):
    panel.save_to(tmp_path / "plan.pdf")
    context.jobs.cancel_all()
    qtbot.waitUntil(panel._save.isEnabled)


def test_the_short_form_is_one_page_and_paper_changes_its_shape(qtbot, panel: ExportPanel):
    tall = panel._picture.shown
    assert tall is not None
    panel.one_page.setChecked(True)
    rest(qtbot, panel)
    assert panel._picture._words.text() == "One page"
    panel.paper.setCurrentIndex(1 - panel.paper.currentIndex())
    rest(qtbot, panel)
    other = panel._picture.shown
    assert other is not None
    assert abs(other.height() / other.width() - tall.height() / tall.width()) > 0.1


def test_the_short_form_is_what_is_written(qtbot, panel: ExportPanel, tmp_path):
    panel._buttons["md"].setChecked(True)
    for name, form in (("full", panel.full), ("short", panel.one_page)):
        form.setChecked(True)
        rest(qtbot, panel)
        with qtbot.waitSignal(panel.saved):
            panel.save_to(tmp_path / f"{name}.md")
    assert "## Board" in (tmp_path / "full.md").read_text("utf-8")
    assert "## Board" not in (tmp_path / "short.md").read_text("utf-8")
