"""What a board is divided by: columns in their order, few enough to be read, and days that fall into a week."""

from datetime import date, timedelta

import pytest

from tests.ui.plan_samples import an_item
from workbench.ui.qt_models.board_slots import (
    BEFORE,
    LATER,
    NO_DATE,
    OTHERS,
    Columns,
    Rows,
    column_of,
    columns_for,
    day_in,
    rows_for,
    week_key,
)

WEDNESDAY = date(2024, 6, 12)
WEEKS = ("week0", "week1", "week2")


def keys(by: Columns, *owners: str, most: int = 6, days: tuple[int, ...] = ()) -> list[str]:
    cards = [an_item(f"c{n}", owner=owner) for n, owner in enumerate(owners)]
    cards += [an_item(f"d{n}", due_on=WEDNESDAY + timedelta(days=n)) for n in days]
    return [slot.key for slot in columns_for(by, cards, owners=("Amina Example",), today=WEDNESDAY, most=most)]


def test_status_and_pillars_are_always_the_same_columns(qapp):
    assert keys(Columns.STATUS, most=3) == ["todo", "doing", "done"]
    assert keys(Columns.PILLAR, most=3) == ["billboard", "u_and_i", "library", "dialogue", ""]


def test_every_owner_has_a_column(qapp):
    assert keys(Columns.OWNER) == ["", "Amina Example"]
    many = [f"P{n % 6}" for n in range(20)]
    assert keys(Columns.OWNER, *many, most=3) == ["", "Amina Example", "P0", "P1", "P2", "P3", "P4", "P5"]


def test_of_a_crowd_those_with_the_fewest_cards_share_one_that_takes_none(qapp):
    many = [an_item(f"c{n}", owner=f"P{n % 30:02}") for n in range(54)]
    slots = columns_for(Columns.OWNER, many, owners=(), today=WEDNESDAY)
    assert [slot.key for slot in slots] == ["", *(f"P{n:02}" for n in range(24)), OTHERS]
    assert [slot.takes for slot in slots] == [True] * 25 + [False]


@pytest.mark.parametrize(
    ("most", "wanted"),
    [(6, [BEFORE, *WEEKS, LATER, NO_DATE]), (5, [BEFORE, *WEEKS[:2], LATER, NO_DATE]),
     (4, [*WEEKS[:2], LATER, NO_DATE]), (1, ["week0", LATER, NO_DATE])],
)  # fmt: skip
def test_weeks_give_way_as_room_gets_short(qapp, most, wanted):
    assert keys(Columns.WEEK, most=most, days=(-9, 1)) == wanted


def test_no_column_for_what_is_before_where_nothing_is(qapp):
    assert keys(Columns.WEEK, days=(1,)) == [*WEEKS, LATER, NO_DATE]


@pytest.mark.parametrize(
    ("days", "key"),
    [(-3, BEFORE), (-2, "week0"), (4, "week0"), (5, "week1"), (12, "week2"), (19, LATER), (900, LATER)],
)
def test_days_fall_into_the_week_they_lie_in(days, key):
    assert week_key(WEDNESDAY + timedelta(days=days), today=WEDNESDAY) == key
    assert week_key(None, today=WEDNESDAY) == NO_DATE


def test_a_week_without_a_column_of_its_own_falls_to_its_neighbour():
    early = an_item("a", due_on=WEDNESDAY - timedelta(days=9))
    late = an_item("b", due_on=WEDNESDAY + timedelta(days=12))
    few = {"week0", LATER, NO_DATE}
    assert column_of(Columns.WEEK, early, few, today=WEDNESDAY) == "week0"
    assert column_of(Columns.WEEK, late, few, today=WEDNESDAY) == LATER
    assert column_of(Columns.OWNER, an_item("c", owner="P9"), {"", OTHERS}, today=WEDNESDAY) == OTHERS


@pytest.mark.parametrize(
    ("key", "was", "wanted"),
    [("week1", date(2024, 6, 14), date(2024, 6, 21)), ("week0", date(2024, 6, 21), date(2024, 6, 14)),
     ("week0", date(2024, 6, 24), WEDNESDAY), ("week0", None, WEDNESDAY), ("week2", None, date(2024, 6, 24)),
     (LATER, date(2024, 6, 13), date(2024, 7, 4)), (NO_DATE, date(2024, 6, 13), None)],
)  # fmt: skip
def test_a_card_keeps_its_weekday_in_another_week_but_never_goes_before_today(key, was, wanted):
    assert day_in(key, was, WEEKS, today=WEDNESDAY) == wanted


def test_later_begins_after_the_last_week_with_a_column():
    assert day_in(LATER, None, ("week0",), today=WEDNESDAY) == date(2024, 6, 17)


def test_rows_are_one_or_one_for_each_objective_and_for_none():
    assert [slot.key for slot in rows_for(Rows.NONE, {"o": "One"})] == [""]
    assert [slot.title for slot in rows_for(Rows.OBJECTIVE, {"o": "One"})] == ["One", "No objective"]
