"""The switch is as tall as the part it shows."""

from PySide6.QtWidgets import QWidget

from workbench.ui.widgets.switch import Switch


def test_only_the_chosen_part_is_shown_and_counts(qtbot):
    switch = Switch()
    qtbot.addWidget(switch)
    low, high = QWidget(), QWidget()
    low.setFixedHeight(20)
    high.setFixedHeight(200)
    for part in (low, high):
        switch.add(part)
    switch.show()
    assert switch.shown() is low
    assert switch.sizeHint().height() == 20
    switch.turn_to(high)
    assert (low.isHidden(), high.isHidden()) == (True, False)
    assert switch.sizeHint().height() == 200
