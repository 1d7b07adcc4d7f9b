"""Templates: the starter plan and files that are not templates."""

import json
from datetime import date

import pytest

from workbench.errors import BadInputError
from workbench.models.kinds import Pillar
from workbench.plans.horizon import due_date
from workbench.plans.templates import read_template, starter_cards, starter_template


def test_the_starter_plan_covers_90_days_and_every_pillar() -> None:
    template = starter_template()
    assert starter_cards() == template.cards
    days = [card.due_day for card in template.cards]
    assert days == sorted(days, key=lambda day: day or 0)
    assert (days[0], days[-1]) == (1, 90)
    assert {card.pillar for card in template.cards} == {None, *Pillar}
    assert {30, 60, 90} <= {card.due_day for card in template.cards if card.title.startswith("Checkpoint")}


def test_the_starter_plan_asks_for_about_five_hours_a_week() -> None:
    hours = sum(card.hours or 0 for card in starter_template().cards)
    assert 3 <= hours / (90 / 7) <= 5


def test_weekly_cards_come_back_each_week_and_say_which_time_it_is() -> None:
    weekly = [card for card in starter_template().cards if card.title.startswith("Greet newcomers")]
    assert [card.due_day for card in weekly] == list(range(10, 91, 7))
    assert weekly[0].title == "Greet newcomers (1 of 12)"


def test_no_card_of_the_starter_plan_is_due_on_a_weekend() -> None:
    for start in (date(2024, 2, 26), date(2024, 6, 1)):
        assert all(due_date(start, card.due_day or 0).weekday() < 5 for card in starter_template().cards)


def a_template(**card: object) -> str:
    return json.dumps({"format": 1, "key": "k", "title": "T", "cards": [{"day": 1, "title": "t"} | card]})


def test_a_small_template_reads() -> None:
    (card,) = read_template(a_template(pillar="library", hours=2)).cards
    assert (card.title, card.due_day, card.pillar, card.hours) == ("t", 1, Pillar.LIBRARY, 2.0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        "null",
        a_template(pillar="house"),
        a_template(day="soon"),
        '{"format": 1, "key": "k", "title": "T", "cards": 3}',
        "[" * 100_000,
    ],
)
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="not a plan template"):
        read_template(text)


def test_newer_and_endless_templates_are_refused() -> None:
    with pytest.raises(BadInputError, match="newer version"):
        read_template('{"format": 2}')
    for endless in (a_template(every_days=1, until_day=10**9), a_template(every_days=7, until_day=0)):
        with pytest.raises(BadInputError, match="comes back"):
            read_template(endless)
