"""Every action once: no key twice, every one with a title, an icon and a place in a menu."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from workbench.ui.actions import CORE, ActionRegistry, ActionSpec, Group, keys_text, tip


def test_no_key_is_given_twice():
    keys = [key for spec in CORE for key in spec.shortcuts]
    assert len(keys) == len(set(keys))


def test_every_action_has_a_title_and_an_icon():
    assert all(spec.title and spec.icon for spec in CORE)
    assert len({spec.title for spec in CORE}) == len(CORE)


def test_a_key_that_is_taken_is_refused(actions: ActionRegistry):
    with pytest.raises(ValueError, match="belongs to palette"):
        actions.add(ActionSpec("other", "Other", Group.GO, shortcuts=("Ctrl+K",)))
    with pytest.raises(ValueError, match="help"):
        actions.add(ActionSpec("help", "Help again", Group.HELP))


def test_an_action_nobody_bound_is_disabled(actions: ActionRegistry):
    assert not actions.action("sync.now").isEnabled()
    assert not actions.trigger("sync.now")


def test_a_bound_action_runs_from_menu_and_key(qtbot, actions: ActionRegistry):
    ran, root = [], QWidget()
    qtbot.addWidget(root)
    actions.attach(root)
    actions.bind("sync.now", lambda: ran.append("sync"))
    actions.add(ActionSpec("card.new", "New card", Group.PLAN, "plus", ("Ctrl+J",)), lambda: ran.append("card"))
    root.show()
    root.activateWindow()
    qtbot.waitUntil(root.isActiveWindow)
    assert actions.trigger("sync.now")
    qtbot.keyClick(root, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert ran == ["sync", "card"]


def test_menus_hold_every_action(actions: ActionRegistry):
    listed = [spec.id for _, specs in actions.grouped() for spec in specs]
    assert sorted(listed) == sorted(spec.id for spec in actions)


def test_tool_tips_name_the_key(actions: ActionRegistry):
    assert tip(actions.spec("palette")).startswith("Go to or do anything")
    assert keys_text(actions.spec("palette")) in tip(actions.spec("palette"))
    assert keys_text(actions.spec("about")) == ""


@pytest.mark.parametrize("modifiers", [Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier])
def test_both_usual_keys_redo(qtbot, actions: ActionRegistry, modifiers: Qt.KeyboardModifier):
    ran, root = [], QWidget()
    qtbot.addWidget(root)
    actions.attach(root)
    actions.bind("edit.redo", lambda: ran.append("redo"))
    root.show()
    root.activateWindow()
    qtbot.waitUntil(root.isActiveWindow)
    key = Qt.Key.Key_Z if modifiers else Qt.Key.Key_Y
    qtbot.keyClick(root, key, Qt.KeyboardModifier.ControlModifier | modifiers)
    assert ran == ["redo"]


def test_a_click_that_comes_before_everything_is_there_is_not_lost(qtbot, actions: ActionRegistry):
    done: list[str] = []
    assert not actions.trigger("import.table")
    assert not actions.trigger("sample.install")  # the newest wish counts
    actions.bind("import.table", lambda: done.append("table"))
    actions.bind("sample.install", lambda: done.append("sample"))
    actions.action("sample.install").setEnabled(False)  # until it is known whether it can be done
    QApplication.processEvents()
    assert done == []
    actions.action("sample.install").setEnabled(True)
    qtbot.waitUntil(lambda: done == ["sample"])
    actions.trigger("new")
    actions._forget()  # as after a few seconds
    actions.bind("new", lambda: done.append("new"))
    QApplication.processEvents()
    assert done == ["sample"]
