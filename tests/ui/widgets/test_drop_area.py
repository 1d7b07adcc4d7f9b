"""The drop area: files and folders of this machine are taken, everything else is let go."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

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
