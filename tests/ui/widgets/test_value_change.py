"""A change says what was, what would be, and by whom."""

from PySide6.QtCore import QPoint

from workbench.ui.theme import Theme
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.value_change import ValueChange


def test_both_values_and_who_are_spoken(qtbot, theme: Theme):
    change = ValueChange(theme, field="Owner", before="", after="Bo Example", who="Bo Example, yesterday")
    qtbot.addWidget(change)
    assert change.accessibleName() == "Owner: from nothing to Bo Example; Bo Example, yesterday"
    assert not change.grab().isNull()


def test_who_stands_under_the_new_value_and_not_under_the_old_one(qtbot, theme: Theme):
    change = ValueChange(theme, field="Owner", before="Farid", after="Rosa", who="Amina, yesterday")
    qtbot.addWidget(change)
    change.resize(640, 60)
    change.grab()
    left = {label.text(): label.mapTo(change, QPoint(0, 0)).x() for label in change.findChildren(PlainLabel)}
    assert left["Amina, yesterday"] == left["Rosa"] > left["Farid"]


def test_what_is_new_has_no_before(qtbot, theme: Theme):
    change = ValueChange(theme, field="New card", before="", after="Call", is_new=True)
    qtbot.addWidget(change)
    assert change.accessibleName() == "New card: Call"
