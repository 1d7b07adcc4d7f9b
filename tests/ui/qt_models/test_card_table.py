"""Cards as lines: groups with sums, order by value, values told as they are, and what changes without a reset."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from tests.ui.plan_samples import TODAY, a_row
from workbench.ids import ObjectiveId
from workbench.models.kinds import CardColumn, CardKind, Pillar
from workbench.plans.views import Recurrence
from workbench.ui.qt_models.card_table import CELL_TITLES, HEAD, NEW, CardTable, Cell, GroupBy, Head
from workbench.ui.qt_models.rows_model import MARK, ROW

REPLIES, TALK = ObjectiveId("replies"), ObjectiveId("talk")
ROWS = (
    a_row("a", title="Pumps", owner="luis Ejemplo", due_on=TODAY + timedelta(days=9), hours=2, objective_id=TALK),
    a_row("b", CardColumn.DOING, title="apples", owner="Amina Example", due_on=TODAY, hours=0.5, pillar=Pillar.LIBRARY),
    a_row("c", CardColumn.DONE, title="Maps", done_on=TODAY, pillar=Pillar.UI, objective_id=REPLIES),
)
DISPLAY, SPOKEN = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def table(qapp) -> CardTable:
    made = CardTable()
    made.offer({REPLIES: "More replies", TALK: "More talk"})
    made.show(ROWS, today=TODAY)
    return made


def order(table: CardTable) -> str:
    return "".join(card.id for line in range(table.rowCount()) if (card := table.card_at(line)) is not None)


def heads(table: CardTable) -> list[tuple[str, str]]:
    return [(line.title, line.sums) for line in table.lines if isinstance(line, Head)]


@pytest.mark.parametrize(
    ("group", "titles", "wanted"),
    [
        (GroupBy.STATUS, ["To do", "Doing", "Done"], "abc"),
        (GroupBy.PILLAR, ["U&I", "Library", "No pillar"], "cba"),
        (GroupBy.OWNER, ["Amina Example", "luis Ejemplo", "Nobody yet"], "bac"),
        (GroupBy.OBJECTIVE, ["More replies", "More talk", "No objective"], "cab"),
        (GroupBy.WEEK, ["Week of Monday 10 Jun", "Week of Monday 24 Jun", "No date"], "bac"),
    ],
)
def test_groups_stand_in_their_own_order(table: CardTable, group: GroupBy, titles: list[str], wanted: str):
    table.set_group(group)
    assert [title for title, _sums in heads(table)] == titles
    assert order(table) == wanted
    assert table.lines[-1] == NEW


def test_heads_say_how_many_and_how_many_hours(table: CardTable):
    table.set_group(GroupBy.STATUS)
    assert heads(table)[0] == ("To do", "1 card · 2\N{NO-BREAK SPACE}h")
    assert heads(table)[2] == ("Done", "1 card")
    head = table.index(0, 0)
    assert head.data(HEAD) == ("To do", "1 card · 2\N{NO-BREAK SPACE}h")
    assert head.data(SPOKEN) == "To do, 1 card · 2\N{NO-BREAK SPACE}h"
    assert not head.flags() & Qt.ItemFlag.ItemIsEditable
    assert table.sums.sums == "3 cards · 2.5\N{NO-BREAK SPACE}h"


@pytest.mark.parametrize(
    ("cell", "up", "down"),
    [
        (Cell.TITLE, "bca", "acb"), (Cell.STATUS, "abc", "cba"), (Cell.PILLAR, "cba", "bca"),
        (Cell.OWNER, "bac", "abc"), (Cell.DAY, "bac", "abc"), (Cell.HOURS, "bac", "abc"),
        (Cell.OBJECTIVE, "cab", "acb"),
    ],
)  # fmt: skip
def test_order_is_by_value_and_what_is_missing_comes_last(table: CardTable, cell: Cell, up: str, down: str):
    place = table.cells.index(cell)
    table.sort(place)
    assert order(table) == up
    table.sort(place, Qt.SortOrder.DescendingOrder)
    assert order(table) == down
    table.sort(-1)
    assert order(table) == "abc"


def test_cells_say_what_they_hold(table: CardTable):
    words = {cell: table.index(1, place).data() for place, cell in enumerate(table.cells)}
    assert words == {
        Cell.TITLE: "apples", Cell.STATUS: "Doing", Cell.PILLAR: "Library", Cell.OWNER: "Amina Example",
        Cell.DAY: "Today", Cell.HOURS: "0.5", Cell.OBJECTIVE: "", Cell.KIND: "Activity",
    }  # fmt: skip
    assert table.index(1, 6).data(SPOKEN) == "Objective: none"
    assert table.index(0, 4).data(Qt.ItemDataRole.ToolTipRole) == "24 Jun 2024"
    assert table.value_at(table.index(1, 4)) == TODAY
    assert table.value_at(table.index(1, 2)) is Pillar.LIBRARY
    assert table.index(1, 0).data(ROW).id == "b"
    titles = [table.headerData(place, Qt.Orientation.Horizontal) for place in range(table.columnCount())]
    assert titles == list(CELL_TITLES.values())


def test_marks_tell_conflicts_series_and_commitments(table: CardTable):
    rows = (
        replace(ROWS[0], has_conflict=True),
        replace(ROWS[1], recurrence=Recurrence(7, 60)),
        replace(ROWS[2], kind=CardKind.COMMITMENT),
    )
    table.show(rows, today=TODAY)
    assert [table.index(line, 0).data(MARK) for line in range(3)] == [("git-merge", "watch"), ("repeat", "third"), None]
    assert table.index(2, 7).data(MARK) == ("handshake", "second")
    assert table.index(3, 0).data(MARK) == ("plus", "third")


def test_what_is_typed_is_told_and_the_same_is_not(qtbot, table: CardTable):
    with qtbot.waitSignal(table.edited) as edited:
        table.write(table.index(0, 3), "Chen Example")
    assert edited.args == ["a", "owner", "Chen Example"]
    with qtbot.assertNotEmitted(table.edited):
        table.write(table.index(0, 3), "luis Ejemplo")
    with qtbot.waitSignal(table.added) as added:
        table.write(table.index(3, 0), "A new one")
    assert added.args == ["A new one"]
    with qtbot.assertNotEmitted(table.added):
        table.write(table.index(3, 0), "")


def test_other_values_come_without_a_reset_and_other_lines_with_one(qtbot, table: CardTable):
    table.sort(0)
    renamed = (ROWS[0], replace(ROWS[1], title="zebra"), ROWS[2])
    with qtbot.assertNotEmitted(table.modelReset):
        table.show(renamed, today=TODAY, keeps_order=True)
    assert order(table) == "bca"
    with qtbot.waitSignal(table.modelReset):
        table.show(renamed, today=TODAY)
    assert order(table) == "cab"


def test_the_title_is_always_a_column(table: CardTable):
    table.set_cells([Cell.HOURS])
    assert table.cells == (Cell.TITLE, Cell.HOURS)
    assert table.columnCount() == 2
    assert table.card_at(99) is None
    assert table.line_of(ROWS[2].id) == 2
