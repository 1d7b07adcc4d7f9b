"""What a template says of itself: how many cards, hours a week, and what is in it by the part of the plan."""

from workbench.models.plan_parts import HAND_KEPT, Recurrence
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.plans.templates import Template, shipped_template
from workbench.ui.pages.plan_template_words import PreviewLine, preview_lines, template_line, times


def a_template(*cards: CardDraft, objectives: tuple[ObjectiveDraft, ...] = ()) -> Template:
    return Template("own", "Own", "", cards, objectives)


def test_cards_that_come_back_are_counted_each_time():
    weekly = CardDraft("Greet newcomers", due_day=3, hours=1.0, recurrence=Recurrence(7, 80))
    assert times(weekly) == 12
    assert times(CardDraft("Once")) == 1
    assert template_line(a_template(weekly, CardDraft("Once", hours=1.0))) == "13 cards, about 1 h a week"


def test_a_template_without_cards_or_hours_says_only_what_is_so():
    assert template_line(a_template()) == "No cards"
    assert template_line(a_template(CardDraft("One"))) == "1 card"


def test_the_starter_asks_at_most_five_hours_a_week():
    assert template_line(shipped_template("starter")) == "53 cards, about 3.8 h a week"


def test_the_preview_goes_through_the_plan_part_by_part():
    template = a_template(
        CardDraft("Ask around", due_day=-3),
        CardDraft("Greet", due_day=5, hours=0.5, recurrence=Recurrence(7, 30)),
        CardDraft("Later", due_day=95),
        CardDraft("Some day"),
        objectives=(
            ObjectiveDraft("Answers", "reply_rate"),
            ObjectiveDraft("Webinar", HAND_KEPT),
            ObjectiveDraft("Newer", "measure_to_come"),
        ),
    )
    assert preview_lines(template) == (
        PreviewLine("Objectives", is_heading=True),
        PreviewLine("Answers", "Reply rate"),
        PreviewLine("Webinar", "kept by hand"),
        PreviewLine("Newer", "measure_to_come"),
        PreviewLine("Before day 1", "1 card", is_heading=True),
        PreviewLine("Ask around", "day -3"),
        PreviewLine("Days 1 to 30", "1 card", is_heading=True),
        PreviewLine("Greet", "day 5 · every 7 days · 0.5 h"),
        PreviewLine("After day 90", "1 card", is_heading=True),
        PreviewLine("Later", "day 95"),
        PreviewLine("Without a day", "1 card", is_heading=True),
        PreviewLine("Some day"),
    )
