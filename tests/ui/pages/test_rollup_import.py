"""Taking in a folder: progress and stop, what was taken, set aside and missing; twice changes nothing."""

from pathlib import Path

import pytest

from tests.ui.pages.rollup_parts import a_folder
from tests.ui.settled import settle
from workbench.progress import Progress
from workbench.ui.context import Context
from workbench.ui.pages.rollup_import import RollupImportPanel, outcome_words


@pytest.fixture
def panel(qtbot, context: Context) -> RollupImportPanel:
    made = RollupImportPanel(context)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    return made


def said(panel: RollupImportPanel) -> list[str]:
    widgets = (panel._outcome_column.itemAt(n).widget() for n in range(panel._outcome_column.count()))
    return [each.accessibleName() for each in widgets]


def take(qtbot, panel: RollupImportPanel, folder: Path) -> None:
    panel.take(folder)
    settle(qtbot, panel._context.jobs)


def test_what_was_taken_and_what_not_is_said_and_twice_changes_nothing(qtbot, panel, context: Context, tmp_path):
    folder = a_folder(context.workspace, tmp_path / "in", "ken", "uga", sequences=(1, 3))
    (folder / "torn.cwoffice").write_bytes((folder / "ken-1.cwoffice").read_bytes()[:-30])
    take(qtbot, panel, folder)
    head, aside, gaps = said(panel)
    assert head == ("Taken in, but for a few files. 4 files taken in from 2 offices, 0 known already, 1 set aside.")
    assert (aside, gaps) == ("Set aside", "Gaps and twins")
    assert panel.result is not None
    assert [each.file for each in panel.result.set_aside] == ["torn.cwoffice"]
    take(qtbot, panel, folder / "ken-1.cwoffice")
    assert said(panel)[0].endswith("0 files taken in from 0 offices, 4 known already, 1 set aside.")


def test_the_titles_of_an_outcome(qtbot, panel: RollupImportPanel, context: Context, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    take(qtbot, panel, empty)
    assert said(panel)[0].startswith("No office file lies in this folder")
    folder = a_folder(context.workspace, tmp_path / "in", "ken")
    take(qtbot, panel, folder)
    assert said(panel)[0].startswith("Everything was taken in")
    take(qtbot, panel, folder)
    assert panel.result is not None
    assert outcome_words(panel.result)[2] == "Nothing new in this folder"


def test_a_folder_that_cannot_be_read_is_told(qtbot, panel: RollupImportPanel, tmp_path):
    take(qtbot, panel, tmp_path / "gone" / "files")
    assert panel.trouble.text.startswith("A file could not be read")
    assert panel._choice.isVisible()
    panel.start()
    assert panel.trouble.text == ""


def test_progress_is_shown_and_work_can_be_stopped(qtbot, panel: RollupImportPanel, context: Context, tmp_path):
    folder = a_folder(context.workspace, tmp_path / "in", "ken", "uga")
    with qtbot.waitSignal(panel.imported):
        panel.take(folder)
        panel.take_focus()
        panel._on_progress(Progress(3, "files", 4, fraction=0.6))
        assert panel._count.text().startswith("3 of 4 files")
        assert panel._bar.value() == 600
        assert not panel.is_settled()
        panel.stop.click()
        assert panel._count.text() == "Stopping. What is finished stays."
    assert panel.is_settled()
