"""The palette: typed letters narrow, arrows move, Enter does, Esc gives the keyboard back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from workbench.ui.theme import Theme
from workbench.ui.widgets.palette import Entry, Palette, ranked


class Case:
    """A window with a field that has the keyboard, and a palette over it."""

    def __init__(self, qtbot, theme: Theme) -> None:
        self.done: list[str] = []
        self.asked: list = []
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(800, 600)
        self.field = QLineEdit(self.window)
        QVBoxLayout(self.window).addWidget(self.field)
        entries = [self.entry("Sync now", words="refresh"), self.entry("Water in schools"), self.entry("Larger text")]
        self.palette = Palette(
            self.window, theme, entries=lambda: entries, look_up=lambda *asked: self.asked.append(asked)
        )
        self.window.show()
        self.window.activateWindow()
        self.field.setFocus()
        qtbot.waitUntil(self.field.hasFocus)
        self.palette.open()

    def entry(self, title: str, **options) -> Entry:
        return Entry(title, "Action", "gear", lambda: self.done.append(title), **options)


@pytest.fixture
def case(qtbot, theme: Theme) -> Case:
    return Case(qtbot, theme)


def test_typing_narrows_and_enter_does(qtbot, case: Case):
    qtbot.keyClicks(case.palette.typed, "sync")
    assert case.palette.titles() == ["Sync now"]
    qtbot.keyClick(case.palette.typed, Qt.Key.Key_Return)
    assert case.done == ["Sync now"]
    assert not case.palette.isVisible()


def test_arrows_move_and_escape_gives_the_keyboard_back(qtbot, case: Case):
    qtbot.keyClick(case.palette.typed, Qt.Key.Key_Down)
    assert case.palette.list.currentRow() == 1
    qtbot.keyClick(case.palette.typed, Qt.Key.Key_Up)
    assert case.palette.list.currentRow() == 0
    qtbot.keyClick(case.palette.typed, Qt.Key.Key_Escape)
    assert case.field.hasFocus()
    assert case.done == []


def test_people_found_later_join_the_list_unless_the_text_moved_on(case: Case):
    case.palette.typed.setText("amina")
    assert case.palette.titles() == []
    text, answer = case.asked[-1]
    answer("something else", [case.entry("Bruno Sample", is_found=True)])
    assert case.palette.titles() == []
    answer(text, [case.entry("Amina Example", is_found=True)])
    assert case.palette.titles() == ["Amina Example"]


def test_further_words_find_after_titles(case: Case):
    entries = [case.entry("Sync now", words="refresh fetch"), case.entry("Refresh rate")]
    assert [entry.title for entry in ranked(entries, "refr")] == ["Refresh rate", "Sync now"]


def test_palette_is_drawn(case: Case):
    assert not case.palette.grab().isNull()
