"""MappedTable as a connector: the shared suite, several communities, threads, and where it goes on."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.sync.connector_suite import ConnectorSuite
from tests.sync.importers.table_files import FRENCH, csv_bytes
from workbench.errors import BadInputError
from workbench.sync.importers import table_walk
from workbench.sync.importers.cells import DayOrder
from workbench.sync.importers.mapped_table import ROWS, MappedTable, day_evidence
from workbench.sync.importers.table_mapping import ColumnMapping, TableField, TableKind
from workbench.sync.importers.table_shape import look

F = TableField
POSTS = ColumnMapping(TableKind.POSTS, (F.ID, F.NAME, F.DATE, F.THREAD, F.REPLY_TO, F.TEXT))
HEADER = ["Id", "Author", "Date", "Thread", "Reply to", "Text"]
TALK = [
    HEADER,
    ["3", "Chen Model", "2026-01-07", "1", "2", "And mine"],
    ["2", "Bo Sample", "2026-01-06", "1", "", "The blue one"],
    ["1", "Amina Example", "2026-01-08", "1", "", "Which pump?"],
    ["5", "Bo Sample", "2026-01-06", "Valves", "", "Later"],
    ["4", "Amina Example", "2026-01-05", "Valves", "", "Which valve?"],
]


def written(folder: Path, rows: list[list[str]], **how: str) -> Path:
    path = folder / "table.csv"
    path.write_bytes(csv_bytes(rows, **how))
    return path


def pulled(path: Path, mapping: ColumnMapping, *, community: str = "Water", since=None):
    return list(MappedTable(path, mapping, community=community).pull("water", ROWS, since=since))


class TestSuite(ConnectorSuite):
    """The shared suite, in batches of two."""

    community = "Water"

    @pytest.fixture(autouse=True)
    def _files(self, tmp_path, monkeypatch):
        monkeypatch.setattr(table_walk, "BATCH_RECORDS", 2)
        self.path = written(tmp_path, TALK)

    def make(self):
        return MappedTable(self.path, POSTS, community=self.community)


def test_thread_named_by_its_first_message_opens_with_that_one_else_with_the_earliest(tmp_path):
    records = [record for batch in pulled(written(tmp_path, TALK), POSTS) for record in batch.records]
    assert {record.remote_id: record.references for record in records} == {
        "1": (), "2": ("1",), "3": ("2", "1"), "4": (), "5": ("4",),
    }  # fmt: skip


def test_of_several_communities_only_this_one_is_read_and_one_other_name_means_it(tmp_path):
    mapping = ColumnMapping(TableKind.MEMBERS, (F.NAME, F.COMMUNITY))
    rows = [["Name", "Group"], ["Amina Example", "Water"], ["Bo Sample", "Health"], ["Chen Model", ""]]
    path = written(tmp_path, rows)
    (batch,) = pulled(path, mapping, community="WATER")
    assert [record.person.name for record in batch.records] == ["Amina Example", "Chen Model"]
    with pytest.raises(BadInputError, match="Health, Water, but not Roads"):
        pulled(path, mapping, community="Roads")
    (batch,) = pulled(written(tmp_path, rows[:2]), mapping, community="Roads")
    assert len(batch.records) == 1


def test_dates_that_speak_for_themselves_settle_the_rest(tmp_path):
    rows = [["Author", "Date", "Text"], ["A", "05/01/2026", "x"], ["A", "25/01/2026", "y"]]
    (batch,) = pulled(written(tmp_path, rows), ColumnMapping(TableKind.POSTS, (F.NAME, F.DATE, F.TEXT)))
    assert [record.sent_at.day for record in batch.records] == [5, 25]


def test_contradicting_dates_need_an_answer(tmp_path):
    rows = [["Author", "Date", "Text"], ["A", "26/01/2026", "x"], ["A", "01/25/2026", "y"]]
    mapping = ColumnMapping(TableKind.POSTS, (F.NAME, F.DATE, F.TEXT))
    path = written(tmp_path, rows)
    with pytest.raises(BadInputError, match="two ways"):
        pulled(path, mapping)
    (batch,) = pulled(path, replace(mapping, day_order=DayOrder.DAY_FIRST))
    assert [item.position for item in batch.rejected] == [3]
    assert batch.records[0].sent_at == datetime(2026, 1, 26, tzinfo=UTC)
    assert day_evidence(look(path))[1].is_open


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ((F.NAME,), "5 columns, but 1 were named"),
        ((None, None, None, F.JOINED, None), "needs a column for: name or given or family or address"),
        ((F.NAME, F.NAME, None, None, None), "two columns"),
    ],
)
def test_mapping_that_does_not_fit_is_refused(tmp_path, columns, reason):
    connector = MappedTable(written(tmp_path, FRENCH), ColumnMapping(TableKind.MEMBERS, columns), community="Water")
    with pytest.raises(BadInputError, match=reason):
        connector.communities()


def test_another_mapping_reads_the_file_anew_and_the_same_one_passes_it_over(tmp_path):
    path = written(tmp_path, TALK)
    cursor = pulled(path, POSTS)[-1].cursor
    assert pulled(path, POSTS, since=cursor)[-1].records == ()
    other = replace(POSTS, columns=(F.ID, F.NAME, F.DATE, None, F.REPLY_TO, F.TEXT))
    assert len(pulled(path, other, since=cursor)[-1].records) == 5


def test_totals_and_repeated_headers_are_left_out(tmp_path):
    connector = MappedTable(
        written(tmp_path, [*TALK, HEADER, ["Total", "", "", "", "", "5"]]), POSTS, community="Water"
    )
    (batch,) = connector.pull("Water", ROWS, since=None)
    assert (len(batch.records), batch.rejected, connector.left_out) == (5, (), 1)
