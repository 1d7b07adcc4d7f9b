"""The top bar shows choices and passes on what is asked for."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QToolButton

from workbench.ui.actions import ActionRegistry, keys_text
from workbench.ui.theme import Theme
from workbench.ui.widgets.top_bar import TopBar, fill_menu


def a_bar(qtbot, theme: Theme, actions: ActionRegistry) -> TopBar:
    bar = TopBar(theme, actions)
    qtbot.addWidget(bar)
    bar.resize(1100, bar.height())
    bar.show()
    return bar


def test_choices_ask_for_their_popups(qtbot, theme: Theme, actions: ActionRegistry):
    asked = []
    actions.bind("scope.choose", lambda: asked.append("scope"))
    actions.bind("period.choose", lambda: asked.append("period"))
    bar = a_bar(qtbot, theme, actions)
    bar.scope.click()
    bar.period.click()
    assert asked == ["scope", "period"]


def test_long_choice_gives_way_and_keeps_its_name(qtbot, theme: Theme, actions: ActionRegistry):
    bar = a_bar(qtbot, theme, actions)
    bar.scope.set_words("A community with a very long name that goes on and on and on")
    assert bar.scope.sizeHint().width() == 300
    assert bar.scope.accessibleName().startswith("Communities: A community")
    assert not bar.grab().isNull()


def test_enter_searches_and_escape_clears(qtbot, theme: Theme, actions: ActionRegistry):
    bar = a_bar(qtbot, theme, actions)
    qtbot.keyClicks(bar.search, "pump")
    with qtbot.waitSignal(bar.searched) as searched:
        qtbot.keyClick(bar.search, Qt.Key.Key_Return)
    assert searched.args == ["pump"]
    qtbot.keyClick(bar.search, Qt.Key.Key_Escape)
    assert bar.search.text() == ""


def test_undo_follows_its_action(qtbot, theme: Theme, actions: ActionRegistry):
    bar, done = a_bar(qtbot, theme, actions), []
    bar.connect_actions()
    undo = next(button for button in bar.findChildren(QToolButton) if button.accessibleName().startswith("Undo"))
    assert not undo.isEnabled()
    actions.bind("edit.undo", lambda: done.append("undo"))
    assert undo.isEnabled()
    undo.click()
    assert done == ["undo"]


def test_menu_holds_every_action(qtbot, actions: ActionRegistry):
    menu = QMenu()
    qtbot.addWidget(menu)
    fill_menu(menu, actions)
    groups = {group.text(): group.menu().actions() for group in menu.actions()}
    parts = {one.text(): one.menu().actions() for one in groups["Plan"] if one.menu()}
    shown = [one.objectName() for group in (*groups.values(), *parts.values()) for one in group if not one.menu()]
    assert sorted(shown) == sorted(spec.id for spec in actions)
    assert list(parts) == ["Share", "Card"]
    assert len(groups["Plan"]) <= 14


def test_search_leaves_room_for_its_icon_on_the_right_side(qtbot, theme: Theme, actions: ActionRegistry):
    bar = a_bar(qtbot, theme, actions)
    left = bar.search.textMargins().left()
    bar.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert bar.search.textMargins().right() == left


def test_search_shows_the_key_that_reaches_it(qtbot, theme: Theme, actions: ActionRegistry):
    bar = a_bar(qtbot, theme, actions)
    assert bar.search._keys == keys_text(actions.spec("search"))
    assert bar.search._keys != keys_text(actions.spec("palette"))


def test_a_choice_is_painted_without_asking_for_the_next_paint(qtbot, theme: Theme, actions: ActionRegistry):
    bar, asked = a_bar(qtbot, theme, actions), []
    bar.scope.set_words("All communities")
    QApplication.processEvents()
    bar.scope.setText = asked.append
    assert not bar.scope.grab().isNull()
    assert asked == []
    assert bar.scope.text() == "All communities"
