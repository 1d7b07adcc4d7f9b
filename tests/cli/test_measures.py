"""Measures on the command line: the catalogue in words, and the scorecard with the numbers of the window."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.builders import a_clock
from tests.cli.runs import DONE, ROOT, USAGE, Desk
from workbench.cli import measures
from workbench.metrics.catalog import CATALOG
from workbench.metrics.window import month
from workbench.operations.scorecard import scorecard
from workbench.operations.working_ahead import work_ahead
from workbench.vault import KeyFile
from workbench.workspace import Workspace

EXAMPLE = Path(__file__).resolve().parents[1] / "metrics" / "example"


@pytest.fixture(name="example")
def a_desk_with_the_example(desk: Desk) -> Desk:
    desk.clock = a_clock(datetime(2026, 3, 1, tzinfo=UTC))
    files = ["--events", EXAMPLE / "events.csv", "--members", EXAMPLE / "members.csv"]
    assert desk.run("import", "table", "--community", "example", *files).code == DONE
    return desk


def test_the_catalogue_is_listed_and_one_entry_is_shown(desk: Desk):
    listed = desk.rows("metric", "list")
    assert [row["key"] for row in listed] == [metric.key for metric in CATALOG]
    assert list(listed[0]) == list(measures.LISTED)
    shown = desk.rows("metric", "show", "curiosity")
    assert list(shown) == list(measures.SHOWN)
    assert shown["targets"] == ["community_of_practice: 0.2"]
    assert "Targets" not in desk.run("metric", "show", "curiosity").out
    assert desk.run("metric", "show").code == USAGE
    assert "There is no measure" in desk.run("metric", "show", "fame").err


def test_what_a_measure_leaves_free_is_set(example: Desk):
    asked = ("metric", "occasional", "--from", "2026-01-01", "--to", "2026-02-01")
    assert example.rows("metric", "set", "occasional") == {"key": "occasional", "fewest": 3, "gap_days": 30}
    assert example.rows("metric", "set", "occasional", "--fewest", "1")["fewest"] == 1
    assert example.rows(*asked)[0]["numerator"] < example.rows(*asked)[0]["denominator"]
    assert example.rows("metric", "set", "occasional", "--fewest", "900", "--gap-days", "9")["gap_days"] == 9
    assert example.rows(*asked)[0]["numerator"] == example.rows(*asked)[0]["denominator"]
    for wrong in (("fame",), (), ("occasional", "--fewest", "0")):
        assert example.run("metric", "set", *wrong).code == USAGE


def test_the_scorecard_of_a_month_is_that_of_the_window(example: Desk):
    rows = example.rows("scorecard", "--community", "example", "--period", "2026-02")
    assert [list(row) for row in rows] == [list(measures.SCORES)] * len(CATALOG)
    found = {row["key"]: row for row in rows}
    assert [found["retention"][key] for key in ("numerator", "denominator", "value")] == [3, 5, 0.6]
    assert (found["health_index"]["numerator"], found["health_index"]["denominator"]) == (5, 7)
    with (
        Workspace.open(example.profile, key=KeyFile(example.key_file), writable=False) as workspace,
        workspace.database.read() as reader,
    ):
        card = scorecard(reader, scope=(1,), window=month(2026, 2), as_of=datetime(2026, 3, 1, tzinfo=UTC))
    assert {key: row["value"] for key, row in found.items()} == {line.metric.key: line.now.value for line in card.lines}
    assert {key: row["standing"] for key, row in found.items()} == {
        line.metric.key: line.standing.value for line in card.lines
    }


def test_numbers_worked_out_before_are_told_as_they_were(example: Desk):
    asked = ("scorecard", "--community", "example", "--period", "2026-02")
    before = example.rows(*asked)
    with Workspace.open(example.profile, key=KeyFile(example.key_file), clock=example.clock) as workspace:
        work_ahead(workspace, long_seconds=0.0)
        with workspace.database.jot() as connection:
            connection.execute("DELETE FROM personday")
    assert example.rows(*asked) == before


def test_without_a_period_the_last_full_month_is_taken_and_the_screen_says_so(example: Desk):
    ran = example.run("scorecard", "--community", "example", "--measure", "messages", "--measure", "reply_rate")
    assert ran.code == DONE
    assert ran.out.startswith("example, 2026-02-01 to before 2026-03-01, known until 2026-02-25")
    (row,) = example.rows("scorecard", "--measure", "messages")
    assert (row["value"], row["previous"]) == (6, 6)
    # 25 of 28 days are known: that is too little to stand beside another month.
    assert row["previous_why_not"] == "Of this window 89 % is known; it takes 90 %."
    assert ran.out.splitlines()[3].split() == ["–", "Messages", "6", "messages", "0.8929", "–", "unknown", "–", "–"]


@pytest.mark.parametrize("period", ["2026-13", "2026-Q5", "october", "1700-01"])
def test_a_period_is_a_month_a_quarter_or_a_year(desk: Desk, period: str):
    assert desk.run("scorecard", "--period", period).code == USAGE


def test_unknown_measures_and_communities_are_refused(example: Desk):
    assert "There is no measure" in example.run("scorecard", "--measure", "fame").err
    assert "There is no community" in example.run("scorecard", "--community", "Nobody").err


def test_readme_tells_the_keys():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    keys = {"`metric list`": measures.LISTED, "`metric show`": measures.SHOWN, "`scorecard`": measures.SCORES}
    for verb, names in keys.items():
        assert f"| {verb} | `{', '.join(names)}` |" in readme
