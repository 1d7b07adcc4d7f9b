"""A picture is taken once the page shows its data."""

from pathlib import Path

from PySide6.QtGui import QImage

from workbench.ui.context import Context
from workbench.ui.main_window import MainWindow
from workbench.ui.photograph import Photographer


def test_picture_of_a_settled_page_is_saved(qtbot, tmp_path: Path, filled, window: MainWindow, context: Context):
    window.open_page("communities")
    photographer = Photographer(window, context.jobs, tmp_path / "deep" / "picture.png")
    with qtbot.waitSignal(photographer.taken) as taken:
        pass
    assert taken.args == [True]
    assert QImage(str(tmp_path / "deep" / "picture.png")).width() == window.width()
