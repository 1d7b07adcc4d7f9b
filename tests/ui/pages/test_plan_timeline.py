"""The timeline of a plan: bars are carried and stretched by mouse and by keys, lines grouped, hours a week weighed."""

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt

from tests.ui.pages.plan_view_parts import Shown, drag, in_june, mouse, press
from tests.ui.plan_samples import listen
from workbench.ui.context import Context
from workbench.ui.pages.plan_cards import CardFilter
from workbench.ui.pages.plan_timeline import GroupBy, PlanTimeline, Zoom
from workbench.ui.widgets.timeline_layout import GroupLine

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def shown(qtbot, context: Context) -> Shown:
    return Shown(qtbot, context, PlanTimeline)


def days(shown: Shown, number: int) -> QPoint:
    """So many days to the right."""
    return QPoint(round(number * shown.page.view.state.scale.day_width), 0)


def test_a_bar_is_carried_by_days(shown: Shown):
    view = shown.page.view
    middle = view.bar(shown.id("Gather stories")).center()
    drag(view.viewport(), middle, middle + days(shown, 3))
    assert (shown.row("Gather stories").starts_on, shown.row("Gather stories").due_on) == (
        in_june(21),
        date(2024, 7, 1),
    )
    shown.read()
    assert (shown.row("Gather stories").starts_on, shown.row("Gather stories").due_on) == (
        in_june(21),
        date(2024, 7, 1),
    )


def test_chosen_bars_are_carried_together(context: Context, shown: Shown):
    said, view = listen(context), shown.page.view
    shown.cards.choose([shown.id("Gather stories"), shown.id("Open question")])
    middle = view.bar(shown.id("Open question")).center()
    drag(view.viewport(), middle, middle + days(shown, 2))
    shown.read()
    assert (shown.row("Gather stories").due_on, shown.row("Open question").due_on) == (in_june(30), in_june(20))
    assert said == [("2 cards moved.", "edit.undo")]


def test_the_ends_of_a_bar_are_stretched_and_never_cross(shown: Shown):
    view = shown.page.view
    box = view.bar(shown.id("Gather stories"))
    drag(
        view.viewport(),
        QPoint(box.right() - 2, box.center().y()),
        QPoint(box.right() - 2, box.center().y()) + days(shown, -2),
    )
    shown.read()
    assert (shown.row("Gather stories").starts_on, shown.row("Gather stories").due_on) == (in_june(18), in_june(26))
    box = view.bar(shown.id("Gather stories"))
    start = QPoint(box.left() + 2, box.center().y())
    drag(view.viewport(), start, start + days(shown, 30))
    shown.read()
    assert (shown.row("Gather stories").starts_on, shown.row("Gather stories").due_on) == (None, in_june(26))


def test_escape_puts_a_carried_bar_back(qtbot, shown: Shown):
    view = shown.page.view
    middle = view.bar(shown.id("Gather stories")).center()
    drag(view.viewport(), middle, middle + days(shown, 3), lets_go=False)
    assert view.state.shift == (3, 3)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    mouse(view.viewport(), QEvent.Type.MouseButtonRelease, middle)
    assert not shown.desk.is_busy
    assert view.state.shift == (0, 0)


def test_keys_move_the_card_and_both_its_ends(qtbot, shown: Shown):
    view = shown.page.view
    shown.cards.choose([shown.id("Open question")])
    shown.page.take_focus()
    for key, keys, window in (
        (Qt.Key.Key_Right, CONTROL, (None, in_june(19))),
        (Qt.Key.Key_Down, CONTROL, (None, in_june(26))),
        (Qt.Key.Key_Right, SHIFT, (in_june(26), in_june(27))),
        (Qt.Key.Key_Left, ALT, (in_june(25), in_june(27))),
        (Qt.Key.Key_Left, SHIFT, (in_june(25), in_june(26))),
        (Qt.Key.Key_Right, ALT, (None, in_june(26))),
        (Qt.Key.Key_Right, ALT, (None, in_june(26))),
    ):
        qtbot.keyClick(view, key, keys)
        shown.read()
        row = shown.row("Open question")
        assert (row.starts_on, row.due_on) == window


def test_lines_go_by_objective_or_owner_and_the_choice_is_kept(qtbot, context: Context, shown: Shown):
    page = shown.page
    shown.acts.set_each({shown.id("Open question"): {"objective_id": shown.objectives[0].id}})
    page.group.setCurrentIndex(page.group.findData(GroupBy.OBJECTIVE.value))
    heads = [line for line in page.view.state.lines if isinstance(line, GroupLine)]
    assert heads == [GroupLine(shown.objectives[0].title, 1), GroupLine("No objective", 5)]
    page.group.setCurrentIndex(page.group.findData(GroupBy.OWNER.value))
    page.zoom.setCurrentIndex(page.zoom.findData(Zoom.WEEK.value))
    heads = [line for line in page.view.state.lines if isinstance(line, GroupLine)]
    assert [head.title for head in heads] == ["Amina Example", "Luis Ejemplo", "Nobody yet"]
    again = PlanTimeline(context, shown.cards, shown.acts)
    qtbot.addWidget(again)
    assert (again.group.currentData(), again.zoom.currentData()) == (GroupBy.OWNER, Zoom.WEEK)


def test_hours_above_the_limit_of_one_person_are_found(shown: Shown):
    loads = {load.week: load for load in shown.page.view.state.loads}
    assert [week for week, load in loads.items() if load.is_above(shown.page.view.state.limit)] == []
    shown.acts.set_each({shown.id("Call the sponsor"): {"hours": 7}})
    loads = {load.week: load for load in shown.page.view.state.loads}
    assert [week for week, load in loads.items() if load.is_above(shown.page.view.state.limit)] == [in_june(17)]


def test_a_plan_is_seen_whole_or_week_by_week(shown: Shown):
    page, view = shown.page, shown.page.view
    assert not page.today.isVisible()
    assert view.horizontalScrollBar().maximum() == 0
    page.zoom.setCurrentIndex(1)
    assert page.today.isVisible()
    assert view.horizontalScrollBar().maximum() > 0
    view.horizontalScrollBar().setValue(0)
    page.today.click()
    assert view.horizontalScrollBar().value() >= 0


def test_cards_without_a_day_are_counted_and_a_new_one_is_due_today(qtbot, shown: Shown):
    assert shown.page.undated.text() == "1 card has no day"
    shown.page.start_card()
    qtbot.keyClicks(shown.page.line, "Thank the hosts")
    qtbot.keyClick(shown.page.line, Qt.Key.Key_Return)
    shown.read()
    assert shown.row("Thank the hosts").due_on == shown.cards.today


def test_filter_and_marks_are_those_of_every_view(shown: Shown):
    view = shown.page.view
    press(view.viewport(), view.bar(shown.id("Open question")).center())
    assert shown.cards.chosen == (shown.id("Open question"),)
    shown.cards.set_filter(CardFilter(text="sponsor"))
    assert [line.id for line in view.state.lines] == [shown.id("Call the sponsor")]
    assert shown.page.undated.text() == ""
    shown.page.hide()
    shown.cards.set_filter(CardFilter())
    shown.page.show()
    assert len(view.state.lines) == 6
