"""A field with its label: what is wrong stands beside it and is heard with it."""

from PySide6.QtWidgets import QApplication, QLineEdit

from workbench.ui.theme import Theme, ThemeMode
from workbench.ui.widgets.field import Field


def test_problem_stands_beside_the_control_and_is_heard_with_it(ground, theme: Theme):
    line = QLineEdit()
    field = Field(theme, "Owner", line, hint="Who answers for it")
    field.setParent(ground)
    field.show()
    assert (line.accessibleName(), line.accessibleDescription()) == ("Owner", "Who answers for it")
    field.say_problem("A plan needs an owner.")
    assert field.problem == "A plan needs an owner."
    assert line.accessibleDescription() == "A plan needs an owner."
    theme.set_mode(ThemeMode.DARK)
    field.say_problem("")
    assert field.problem == ""
    assert line.accessibleDescription() == "Who answers for it"


def test_hint_can_change_and_go(ground, theme: Theme):
    field = Field(theme, "Day 0", QLineEdit(), hint="x")
    field.setParent(ground)
    field.show()
    field.set_hint("Day 90 is 13 Sep 2024")
    assert field.hint.isVisible()
    field.set_hint("")
    assert not field.hint.isVisible()


def test_making_a_field_opens_no_window_of_its_own(ground, theme: Theme):
    before = {widget for widget in QApplication.topLevelWidgets() if widget.isVisible()}
    Field(theme, "Day 0", QLineEdit(), hint="x", beside=QLineEdit())
    assert {widget for widget in QApplication.topLevelWidgets() if widget.isVisible()} == before
