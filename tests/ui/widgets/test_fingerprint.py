"""A fingerprint is read digit by digit, in its own order in every language."""

from PySide6.QtCore import Qt

from workbench.ui.theme import Theme
from workbench.ui.widgets.fingerprint import Fingerprint

DIGITS = "12345 67890 11111 22222 33333 44444"


def test_groups_stand_in_order_and_are_spoken_digit_by_digit(qtbot, theme: Theme):
    shown = Fingerprint(theme, DIGITS)
    qtbot.addWidget(shown)
    assert shown.digits == DIGITS
    assert [label.text() for label in shown._labels] == DIGITS.split()
    assert shown.accessibleName().startswith("Fingerprint: 1 2 3 4 5, 6 7 8 9 0, ")
    shown.show_digits("")
    assert [label.text() for label in shown._labels] == [""] * 6
    assert shown.layoutDirection() is Qt.LayoutDirection.LeftToRight
