"""A grid that was emptied and filled anew hears that what stands in it became taller."""

from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from workbench.ui.grids import emptied
from workbench.ui.widgets.plain_label import PlainLabel


def test_a_grid_filled_anew_grows_with_what_stands_in_it(qtbot, ground: QWidget):
    grid = QGridLayout()
    QVBoxLayout(ground).addLayout(grid)
    labels = [PlainLabel("Short", wraps=True) for _ in range(2)]
    stack = QVBoxLayout()
    stack.addWidget(labels[1])
    grid.addWidget(labels[0], 0, 0)
    grid.addLayout(stack, 0, 1)
    grid.setColumnStretch(1, 3)
    QApplication.processEvents()
    before = grid.heightForWidth(300)
    emptied(grid)
    assert (grid.count(), grid.columnStretch(1)) == (0, 0)
    for place, label in enumerate(labels):
        grid.addWidget(label, place, 0)
    labels[1].setText("A longer text that takes several lines where there is little room. " * 3)
    assert grid.heightForWidth(300) > 3 * before
    QApplication.processEvents()
    assert labels[1].height() >= labels[1].heightForWidth(labels[1].width())
