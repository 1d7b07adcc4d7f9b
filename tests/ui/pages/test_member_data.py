"""What the members page asks of the profile."""

from datetime import date

import pytest

from tests.builders import NOW
from workbench.queries.members import MemberSort
from workbench.ui.pages.member_data import (
    COLUMNS_KEY,
    People,
    keep_columns,
    read_directory,
    read_people,
    read_person,
)
from workbench.ui.qt_models.member_table import CHOSEN_AT_FIRST


def everybody(**fields) -> People:
    return People(**{"scope": (), "text": "", "sort": MemberSort.NAME, "is_descending": False, "now": NOW, **fields})


def test_directory_counts_with_and_without_the_filter(filled):
    found = read_directory(filled.database, everybody(text="person 3"))
    assert (found.fitting, found.total, found.communities, len(found.rows)) == (1, 6, 2, 1)
    assert read_people(filled.database, everybody(is_descending=True), 0)[0].name == "Person 5 Example"


def test_person_comes_with_the_first_week_of_the_strip(filled):
    row = read_people(filled.database, everybody(), 0)[0]
    person = read_person(filled.database, row.person_id, NOW)
    assert person.first_week == date(2023, 6, 19)
    assert person.first_week.weekday() == 0
    assert not person.card.is_listed
    # Begun 400 days before today, with a hole of ten days that touches two or three weeks.
    assert 2 <= person.known_weeks.count(False) <= 3
    assert read_person(filled.database, 10**9, NOW) is None


def test_columns_are_kept_and_nonsense_is_read_as_the_first_choice(filled):
    assert read_directory(filled.database, everybody()).columns == CHOSEN_AT_FIRST
    keep_columns(filled.notes, ("name", "tags"))
    assert read_directory(filled.database, everybody()).columns == ("name", "tags")
    for stored in ('"x"', "{}", "[]", '["gone"]'):
        filled.notes.set_preference(COLUMNS_KEY, stored)
        assert read_directory(filled.database, everybody()).columns == CHOSEN_AT_FIRST


def test_directory_says_how_much_of_its_days_is_known(filled, water_id):
    assert read_directory(filled.database, everybody(scope=(water_id,))).known_share == pytest.approx(80 / 90)
    assert read_directory(filled.database, everybody()).known_share == pytest.approx(40 / 90)
