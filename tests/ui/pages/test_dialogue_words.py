"""Dialogue words: places on the bar, and one plain sentence for each number of resilience."""

from dataclasses import replace
from datetime import date

import pytest

from workbench.metrics.catalog import find_metric
from workbench.metrics.value import Unit, Value
from workbench.metrics.window import month
from workbench.operations.scorecard import Compared, Explanation, ScoreLine
from workbench.operations.standing import Standing
from workbench.ui.pages.dialogue_data import BEHAVIOURS, Age
from workbench.ui.pages.dialogue_words import MEANS, age_words, marks_of, means, sentence
from workbench.ui.widgets.gauge import GaugeMarks

TODAY = date(2024, 6, 15)


def a_line(key: str, value: Value, *, standing: Standing = Standing.NEUTRAL, doubts: tuple[str, ...] = ()) -> ScoreLine:
    """A line compared with 40 before, and with a year before that must not be compared."""
    metric = find_metric(key)
    said = Explanation("", "", (), month(2024, 5), 1.0, metric.targets.get("x"), None, (), doubts, "")
    before = Value(40.0, value.unit)
    return ScoreLine(metric, value, Compared(before), Compared(before, "Not known."), standing, said)


def test_a_share_stands_on_the_whole_bar_and_a_count_on_one_a_quarter_longer():
    share = a_line("curiosity", Value(0.3, Unit.SHARE))
    share = replace(
        share, previous=Compared(Value(0.2, Unit.SHARE)), explanation=replace(share.explanation, target=0.25)
    )
    assert marks_of(share) == GaugeMarks(0.3, 0.25, 0.2, None)
    assert marks_of(a_line("new_ties", Value(80.0, Unit.TIES))) == GaugeMarks(0.8, None, 0.4, None)
    assert marks_of(a_line("new_ties", Value(0.0, Unit.TIES), standing=Standing.UNKNOWN)).now is None


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("absence_factor", Value(1, Unit.PEOPLE), "One person writes half of the messages"),
        (
            "absence_factor",
            Value(3, Unit.PEOPLE),
            "If 3 people stopped writing, half of the messages would be missing.",
        ),
        ("office_absence_factor", Value(1, Unit.OFFICES), "Half of the messages come from one office."),
        ("office_absence_factor", Value(4, Unit.OFFICES), "Half of the messages come from 4 offices together."),
        ("key_players", Value(0.25, Unit.SHARE, 2, 8), "(2 members)"),
        ("first_reply_hours", Value(0.5, Unit.HOURS), "within 30"),
        ("not_by_leader", Value(0.7, Unit.SHARE, 7, 10), "Of 10 answered questions, 7 were answered"),
    ],
)
def test_each_number_has_its_sentence(key, value, words):
    assert words in sentence(a_line(key, value))


def test_nothing_is_said_of_what_is_not_known():
    unknown = Value(None, Unit.SHARE)
    assert sentence(a_line("not_by_leader", unknown, doubts=("Nobody leads.",))) == "Nobody leads."
    assert sentence(a_line("key_players", unknown)) == "Too little is known to say."
    seen = a_line("absence_factor", Value(2, Unit.PEOPLE), standing=Standing.UNKNOWN)
    assert sentence(seen) == "Too little is known to say."


@pytest.mark.parametrize(
    ("age", "old", "means"),
    [
        (Age(date(2018, 6, 1), is_beginning=True), "6 years", "It began on 1 June 2018."),
        (Age(date(2024, 6, 15), is_beginning=True), "1 day", "It began"),
        (Age(date(2023, 6, 10), is_beginning=True), "1 year", "It began"),
        (Age(date(2024, 3, 7), is_beginning=False), "100 days or more", "there may be older ones"),
        (Age(None, is_beginning=False), "No data", "Nobody has written here yet."),
    ],
)
def test_age_says_whether_it_is_the_beginning(age, old, means):
    said = age_words(age, today=TODAY)
    assert said[0] == old
    assert means in said[1]


def test_every_behaviour_is_explained():
    assert set(MEANS) == set(BEHAVIOURS)


def test_finding_who_knows_tells_who_was_named_and_how_soon_they_came():
    lines = {
        "referral": a_line("referral", Value(0.25, Unit.SHARE, 1, 4)),
        "first_reply_hours": a_line("first_reply_hours", Value(2.0, Unit.HOURS)),
    }
    words = means("stranger_answer_rate", lines)
    assert words.startswith(MEANS["stranger_answer_rate"])
    assert words.endswith(
        "In 25\N{NO-BREAK SPACE}% of the answered questions somebody named who knows. "
        + sentence(lines["first_reply_hours"])
    )
    assert means("stranger_answer_rate", {}) == MEANS["stranger_answer_rate"]
