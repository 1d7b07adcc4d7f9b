"""The filter button: its menu offers what the plan has, stays open while one ticks, and says how much it keeps out."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from tests.ui.pages.test_plan_cards import cards
from workbench.ui.pages.plan_cards import CardFilter, PlanCards
from workbench.ui.pages.plan_filter import FilterButton
from workbench.ui.theme import Theme


def acts(button: FilterButton) -> dict[str, QAction]:
    return {act.text(): act for act in button.menu().actions() if act.text()}


def made(qtbot, theme: Theme) -> tuple[FilterButton, PlanCards]:
    shared = cards(None)
    button = FilterButton(theme, shared)
    qtbot.addWidget(button)
    button._fill()
    return button, shared


def test_the_menu_offers_owners_pillars_and_kinds_of_this_plan(qtbot, theme: Theme):
    button, _shared = made(qtbot, theme)
    words = set(acts(button))
    assert {"Not done yet", "Late", "Amina Example", "Nobody yet", "U&&I", "No pillar", "Commitments"} <= words
    assert not acts(button)["Show all cards"].isEnabled()


def test_ticks_add_up_and_the_button_counts_them(qtbot, theme: Theme):
    button, shared = made(qtbot, theme)
    acts(button)["Amina Example"].setChecked(True)
    acts(button)["Nobody yet"].setChecked(True)
    acts(button)["Late"].setChecked(True)
    assert shared.filter == CardFilter(owners=frozenset({"Amina Example", ""}), is_late=True)
    assert button.text() == "Filter: 3"
    acts(button)["Amina Example"].setChecked(False)
    assert shared.filter.owners == {""}


def test_clearing_keeps_the_typed_words_and_keys_tick_without_closing(qtbot, theme: Theme):
    button, shared = made(qtbot, theme)
    shared.set_filter(CardFilter(text="maps", is_open=True))
    menu = button.menu()
    menu.popup(button.mapToGlobal(button.rect().center()))
    button._fill()
    menu.setActiveAction(acts(button)["Late"])
    qtbot.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible()
    assert shared.filter.is_late
    menu.close()
    button._fill()
    acts(button)["Show all cards"].trigger()
    assert shared.filter == CardFilter(text="maps")
