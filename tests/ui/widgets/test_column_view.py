"""One column of cards by mouse and keyboard: what is asked for, and where a carried card would land."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from tests.ui.plan_samples import an_item
from workbench.ui.qt_models.board_model import ColumnModel
from workbench.ui.theme import Theme
from workbench.ui.widgets.card_delegate import CardDelegate
from workbench.ui.widgets.column_view import ColumnView, Pick


@pytest.fixture
def view(qtbot, ground: QWidget, theme: Theme) -> ColumnView:
    model = ColumnModel("To do", ground)
    made = ColumnView(theme, model, CardDelegate(theme, ground), hint="Nothing here")
    made.setParent(ground)
    made.resize(340, 500)
    model.show_items([an_item(card_id) for card_id in ("a", "b", "c")])
    made.show()
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    made.setFocus()
    return made


def middle(view: ColumnView, row: int) -> QPoint:
    return view.visualRect(view.model().index(row, 0)).center()


def test_arrows_walk_and_enter_opens(qtbot, view: ColumnView):
    view.choose(0)
    with qtbot.waitSignal(view.picked) as picked:
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert picked.args == ["b", Pick.ONE]
    assert view.current_card() == "b"
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == ["b"]
    for key, step in ((Qt.Key.Key_Left, -1), (Qt.Key.Key_Right, 1)):
        with qtbot.waitSignal(view.walked) as walked:
            qtbot.keyClick(view, key)
        assert walked.args == [step, False]


def test_tab_into_the_column_marks_its_first_card(qtbot, ground: QWidget, view: ColumnView):
    view.clearFocus()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.current_card() == "a"
    view.leave()
    assert view.current_card() is None


def test_keys_and_mouse_pick_one_card_more_or_all_between(qtbot, view: ColumnView):
    shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    view.choose(0)
    for key, modifier, wanted in (
        (Qt.Key.Key_Down, shift, ["b", Pick.RANGE]),
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, ["b", Pick.TOGGLE]),
    ):
        with qtbot.waitSignal(view.picked) as picked:
            qtbot.keyClick(view, key, modifier)
        assert picked.args == wanted
    for modifier, how in ((control, Pick.TOGGLE), (shift, Pick.RANGE)):
        with qtbot.waitSignal(view.picked) as picked:
            qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, middle(view, 2))
        assert picked.args == ["c", how]
    with qtbot.waitSignal(view.all_picked):
        qtbot.keyClick(view, Qt.Key.Key_A, control)
    with qtbot.waitSignal(view.beyond) as beyond:
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert beyond.args == [1]


def test_marked_cards_are_marked_for_screen_readers_too(view: ColumnView):
    view.mark({"a", "c", "elsewhere"})
    assert [index.row() for index in view.selectionModel().selectedIndexes()] == [0, 2]
    view.mark({"a", "b", "c"})
    assert len(view.selectionModel().selectedIndexes()) == 3
    view.mark(frozenset())
    assert not view.selectionModel().hasSelection()


def test_pressing_a_marked_card_picks_it_alone_only_when_let_go(qtbot, view: ColumnView):
    view.mark({"a", "b"})
    with qtbot.assertNotEmitted(view.picked):
        qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=middle(view, 0))
    with qtbot.waitSignal(view.picked) as picked:
        qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=middle(view, 0))
    assert picked.args == ["a", Pick.ONE]
    with qtbot.assertNotEmitted(view.picked):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=middle(view, 1))


def test_whole_list_is_as_high_as_its_cards(view: ColumnView):
    one = view.whole_height(300) // 3
    view.model().show_items([an_item("a")])
    assert view.whole_height(300) == one
    view.model().show_items([])
    assert 0 < view.whole_height(300) < one


def test_menu_comes_by_mouse_and_by_key(qtbot, view: ColumnView):
    view.choose(1)
    with qtbot.waitSignal(view.menu_wanted) as by_key:
        qtbot.keyClick(view, Qt.Key.Key_Menu)
    assert by_key.args[0] == "b"
    with qtbot.waitSignal(view.menu_wanted) as by_letter:
        qtbot.keyClick(view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert by_letter.args[0] == "b"


def test_double_click_opens(qtbot, view: ColumnView):
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle(view, 2))
    assert opened.args == ["c"]


def test_small_movement_is_a_click_and_no_drag(qtbot, view: ColumnView):
    with qtbot.assertNotEmitted(view.lifted):
        qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=middle(view, 1))
        qtbot.mouseMove(view.viewport(), middle(view, 1) + QPoint(2, 1))
        qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=middle(view, 1))
    assert view.current_card() == "b"


@pytest.mark.parametrize(("row", "offset", "wanted"), [(0, -20, 0), (0, 20, 1), (1, -20, 1), (2, 20, 3), (2, 400, 3)])
def test_card_lands_before_the_one_whose_middle_it_has_not_passed(view: ColumnView, row, offset, wanted):
    assert view.drop_row_at(middle(view, row) + QPoint(0, offset)) == wanted


def test_drop_line_is_drawn_in_the_gap_and_goes_again(view: ColumnView):
    plain = view.grab().toImage()
    pictures = []
    for row in (0, 2, 3):
        view.show_drop(row)
        pictures.append(view.grab().toImage())
    view.show_drop(None)
    assert view.grab().toImage() == plain
    assert all(picture != plain for picture in pictures)
    assert pictures[0] != pictures[1] != pictures[2]


def test_empty_column_says_what_it_is_for(view: ColumnView):
    full = view.grab().toImage()
    view.model().show_items([])
    empty = view.grab().toImage()
    assert empty != full
    view.show_drop(0)
    assert view.grab().toImage() != empty
