"""Codec: lists of words, choices, moments and hours; the fields of a plan are tried one by one in test_fields."""

from datetime import UTC, datetime

import pytest

from workbench.errors import BadInputError
from workbench.models.kinds import CardColumn, Pillar
from workbench.plans.codec import (
    choice,
    maybe_moment,
    plan_day,
    read_maybe_moment,
    read_plan_day,
    read_some_number,
    read_words,
    some_hours,
    words,
)


def test_words_come_back_without_blanks_and_repeats() -> None:
    assert read_words(words(["asking", " ", "مساعدة", "asking"])) == ("asking", "مساعدة")
    assert words(()) == []


@pytest.mark.parametrize("value", ["asking", 3, [1], ["x"] * 0 + [f"w{n}" for n in range(201)]])
def test_what_is_no_list_of_words_is_refused(value: object) -> None:
    with pytest.raises(BadInputError):
        words(value)


@pytest.mark.parametrize("raw", ["asking", [1], {"a": 1}, None])
def test_words_no_version_wrote_do_not_read(raw: object) -> None:
    with pytest.raises(ValueError, match="not"):
        read_words(raw)


def test_a_choice_may_be_left_open_unless_it_has_a_default() -> None:
    pillar = choice(Pillar, reason="No such pillar.")
    assert pillar.decode(pillar.encode(None)) is None
    column = choice(CardColumn, reason="No such column.", default=CardColumn.TODO)
    with pytest.raises(BadInputError, match="No such column"):
        column.encode(None)
    with pytest.raises(ValueError, match="not text"):
        column.decode(None)


def test_a_moment_or_none_comes_back_to_the_microsecond() -> None:
    at = datetime(2024, 6, 3, 9, 0, 0, 7, tzinfo=UTC)
    assert read_maybe_moment(maybe_moment(at)) == at
    assert read_maybe_moment(maybe_moment(None)) is None
    with pytest.raises(BadInputError):
        maybe_moment("now")


def test_hours_and_numbers_that_have_to_be_there() -> None:
    assert some_hours(5) == 5.0
    with pytest.raises(BadInputError):
        some_hours(None)
    with pytest.raises(ValueError, match="no number"):
        read_some_number(None)


@pytest.mark.parametrize("day", [0, -3, 3650, None])
def test_days_counted_from_day_0_come_back(day: int | None) -> None:
    assert read_plan_day(plan_day(day)) == day
