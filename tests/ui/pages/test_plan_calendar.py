"""The calendar of a plan: cards go to the day they are dropped on, by mouse and by keys; nothing without a day is lost."""

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QMenu

from tests.ui.pages.plan_view_parts import DAY_0, Shown, drag, in_june, mouse, press
from tests.ui.plan_samples import TODAY, listen
from workbench.ui.context import Context
from workbench.ui.pages.plan_calendar import PlanCalendar
from workbench.ui.pages.plan_cards import CardFilter

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shown(qtbot, context: Context) -> Shown:
    return Shown(qtbot, context, PlanCalendar)


def bar(shown: Shown, title: str, number: int = 0) -> QPoint:
    """A point on a card near its first day."""
    view, card = shown.page.view, shown.id(title, number)
    part = next(each for each in view.layout_shown.segments if each.span.id == card)
    cell = view.cell(view.layout_shown.day(part.week, part.begin))
    points = (QPoint(cell.center().x(), y) for y in range(cell.top(), cell.bottom()))
    return next(at for at in points if (found := view.segment_at(at)) is not None and found.span.id == card)


def test_a_drag_writes_the_day_it_ends_on(shown: Shown):
    view = shown.page.view
    drag(view, bar(shown, "Open question"), view.cell(in_june(21)).center())
    assert shown.row("Open question").due_on == in_june(21)
    shown.read()
    assert shown.row("Open question").due_on == in_june(21)


def test_a_window_keeps_its_length_and_a_series_its_other_times(shown: Shown):
    view = shown.page.view
    drag(view, bar(shown, "Gather stories"), view.cell(in_june(20)).center())
    drag(view, bar(shown, "Route questions", 1), view.cell(in_june(26)).center())
    shown.read()
    row = shown.row("Gather stories")
    assert (row.starts_on, row.due_on) == (in_june(20), in_june(30))
    assert [shown.row("Route questions", number).due_on for number in range(3)] == [
        in_june(12),
        in_june(26),
        in_june(26),
    ]


def test_chosen_cards_are_carried_together(context: Context, shown: Shown):
    said, view = listen(context), shown.page.view
    shown.cards.choose([shown.id("Call the sponsor"), shown.id("Open question")])
    drag(view, bar(shown, "Open question"), view.cell(in_june(19)).center())
    shown.read()
    assert (shown.row("Call the sponsor").due_on, shown.row("Open question").due_on) == (in_june(18), in_june(19))
    assert said == [("2 cards moved.", "edit.undo")]


def test_escape_puts_a_carried_card_back(qtbot, shown: Shown):
    view = shown.page.view
    end = view.cell(in_june(21)).center()
    drag(view, bar(shown, "Open question"), end, lets_go=False)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    mouse(view, QEvent.Type.MouseButtonRelease, end)
    assert not shown.desk.is_busy
    assert shown.row("Open question").due_on == in_june(18)


def test_a_card_without_a_day_is_dropped_on_one_and_taken_off_again(shown: Shown):
    view, undated = shown.page.view, shown.page.undated
    assert [item.title for item in undated.items] == ["Print the booth"]
    port = undated.viewport()
    begin = undated.visualRect(undated.model().index(0, 0)).center()
    end = port.mapFromGlobal(view.mapToGlobal(view.cell(in_june(20)).center()))
    drag(port, begin, end)
    assert shown.row("Print the booth").due_on == in_june(20)
    shown.read()
    shown.acts.set_each({shown.id("Open question"): {"due_on": None}})
    shown.read()
    drag(view, bar(shown, "Print the booth"), view.mapFromGlobal(undated.mapToGlobal(QPoint(40, 200))))
    shown.read()
    assert shown.row("Print the booth").due_on is None


