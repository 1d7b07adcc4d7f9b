"""Files of this program dropped on the window open the page that takes them; others are left alone."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from workbench.ui.file_drops import FileDrops, place_of


def drop(window, path: Path) -> bool:
    """Whether the window took it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    enter.setAccepted(False)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), copy, data, left, none))
    return enter.isAccepted()


def test_each_kind_of_file_finds_its_page(ground, tmp_path: Path):
    opened: list[tuple[str, object]] = []
    FileDrops(ground, lambda page, argument: opened.append((page, argument)))
    assert drop(ground, tmp_path / "plan.CWPLAN")
    assert drop(ground, tmp_path / "bo.cwpartner")
    assert drop(ground, tmp_path / "ken.cwoffice")
    assert not drop(ground, tmp_path / "picture.png")
    assert opened == [
        ("exchange", f"receive:{tmp_path / 'plan.CWPLAN'}"),
        ("exchange", f"partners:{tmp_path / 'bo.cwpartner'}"),
        ("rollup", f"import:{tmp_path}"),
    ]


def test_the_first_file_of_ours_counts(tmp_path: Path):
    assert place_of([tmp_path / "notes.txt", tmp_path / "a.cwplan"]) == ("exchange", f"receive:{tmp_path / 'a.cwplan'}")
    assert place_of([]) is None
