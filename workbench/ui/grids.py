"""Grids: emptied, to be filled again in another arrangement."""

from PySide6.QtWidgets import QGridLayout, QLayout


def emptied(grid: QGridLayout) -> None:
    """Takes out widgets and the layouts that hold some, and what made columns wide; the widgets stay as they are.

    Not by `takeAt`: an item it leaves behind would go on hearing in place of the new one that heights change.
    """
    _empty(grid)
    for column in range(grid.columnCount()):
        grid.setColumnStretch(column, 0)


def _empty(layout: QLayout) -> None:
    for item in [layout.itemAt(place) for place in range(layout.count())]:
        widget = None if item is None else item.widget()
        inner = None if item is None else item.layout()
        if widget is not None:
            layout.removeWidget(widget)
        elif inner is not None:
            _empty(inner)
            layout.removeItem(inner)
            inner.deleteLater()
