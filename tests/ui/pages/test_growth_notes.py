"""What happened: weeks that stand out ask for it, and what was written can be changed and removed."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QToolButton

from tests.builders import NOW
from tests.ui.pages.growing import fill
from workbench.queries.annotations import AnnotationRow
from workbench.ui.pages.growth_data import WeekSum, read_growth
from workbench.ui.pages.growth_notes import GrowthNotes

MONDAY = date(2024, 4, 1)
WEEKS = (
    WeekSum(MONDAY, 90.0, (10.0, 40.0), is_outside=True),
    WeekSum(date(2024, 4, 8), 3.0, (10.0, 40.0), is_outside=True),
    WeekSum(date(2024, 4, 15), 20.0, (10.0, 40.0), is_outside=False),
)


def a_panel(workspace, ground, theme, *, notes=(), is_writable=True) -> GrowthNotes:
    panel = GrowthNotes(theme, today=NOW.date, longest=40)
    panel.setParent(ground)
    panel.resize(500, 400)
    data = read_growth(workspace.database, scope=(fill(workspace),), days=None, now=NOW)
    panel.show_data(replace(data, weeks=WEEKS, notes=tuple(notes)), is_writable=is_writable)
    panel.show()
    return panel


def test_a_week_that_stands_out_asks_until_a_note_lies_in_it(workspace, ground, theme):
    panel = a_panel(workspace, ground, theme, notes=[AnnotationRow("n1", date(2024, 4, 9), "Holidays", "")])
    assert list(panel.askers) == [MONDAY]
    kept = []
    panel.kept.connect(lambda *said: kept.append(said))
    panel.askers[MONDAY].click()
    assert panel.day.day() == MONDAY
    panel.saver.click()
    assert panel._problem.text == "Say what happened."
    panel.words.setText(" New platform ")
    panel.adder.click()
    assert (panel.day.day(), panel.words.text()) == (MONDAY, " New platform "), "words that were begun stay"
    panel.saver.click()
    assert kept == [("", MONDAY, "New platform")]
    assert panel._editor.isHidden()


def test_a_note_is_changed_and_removed(workspace, ground, theme):
    panel = a_panel(workspace, ground, theme, notes=[AnnotationRow("n1", date(2024, 4, 9), "Holidays", "")])
    kept, removed = [], []
    panel.kept.connect(lambda *said: kept.append(said))
    panel.removed.connect(removed.append)
    buttons = {one.accessibleName(): one for one in panel.findChildren(QToolButton)}
    buttons["Change: Holidays"].click()
    assert (panel.words.text(), panel.day.day()) == ("Holidays", date(2024, 4, 9))
    panel.day.line.setText("no day")
    panel.day.line.left.emit()
    panel.saver.click()
    assert panel._problem.text == "Say on which day, such as 14 May."
    panel.day.set_day(date(2024, 4, 10))
    panel.saver.click()
    assert kept == [("n1", date(2024, 4, 10), "Holidays")]
    buttons["Remove: Holidays"].click()
    assert removed == ["n1"]


def test_a_profile_that_is_only_read_offers_nothing(workspace, ground, theme):
    panel = a_panel(workspace, ground, theme, is_writable=False)
    assert panel.askers == {}
    assert not panel.adder.isVisible()
    assert not panel.shut()


def test_where_a_new_note_is_kept_is_said(workspace, ground, theme):
    panel = a_panel(workspace, ground, theme)
    assert panel._subtitle.text() == "on every weekly chart"
    one = read_growth(workspace.database, scope=(), days=None, now=NOW)
    for data, said in (
        (one, "new ones in all communities"),
        (replace(one, is_everywhere=False), "a new one is kept for all communities, not for these alone"),
    ):
        panel.show_data(data, is_writable=True)
        assert panel._subtitle.text() == said
