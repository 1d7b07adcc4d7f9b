"""Groups against offices: counted on the screen, withheld in the file where fewer than five would be told."""

import csv
import io

import pytest

from tests.builders import NOW, a_workspace
from tests.networks import a_circle_of_friends
from workbench.metrics.window import last_days
from workbench.operations.network import look_at_network
from workbench.operations.network_table import WITHHELD, GroupRow, GroupTable, group_table, group_words, table_csv


@pytest.fixture
def look(tmp_path):
    with a_workspace(tmp_path) as workspace:
        scope = (a_circle_of_friends(workspace, "=Water"),)
        yield look_at_network(workspace, scope=scope, window=last_days(90, NOW), as_of=NOW)


def test_every_group_has_its_offices_and_ties(look):
    table = group_table(look)
    assert table.offices == ("Dakar", "Kabul", "Lima")
    assert sorted(row.offices for row in table.rows) == [(0, 0, 6), (6, 0, 0), (6, 1, 0)]
    assert [row.people for row in table.rows] == [7, 6, 6]
    assert sum(row.inside for row in table.rows) == 3 * 15 + 4
    assert sum(row.outside for row in table.rows) == 2 * 8
    assert group_words(table, table.rows[0]) == "Group 1, mostly Dakar"


def test_a_group_is_called_by_half_of_its_people():
    table = GroupTable(("Dakar", "Lima", ""), ())
    assert group_words(table, GroupRow(2, 9, (3, 3, 3), 0, 0)) == "Group 2, mixed"
    assert group_words(table, GroupRow(3, 9, (1, 0, 8), 0, 0)) == "Group 3"


def test_the_file_withholds_small_counts_and_what_would_give_them_away(look):
    rows = list(csv.reader(io.StringIO(table_csv(look).decode("utf-8-sig"))))
    assert rows[0] == ["Network of", "'=Water"]
    head = next(place for place, row in enumerate(rows) if row[:1] == ["Group"])
    assert rows[head] == ["Group", "People", "Dakar", "Kabul", "Lima"]
    assert rows[head + 1] == ["1", "7", WITHHELD, WITHHELD, "0"]
    assert sorted(row[2:] for row in rows[head + 2 :]) == [["0", "0", "6"], ["6", "0", "0"]]
    assert "Example" not in str(rows)
