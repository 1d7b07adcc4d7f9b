"""Readings of a measure kept by hand: written down with their day, refused without a number, taken away."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from tests.ui.plan_samples import TODAY
from workbench.models.plan_parts import Reading
from workbench.ui.pages.plan_readings import ReadingsEditor
from workbench.ui.theme import Theme


@pytest.fixture
def editor(qtbot, ground, theme: Theme) -> ReadingsEditor:
    made = ReadingsEditor(theme, today=lambda: TODAY)
    made.setParent(ground)
    made.resize(600, 400)
    made.show()
    made.show_readings((Reading(TODAY, 12.0, "first"),), unit="people")
    return made


def test_a_reading_is_asked_for_with_day_value_and_note(qtbot, editor: ReadingsEditor):
    editor.value.setText("19.5")
    editor.note.setText("two by phone")
    with qtbot.waitSignal(editor.added) as asked:
        qtbot.keyClick(editor.note, Qt.Key.Key_Return)
    assert asked.args == [TODAY, 19.5, "two by phone"]
    assert editor.value.text() == ""


def test_a_reading_without_number_or_day_is_refused_in_words(qtbot, editor: ReadingsEditor):
    with qtbot.assertNotEmitted(editor.added):
        editor.value.setText("many")
        editor.add()
        assert editor.problem == "A reading is a number, such as 42 or 3.7."
        editor.value.setText("4")
        editor.on.line.setText("soon")
        editor.on._on_left()
        editor.add()
        assert "Write a day" in editor.problem


def test_a_reading_is_taken_away_by_a_button_that_names_its_day(qtbot, editor: ReadingsEditor):
    named = {button.accessibleName(): button for button in editor.findChildren(QToolButton)}
    with qtbot.waitSignal(editor.removed) as asked:
        named["Remove the reading of 15 Jun 2024"].click()
    assert asked.args == [TODAY]
