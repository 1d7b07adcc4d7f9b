"""The drop area: files and folders of this machine are taken, everything else is let go."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

from workbench.ui.theme import Theme
from workbench.ui.widgets.drop_area import DropArea, dropped_paths


def dragged(*urls: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    return data


def test_only_what_lies_on_this_machine_counts(qapp, tmp_path: Path):
    data = dragged(QUrl.fromLocalFile(str(tmp_path)).toString(), "https://lists.example.org/a.mbox")
    assert dropped_paths(data) == [tmp_path]


def test_what_is_dropped_is_given(qtbot, theme: Theme, tmp_path: Path):
    area = DropArea(theme, words="Drop here", filters="All files (*)")
    qtbot.addWidget(area)
    data = dragged(QUrl.fromLocalFile(str(tmp_path)).toString())
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(area.given) as given:
        area.dropEvent(event)
    assert given.args == [[tmp_path]]


def test_a_place_for_one_file_lets_one_be_chosen_and_refuses_several(
    qtbot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    area, given, refused = DropArea(theme, words="Drop it", filters="", takes_one=True), [], []
    qtbot.addWidget(area)
    area.given.connect(given.append)
    area.refused.connect(lambda: refused.append(True))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "a"), ""))
    area.files.click()
    area._give([tmp_path / "a", tmp_path / "b"])
    assert (area.files.text(), given, refused) == ("Choose a file…", [[tmp_path / "a"]], [True])
