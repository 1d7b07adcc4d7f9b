"""The keyboard is on the page after every opening, and back where it was after every closing."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from tests.ui.settled import settle
from workbench.ui.context import Context
from workbench.ui.main_window import PAGES, MainWindow


@pytest.fixture
def active(qtbot, filled, window: MainWindow, context: Context) -> MainWindow:
    """The window, in front, on its first page."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.open_page("communities")
    settle(qtbot, context.jobs)
    return window


def is_on_page(window: MainWindow) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and focus.isVisible() and window.page().isAncestorOf(focus)


@pytest.mark.parametrize("key", [entry.key for entry in PAGES])
def test_an_opened_page_has_the_keyboard_before_and_after_it_is_read(qtbot, active, context: Context, key: str):
    active.open_page("help" if key == "communities" else "communities")
    active.rail.findChildren(QWidget)[-1].setFocus()
    active.open_page(key)
    assert is_on_page(active)
    settle(qtbot, context.jobs)
    qtbot.waitUntil(lambda: is_on_page(active))


class _Strays(QObject):
    """Top-level windows that are shown while a page is opened."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self.seen: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_window = isinstance(watched, QWidget) and watched.isWindow() and watched is not self._window
        if event.type() == QEvent.Type.Show and is_window:
            self.seen.append(f"{type(watched).__name__} {watched.property('accessibleName')}")
        return False


@pytest.mark.parametrize("key", [entry.key for entry in PAGES])
def test_no_part_of_a_page_is_a_window_for_a_moment(qtbot, active, context: Context, key: str):
    strays = _Strays(active)
    QApplication.instance().installEventFilter(strays)
    active.open_page(key)
    settle(qtbot, context.jobs)
    qtbot.waitUntil(active.page().is_settled)
    QApplication.instance().removeEventFilter(strays)
    assert strays.seen == []


def test_keys_work_after_what_stood_in_the_place_of_pages_is_gone(qtbot, active: MainWindow):
    form = QLineEdit()
    active.show_inside(form)
    form.setFocus()
    qtbot.waitUntil(form.hasFocus)
    active.open_page("communities")
    assert is_on_page(active)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    assert active.here() == "help"


def test_a_closed_overlay_gives_the_keyboard_back_to_where_it_was(qtbot, active: MainWindow):
    before = QApplication.focusWidget()
    overlay = QPushButton("Close", active)
    overlay.show()
    overlay.setFocus()
    qtbot.waitUntil(overlay.hasFocus)
    overlay.hide()
    qtbot.waitUntil(before.hasFocus)


def test_an_overlay_that_is_deleted_gives_the_keyboard_back_too(qtbot, active: MainWindow):
    before = QApplication.focusWidget()
    overlay = QPushButton("Close", active)
    overlay.show()
    overlay.setFocus()
    qtbot.waitUntil(overlay.hasFocus)
    overlay.deleteLater()
    qtbot.waitUntil(before.hasFocus)


def test_closed_details_give_the_keyboard_back_to_the_page(qtbot, active: MainWindow):
    before, details = QApplication.focusWidget(), QLineEdit()
    active.page().inspector = lambda: details
    active.page().inspector_changed.emit()
    details.setFocus()
    qtbot.waitUntil(details.hasFocus)
    active.toggle_inspector()
    qtbot.waitUntil(before.hasFocus)


def test_the_palette_returns_to_the_search_box_it_was_opened_from(qtbot, active: MainWindow):
    active.top.search.setFocus()
    qtbot.waitUntil(active.top.search.hasFocus)
    active.conduct.palette.open()
    qtbot.keyClick(active.conduct.palette.typed, Qt.Key.Key_Escape)
    qtbot.wait(0)
    assert active.top.search.hasFocus()


def test_the_way_back_of_a_told_line_keeps_the_keyboard_on_the_page(qtbot, active: MainWindow, context: Context):
    before, done = QApplication.focusWidget(), []
    context.actions.bind("edit.undo", lambda: done.append("undo"))
    context.tell("Card archived", action="edit.undo")
    button = active.conduct.toast.findChildren(QPushButton)[0]
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    button.click()
    assert done == ["undo"]
    qtbot.waitUntil(before.hasFocus)


def test_tab_into_the_rail_is_left_alone(qtbot, active: MainWindow):
    button = active.rail.findChildren(QWidget)[-1]
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.wait(0)
    assert button.hasFocus()
