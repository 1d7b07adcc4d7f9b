"""Closed days: holidays by country, asked only by plans that name one."""

import subprocess
import sys
from datetime import date

import pytest

from workbench.errors import BadInputError
from workbench.plans.closed_days import NONE, closed_days, countries, country_code, read_country_code
from workbench.plans.horizon import checkpoints, due_date, is_working_day, working_day

NATIONAL_DAY = date(2024, 8, 1)  # a Thursday


def test_a_day_off_moves_what_is_due_to_the_next_day_people_work() -> None:
    swiss = closed_days("CH")
    assert not is_working_day(NATIONAL_DAY, holidays=swiss)
    assert working_day(NATIONAL_DAY, holidays=swiss) == date(2024, 8, 2)
    assert due_date(date(2024, 7, 2), 30, holidays=swiss) == date(2024, 8, 2)
    assert due_date(date(2024, 7, 2), 30) == NATIONAL_DAY
    assert checkpoints(date(2024, 7, 2), holidays=swiss)[0].falls_on == date(2024, 8, 2)


def test_holidays_and_weekends_in_a_row_are_all_skipped() -> None:
    # Good Friday, the weekend, Easter Monday.
    assert working_day(date(2024, 3, 29), holidays=closed_days("GB-ENG")) == date(2024, 4, 2)


def test_a_part_of_a_country_has_days_of_its_own() -> None:
    geneva = date(2024, 9, 5)  # the fast of Geneva
    assert not is_working_day(geneva, holidays=closed_days("CH-GE"))
    assert is_working_day(geneva, holidays=closed_days("CH-ZH"))


def test_no_country_and_one_of_a_newer_version_mean_weekends_only() -> None:
    assert closed_days("") is NONE
    assert closed_days("XX") is NONE
    assert closed_days("CH-XX") is NONE


@pytest.mark.parametrize(("said", "code"), [("ch", "CH"), (" CH-GE ", "CH-GE"), ("", ""), ("ke", "KE")])
def test_a_country_is_kept_by_its_code(said: str, code: str) -> None:
    assert read_country_code(country_code(said)) == code


@pytest.mark.parametrize("said", ["Atlantis", "XX", "C", "CH-XX", "CH-", "-GE", 7])
def test_a_country_nobody_knows_is_refused(said: object) -> None:
    with pytest.raises(BadInputError, match=r"CH-GE\."):
        country_code(said)


def test_codes_no_version_wrote_do_not_read() -> None:
    for raw in ("CHE", "ch", "CH-", 7):
        with pytest.raises(ValueError, match="not"):
            read_country_code(raw)


def test_the_countries_to_choose_from_have_their_parts() -> None:
    assert "GE" in countries()["CH"]
    assert len(countries()) > 100


def test_the_library_loads_with_the_first_plan_that_names_a_country() -> None:
    program = (
        "import sys, workbench.plans.editor, workbench.plans.templates\n"
        "from workbench.plans.closed_days import closed_days\n"
        "closed_days('')\n"
        "assert 'holidays' not in sys.modules\n"
        "closed_days('CH')\n"
        "assert 'holidays' in sys.modules\n"
    )
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert finished.returncode == 0, finished.stderr
