"""The list of a plan: edits in place and of many at once, groups and columns kept, a line for new cards."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from tests.ui.pages.plan_view_parts import Shown, in_june
from tests.ui.plan_samples import listen
from workbench.models.kinds import CardColumn, Pillar
from workbench.ui.context import Context
from workbench.ui.pages.plan_cards import CardFilter
from workbench.ui.pages.plan_cards_list import PlanCardsList
from workbench.ui.qt_models.card_table import Cell, GroupBy
from workbench.ui.widgets.choice_box import ChoiceBox


@pytest.fixture
def shown(qtbot, context: Context) -> Shown:
    return Shown(qtbot, context, PlanCardsList)


def edit(shown: Shown, title: str, cell: Cell) -> QLineEdit | ChoiceBox:
    """Opens a cell and answers what one types in."""
    table, view = shown.page.model, shown.page.view
    index = table.index(table.line_of(shown.id(title)), table.cells.index(cell))
    view.selectionModel().setCurrentIndex(index, view.selectionModel().SelectionFlag.NoUpdate)
    view.edit(index)
    found = [each for kind in (QLineEdit, ChoiceBox) for each in view.viewport().findChildren(kind) if each.isVisible()]
    return found[0]


def type_in(qtbot, shown: Shown, title: str, cell: Cell, words: str) -> None:
    editor = edit(shown, title, cell)
    editor.setText(words)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def test_every_cell_is_edited_where_it_stands(qtbot, shown: Shown):
    shown.page.set_cells(list(Cell))
    type_in(qtbot, shown, "Print the booth", Cell.OWNER, "Chen Example")
    type_in(qtbot, shown, "Print the booth", Cell.DAY, "20 Jun 2024")
    type_in(qtbot, shown, "Print the booth", Cell.HOURS, "1.5")
    for cell, value in (
        (Cell.STATUS, CardColumn.DOING),
        (Cell.PILLAR, Pillar.LIBRARY),
        (Cell.OBJECTIVE, shown.objectives[1].id),
    ):
        box = edit(shown, "Print the booth", cell)
        box.setCurrentIndex(box.findData(value))
        qtbot.keyClick(box, Qt.Key.Key_Return)
    type_in(qtbot, shown, "Print the booth", Cell.TITLE, "Print two booths")
    shown.read()
    row = shown.row("Print two booths")
    assert (row.owner, row.due_on, row.hours) == ("Chen Example", in_june(20), 1.5)
    assert (row.column, row.pillar, row.objective_id) == (CardColumn.DOING, Pillar.LIBRARY, shown.objectives[1].id)


def test_an_edit_with_several_chosen_writes_all_in_one_step(qtbot, context: Context, shown: Shown):
    said = listen(context)
    shown.cards.choose([shown.id(title) for title in ("Call the sponsor", "Open question", "Print the booth")])
    type_in(qtbot, shown, "Open question", Cell.OWNER, "Chen Example")
    assert said == [("3 cards changed.", "edit.undo")]
    shown.read()
    assert sum(row.owner == "Chen Example" for row in shown.cards.rows.values()) == 3
    shown.desk.undo()
    shown.read()
    assert not any(row.owner == "Chen Example" for row in shown.cards.rows.values())


def test_hours_that_are_too_many_for_a_week_are_taken_and_said(qtbot, context: Context, shown: Shown):
    said = listen(context)
    type_in(qtbot, shown, "Open question", Cell.HOURS, "6.5")
    assert said == [("That is more than the 5\xa0h a week the plan gives one person.", "edit.undo")]
    assert shown.row("Open question").hours == 6.5


def test_what_is_no_day_or_number_is_said_and_changes_nothing(qtbot, context: Context, shown: Shown):
    said = listen(context)
    type_in(qtbot, shown, "Open question", Cell.DAY, "some day")
    type_in(qtbot, shown, "Open question", Cell.HOURS, "many")
    type_in(qtbot, shown, "Open question", Cell.TITLE, "  ")
    assert [words for words, _action in said] == [
        "“some day” is not a day. Write 14 May, tomorrow or +7.",
        "“many” is not a number of hours.",
        "A card needs a title.",
    ]
    shown.read()
    assert (shown.row("Open question").due_on, shown.row("Open question").hours) == (in_june(18), None)


def test_the_last_line_makes_cards_one_after_another(qtbot, shown: Shown):
    shown.page.start_card()
    for title in ("First new card", "Second new card"):
        editor = next(each for each in shown.page.view.viewport().findChildren(QLineEdit) if each.isVisible())
        qtbot.keyClicks(editor, title)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        shown.read()
        assert shown.cards.current == shown.id(title)
        shown.page.start_card()


def test_lines_keep_their_order_while_somebody_types(qtbot, shown: Shown):
    table, view = shown.page.model, shown.page.view
    view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    order = [table.card_at(line).title for line in range(3)]
    edit(shown, order[1], Cell.OWNER)
    shown.acts.set_each({shown.id(order[0]): {"title": "Zebra crossing"}})
    assert [table.card_at(line).title for line in range(3)] == ["Zebra crossing", *order[1:]]
    view.setFocus()
    QApplication.processEvents()
    qtbot.waitUntil(lambda: table.card_at(0).title == order[1])


def test_groups_and_columns_are_kept_for_the_next_time(qtbot, context: Context, shown: Shown):
    shown.page.group.setCurrentIndex(shown.page.group.findData(GroupBy.OWNER.value))
    shown.page.set_cells([Cell.HOURS, Cell.OWNER])
    again = PlanCardsList(context, shown.cards, shown.acts)
    qtbot.addWidget(again)
    assert again.model.group is GroupBy.OWNER
    assert again.model.cells == (Cell.TITLE, Cell.OWNER, Cell.HOURS)


def test_the_menu_of_columns_shows_and_hides_them(shown: Shown):
    menu = shown.page.columns.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    acts = {act.text(): act for act in menu.actions()}
    assert not acts["Title"].isEnabled()
    acts["Kind"].trigger()
    assert Cell.KIND in shown.page.model.cells
    acts["Owner"].trigger()
    assert Cell.OWNER not in shown.page.model.cells


def test_marks_are_shared_both_ways(qtbot, shown: Shown):
    view, table = shown.page.view, shown.page.model
    shown.cards.choose([shown.id("Open question"), shown.id("Print the booth")])
    lines = {index.row() for index in view.selectionModel().selectedRows()}
    assert lines == {table.line_of(shown.id("Open question")), table.line_of(shown.id("Print the booth"))}
    view.take_focus()
    qtbot.keyClick(view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert shown.cards.chosen == tuple(shown.cards.shown[:2])
    assert shown.cards.current == shown.cards.shown[1]


def test_control_and_an_arrow_give_the_next_status(qtbot, shown: Shown):
    shown.cards.choose([shown.id("Print the booth")])
    shown.page.take_focus()
    qtbot.keyClick(shown.page.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    shown.read()
    assert shown.row("Print the booth").column is CardColumn.DOING
    for _ in range(3):
        qtbot.keyClick(shown.page.view, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    shown.read()
    assert shown.row("Print the booth").column is CardColumn.TODO
    shown.cards.choose([])
    qtbot.keyClick(shown.page.view, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert not shown.desk.is_busy


def test_what_a_filter_keeps_out_is_not_listed_nor_summed(shown: Shown):
    shown.cards.set_filter(CardFilter(text="sponsor"))
    assert shown.page.sums.text() == "1 card · 2\N{NO-BREAK SPACE}h"
    shown.page.hide()
    shown.cards.set_filter(CardFilter())
    assert shown.page.model.sums.count == 1
    shown.page.show()
    assert shown.page.model.sums.count == len(shown.cards.rows)
