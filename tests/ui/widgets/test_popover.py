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


def test_enter_presses_a_button_in_it(qtbot, theme: Theme):
    window, done = QWidget(), []
    qtbot.addWidget(window)
    anchor = QPushButton("Why", window)
    window.show()
    popover = Popover(theme, anchor)
    button = QPushButton("Go")
    button.clicked.connect(lambda: done.append("go"))
    popover.column.addWidget(button)
    popover.open_at(anchor)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert done == ["go"]
    popover.close()
