"""What columns and rows of a board stand for: chosen from two buttons, remembered, and short where room is short."""

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QPushButton, QWidget

from workbench.ui.pages.plan_board_choices import BoardChoices, keep_limit, kept_limits
from workbench.ui.qt_models.board_slots import Columns, Rows
from workbench.ui.theme import Theme


def choices(ground: QWidget, theme: Theme) -> BoardChoices:
    made = BoardChoices(theme)
    made.setParent(ground)
    made.show()
    return made


def words(made: BoardChoices) -> list[str]:
    return [button.accessibleName() for button in made.findChildren(QPushButton)]


def test_choice_is_said_announced_and_remembered(qtbot, ground: QWidget, theme: Theme):
    made = choices(ground, theme)
    assert words(made) == ["Columns: Status", "Rows: None"]
    acts = {act.text(): act for button in made.findChildren(QPushButton) for act in button.menu().actions()}
    with qtbot.waitSignal(made.changed):
        acts["Week"].trigger()
    with qtbot.waitSignal(made.changed):
        acts["Objective"].trigger()
    with qtbot.assertNotEmitted(made.changed):
        made.set_rows(Rows.OBJECTIVE)
    assert words(made) == ["Columns: Week", "Rows: Objective"]
    assert acts["Week"].isChecked()
    again = choices(ground, theme)
    assert (again.columns, again.rows) == (Columns.WEEK, Rows.OBJECTIVE)


def test_choice_this_version_does_not_know_is_passed_over(ground: QWidget, theme: Theme):
    QSettings().setValue("plans/columns", "moon")
    assert choices(ground, theme).columns is Columns.STATUS


def test_short_buttons_are_icons_with_the_same_name(ground: QWidget, theme: Theme):
    made = choices(ground, theme)
    made.set_short(is_short=True)
    assert {button.text() for button in made.findChildren(QPushButton)} == {""}
    assert words(made) == ["Columns: Status", "Rows: None"]


def test_limits_are_kept_by_plan_and_by_what_columns_stand_for(qapp):
    keep_limit("plan", Columns.STATUS, "doing", 3)
    keep_limit("plan", Columns.STATUS, "todo", 9)
    keep_limit("plan", Columns.PILLAR, "library", 5)
    assert kept_limits("plan", Columns.STATUS) == {"doing": 3, "todo": 9}
    assert kept_limits("other", Columns.STATUS) == {}
    keep_limit("plan", Columns.STATUS, "doing", 0)
    assert kept_limits("plan", Columns.STATUS) == {"todo": 9}
    assert kept_limits("plan", Columns.PILLAR) == {"library": 5}
    assert kept_limits("", Columns.PILLAR) == {}
