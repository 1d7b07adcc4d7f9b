"""Sentences shared by every format."""

from tests.export.samples import a_summary
from workbench.export.summary import NamesDisclosure
from workbench.export.wording import board_rows, checkpoint_lines, coverage_line, fact_lines, measure_cells, names_line


def test_the_facts_name_period_board_hours_and_balance() -> None:
    facts = dict(fact_lines(a_summary()))
    assert facts["Period"] == "7 Apr 2026 to 6 Jul 2026 · day 37 of 90 · activate"
    assert facts["Board"] == "7 cards: 4 to do, 2 doing, 1 done"
    assert facts["BUILD balance"] == "Billboard 1 · U&I 0 · Library 2 · Dialogue 3"


def test_coverage_and_date_are_in_one_line() -> None:
    assert coverage_line(a_summary()) == (
        "As of 14 May 2026, 07:30 UTC · known until 13 May 2026, 86\u00a0% of the plan's days so far"
    )


def test_a_measure_shows_baseline_now_target_and_standing() -> None:
    first, second = (measure_cells(line, locale="en") for line in a_summary().measures)
    assert first[2:] == (
        "58\u00a0% (7 Apr 2026)", "71\u00a0% (39 of 55, 86% of days known)", "75\u00a0%", "on the way",
    )  # fmt: skip
    assert second[2:] == ("not known", "fewer than 5 people", "none", "no target")


def test_rows_and_checkpoints_cover_the_whole_plan() -> None:
    assert len(board_rows(a_summary(cards=9))) == 13
    assert checkpoint_lines(a_summary()) == ("Day 30: 7 May 2026 (past)", "Day 60: 6 Jun 2026", "Day 90: 6 Jul 2026")
    assert "for HQ, because: audit" in names_line(a_summary(names=NamesDisclosure("audit", "HQ")))
