"""The connector over Viva Engage exports: the shared suite, and what it leaves out."""

import pytest

from tests.sync.connector_suite import ConnectorSuite
from tests.sync.importers.engage import BOATS, NOW, WATER, a_group, a_row, an_edit, an_export
from workbench.errors import BadInputError, SourceError
from workbench.sync.importers import engage_archive, engage_export
from workbench.sync.importers.engage_cursor import ExportCursor
from workbench.sync.importers.engage_export import MESSAGES, EngageExport
from workbench.sync.importers.engage_rows import ALL_COMPANY
from workbench.sync.records import GoneRecord, MessageRecord


class TestSuite(ConnectorSuite):
    """The shared suite, in small steps over two slices."""

    community = WATER

    @pytest.fixture(autouse=True)
    def _files(self, tmp_path, monkeypatch):
        monkeypatch.setattr(engage_export, "STEP_MESSAGES", 4)
        monkeypatch.setattr(engage_export, "_MESSAGES_A_COMMUNITY", 1)
        january = [a_row(n, by="2" if n % 3 else "1", answers=n // 5 * 5 or None, group_id=(WATER, BOATS)[n % 4 == 1])
                   for n in range(1, 30)]  # fmt: skip
        february = [a_row(n, month=2, deleted_at="2026-02-20T00:00:00Z" if n % 9 == 0 else "") for n in range(40, 55)]
        edits = [an_edit(n, f"Better {n}") for n in range(2, 30, 4)]
        an_export(tmp_path / "january.zip", [*january, a_row(99, created_at="never")], edits=edits)
        an_export(tmp_path / "february.zip", february)
        self.folder = tmp_path

    def make(self):
        return EngageExport([self.folder], now=NOW)


def pulled(*paths, community=WATER):
    batches = list(EngageExport(paths, now=NOW).pull(community, MESSAGES, since=None))
    return [record for batch in batches for record in batch.records]


def test_an_edited_message_has_its_last_text_and_a_deleted_one_is_gone(tmp_path):
    rows = [a_row(1), a_row(2, answers=1), a_row(3, deleted_at="2026-01-08T00:00:00Z")]
    first, second, third = pulled(an_export(tmp_path / "a.zip", rows, edits=[an_edit(1, "Which pumps?\nTen.")]))
    assert isinstance(first, MessageRecord)
    assert (first.subject, first.text) == ("Which pumps?", "Which pumps?\nTen.")
    assert isinstance(second, MessageRecord)
    assert (second.subject, second.references) == ("", ("1",))
    assert third == GoneRecord("3", WATER)


def test_private_and_system_rows_are_left_out_and_counted(tmp_path):
    rows = [
        a_row(1),
        a_row(2, group_id="", in_private_conversation="true"),
        a_row(3, group_id="", message_type="system"),
        a_row(4, group_id=""),
    ]
    path = an_export(tmp_path / "a.zip", rows)
    cursor = ExportCursor()
    told = [step.messages for step in EngageExport([path], now=NOW).steps(cursor)]
    assert {place: [m.id for m in found] for step in told for place, found in step.items()} == {
        WATER: ["1"],
        ALL_COMPANY: ["4"],
    }
    (state,) = cursor.archives.values()
    assert (state.private, state.system, state.is_done) == (1, 1, True)


def test_communities_are_those_of_the_tables_and_everybodys(tmp_path):
    first = an_export(
        tmp_path / "a.zip", [a_row(1)], groups=[a_group(WATER, "Water"), a_group("5", "Old", deleted="true")]
    )
    second = an_export(tmp_path / "b.zip", [a_row(1)], groups=[a_group(WATER, "Wells", updated="2025-01-01")])
    for paths in ((first, second), (second, first)):
        export = EngageExport(paths, now=NOW)
        assert {record.remote_id: record.name for record in export.communities()} == {
            ALL_COMPANY: "All Company",
            WATER: "Water",
        }
        assert export.ids_told() == {WATER, "5"}


def test_rows_that_cannot_be_read_are_held_back_with_their_community(tmp_path):
    rows = [a_row(1), a_row(2, created_at="never"), a_row(3, group_id="nowhere"), a_row(4, group_id=BOATS, id="?")]
    export = EngageExport([an_export(tmp_path / "a.zip", rows)], now=NOW)
    rejected = {place: items for step in export.steps(ExportCursor()) for place, items in step.rejected.items()}
    assert {
        place: [(item.source, item.position, item.code) for item in items] for place, items in rejected.items()
    } == {
        WATER: [("a.zip/Messages.csv", 2, "bad_time")],
        ALL_COMPANY: [("a.zip/Messages.csv", 3, "bad_row")],
        BOATS: [("a.zip/Messages.csv", 4, "bad_row")],
    }


def test_columns_that_are_missing_or_new_or_elsewhere_do_no_harm(tmp_path):
    columns = ["mood", "created_at", "sender_id", "group_id", "id", "body"]
    (message,) = pulled(an_export(tmp_path / "a.zip", [a_row(1, mood="fine")], columns=columns))
    assert isinstance(message, MessageRecord)
    assert (message.remote_id, message.text, message.references) == ("1", "Words of 1", ())


def test_communities_beyond_reason_are_held_back(tmp_path, monkeypatch):
    monkeypatch.setattr(engage_archive, "MOST_GROUPS", 3)
    rows = [a_row(n, group_id=str(n)) for n in range(1, 6)]
    export = EngageExport([an_export(tmp_path / "a.zip", rows, groups=[])], now=NOW)
    (step, *_) = export.steps(ExportCursor())
    assert list(step.messages) == ["1", "2", "3"]
    assert [(item.position, item.code) for item in step.rejected[ALL_COMPANY]] == [(4, "too_many"), (5, "too_many")]


def test_a_step_waits_for_more_where_many_communities_share_it(tmp_path, monkeypatch):
    monkeypatch.setattr(engage_export, "STEP_MESSAGES", 3)
    monkeypatch.setattr(engage_export, "_MESSAGES_A_COMMUNITY", 2)
    rows = [a_row(n, group_id=str(n % 4 + 1)) for n in range(40)]
    steps = list(EngageExport([an_export(tmp_path / "a.zip", rows)], now=NOW).steps(ExportCursor()))
    assert [sum(map(len, step.messages.values())) for step in steps] == [8, 8, 8, 8, 8, 0, 0]
    assert steps[-1].progress.fraction == 1.0


def test_rows_of_no_use_still_let_a_stop_through(tmp_path, monkeypatch):
    monkeypatch.setattr(engage_export, "_IDLE_ROWS", 5)
    rows = [a_row(n, message_type="system") for n in range(12)]
    assert len(list(EngageExport([an_export(tmp_path / "a.zip", rows)], now=NOW).steps(ExportCursor()))) == 4


def test_a_wrong_file_is_refused_before_anything_is_read(tmp_path):
    good = an_export(tmp_path / "a.zip", [a_row(1)])
    (tmp_path / "b.zip").write_bytes(good.read_bytes()[:-30])
    with pytest.raises(SourceError) as caught:
        next(EngageExport([tmp_path], now=NOW).steps(ExportCursor()))
    assert caught.value.details == {"path": "b.zip", "fault": "truncated"}
    with pytest.raises(BadInputError, match="not there"):
        EngageExport([tmp_path / "nowhere.zip"], now=NOW).archives()
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInputError, match="nothing found"):
        EngageExport([tmp_path / "empty"], now=NOW).archives()
