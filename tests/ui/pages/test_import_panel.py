"""The import panel: choose, name, watch, and what came of it; every mistake can be mended in place."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from tests.sync.importers.analytics_files import EXPLORATION, a_file
from tests.ui.conftest import WATER
from tests.ui.mail_files import an_archive, an_ugly_archive
from tests.ui.pages.test_import_choice import UNKNOWN
from tests.ui.settled import settle
from workbench.ui.context import Context
from workbench.ui.pages.import_choice import FilesKind
from workbench.ui.pages.import_panel import ImportPanel
from workbench.ui.source_work import WorkKind
from workbench.ui.widgets.buttons import press_focused


@pytest.fixture
def panel(qtbot, context: Context) -> ImportPanel:
    context.sources.start()
    made = ImportPanel(context, context.sources)
    qtbot.addWidget(made)
    made.resize(760, 500)
    made.show()
    made.start()
    settle(qtbot, context.jobs)
    return made


def test_a_folder_is_imported_and_its_dashboard_offered(qtbot, tmp_path: Path, context: Context, panel: ImportPanel):
    panel.take([an_archive(tmp_path / "pumps")])
    settle(qtbot, context.jobs)
    assert panel._name.text() == "pumps"
    assert panel._sum.text().startswith("1 file")
    panel._go.click()
    settle(qtbot, context.jobs)
    assert panel._outcome._title.text() == "pumps is here"
    assert panel._outcome._figures["added"].accessibleName() == "added: 6"
    with qtbot.waitSignal(panel.dashboard_wanted):
        panel._outcome._open.click()


def test_the_end_is_not_told_twice(qtbot, tmp_path: Path, context: Context, panel: ImportPanel):
    told = []
    context.told.connect(lambda words, _action: told.append(words))
    panel.take([an_archive(tmp_path / "pumps")])
    panel._go.click()
    settle(qtbot, context.jobs)
    assert told == []


def test_importing_again_says_that_nothing_is_new(qtbot, tmp_path: Path, context: Context, panel: ImportPanel):
    folder = an_archive(tmp_path / "pumps")
    for _ in range(2):
        panel.start()
        panel.take([folder])
        panel._go.click()
        settle(qtbot, context.jobs)
    assert panel._outcome._title.text() == "pumps was up to date already"


def test_what_was_held_back_can_be_seen_from_there(qtbot, tmp_path: Path, context: Context, panel: ImportPanel):
    panel.take([an_ugly_archive(tmp_path / "pumps")])
    panel._go.click()
    settle(qtbot, context.jobs)
    assert panel._outcome._figures["rejected"].accessibleName() == "held back: 1"
    with qtbot.waitSignal(panel.held_back_wanted):
        panel._outcome._see.click()


def test_a_folder_without_mail_is_refused_in_place(qtbot, tmp_path: Path, context: Context, panel: ImportPanel):
    (tmp_path / "photos").mkdir()
    panel.take([tmp_path / "photos"])
    settle(qtbot, context.jobs)
    assert panel._problem.text().startswith("Nothing found to import")
    panel._clear.click()
    assert panel._problem.isHidden()
    assert panel._drops[panel._wanted].isVisible()


def test_files_that_hold_no_mail_are_refused_and_can_be_changed(
    qtbot, tmp_path: Path, context: Context, panel: ImportPanel
):
    (tmp_path / "minutes.mbox").write_bytes(bytes(range(256)) * 40)
    panel.take([tmp_path / "minutes.mbox"])
    panel._go.click()
    settle(qtbot, context.jobs)
    assert panel._problem.isVisible() or panel._outcome.isVisible()
    assert not panel._running.isVisible()


def test_a_known_name_is_joined_and_a_typed_one_is_kept(
    qtbot, filled, tmp_path: Path, context: Context, panel: ImportPanel
):
    panel.start(community=WATER)
    settle(qtbot, context.jobs)
    panel.take([an_archive(tmp_path / "pumps")])
    assert panel._name.text() == WATER
    assert panel._hint.text().startswith(f"Joins “{WATER}”")


def test_a_stopped_import_offers_to_go_on(qtbot, tmp_path: Path, context: Context, panel: ImportPanel):
    panel.take([an_archive(tmp_path / "pumps")])
    panel._go.click()
    panel._progress._on_stop()
    settle(qtbot, context.jobs)
    assert panel._outcome._title.text().startswith("Stopped")
    panel._outcome._again.click()
    settle(qtbot, context.jobs)
    assert panel._outcome._title.text().endswith(("is here", "up to date already"))


def test_the_enter_that_starts_an_import_does_not_stop_it(qtbot, tmp_path: Path, context: Context, panel: ImportPanel):
    class Window(QWidget):
        """Hands on Enter as the main window does."""

        @override
        def keyPressEvent(self, event: QKeyEvent) -> None:
            press_focused(self, event)

    window = Window()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(panel)
    window.show()
    panel.take([an_archive(tmp_path / "pumps")])
    settle(qtbot, context.jobs)
    panel._name.setFocus()
    qtbot.keyClick(panel._name, Qt.Key.Key_Return)
    settle(qtbot, context.jobs)
    qtbot.waitUntil(panel._outcome.isVisible)
    panel.setParent(None)  # each of the two is put away by itself
    assert panel._outcome._title.text() == "pumps is here"


def test_nothing_can_be_imported_without_a_name(qtbot, tmp_path: Path, context: Context, panel: ImportPanel):
    panel.take([an_archive(tmp_path / "pumps")])
    panel._name.clear()
    assert not panel._go.isEnabled()


def test_web_traffic_is_recognised_and_becomes_a_site(qtbot, tmp_path: Path, context: Context, panel: ImportPanel):
    panel.take([a_file(tmp_path), a_file(tmp_path, EXPLORATION, "b.csv")])
    settle(qtbot, context.jobs)
    assert panel._heading.text() == "Import web traffic"
    assert panel._name.accessibleName() == "Name of the web site"
    assert panel._sum.text().startswith("2 files")
    assert not panel._go.isEnabled()
    panel._name.setText("Our site")
    panel._go.click()
    settle(qtbot, context.jobs)
    assert panel._outcome._title.text() == "Our site is here"
    assert panel._outcome._open.isHidden()
    with context.workspace.database.read() as reader:
        assert reader.scalar("SELECT count(*) FROM pageday") == 5


def test_a_column_nobody_knows_is_asked_for(qtbot, tmp_path: Path, context: Context, panel: ImportPanel):
    panel.take([a_file(tmp_path, UNKNOWN)])
    panel._name.setText("Our site")
    settle(qtbot, context.jobs)
    assert panel._views_field.isVisible()
    assert not panel._go.isEnabled()
    panel._views.setCurrentIndex(panel._views.findData("Katselut"))
    settle(qtbot, context.jobs)
    panel._go.click()
    settle(qtbot, context.jobs)
    assert panel._outcome._title.text() == "Our site is here"
    with context.workspace.database.read() as reader:
        assert reader.scalar("SELECT sum(views) FROM pagerange WHERE page <> ''") == 15
    panel._outcome.more.emit()
    assert panel._views_field.isHidden()
    assert panel._heading.text() == "Import web traffic"  # more of the same kind


def test_a_stop_keeps_what_was_read_and_goes_on_with_the_same_files(
    qtbot, tmp_path: Path, context: Context, panel: ImportPanel
):
    panel.take([a_file(tmp_path)])
    panel._name.setText("Our site")
    panel._go.click()
    work = context.sources.newest(WorkKind.IMPORT)
    assert work is not None
    work.stop()
    settle(qtbot, context.jobs)
    assert panel._outcome.isVisible()
    if not panel._outcome._again.isHidden():
        panel._outcome._again.click()
        settle(qtbot, context.jobs)
    with context.workspace.database.read() as reader:
        assert reader.scalar("SELECT count(*) FROM pagerange") > 0


def test_web_traffic_is_asked_for_in_its_own_words(qtbot, tmp_path: Path, context: Context, panel: ImportPanel):
    panel.start(wanted=FilesKind.TRAFFIC)
    settle(qtbot, context.jobs)
    assert (panel._heading.text(), panel._label.text()) == ("Import web traffic", "Name of the web site")
    assert [kind for kind, drop in panel._drops.items() if drop.isVisible()] == [FilesKind.TRAFFIC]
    assert not panel._kept_files.isVisible()
    panel.take([a_file(tmp_path, EXPLORATION)])
    settle(qtbot, context.jobs)
    assert not panel._kept_files.isVisible()
