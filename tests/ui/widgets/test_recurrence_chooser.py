"""How a card comes back: often-used answers at once, any number of days, and until when."""

import pytest

from workbench.models.plan_parts import Recurrence
from workbench.ui.theme import Theme
from workbench.ui.widgets.recurrence_chooser import RecurrenceChooser


@pytest.fixture
def chooser(qtbot, theme: Theme) -> RecurrenceChooser:
    made = RecurrenceChooser(theme)
    qtbot.addWidget(made)
    made.show()
    return made


def choose(chooser: RecurrenceChooser, words: str) -> None:
    place = chooser.choice.findText(words)
    chooser.choice.setCurrentIndex(place)
    chooser.choice.activated.emit(place)


@pytest.mark.parametrize(
    "found", [None, Recurrence(1, 30), Recurrence(7, 90), Recurrence(14, 60), Recurrence(5, 45), Recurrence(30, 120)]
)
def test_what_is_shown_is_what_is_read_back(qtbot, chooser: RecurrenceChooser, found: Recurrence | None):
    with qtbot.assertNotEmitted(chooser.edited):
        chooser.show_values([found])
    assert chooser.recurrence() == found


def test_each_answer_is_told_once(qtbot, chooser: RecurrenceChooser):
    heard: list[Recurrence | None] = []
    chooser.edited.connect(lambda: heard.append(chooser.recurrence()))
    choose(chooser, "Every week")
    choose(chooser, "Every week")
    chooser.until.set_value(60)
    chooser.until.editingFinished.emit()
    choose(chooser, "Never")
    assert heard == [Recurrence(7, 90), Recurrence(7, 60), None]


def test_only_what_matters_is_asked(chooser: RecurrenceChooser):
    assert not chooser.until.isVisible()
    choose(chooser, "Every week")
    assert (chooser.every.isVisible(), chooser.until.isVisible()) == (False, True)
    choose(chooser, "Every few days")
    assert (chooser.every.isVisible(), chooser.until.isVisible()) == (True, True)


def test_every_part_has_a_name_to_be_heard(chooser: RecurrenceChooser):
    chooser.setAccessibleName("Repeats")
    names = [box.accessibleName() for box in (chooser.choice, chooser.every, chooser.until)]
    assert names == ["Repeats", "Every how many days", "Until which day of the plan"]
