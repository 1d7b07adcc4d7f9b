"""Open questions by age, each with its word and shape."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from workbench.ui.theme import Theme
from workbench.ui.widgets.age_panel import AGES, AgePanel


def a_panel(qtbot, theme: Theme) -> tuple[AgePanel, list[str]]:
    opened: list[str] = []
    panel = AgePanel(theme, opened=lambda: opened.append("open"))
    qtbot.addWidget(panel)
    panel.resize(340, 220)
    panel.show()
    return panel, opened


def test_counts_are_read_out_with_their_age(qtbot, theme: Theme):
    panel, opened = a_panel(qtbot, theme)
    panel.show_counts((1, 0, 0, 8))
    names = {widget.accessibleName() for widget in panel.findChildren(QWidget)}
    assert {"Under 24 hours: 1", "Over 7 days: 8"} <= names
    assert "9 open" in {label.text() for label in panel.findChildren(QLabel)}
    panel.show_counts((1, 0, 0, 8), days=90)
    assert "9 in 90 days" in {label.text() for label in panel.findChildren(QLabel)}
    assert panel.csv().splitlines()[1::3] == ["Under 24 hours,1", "Over 7 days,8"]
    panel.findChildren(QPushButton)[0].click()
    assert opened == ["open"]


def test_nothing_open_is_a_good_state(qtbot, theme: Theme):
    panel, _ = a_panel(qtbot, theme)
    panel.show_counts((0, 0, 0, 0))
    assert "every question has one" in {label.text() for label in panel.findChildren(QLabel)}
    assert not panel.findChildren(QPushButton)[0].isVisible()
    panel.show_counts((0, 0, 0, 0), is_whole=False)
    assert "none so far" in {label.text() for label in panel.findChildren(QLabel)}


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_bars_are_drawn_in_both_directions(qtbot, theme: Theme, direction: Qt.LayoutDirection):
    panel, _ = a_panel(qtbot, theme)
    panel.setLayoutDirection(direction)
    panel.show_counts((1, 2, 3, 4))
    image, bar = panel.grab().toImage(), panel._bars[2]
    beside = QRect(0, 0, 20, bar.height())
    beside.moveLeft(bar.width() - 46 if direction is Qt.LayoutDirection.RightToLeft else 26)
    beside.translate(bar.pos())
    ground = image.pixelColor(panel.width() // 2, 6)
    places = [(x, y) for x in range(beside.left(), beside.right()) for y in range(beside.top(), beside.bottom())]
    assert any(image.pixelColor(x, y) != ground for x, y in places), "the words stand beside their icon"
    assert len({meaning for _, meaning in AGES}) == len(AGES)


def test_days_nobody_knows_are_not_called_answered(qtbot, theme: Theme):
    panel, _ = a_panel(qtbot, theme)
    panel.show_counts((0, 0, 0, 0), is_known=False)
    shown = {label.text() for label in panel.findChildren(QLabel) if label.isVisible()}
    assert "Not known for these days" in shown
    assert "every question has one" not in shown
    assert panel.counts == (), "what nobody knows is not taken along as none"
    assert not [
        widget for widget in panel.findChildren(QWidget) if widget.isVisible() and ": 0" in widget.accessibleName()
    ]
    panel.show_counts((0, 0, 0, 2), is_known=False)
    shown = {label.text() for label in panel.findChildren(QLabel) if label.isVisible()}
    assert "2 open" in shown
    assert "Not known for these days" not in shown
