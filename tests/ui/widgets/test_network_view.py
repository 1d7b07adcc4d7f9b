"""View: looking at somebody by click and keys, walking along ties, moving about, and a picture painted elsewhere."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt

from tests.ui.widgets.network_parts import a_scene
from workbench.cancel import CancelToken
from workbench.ui.theme import Theme
from workbench.ui.widgets.network_view import NetworkView


class Painter:
    """Keeps paint jobs until they are to be done."""

    def __init__(self) -> None:
        self.waiting: list = []

    def __call__(self, work, done, stopped) -> None:
        self.waiting.append((work, done, stopped))

    def finish(self) -> None:
        while self.waiting:
            work, done, _ = self.waiting.pop(0)
            done(work(CancelToken()))


@pytest.fixture
def shown(qtbot, theme: Theme):
    painter = Painter()
    view = NetworkView(theme, run=painter)
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show()
    view.show_scene(a_scene())
    painter.finish()
    return view, painter


def place(view: NetworkView, node: int) -> QPoint:
    return view._view.to_screen(QSizeF(view.size())).map(QPointF(*a_scene().places[node])).toPoint()


def test_a_click_looks_at_somebody_and_a_click_beside_at_nobody(shown, qtbot):
    view, _ = shown
    told: list[int] = []
    view.pointed.connect(told.append)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place(view, 2))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert told == [2, -1]


def test_arrow_keys_follow_ties_and_enter_opens(shown, qtbot):
    view, _ = shown
    opened: list[int] = []
    view.opened.connect(opened.append)
    view.look_at(0)
    for key, node in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_Down, 2), (Qt.Key.Key_Up, 1), (Qt.Key.Key_Up, 1)):
        qtbot.keyClick(view, key)
        assert view.node == node
    assert view.accessibleDescription() == "Bo Example, ties with 3 people"
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=place(view, 4))
    assert opened == [1, 4]


def test_the_first_arrow_begins_in_the_middle(shown, qtbot):
    view, _ = shown
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.node in {1, 2}


def test_zoom_and_pan_move_what_is_seen_and_zero_shows_all(shown, qtbot):
    view, _painter = shown
    whole = view._view
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view._view.scale == pytest.approx(whole.scale * 1.3)
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view._view.x > whole.x
    fixed = view._view.area(QSizeF(view.size())).topLeft()
    view.zoom(1.2, at=QPointF(0, 0))
    assert view._view.area(QSizeF(view.size())).topLeft() == fixed
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    qtbot.mouseMove(view, QPoint(140, 120))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(140, 120))
    assert view.node == -1
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view._view == whole


def test_one_picture_is_painted_at_a_time_and_the_last_wish_is_met(shown):
    view, painter = shown
    assert view.is_drawn
    view.zoom(1.1)
    view.zoom(1.1)
    view.zoom(1.1)
    assert len(painter.waiting) == 1
    assert not view.is_drawn
    painter.finish()
    assert view.is_drawn
    assert view._picture.view == view._view


def test_a_stopped_painting_can_be_begun_again(shown):
    view, painter = shown
    view.zoom(1.1)
    painter.waiting.pop()[2]()
    view.zoom(1.1)
    painter.finish()
    assert view.is_drawn


def test_names_can_be_hidden_and_a_set_stands_out(shown):
    view, _painter = shown
    plain = view.grab().toImage()
    view.mark((2, 4))
    marked = view.grab().toImage()
    view.hide_names(are_hidden=True)
    hidden = view.grab().toImage()
    assert plain != marked != hidden
    view.look_at(2)
    assert view.accessibleDescription() == "Somebody, ties with 2 people"


def test_the_same_people_keep_whom_one_looks_at(shown):
    view, _painter = shown
    view.look_at(2)
    view.show_scene(a_scene(), is_same_people=True)
    assert view.node == 2
    view.show_scene(a_scene())
    assert view.node == -1
