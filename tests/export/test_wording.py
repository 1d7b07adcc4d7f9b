"""Sentences shared by every format."""

from dataclasses import replace
from datetime import date, timedelta

from tests.export.samples import a_card, a_summary
from workbench.export.summary import CheckpointLine, ColumnBlock, NamesDisclosure
from workbench.export.wording import (
    board_rows,
    checkpoint_lines,
    coverage_line,
    fact_lines,
    folded_table,
    measure_cells,
    names_line,
)


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
        "58\u00a0% (7 Apr 2026; 58 of 100, 100\u00a0% of days known)", "71\u00a0% (39 of 55, 86\u00a0% of days known)", "75\u00a0%", "on the way",
    )  # fmt: skip
    assert second[2:] == ("not known", "fewer than 5 people", "none", "no target")


def test_rows_and_checkpoints_cover_the_whole_plan() -> None:
    assert len(board_rows(a_summary(cards=9))) == 13
    assert checkpoint_lines(a_summary()) == ("Day 30: 7 May 2026 (past)", "Day 60: 6 Jun 2026", "Day 90: 6 Jul 2026")
    assert names_line(a_summary()).startswith(
        "Names of card owners, sponsor and role holders are left out; the plan's owner is named."
    )
    assert "for HQ, because: audit" in names_line(a_summary(names=NamesDisclosure("audit", "HQ")))


def test_checkpoint_on_a_weekend_names_the_day_itself_and_the_monday() -> None:
    moved = replace(
        a_summary(),
        starts_on=date(2026, 11, 22),
        checkpoints=(CheckpointLine(90, date(2027, 2, 22), is_past=False),),
    )
    assert checkpoint_lines(moved) == ("Day 90: 20 Feb 2027 (checkpoint on Monday 22 Feb)",)


def test_series_is_one_row_on_the_board_and_every_card_in_the_tables_to_reckon_with() -> None:
    series = tuple(
        a_card(f"Greet newcomers ({n} of 12)", due_on=date(2026, 5, 4) + timedelta(weeks=n), is_late=n == 1)
        for n in range(1, 9)
    )
    summary = replace(a_summary(), columns=(ColumnBlock("To do", (*series, a_card("Call the sponsor"))),))
    header, rows = folded_table(summary.columns[0].cards, summary)
    assert header == ("Card", "Pillar", "Due", "Hours", "State")
    assert rows[0] == (
        "Greet newcomers · 8 cards, next 18 May 2026", "Dialogue", "until 29 Jun 2026", "12\u00a0h", "1 late",
    )  # fmt: skip
    assert [row[0] for row in rows[1:]] == ["Call the sponsor"]
    assert len(board_rows(summary)) == 9


def test_lone_card_of_a_series_keeps_its_number_and_no_state_needs_no_column() -> None:
    header, rows = folded_table((a_card("Greet newcomers (3 of 12)"),), a_summary())
    assert header == ("Card", "Pillar", "Due", "Hours")
    assert rows[0][0] == "Greet newcomers (3 of 12)"
    assert len(rows[0]) == 4


def test_done_cards_of_a_series_say_when_the_last_was_done() -> None:
    done = tuple(a_card(f"Greet ({n} of 3)", done_on=date(2026, 5, n)) for n in (1, 2))
    _header, rows = folded_table(done, a_summary())
    assert rows[0][0] == "Greet · 2 cards"
    assert rows[0][-1] == "done 2 May 2026"
