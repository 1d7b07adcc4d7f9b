"""A walk over rows: batches, what is left out, days covered, and going on."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

from workbench.models.kinds import EventKind
from workbench.models.moments import DayRange
from workbench.sync.connector import Cursor
from workbench.sync.importers import table_walk
from workbench.sync.importers.csv_rows import Row
from workbench.sync.importers.table_walk import Place, Walk
from workbench.sync.records import ActRecord, PersonRecord, Rejected, Reread
from workbench.sync.source_files import Source

SOURCE = Source(Path("t.csv"), "t.csv", 100, is_asked_for=True)


def act(fields):
    if fields["day"] == "none":
        return None
    if not fields["day"].isdecimal():
        return "bad_time", "no day"
    at = datetime(2026, 1, int(fields["day"]), tzinfo=UTC)
    return ActRecord(fields["day"], "water", EventKind.VIEW, PersonRecord("a", "A"), at)


def walk(*days: str, place: Place | None = None) -> Walk:
    rows = [Row(line, {"day": day}, 10 * line) for line, day in enumerate(days, start=2)]
    rows.append(Row(99, {}, 100, "a broken row"))
    return Walk(SOURCE, lambda: iter(rows), act, place or Place("mark"))


def test_rows_become_records_or_are_held_back_or_left_out(monkeypatch):
    monkeypatch.setattr(table_walk, "BATCH_RECORDS", 2)
    whole = walk("5", "none", "soon", "9", "7")
    first, last = whole.batches()
    assert [record.remote_id for record in (*first.records, *last.records)] == ["5", "9", "7"]
    assert first.rejected == (Rejected("t.csv", 4, "bad_time", "no day"),)
    assert last.rejected == (Rejected("t.csv", 99, "bad_row", "a broken row"),)
    assert (first.reread, last.reread) == ((Reread("t.csv"),), ())
    assert (first.covered, last.covered) == ((), (DayRange(date(2026, 1, 5), date(2026, 1, 9)),))
    assert whole.left_out == 1
    assert first.progress is not None
    assert (first.progress.done, first.progress.fraction) == (2, 0.5)


def test_it_goes_on_after_a_cursor_of_the_same_mark_only(monkeypatch):
    monkeypatch.setattr(table_walk, "BATCH_RECORDS", 2)
    first, _ = walk("5", "9", "7").batches()
    (rest,) = walk("5", "9", "7", place=Place.after(first.cursor, "mark")).batches()
    assert [record.remote_id for record in rest.records] == ["7"]
    assert rest.covered == (DayRange(date(2026, 1, 5), date(2026, 1, 9)),)
    assert Place.after(first.cursor, "another") == Place("another")
    assert first.cursor is not None
    newer = json.loads(first.cursor) | {"v": 9}
    assert Place.after(Cursor(json.dumps(newer)), "mark") == Place("mark")
    (end,) = walk("5", place=Place.after(rest.cursor, "mark")).batches()
    assert end.records == ()
