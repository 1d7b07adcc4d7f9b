"""What the table wizard says."""

from datetime import date
from pathlib import Path

from tests.sync.importers.table_files import FRENCH, csv_bytes
from workbench.operations.tables import PreviewRow, Trial, look_into_table
from workbench.sync.importers.cells import DayOrder
from workbench.sync.importers.table_mapping import ColumnMapping, TableField, TableKind
from workbench.sync.records import Rejected
from workbench.ui.pages import table_import_words as words

F = TableField


def test_every_kind_and_field_has_a_title():
    assert set(words.KIND_TITLES) == set(TableKind)
    assert set(words.FIELD_TITLES) == set(TableField)
    assert len(set(words.FIELD_TITLES.values())) == len(TableField)


def test_what_is_missing_is_asked_for():
    assert words.missing_words(ColumnMapping(TableKind.MEMBERS, ())) == "Choose the column for: a name or an e-mail."
    said = words.missing_words(ColumnMapping(TableKind.POSTS, (F.NAME,)))
    assert said == "Choose the column for: date, subject or text."
    assert not words.missing_words(ColumnMapping(TableKind.MEMBERS, (F.NAME,)))
    assert (
        words.twice_words(ColumnMapping(TableKind.MEMBERS, (F.NAME, F.NAME)))
        == "Two columns are “Name”. Choose one of them."
    )
    assert not words.twice_words(ColumnMapping(TableKind.MEMBERS, (F.NAME, None, None)))


def test_open_date_is_shown_both_ways(tmp_path: Path):
    path = tmp_path / "m.csv"
    path.write_bytes(csv_bytes(FRENCH))
    look = look_into_table(None, path=path)
    assert words.open_date(look, look.proposed()) == "05/01/2024"
    assert not words.open_date(look, ColumnMapping(TableKind.MEMBERS, (F.NAME, None, None, None, None)))
    assert words.read_as("05/01/2024", DayOrder.DAY_FIRST) != words.read_as("05/01/2024", DayOrder.MONTH_FIRST)
    assert words.read_as("", DayOrder.DAY_FIRST) == ""
    rows = (PreviewRow(4, ("a",)), PreviewRow(5, ("b",), "no"), PreviewRow(6, ("c",), is_left_out=True))
    assert words.preview_words(look, rows) == "All 3 rows; the header is line 3; 1 cannot be read, 1 left out."
    assert words.preview_words(look, rows, is_settled=False) == "All 3 rows; the header is line 3; 1 left out."


def test_trial_is_told_in_one_sentence_and_the_rest_in_another():
    trial = Trial(1200, 1, 2, 60, (Rejected("t.csv", 3, "bad_time", "no date"),), date(2026, 1, 5), date(2026, 1, 5))
    assert words.trial_words(trial).startswith("1,200 rows can be read, of 1 person, 5 Jan 2026")
    assert words.besides_words(trial) == (
        "60 rows cannot be read and would be held back. 2 rows are left out: totals, people who did not come, other"
        " communities. The first 1 of those held back:"
    )
    whole = Trial(3, 3, 0, 0, (), None, None)
    assert words.trial_words(whole) == "3 rows can be read, of 3 people."
    assert not words.besides_words(whole)
    assert words.trial_words(Trial(0, 0, 0, 1, (), None, None)).startswith("No row can be read")
