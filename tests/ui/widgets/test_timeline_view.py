"""A timeline worked by keys and mouse: lines walked, bars carried and stretched, days brought into sight."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip

from tests.ui.pages.plan_view_parts import drag, mouse, press
from tests.ui.widgets.spans import MONDAY, a_span, day
from workbench.ids import CardId
from workbench.plans.closed_days import NONE
from workbench.ui.theme import Theme, ThemeMode
from workbench.ui.widgets.timeline_grip import Grip
from workbench.ui.widgets.timeline_layout import GroupLine, WeekLoad
from workbench.ui.widgets.timeline_view import TimelineView

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier,
)  # fmt: skip
LINES = [
    GroupLine("Pumps", 2),
    a_span("one", 5),
    a_span("window", 10, 40),
    GroupLine("Maps", 1),
    a_span("last", 60, 80),
]


@pytest.fixture
def view(qtbot, theme: Theme) -> TimelineView:
    made = TimelineView(theme)
    qtbot.addWidget(made)
    made.resize(1000, 400)
    made.show()
    made.show_plan_days(MONDAY, checkpoints={day(30): "Day 30"}, closed=NONE, limit=5)
    made.show_lines(LINES, loads=[WeekLoad(day(7), (("Amina Example", 6.0),))], today=day(12))
    made.chosen.connect(lambda cards, current: made.mark(cards, current=current or None))
    return made


def test_up_and_down_walk_cards_and_leave_heads_out(qtbot, view: TimelineView):
    for key, keys, wanted in (
        (Qt.Key.Key_Down, None, {"one"}),
        (Qt.Key.Key_Down, None, {"window"}),
        (Qt.Key.Key_Down, SHIFT, {"window", "last"}),
        (Qt.Key.Key_Down, None, {"last"}),
        (Qt.Key.Key_Up, None, {"window"}),
        (Qt.Key.Key_End, None, {"last"}),
        (Qt.Key.Key_Home, None, {"one"}),
        (Qt.Key.Key_A, CONTROL, {"one", "window", "last"}),
    ):
        qtbot.keyClick(view, key, keys or Qt.KeyboardModifier.NoModifier)
        assert view.state.chosen == wanted
    assert view.accessibleDescription() == "Card one, spoken, 1 of 3"
    view.mark([], current=None)
    assert view.accessibleDescription() == "3 cards"


def test_keys_move_and_stretch_in_the_direction_of_reading(qtbot, view: TimelineView):
    view.mark([CardId("window")], current=CardId("window"))
    for direction, sign in ((Qt.LayoutDirection.LeftToRight, 1), (Qt.LayoutDirection.RightToLeft, -1)):
        view.setLayoutDirection(direction)
        with qtbot.waitSignal(view.moved) as moved:
            qtbot.keyClick(view, Qt.Key.Key_Right, CONTROL)
        assert moved.args == [sign]
        with qtbot.waitSignal(view.stretched) as stretched:
            qtbot.keyClick(view, Qt.Key.Key_Right, SHIFT)
        assert stretched.args == ["window", day(10), day(40 + sign)]
        with qtbot.waitSignal(view.stretched) as stretched:
            qtbot.keyClick(view, Qt.Key.Key_Right, ALT)
        assert stretched.args == ["window", day(10 + sign), day(40)]
    with qtbot.waitSignal(view.moved) as moved:
        qtbot.keyClick(view, Qt.Key.Key_Up, CONTROL)
    assert moved.args == [-7]


def test_enter_and_double_click_open(qtbot, view: TimelineView):
    qtbot.keyClick(view, Qt.Key.Key_Down)
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == ["one"]
    with qtbot.waitSignal(view.opened) as opened:
        mouse(view.viewport(), QEvent.Type.MouseButtonDblClick, view.bar(CardId("last")).center())
    assert opened.args == ["last"]


def test_a_drag_tells_days_and_an_end_tells_the_window(qtbot, view: TimelineView):
    for direction, sign in ((Qt.LayoutDirection.LeftToRight, 1), (Qt.LayoutDirection.RightToLeft, -1)):
        view.setLayoutDirection(direction)
        box, width = view.bar(CardId("window")), view.state.scale.day_width
        with qtbot.waitSignal(view.dropped) as dropped:
            drag(view.viewport(), box.center(), box.center() + QPoint(round(3 * width), 0))
        assert dropped.args == ["window", 3 * sign]
        with qtbot.waitSignal(view.stretched) as stretched:
            end = QPoint(box.right() - 1, box.center().y())
            drag(view.viewport(), end, end + QPoint(round(2 * width), 0))
        assert stretched.args == ["window", day(10), day(42)] if sign == 1 else ["window", day(8), day(40)]
        assert view.state.moving == frozenset()


def test_a_part_of_a_bar_is_found(view: TimelineView):
    box = view.bar(CardId("window"))
    assert view.grip_at(box.center()) == (2, Grip.WHOLE)
    assert view.grip_at(QPoint(box.left() + 1, box.center().y())) == (2, Grip.FIRST)
    assert view.grip_at(QPoint(box.right() + 60, box.center().y())) is None
    assert view.grip_at(QPoint(5, 5)) is None
    mouse(
        view.viewport(),
        QEvent.Type.MouseMove,
        QPoint(box.left() + 1, box.center().y()),
        buttons=Qt.MouseButton.NoButton,
    )
    assert view.viewport().cursor().shape() is Qt.CursorShape.SizeHorCursor


def test_clicks_choose_one_more_or_a_run(view: TimelineView):
    press(view.viewport(), view.bar(CardId("one")).center())
    assert view.state.chosen == {"one"}
    press(view.viewport(), view.bar(CardId("last")).center(), keys=SHIFT)
    assert view.state.chosen == {"one", "window", "last"}
    press(view.viewport(), view.bar(CardId("window")).center(), keys=CONTROL)
    assert view.state.chosen == {"one", "last"}
    press(view.viewport(), QPoint(500, 290))
    assert view.state.chosen == frozenset()


def test_zoom_keeps_the_middle_and_the_wheel_does_it_too(view: TimelineView):
    assert view.horizontalScrollBar().maximum() == 0
    spot = QPointF(500, 200)

    def turn(notch: int) -> None:
        event = QWheelEvent(
            spot, view.mapToGlobal(spot), QPoint(), QPoint(0, notch), Qt.MouseButton.NoButton, CONTROL,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(view.viewport(), event)

    turn(120)
    assert view.horizontalScrollBar().maximum() > 0
    assert 0 < view.horizontalScrollBar().value() < view.horizontalScrollBar().maximum()
    turn(-120)
    assert view.horizontalScrollBar().maximum() == 0


def test_the_card_the_keyboard_is_on_comes_into_sight(qtbot, view: TimelineView):
    view.show_lines([a_span(f"c{number}", number % 90) for number in range(200)], loads=[], today=day(12))
    view.set_fit(is_fit=False)
    view.mark([CardId("c150")], current=CardId("c150"))
    assert view.viewport().rect().contains(view.bar(CardId("c150")))
    before = view.verticalScrollBar().value()
    view.mark([CardId("c149")], current=CardId("c149"))
    assert view.verticalScrollBar().value() == before
    value = view.horizontalScrollBar().value()
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.horizontalScrollBar().value() < value


def test_menus_and_tips(qtbot, view: TimelineView):
    spot = view.bar(CardId("one")).center()
    with qtbot.waitSignal(view.menu_wanted):
        view.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, view.mapToGlobal(spot)))
    view.mark([CardId("one")], current=CardId("one"))
    with qtbot.waitSignal(view.menu_wanted):
        qtbot.keyClick(view, Qt.Key.Key_Menu)
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, spot, view.mapToGlobal(spot)))
    assert QToolTip.text() == "Card one, spoken"
    QToolTip.hideText()


def test_text_size_and_colours_follow(view: TimelineView, theme: Theme):
    light = view.grab().toImage()
    theme.set_mode(ThemeMode.DARK)
    assert view.grab().toImage() != light
    theme.set_text_scale(1.5)
    assert view.line_at(view.bar(CardId("one")).center()) == 1
