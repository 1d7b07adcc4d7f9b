"""Tab order of controls that were made after their neighbours: Qt alone would reach those last."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtWidgets import QWidget


def in_tab_order(widgets: Iterable[QWidget]) -> None:
    """Tab goes through these controls as they are given; all stand in one window."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)
