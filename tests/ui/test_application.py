"""The one application: made once, with digits of one width, and kept when its window is hidden."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from workbench.ui.application import make_application


def test_it_is_made_once_and_set_up(qapp):
    assert make_application() is make_application() is QApplication.instance()
    assert QApplication.style().name() == "fusion"
    assert QApplication.font().featureValue(QFont.Tag("tnum")) == 1
    assert not QApplication.quitOnLastWindowClosed()
