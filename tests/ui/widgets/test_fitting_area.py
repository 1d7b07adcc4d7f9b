"""What has no room scrolls, and what stands below it stays in sight."""

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from workbench.ui.widgets.fitting_area import FittingArea
from workbench.ui.widgets.plain_label import PlainLabel


def test_buttons_come_right_after_what_fits_and_stay_below_what_does_not(qtbot):
    inner, foot, window = QWidget(), PlainLabel("Start"), QWidget()
    lines = QVBoxLayout(inner)
    lines.addWidget(PlainLabel("One line"))
    area = FittingArea(inner)
    column = QVBoxLayout(window)
    column.addWidget(area, 1)
    column.addWidget(foot)
    column.addStretch(0)
    qtbot.addWidget(window)
    window.resize(400, 300)
    window.show()
    qtbot.waitUntil(lambda: foot.y() < 120)
    for number in range(60):
        lines.addWidget(PlainLabel(f"Line {number}"))
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    QApplication.processEvents()
    assert window.rect().contains(foot.geometry())
    assert area.y() + area.height() <= foot.y()