def test_control_and_arrows_move_the_chosen_card_and_the_day_follows(qtbot, shown: Shown):
    view = shown.page.view
    shown.cards.choose([shown.id("Open question")])
    shown.page.take_focus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(view, key, CONTROL)
        shown.read()
    assert shown.row("Open question").due_on == date(2024, 7, 3)
    assert (view.day, view.month) == (date(2024, 7, 3), date(2024, 7, 1))
    assert shown.page.title.text() == "July 2024"
    for _ in range(3):
        shown.desk.undo()
        shown.read()
    assert (view.day, view.month) == (in_june(18), in_june(1))
    shown.cards.choose([])
    qtbot.keyClick(view, Qt.Key.Key_Right, CONTROL)
    assert not shown.desk.is_busy


def test_enter_opens_the_one_card_of_a_day_or_the_list_of_several(qtbot, shown: Shown):
    view = shown.page.view
    view.go_to(in_june(20))
    with qtbot.waitSignal(shown.page.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [shown.id("Gather stories")]
    view.go_to(in_june(18))
    shown.cards.choose([])
    qtbot.keyClick(view, Qt.Key.Key_Return)
    menu = next(each for each in shown.page.findChildren(QMenu) if each.isVisible())
    words = [act.text() for act in menu.actions() if act.text()]
    assert words == ["Tuesday 18 Jun", "Gather stories", "Open question", "New card"]
    with qtbot.waitSignal(shown.page.opened) as opened:
        next(act for act in menu.actions() if act.text() == "Open question").trigger()
    assert shown.cards.current == shown.id("Open question")
    menu.close()


def test_a_new_card_comes_on_the_day_it_was_asked_for(qtbot, shown: Shown):
    view = shown.page.view
    mouse(view, QEvent.Type.MouseButtonDblClick, view.cell(in_june(25)).bottomLeft() + QPoint(20, -5))
    qtbot.keyClicks(shown.page.line, "Thank the hosts")
    qtbot.keyClick(shown.page.line, Qt.Key.Key_Return)
    shown.read()
    assert shown.row("Thank the hosts").due_on == in_june(25)
    view.go_to(in_june(26))
    shown.page.start_card()
    qtbot.keyClick(shown.page.line, Qt.Key.Key_Escape)
    assert not shown.desk.is_busy
    assert not shown.page.line.isVisible()


def test_buttons_and_keys_turn_the_month(qtbot, shown: Shown):
    page, view = shown.page, shown.page.view
    assert page.title.text() == "June 2024"
    page.on.click()
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert page.title.text() == "August 2024"
    page.back.click()
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert view.month == in_june(1)
    page.on.click()
    page.today.click()
    assert (view.day, view.month) == (TODAY, in_june(1))


def test_day_0_checkpoints_and_day_90_are_said_by_their_days(shown: Shown):
    says = shown.page.view.says
    assert "Day 0" in says(DAY_0)
    assert "Checkpoint 30" in says(date(2024, 7, 3))
    # Day 90 is a Sunday: the last checkpoint is held on the Monday after it.
    assert "Day 90, last checkpoint" in says(date(2024, 9, 2))
    assert "today" in says(TODAY)


def test_without_room_cards_without_a_day_are_counted_only(shown: Shown):
    shown.page.setMinimumSize(1, 1)
    shown.page.resize(480, 400)
    assert not shown.page.side.isVisible()
    assert shown.page.missing.text() == "1 card has no day"
    assert shown.page.missing.isVisible()
    shown.page.resize(1100, 640)
    assert shown.page.side.isVisible()
    assert not shown.page.missing.isVisible()


def test_filter_and_marks_are_those_of_every_view(shown: Shown):
    view = shown.page.view
    press(view, bar(shown, "Open question"))
    assert shown.cards.chosen == (shown.id("Open question"),)
    press(view, bar(shown, "Gather stories"), keys=CONTROL)
    assert set(shown.cards.chosen) == {shown.id("Open question"), shown.id("Gather stories")}
    shown.cards.set_filter(CardFilter(text="booth"))
    assert not view.layout_shown.segments
    assert shown.page.side.isVisible()
    shown.cards.set_filter(CardFilter(text="sponsor"))
    assert not shown.page.side.isVisible()
    shown.page.hide()
    shown.cards.set_filter(CardFilter())
    shown.page.show()
    assert len(view.layout_shown.segments) > 1
