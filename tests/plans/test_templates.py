"""Templates: the shipped ones, what a plan leaves for another, and files that are not templates."""

import json
from datetime import date, timedelta

import pytest

from tests.plans.samples import START, a_document, an_edit
from workbench.errors import BadInputError
from workbench.metrics.catalog import find_metric
from workbench.models.kinds import Focus, Pillar
from workbench.plans.board import Board
from workbench.plans.document import PlanDocument
from workbench.plans.drafts import card_edits
from workbench.plans.horizon import due_date
from workbench.plans.hours import week_hours
from workbench.plans.templates import (
    SHIPPED,
    Template,
    key_for,
    read_template,
    shipped_template,
    shipped_templates,
    template_from_plan,
    write_template,
)
from workbench.plans.views import HAND_KEPT, CheckItem, FieldEdit, PlanView, RecordKind, Recurrence, RoleLine


def a_plan_from(template: Template, starts_on: date) -> PlanView:
    document = PlanDocument.new("plan")
    ids = [f"card-{number}" for number in range(len(template.cards))]
    edits = [FieldEdit(RecordKind.PLAN, "", "starts_on", starts_on)]
    edits += card_edits(template.cards, ids, board=Board(()), today=starts_on)
    document.write(edits, at=document.view().created_at, author="Amina Example")
    return document.view()


def test_the_starter_plan_covers_90_days_and_every_pillar() -> None:
    template = shipped_template("starter")
    days = [card.due_day for card in template.cards]
    assert days == sorted(days, key=lambda day: day or 0)
    assert (days[0], days[-1]) == (1, 90)
    assert {card.pillar for card in template.cards} == {None, *Pillar}


def test_weekly_cards_are_one_card_that_comes_back_and_appears_each_week() -> None:
    (weekly,) = [card for card in shipped_template("starter").cards if card.title == "Greet newcomers"]
    assert (weekly.due_day, weekly.recurrence) == (10, Recurrence(7, 90))
    shown = [card for card in a_plan_from(shipped_template("starter"), START).cards if card.title == "Greet newcomers"]
    assert [card.due_day for card in shown] == list(range(10, 91, 7))


@pytest.mark.parametrize("key", SHIPPED)
def test_a_shipped_template_is_whole(key: str) -> None:
    template = shipped_template(key)
    assert template.key == key
    assert template.title
    assert template.description.endswith(".")
    assert {30, 60, 90} <= {card.due_day for card in template.cards if card.title.startswith("Checkpoint")}
    assert set(Pillar) <= {card.pillar for card in template.cards}
    assert {card.focus for card in template.cards} <= {None, *Focus}
    assert len({card.title for card in template.cards}) == len(template.cards)
    assert all(card.hours for card in template.cards)
    keys = {objective.key for objective in template.objectives}
    assert {card.objective_id for card in template.cards} <= {None, *keys}
    for objective in template.objectives:
        assert objective.measure == HAND_KEPT or find_metric(objective.measure)
        assert (objective.measure == HAND_KEPT) == bool(objective.hand_unit)


@pytest.mark.parametrize("key", SHIPPED)
@pytest.mark.parametrize("weekday", range(7))
def test_no_week_of_a_shipped_template_asks_for_more_than_five_hours(key: str, weekday: int) -> None:
    view = a_plan_from(shipped_template(key), START + timedelta(days=weekday))
    weeks = week_hours(view.cards)
    assert max(week.hours for week in weeks) <= 5.0 + 1e-9
    assert sum(week.hours for week in weeks) > 30


def test_no_card_of_a_shipped_template_is_due_on_a_weekend() -> None:
    for start in (date(2024, 2, 26), date(2024, 6, 1)):
        days = [card.due_day for template in shipped_templates() for card in template.cards]
        assert all(due_date(start, day or 0).weekday() < 5 for day in days)


@pytest.mark.parametrize("key", SHIPPED)
def test_a_template_is_written_and_read_back_equal(key: str) -> None:
    template = shipped_template(key)
    assert read_template(write_template(template)) == template


def test_a_plan_leaves_a_template_that_names_nobody_and_has_nothing_done() -> None:
    document = a_document("one", "two", "gone")
    document.write(
        [
            FieldEdit(RecordKind.PLAN, "", "sponsor", "Zebedee Example"),
            FieldEdit(RecordKind.PLAN, "", "roles", (RoleLine("Champion", "Zebedee Example"),)),
            an_edit("card-0", "owner", "Zebedee Example"),
            an_edit("card-0", "promised_to", "Zebedee Example"),
            an_edit("card-0", "due", START + timedelta(days=12)),
            an_edit("card-0", "column", "done"),
            an_edit("card-0", "done_on", START),
            an_edit("card-0", "check.one", CheckItem("", "Look", is_done=True)),
            an_edit("card-0", "objective_id", "objective-0"),
            an_edit("card-1", "due", 3),
            an_edit("card-1", "recurrence", Recurrence(7, 60)),
            an_edit("card-1", "2~owner", "Zebedee Example"),
            an_edit("card-2", "is_archived", value=True),
        ],
        at=document.view().created_at,
        author="Zebedee Example",
    )
    template = template_from_plan(document.view(), title="Wells, again")
    assert template.key == "wells_again"
    assert [(card.title, card.due_day, card.recurrence) for card in template.cards] == [
        ("two", 3, Recurrence(7, 60)),
        ("one", 12, None),
    ]
    assert template.cards[1].checklist == ("Look",)
    assert template.cards[1].objective_id == template.objectives[0].key
    assert "Zebedee" not in write_template(template)
    assert read_template(write_template(template)) == template


def test_a_key_is_a_short_word_whatever_the_title() -> None:
    assert key_for("Welcome – 2024!") == "welcome_2024"
    assert key_for("مرحبا") == "مرحبا"
    assert key_for("…") == "template"


def test_an_unknown_template_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadInputError, match="starter, welcome"):
        shipped_template("nowhere")


def a_template(*, form: int = 2, **card: object) -> str:
    return json.dumps({"format": form, "key": "k", "title": "T", "cards": [{"day": 1, "title": "t"} | card]})


@pytest.mark.parametrize("form", [1, 2])
def test_a_small_template_reads_in_both_forms(form: int) -> None:
    text = a_template(form=form, pillar="library", hours=2, every_days=7, until_day=15)
    (card,) = read_template(text).cards
    assert (card.title, card.due_day, card.pillar, card.hours) == ("t", 1, Pillar.LIBRARY, 2.0)
    assert card.recurrence == Recurrence(7, 15)


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
        a_template(kind="wish"),
        '{"format": 1, "key": "k", "title": "T", "cards": 3}',
        "[" * 100_000,
    ],
)
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="not a plan template"):
        read_template(text)


def test_newer_and_endless_templates_are_refused() -> None:
    with pytest.raises(BadInputError, match="newer version"):
        read_template('{"format": 3}')
    for endless in (
        a_template(every_days=1, until_day=10**9),
        a_template(every_days=7, until_day=0),
        a_template(every_days=-7, until_day=9),
    ):
        with pytest.raises(BadInputError, match="comes back"):
            read_template(endless)
