"""Offices, plans and measures as tables: words, marks, and dashes where nothing came."""

from datetime import date

import pytest

from tests.builders import NOW
from tests.ui.pages.rollup_parts import a_folder, taken_in
from workbench.export.rollup_report import OfficeLine, RollupReport, Trouble
from workbench.operations.rollup import expect_office, rollup_report
from workbench.ui.qt_models.rollup_tables import (
    MeasureTableModel,
    OfficeTableModel,
    PlanLineTableModel,
    cards_words,
    files_words,
    heard_words,
    measure_title,
    standings_words,
)
from workbench.workspace import Workspace


@pytest.fixture
def report(workspace: Workspace, tmp_path) -> RollupReport:
    expect_office(workspace, place=workspace.database, code="tza", name="Tanzania")
    taken_in(workspace, a_folder(workspace, tmp_path / "in", "ken"))
    return rollup_report(workspace, place=workspace.database)


def an_office(**values) -> OfficeLine:
    given = {
        "office_id": "ken", "name": "Kenya", "country": None, "is_expected": True, "heard_at": NOW, "age_days": 0,
        "last_week": date(2024, 6, 3), "known_until": date(2024, 6, 9), "files": 2, "plans": 1, "troubles": (),
    }  # fmt: skip
    return OfficeLine(**(given | values))


def test_an_office_that_said_nothing_is_a_dash_and_sorts_last(qapp, report: RollupReport):
    model = OfficeTableModel()
    model.set_rows(report.offices)
    rows = {model.index(row, 0).data(): [model.index(row, n).data() for n in (2, 3, 4, 5)] for row in range(2)}
    assert rows["Tanzania"] == ["–", "Nothing came", "–", "On the list"]
    assert rows["KEN"][0] == "1"
    assert rows["KEN"][3] == "2 files, not on the list"


def test_age_and_trouble_are_said():
    assert heard_words(an_office()) == "Today"
    assert heard_words(an_office(age_days=1)) == "1 day ago"
    trouble = Trouble("copy-1", (3,), (), ())
    assert files_words(an_office(troubles=(trouble,))) == "2 files: file 3 is missing"
    assert files_words(an_office(heard_at=None, is_expected=False)) == ""


def test_a_plan_shows_cards_done_and_where_its_measures_stand(qapp, report: RollupReport):
    model = PlanLineTableModel()
    model.set_rows(report.plans)
    assert cards_words(report.plans[0]) == "2 of 8"
    assert model.index(0, 6).data() == "1 on the way, 1 not known"
    model.set_filter("nowhere")
    assert model.rowCount() == 0


def test_measures_are_counted_over_all_plans(qapp, report: RollupReport):
    model = MeasureTableModel()
    model.set_rows(report.measures)
    assert [model.index(row, 0).data() for row in range(2)] == ["Contributors", "Reply rate"]
    assert standings_words(report.measures[0])
    assert measure_title("made_by_hand") == "Made by hand"
