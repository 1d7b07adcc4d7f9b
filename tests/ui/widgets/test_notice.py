"""A notice says its words, to screen readers too, and is not there without any."""

from PySide6.QtWidgets import QApplication, QVBoxLayout

from workbench.ui.theme import Theme
from workbench.ui.widgets.notice import Notice


def test_words_come_and_go(ground, theme: Theme):
    notice = Notice(theme)
    QVBoxLayout(ground).addWidget(notice)
    assert not notice.isVisible()
    notice.say("A file is missing.")
    assert (notice.text, notice.accessibleName()) == ("A file is missing.", "A file is missing.")
    assert notice.isVisible()
    assert not notice.grab().isNull()
    notice.say("")
    assert not notice.isVisible()


def test_without_a_place_it_opens_no_window(qapp: QApplication, theme: Theme):
    notice = Notice(theme, "Said early")
    assert not notice.isVisible()
    notice.deleteLater()
