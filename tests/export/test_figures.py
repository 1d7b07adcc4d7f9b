"""Figures in words."""

from datetime import UTC, date, datetime

from workbench.export.figures import Figure, basis_text, day_text, figure_text, known_text, moment_text, number_text


def test_shares_hours_and_counts_read_as_people_write_them() -> None:
    assert number_text(0.416, "share") == "41.6\u00a0%"
    assert number_text(0.75, "share") == "75\u00a0%"
    assert number_text(2.583, "hours") == "2.6\u00a0h"
    assert number_text(12345, "messages") == "12,345"
    assert number_text(None, "share") == "no data"


def test_a_figure_says_when_it_is_unknown_or_withheld() -> None:
    assert figure_text(None) == "not known"
    assert figure_text(Figure(None, "people", is_withheld=True)) == "fewer than 5 people"
    assert basis_text(Figure(0.5, "share", 1, 2, 0.9)) == "1 of 2, 90\u00a0% of days known"
    assert basis_text(Figure(None, "people", is_withheld=True)) == ""
    assert basis_text(None) == ""


def test_what_is_known_is_never_rounded_up() -> None:
    assert known_text(0.999) == "99\u00a0%"
    assert known_text(0.29) == "29\u00a0%"
    assert basis_text(Figure(3.0, "people", coverage=0.8999)) == "89\u00a0% of days known"


def test_days_and_moments_are_written_out() -> None:
    assert day_text(date(2026, 5, 14)) == "14 May 2026"
    assert day_text(None) == "no date"
    assert moment_text(datetime(2026, 5, 14, 7, 30, tzinfo=UTC)) == "14 May 2026, 07:30 UTC"
