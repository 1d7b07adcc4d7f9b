"""The frame: pages are made when first shown, keys and Esc lead where they should, nothing is clipped."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QCompleter, QLabel, QLineEdit
from typing_extensions import override

from tests.ui.settled import settle
from workbench.ui.context import Context
from workbench.ui.main_window import INSPECTOR_WIDTH, MINIMUM, PAGES, MainWindow
from workbench.ui.pages.page import Page
from workbench.ui.theme import Theme
from workbench.ui.widgets.popover import Popover
from workbench.ui.widgets.rail import NARROW
from workbench.ui.widgets.state_panel import StateWords


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_every_page_says_of_itself_what_the_rail_says(entry):
    page = entry.load()
    assert issubclass(page, Page)
    assert (entry.key, entry.title, entry.icon) == (page.KEY, page.TITLE, page.ICON)


def test_page_keys_are_unique():
    assert len({entry.key for entry in PAGES}) == len(PAGES)


def test_window_fits_its_smallest_size(window: MainWindow):
    window.resize(*MINIMUM)
    assert window.minimumSizeHint().width() <= MINIMUM[0]
    assert window.rail.width() == NARROW


def test_rail_shows_names_from_1200_pixels_on_and_can_be_switched(window: MainWindow):
    window.resize(1366, 768)
    assert window.rail.width() > NARROW
    window.toggle_rail()
    assert window.rail.width() == NARROW


def test_back_returns_to_the_page_before(qtbot, window: MainWindow):
    window.open_page("communities")
    window.open_page("help")
    assert window.here() == "help"
    window.go_back()
    assert window.here() == "communities"
    assert window.page().KEY == "communities"


def test_nothing_leads_back_from_a_page_of_the_rail(window: MainWindow):
    window.open_page("communities")
    window.turn_to("help")
    window.go_back()
    assert window.here() == "help"


def test_a_step_up_to_the_page_above_leads_on_from_there(window: MainWindow):
    window.turn_to("communities")
    for key in ("dashboard", "growth"):
        window.open_page(key)
    seen = []
    for _ in range(4):
        window.go_back()
        seen.append(window.here())
    assert seen == ["dashboard", "communities", "communities", "communities"]


def test_escape_empties_a_search_box_first(qtbot, window: MainWindow):
    window.open_page("communities")
    window.open_page("help")
    window.activateWindow()
    window.top.search.setText("pump")
    window.top.search.setFocus()
    qtbot.waitUntil(window.top.search.hasFocus)
    window.go_back()
    assert window.top.search.text() == ""
    assert window.here() == "help"


def test_escape_leaves_no_page_while_a_line_of_a_form_holds_words(qtbot, window: MainWindow):
    window.open_page("communities")
    window.open_page("help")
    window.activateWindow()
    field = QLineEdit("Amina Example", window)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    window.go_back()
    assert field.text() == "Amina Example"
    assert window.here() == "help"
    field.clear()
    window.go_back()
    assert window.here() == "communities"


def test_escape_puts_away_proposed_names_and_leaves_the_page_alone(qtbot, window: MainWindow):
    window.open_page("communities")
    window.open_page("help")
    window.activateWindow()
    field = QLineEdit(window)
    field.setCompleter(QCompleter(["Amina Example"], field))
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "Am")
    proposals = QApplication.activePopupWidget()
    assert proposals is not None
    qtbot.keyClick(proposals, Qt.Key.Key_Escape)
    assert not proposals.isVisible()
    assert (window.here(), field.text()) == ("help", "Am")


def test_unknown_page_is_a_bug(window: MainWindow):
    with pytest.raises(KeyError):
        window.open_page("nowhere")


def test_right_to_left_mirrors_rail_and_bars(qtbot, window: MainWindow):
    window.resize(1366, 768)
    window.open_page("communities")
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.waitUntil(lambda: window.rail.x() > window.width() / 2)
    assert window.top.search.mapTo(window, window.top.search.rect().center()).x() < window.width() / 2
    assert not window.grab().isNull()


def test_failure_to_open_is_said_in_the_place_of_pages(window: MainWindow):
    window.show_failure(StateWords("Locked", ("Nothing was changed.",), "lock"))
    assert "Locked" in [label.text() for label in window.findChildren(QLabel) if label.isVisible()]


def test_the_side_leaves_the_page_more_than_half_when_text_is_large(qtbot, window: MainWindow, theme: Theme):
    window.resize(1024, 640)
    assert window._side.width() == INSPECTOR_WIDTH
    theme.set_text_scale(1.5)
    assert INSPECTOR_WIDTH < window._side.width() < 512
    window.resize(1366, 768)
    assert window._side.width() == theme.px(INSPECTOR_WIDTH)


def test_inspector_shows_what_the_page_offers_and_can_be_hidden(qtbot, window: MainWindow):
    window.open_page("communities")
    details = QLabel("Details")
    window.page().inspector = lambda: details
    window.page().inspector_changed.emit()
    assert details.isVisible()
    window.toggle_inspector()
    assert not details.isVisible()


def test_frame_is_remembered(window: MainWindow):
    window.toggle_rail()
    geometry, rail, shows_inspector = window.frame_state()
    assert geometry
    assert rail in {"wide", "narrow"}
    assert shows_inspector


class _Paints(QObject):
    """Counts paint events of the whole application."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.mark.parametrize("key", [entry.key for entry in PAGES])
@pytest.mark.usefixtures("filled")
def test_an_idle_window_does_not_paint(qtbot, qapp, window: MainWindow, context: Context, key: str):
    window.open_page(key)
    settle(qtbot, context.jobs)
    qtbot.waitUntil(window.page().is_settled)
    qtbot.wait(300)
    paints = _Paints()
    qapp.installEventFilter(paints)
    qtbot.wait(1000)
    qapp.removeEventFilter(paints)
    # A cursor may blink; a paint that asks for the next one would come thousands of times.
    assert paints.count < 20


def test_enter_presses_what_has_the_keyboard(qtbot, window: MainWindow):
    done: list[bool] = []
    window.status.stepped.connect(done.append)
    button = window.status.link
    qtbot.waitUntil(button.isVisible)
    button.setFocus()
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert pressed == [True]
    for popover in window.findChildren(Popover):
        popover.close()
