"""Scope by typing: one by Enter, several by their boxes, all by one button."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from workbench.ids import CommunityId
from workbench.ui.theme import Theme, ThemeMode
from workbench.ui.widgets.scope_popup import ScopePopup

COMMUNITIES = [(CommunityId(number), name) for number, name in enumerate(("Cold chain", "Field data", "Water"), 1)]


def a_popup(window: QWidget, theme: Theme, scope: tuple[CommunityId, ...] = ()) -> tuple[ScopePopup, list]:
    chosen = []
    popup = ScopePopup(theme, window, communities=COMMUNITIES, scope=scope, chosen=chosen.append)
    popup.open_at(window)
    return popup, chosen


def button(popup: ScopePopup, text: str) -> QPushButton:
    return next(one for one in popup.findChildren(QPushButton) if one.text() == text)


def test_typing_and_enter_choose_one(qtbot, ground: QWidget, theme: Theme):
    popup, chosen = a_popup(ground, theme)
    popup._filter.setText("dat")
    qtbot.keyClick(popup._filter, Qt.Key.Key_Return)
    assert chosen == [(2,)]


def test_boxes_choose_several(qtbot, ground: QWidget, theme: Theme):
    popup, chosen = a_popup(ground, theme, (CommunityId(1),))
    popup._list.item(2).setCheckState(Qt.CheckState.Checked)
    assert popup._count.text() == "2 chosen"
    button(popup, "Show these").click()
    assert chosen == [(1, 3)]


def test_what_is_chosen_comes_first_and_is_told_in_the_order_of_names(qtbot, ground: QWidget, theme: Theme):
    popup, chosen = a_popup(ground, theme, (CommunityId(3),))
    assert [popup._list.item(row).text() for row in range(3)] == ["Water", "Cold chain", "Field data"]
    popup._list.item(1).setCheckState(Qt.CheckState.Checked)
    button(popup, "Show these").click()
    assert chosen == [(1, 3)]


def test_one_button_chooses_all(qtbot, ground: QWidget, theme: Theme):
    popup, chosen = a_popup(ground, theme, (CommunityId(1),))
    button(popup, "All communities").click()
    assert chosen == [()]


def test_arrow_goes_from_the_box_to_the_list_and_nothing_fitting_chooses_nothing(qtbot, ground: QWidget, theme: Theme):
    popup, chosen = a_popup(ground, theme)
    qtbot.keyClick(popup._filter, Qt.Key.Key_Down)
    popup._filter.setText("zzz")
    qtbot.keyClick(popup._filter, Qt.Key.Key_Return)
    assert chosen == []


@pytest.mark.parametrize("mode", [ThemeMode.LIGHT, ThemeMode.DARK])
def test_boxes_are_seen_ticked_or_not(qtbot, ground: QWidget, theme: Theme, mode: ThemeMode):
    theme.set_mode(mode)
    popup, _ = a_popup(ground, theme, (CommunityId(1),))
    theme.dress(popup)
    image = popup._list.grab().toImage()

    def colours(row: int) -> set[str]:
        at = popup._list.visualItemRect(popup._list.item(row))
        return {image.pixelColor(x, y).name() for x in range(at.left(), 40) for y in range(at.top(), at.bottom())}

    accent, edge = (theme.colour(token).name() for token in ("accent", "control"))
    assert (accent in colours(0), accent in colours(1)) == (True, False)
    assert edge in colours(1)
