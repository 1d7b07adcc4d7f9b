"""Roles of a plan: a line for each, told once it is whole, taken away by its button."""

import pytest

from workbench.models.plan_parts import RoleLine
from workbench.ui.pages.plan_roles import ROLES, RolesEditor
from workbench.ui.theme import Theme

KEEPER, FRIEND = RoleLine("Community keeper", "Noor Example"), RoleLine("Critical friend", "Ilya Example")


@pytest.fixture
def editor(qtbot, ground, theme: Theme) -> RolesEditor:
    made = RolesEditor(theme)
    made.setParent(ground)
    made.resize(600, 400)
    made.show()
    ground.activateWindow()
    qtbot.waitUntil(ground.isActiveWindow)
    made.show_roles((KEEPER, FRIEND), people=["Noor Example"])
    return made


def test_a_line_is_told_once_it_has_role_and_holder(qtbot, editor: RolesEditor):
    heard: list[object] = []
    editor.edited.connect(heard.append)
    editor.start_line()
    line = editor.lines[-1]
    assert line.role.hasFocus()
    line.role.setText("Social reporter")
    line.role.left.emit()
    assert heard == []
    line.holder.setText("Amina Example")
    line.holder.left.emit()
    assert heard == [(KEEPER, FRIEND, RoleLine("Social reporter", "Amina Example"))]


def test_a_line_is_taken_away_and_the_keyboard_stays_near(qtbot, editor: RolesEditor):
    with qtbot.waitSignal(editor.edited) as told:
        editor.lines[0].unwanted.emit()
    assert told.args == [(FRIEND,)]
    assert editor.add.hasFocus()


def test_a_reading_leaves_the_line_under_the_keyboard_alone(editor: RolesEditor):
    editor.start_line()
    editor.lines[-1].role.setText("Champ")
    editor.show_roles((KEEPER,))
    assert len(editor.lines) == 3
    editor.lines[-1].role.clearFocus()
    editor.show_roles((KEEPER,))
    assert editor.roles() == (KEEPER,)
    assert len(editor.lines) == 1


def test_an_empty_line_stands_ready_where_there_are_no_roles(editor: RolesEditor):
    editor.show_roles(())
    only = editor.lines[0]
    editor.show_roles(())
    editor.start_line()
    assert editor.lines == [only]
    assert only.role.hasFocus()
    assert editor.roles() == ()


def test_roles_are_offered_by_name(editor: RolesEditor):
    completer = editor.lines[0].role.completer()
    completer.setCompletionPrefix("CRIT")
    assert completer.currentCompletion() in ROLES
