"""A month worked by keys and mouse: days walked and said, cards chosen, opened, carried and let go outside."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip

from tests.ui.pages.plan_view_parts import drag, mouse, press
from tests.ui.widgets.spans import a_span, day
from workbench.ids import CardId
from workbench.ui.theme import Theme, ThemeMode
from workbench.ui.widgets.month_view import MonthView

SPANS = [a_span("window", 1, 9), a_span("one", 2), a_span("two", 2), *(a_span(f"many{n}", 16) for n in range(9))]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(qtbot, theme: Theme) -> MonthView:
    made = MonthView(theme)
    qtbot.addWidget(made)
    made.resize(840, 560)
    made.show()
    made.show_cards(SPANS, today=day(2))
    made.show_plan_days(marks={day(0): "Day 0"}, closed=frozenset({day(4)}))
    return made


def at(view: MonthView, card: str) -> QPoint:
    part = next(each for each in view.layout_shown.segments if each.span.id == card)
    cell = view.cell(view.layout_shown.day(part.week, part.end))
    points = (QPoint(cell.center().x(), y) for y in range(cell.top(), cell.bottom()))
    return next(spot for spot in points if (found := view.segment_at(spot)) is not None and found.span.id == card)


def test_arrows_walk_days_and_turn_the_month_at_its_ends(qtbot, view: MonthView):
    assert view.day == day(2)
    for key, wanted in (
        (Qt.Key.Key_Right, day(3)),
        (Qt.Key.Key_Down, day(10)),
        (Qt.Key.Key_Left, day(9)),
        (Qt.Key.Key_Up, day(2)),
        (Qt.Key.Key_Up, day(-5)),
        (Qt.Key.Key_Home, day(2)),
    ):
        qtbot.keyClick(view, key)
        assert view.day == wanted
        assert view.month == wanted.replace(day=1)
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.day == day(1)


def test_months_turn_by_keys_and_wheel_and_keep_the_day_they_can(qtbot, view: MonthView):
    view.go_to(day(-3))
    assert view.day.day == 31
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert (view.day.month, view.day.day) == (6, 30)
    spot = QPointF(view.rect().center())
    for notch in (-60, -60, 240):
        event = QWheelEvent(
            spot, view.mapToGlobal(spot), QPoint(), QPoint(0, notch), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(view, event)
    assert view.month.month == 5


def test_a_day_says_what_it_is_and_what_lies_on_it(view: MonthView):
    assert view.says(day(2)) == "Wednesday 5 Jun, today, 3 cards, Card window, Card one, Card two"
    assert view.says(day(0)) == "Monday 3 Jun, Day 0, no cards"
    view.mark([CardId("one")], current=CardId("one"))
    assert view.accessibleDescription().endswith("3 cards, chosen: Card one, spoken")


def test_space_goes_through_the_cards_of_a_day(qtbot, view: MonthView):
    told = []
    view.chosen.connect(lambda cards, current: (told.append(current), view.mark(cards, current=current or None)))
    for _ in range(4):
        qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.keyClick(view, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert told == ["window", "one", "two", "", "two"]
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == ["two"]


def test_enter_on_a_day_wants_its_list_or_a_new_card(qtbot, view: MonthView):
    with qtbot.waitSignal(view.day_opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args[0] == day(2)
    view.go_to(day(0))
    with qtbot.waitSignal(view.wanted) as wanted:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert wanted.args[0] == day(0)
    with qtbot.waitSignal(view.wanted):
        qtbot.keyClick(view, Qt.Key.Key_Insert)
    view.go_to(day(8))
    with qtbot.waitSignals([view.chosen, view.opened]):
        qtbot.keyClick(view, Qt.Key.Key_Return)


def test_more_cards_than_fit_open_as_a_list(qtbot, view: MonthView):
    assert view.layout_shown.more[day(16)] > 0
    cell = view.cell(day(16))
    with qtbot.waitSignal(view.day_opened) as opened:
        press(view, cell.topRight() + QPoint(-20, 10))
    assert opened.args[0] == day(16)


def test_a_chosen_card_is_shown_also_where_there_is_no_room_for_all(view: MonthView):
    hidden = CardId("many8")
    assert hidden not in {part.span.id for part in view.layout_shown.segments}
    view.mark([hidden], current=hidden)
    assert hidden in {part.span.id for part in view.layout_shown.segments}
    view.mark([], current=None)
    assert hidden not in {part.span.id for part in view.layout_shown.segments}


def test_a_drag_tells_where_it_began_and_ended(qtbot, view: MonthView):
    with qtbot.waitSignal(view.dropped) as dropped:
        drag(view, at(view, "window"), view.cell(day(17)).center())
    assert dropped.args == ["window", day(6), day(17)]
    with qtbot.waitSignal(view.left) as left:
        drag(view, at(view, "one"), QPoint(view.width() + 40, 100))
    assert left.args[0] == "one"
    with qtbot.assertNotEmitted(view.dropped):
        drag(view, at(view, "one"), view.cell(day(2)).center())


def test_escape_ends_a_drag_before_the_window_takes_it(qtbot, view: MonthView):
    drag(view, at(view, "one"), view.cell(day(17)).center(), lets_go=False)
    with qtbot.assertNotEmitted(view.dropped):
        qtbot.keyClick(view, Qt.Key.Key_Escape)
        mouse(view, QEvent.Type.MouseButtonRelease, view.cell(day(17)).center())


def test_clicks_choose_add_and_open(qtbot, view: MonthView):
    view.chosen.connect(lambda cards, current: view.mark(cards, current=current or None))
    with qtbot.waitSignal(view.chosen) as chosen:
        press(view, at(view, "one"))
    assert chosen.args == [["one"], "one"]
    with qtbot.waitSignal(view.chosen) as chosen:
        press(view, at(view, "two"), keys=CONTROL)
    assert set(chosen.args[0]) == {"one", "two"}
    with qtbot.waitSignal(view.chosen) as chosen:
        press(view, at(view, "two"), keys=CONTROL)
    assert set(chosen.args[0]) == {"one"}
    with qtbot.waitSignal(view.opened):
        mouse(view, QEvent.Type.MouseButtonDblClick, at(view, "two"))
    with qtbot.waitSignal(view.chosen) as chosen:
        qtbot.keyClick(view, Qt.Key.Key_A, CONTROL)
    assert {"window", "one", "two"} <= set(chosen.args[0])
    spot = at(view, "one")
    with qtbot.waitSignal(view.menu_wanted):
        view.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, view.mapToGlobal(spot)))
    view.mark([CardId("one")], current=CardId("one"))
    with qtbot.waitSignal(view.menu_wanted):
        qtbot.keyClick(view, Qt.Key.Key_Menu)


def test_tips_give_whole_titles(view: MonthView):
    spot = at(view, "one")
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, spot, view.mapToGlobal(spot)))
    assert QToolTip.text() == "Card one"
    QToolTip.hideText()


def test_each_day_is_where_it_is_found_in_both_directions(view: MonthView):
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        view.setLayoutDirection(direction)
        for number in range(28):
            assert view.day_at(view.cell(day(number)).center()) == day(number)
    assert view.day_at(QPoint(-5, 100)) is None
    assert view.cell(day(90)).isEmpty()


def test_text_size_and_colours_follow(view: MonthView, theme: Theme):
    before = view.layout_shown.more
    theme.set_text_scale(2.0)
    assert sum(view.layout_shown.more.values()) >= sum(before.values())
    light = view.grab().toImage()
    theme.set_mode(ThemeMode.DARK)
    assert view.grab().toImage() != light
