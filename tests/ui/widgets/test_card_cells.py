"""The cells of a table of cards: each edited with what fits it, ended once, and drawn in both directions."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from tests.ui.plan_samples import TODAY, a_row
from workbench.models.kinds import CardColumn, Pillar
from workbench.ui.qt_models.card_table import CardTable, Cell, GroupBy
from workbench.ui.theme import Theme
from workbench.ui.widgets.card_table_view import CardTableView
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.day_field import DayField

Told = list[tuple[str, str, object]]


@pytest.fixture
def view(qtbot, theme: Theme) -> CardTableView:
    table = CardTable()
    table.show([a_row("a", owner="Amina Example", hours=2, due_on=TODAY), a_row("b")], today=TODAY)
    made = CardTableView(theme, table)
    table.setParent(made)
    qtbot.addWidget(made)
    made.resize(1000, 300)
    made.show()
    made.activateWindow()
    made.cells.owners = ("Amina Example", "Luis Ejemplo")
    return made


@pytest.fixture
def told(view: CardTableView) -> Told:
    found: Told = []
    table = view.model()
    assert isinstance(table, CardTable)
    table.edited.connect(lambda card, cell, value: found.append((card, cell, value)))
    return found


def opened(view: CardTableView, cell: Cell, kind: type[QWidget], line: int = 0) -> QWidget:
    table = view.model()
    assert isinstance(table, CardTable)
    index = table.index(line, table.cells.index(cell))
    view.setCurrentIndex(index)
    view.edit(index)
    return next(each for each in view.viewport().findChildren(kind) if each.isVisible())


def test_choices_are_taken_by_enter_or_at_once_from_the_list(qtbot, view: CardTableView, told: Told):
    box = opened(view, Cell.STATUS, ChoiceBox)
    assert (box.currentText(), box.accessibleName()) == ("To do", "Status")
    box.setCurrentIndex(1)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    box = opened(view, Cell.PILLAR, ChoiceBox)
    box.setCurrentIndex(box.findData(Pillar.UI.value))
    box.activated.emit(box.currentIndex())
    assert told == [("a", "column", CardColumn.DOING), ("a", "pillar", Pillar.UI)]


def test_a_day_is_typed_and_emptied(qtbot, view: CardTableView, told: Told):
    field = opened(view, Cell.DAY, DayField)
    assert isinstance(field, DayField)
    field.line.setText("tomorrow")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    field = opened(view, Cell.DAY, DayField)
    assert isinstance(field, DayField)
    field.line.clear()
    qtbot.keyClick(field.line, Qt.Key.Key_Tab)
    assert [value for _card, _cell, value in told] == [TODAY.replace(day=16), None]
    assert any(line.isVisible() for line in view.viewport().findChildren(QLineEdit))


def test_escape_leaves_a_day_as_it_was(qtbot, view: CardTableView, told: Told):
    field = opened(view, Cell.DAY, DayField)
    assert isinstance(field, DayField)
    field.line.setText("tomorrow")
    qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert told == []
    assert not view.is_editing


def test_a_day_chosen_from_the_menu_is_taken_at_once(view: CardTableView, told: Told):
    field = opened(view, Cell.DAY, DayField)
    assert isinstance(field, DayField)
    menu = field.findChild(QMenu)
    menu.aboutToShow.emit()
    next(act for act in menu.actions() if act.text().startswith("Tomorrow")).trigger()
    assert told == [("a", "due_on", TODAY.replace(day=16))]
    QApplication.processEvents()
    assert not view.is_editing


def test_hours_are_read_as_people_write_them(qtbot, view: CardTableView, told: Told):
    for words in ("1.5", "3 h", ""):
        line = opened(view, Cell.HOURS, QLineEdit)
        assert isinstance(line, QLineEdit)
        line.setText(words)
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert [value for _card, _cell, value in told] == [1.5, 3, None]
    with qtbot.waitSignal(view.cells.refused) as refused:
        line = opened(view, Cell.HOURS, QLineEdit)
        assert isinstance(line, QLineEdit)
        line.setText("-1")
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert refused.args == ["“-1” is not a number of hours."]


def test_owners_are_offered_as_one_types(view: CardTableView):
    line = opened(view, Cell.OWNER, QLineEdit)
    assert isinstance(line, QLineEdit)
    completer = line.completer()
    completer.setCompletionPrefix("ejem")
    assert completer.currentCompletion() == "Luis Ejemplo"


def test_heads_and_cells_are_drawn_in_both_directions(view: CardTableView):
    table = view.model()
    assert isinstance(table, CardTable)
    table.set_group(GroupBy.STATUS)
    view.setFocus()
    pictures = []
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        view.setLayoutDirection(direction)
        view.setCurrentIndex(table.index(0, 0))
        pictures.append(view.grab().toImage())
    assert pictures[0] != pictures[1]
