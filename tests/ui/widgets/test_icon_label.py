"""An icon as a widget grows with the text size and follows its colour."""

from PySide6.QtCore import QSize

from workbench.ui.theme import Theme
from workbench.ui.widgets.icon_label import IconLabel


def test_icon_grows_with_text_and_can_be_exchanged(qtbot, theme: Theme):
    label = IconLabel("gear", theme)
    qtbot.addWidget(label)
    assert label.sizeHint() == QSize(16, 16)
    label.resize(16, 16)
    before = label.grab().toImage()
    label.set_icon("clock", token="watch")
    assert label.grab().toImage() != before
    theme.set_text_scale(2)
    assert label.sizeHint() == QSize(32, 32)
