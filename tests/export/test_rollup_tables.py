"""The roll-up as workbook and table: how many offices stand behind it on each, text as text, nothing as nothing."""

import csv
import io

import pytest
from openpyxl import load_workbook

from tests.builders import NOW, a_clock, a_database
from tests.rollups import a_file, a_plan, a_snapshot
from workbench.export.rollup_report import RollupReport, gather_rollup
from workbench.export.rollup_tables import measure_title, rollup_csv, rollup_xlsx, told_text
from workbench.queries.rollup import ToldFigure
from workbench.sync.rollup import RollupStore
from workbench.sync.rollup_snapshot import ExpectedOffice

NASTY = '=HYPERLINK("http://x.example.org")'
WORDS = "2 of 3 offices, newest 5 d, oldest 5 d"


@pytest.fixture
def report(tmp_path) -> RollupReport:
    database = a_database(tmp_path)
    store = RollupStore(database, a_clock())
    store.expect(
        [ExpectedOffice("ken", "Kenya", "Kenya"), ExpectedOffice("uga", "Uganda"), ExpectedOffice("cn", "中国办事处")]
    )
    store.take(
        "ken", [a_file(1, a_snapshot(plans=[a_plan(name=NASTY), a_plan("plan-2", name="مياه آمنة", is_archived=True)]))]
    )
    store.take(
        "uga", [a_file(1, a_snapshot(plans=[]), office="uga"), a_file(3, a_snapshot(plans=[]), office="uga", days=0)]
    )
    with database.read() as source:
        made = gather_rollup(source, as_of=NOW)
    database.close()
    return made


def test_every_sheet_says_how_many_offices_stand_behind_it_and_when(report):
    book = load_workbook(io.BytesIO(rollup_xlsx(report)))
    assert book.sheetnames == ["Offices", "Plans", "Measures", "Weeks"]
    for sheet in book:
        assert sheet["A1"].value == f"{WORDS}. As of 15 Jun 2024."
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    offices = list(book["Offices"].iter_rows(min_row=3, values_only=True))
    assert [(row[0], row[2], row[5]) for row in offices] == [
        ("Kenya", "10 Jun 2024", 1),
        ("Uganda", "10 Jun 2024", 0),
        ("中国办事处", "nothing came yet", None),
    ]
    assert offices[1][7] == "file 2 is missing"
    measures = list(book["Measures"].iter_rows(min_row=3, values_only=True))
    assert measures[0][2:8] == ("Reply rate", "58\xa0%", "71\xa0%", "80\xa0%", "on the way", "95%")
    assert measures[1][4] == "fewer than 5 people"
    weeks = list(book["Weeks"].iter_rows(min_row=3, values_only=True))
    assert weeks[0][:3] == ("2024-06-03", 2, 80)
    assert rollup_xlsx(report) == rollup_xlsx(report)


def test_every_row_of_the_table_says_it_too_and_a_silent_office_has_one(report):
    rows = list(csv.reader(io.StringIO(rollup_csv(report).decode("utf-8-sig"))))
    assert rows[0][-2:] == ["Offices behind this", "As of"]
    assert {tuple(row[-2:]) for row in rows[1:]} == {(WORDS, "2024-06-15")}
    assert [(row[0], row[2], row[6]) for row in rows[1:]] == [
        ("Kenya", f"'{NASTY}", "5"),
        ("Kenya", "مياه آمنة", "5"),
        ("Uganda", "no plan", ""),
        ("中国办事处", "nothing came yet", ""),
    ]
    assert [row[5] for row in rows[1:3]] == ["day 12 of 90", "archived"]


def test_words_for_what_is_not_known():
    assert told_text(ToldFigure(None, None, None, None, is_withheld=True), "people") == "fewer than 5 people"
    assert told_text(ToldFigure(None, None, None, None, is_withheld=False), "people") == "no data"
    assert measure_title("joy") == "joy"
