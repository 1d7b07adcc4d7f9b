"""A popover opens beside its button, inside the window, and closes by Esc."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from workbench.ui.theme import Theme
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.popover import Popover


def test_popover_stays_inside_its_window_and_closes_by_escape(qtbot, theme: Theme):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    anchor = QPushButton("Why", window)
    anchor.move(560, 370)
    window.show()
    popover = Popover(theme, anchor)
    popover.column.addWidget(PlainLabel("Because", wraps=True))
    popover.open_at(anchor)
    assert popover.isVisible()
    assert popover.geometry().right() <= window.geometry().right()
    assert popover.geometry().bottom() <= window.geometry().bottom()
    assert not popover.grab().isNull()
    with qtbot.waitSignal(popover.destroyed):
        qtbot.keyClick(popover, Qt.Key.Key_Escape)
