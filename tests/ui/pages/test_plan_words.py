"""Objectives in words: amounts by unit, changes since day 0, and nothing claimed below 90 % of days known."""

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import NOW
from workbench.ids import ObjectiveId, PlanId
from workbench.metrics.catalog import find_metric
from workbench.metrics.value import Unit, Value
from workbench.models.plan_parts import HAND_KEPT
from workbench.queries.plans import ObjectiveRow
from workbench.ui.pages.plan_data import ObjectiveData, Outlook
from workbench.ui.pages.plan_words import amount, by_hand, change_words, gauge_words, now_words, outlook_words, way_done
from workbench.ui.theme import Meaning

OBJECTIVE = ObjectiveRow(
    id=ObjectiveId("o"), plan_id=PlanId("p"), position="V", title="Faster answers", measure="reply_rate", target=0.75,
    baseline_value=0.58, baseline_numerator=58, baseline_denominator=100, baseline_coverage=1.0, baseline_at=NOW,
    is_archived=False,
)  # fmt: skip
NOW_VALUE = Value(0.71, Unit.SHARE, 71, 100, 1.0)


def data(now: Value = NOW_VALUE, *, standing: str = "on the way", **fields) -> ObjectiveData:
    return ObjectiveData(replace(OBJECTIVE, **fields), find_metric("reply_rate"), now, standing)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [(0.71, Unit.SHARE, "71\N{NO-BREAK SPACE}%"), (0.043, Unit.SHARE, "4.3\N{NO-BREAK SPACE}%"),
     (0.0, Unit.SHARE, "0\N{NO-BREAK SPACE}%"), (1234.0, Unit.PEOPLE, "1,234"), (None, Unit.PEOPLE, "–"),
     (4.5, Unit.HOURS, "4\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30")],
)  # fmt: skip
def test_amounts_are_said_in_their_unit(qapp, value, unit, words):
    assert amount(value, unit) == words


def test_no_value_is_said_to_be_unknown_or_absent_never_zero():
    assert now_words(Value(None, Unit.SHARE, coverage=1.0)) == "No data"
    assert now_words(Value(None, Unit.SHARE, coverage=0.2)) == "Not known"
    assert now_words(Value(None, Unit.SHARE)) == "Not known"


@pytest.mark.parametrize(
    ("now", "then", "unit", "words"),
    [(0.71, 0.58, Unit.SHARE, "+13 points"), (0.5, 0.58, Unit.SHARE, "−8 points"), (0.58, 0.58, Unit.SHARE, "no change"),
     (212, 188, Unit.PEOPLE, "+24"), (5, 5, Unit.THREADS, "no change"), (2.0, 3.0, Unit.HOURS, "−1\N{NO-BREAK SPACE}h"),
     (None, 3.0, Unit.HOURS, ""), (3.0, None, Unit.HOURS, ""), (3.0, 3.001, Unit.HOURS, "no change")],
)  # fmt: skip
def test_changes_are_counted_from_day_0(qapp, now, then, unit, words):
    assert change_words(Value(now, unit), Value(then, unit)) == words


def test_gauge_says_where_a_measure_stands():
    words = gauge_words(data())
    assert (words.title, words.change, words.chip) == ("Faster answers", "+13 points", "On the way")
    assert (words.baseline, words.target) == ("baseline 58\N{NO-BREAK SPACE}%", "target 75\N{NO-BREAK SPACE}%")
    assert words.share == pytest.approx(13 / 17)
    assert "71 of 100" in words.tip


def test_below_ninety_percent_of_days_nothing_is_claimed():
    words = gauge_words(data(replace(NOW_VALUE, coverage=0.4), standing="not known"))
    assert (words.chip, words.meaning) == ("40\N{NO-BREAK SPACE}% known", Meaning.UNKNOWN)
    assert (words.share, words.is_known, words.change) == (None, False, "so far")


def test_no_target_and_no_baseline_are_said(qapp):
    words = gauge_words(data(standing="no target", target=None, baseline_at=None, baseline_value=None))
    assert (words.target, words.goal, words.chip) == ("", "", "")
    assert words.baseline == "no baseline"
    assert gauge_words(data(Value(None, Unit.SHARE, 0, 0, 1.0), standing="not known")).chip == "No data"


def test_thin_baseline_cannot_be_compared_with():
    words = gauge_words(data(standing="not known", baseline_coverage=0.3))
    assert (words.now, words.chip, words.change) == ("71\N{NO-BREAK SPACE}%", "Baseline not known", "")
    assert (words.share, words.is_known) == (None, False)


def test_a_measure_behind_its_baseline_says_so_and_a_reached_one_fills_its_bar():
    worse = gauge_words(data(replace(NOW_VALUE, value=0.5), standing="moving away"))
    assert (worse.change, worse.share, worse.is_known) == ("−8 points, behind", 0.0, True)
    reached = gauge_words(data(standing="reached", baseline_at=None, baseline_value=None, target=5.0))
    assert (reached.share, reached.is_known) == (1.0, True)


def test_the_share_known_of_a_gauge_is_never_rounded_up():
    said = gauge_words(data(replace(NOW_VALUE, coverage=0.857), standing="not known", baseline_coverage=0.857))
    assert said.chip == "85\N{NO-BREAK SPACE}% known"
    assert said.baseline.endswith(", 85\N{NO-BREAK SPACE}% known")
    assert "86" not in said.tip


def test_thin_baseline_is_said_on_hover():
    assert "30\N{NO-BREAK SPACE}% of the baseline" in gauge_words(data(baseline_coverage=0.3)).tip


@pytest.mark.parametrize(
    ("now", "then", "target", "share"),
    [(0.71, 0.58, 0.75, 13 / 17), (20.0, 23.0, 5.0, 3 / 18), (30.0, 23.0, 5.0, 0.0), (80.0, 50.0, 60.0, 1.0),
     (5.0, 5.0, 5.0, 1.0), (5.0, None, 10.0, 0.5), (None, 1.0, 2.0, None), (1.0, 1.0, None, None)],
)  # fmt: skip
def test_way_done_runs_from_baseline_to_target_in_both_directions(now, then, target, share):
    found = way_done(Value(now, Unit.PEOPLE), Value(then, Unit.PEOPLE), target)
    assert found == (None if share is None else pytest.approx(share))


@pytest.mark.parametrize(
    ("known_until", "is_one", "words"),
    [
        (
            date(2026, 7, 14),
            True,
            "Not known: the mirror of this community ends on 14 July 2026. The baseline would be",
        ),
        (date(2026, 7, 14), False, "Not known: the mirror of your communities ends on 14 July 2026."),
        (None, True, "Not known: no messages of this community are here yet."),
        (date(2026, 11, 21), True, "Not known: the 90 days before day 0 are not in the mirror of this community."),
    ],
)
def test_empty_baseline_is_explained(known_until, is_one, words):
    unknown = Value(None, Unit.SHARE, coverage=0.0)
    outlook = Outlook({"reply_rate": unknown}, date(2026, 11, 22), known_until)
    assert outlook_words(outlook, ["reply_rate"], is_one=is_one).startswith(words)


def test_one_known_baseline_needs_no_warning():
    values = {"reply_rate": Value(None, Unit.SHARE, coverage=0.0), "messages": Value(4.0, Unit.MESSAGES, coverage=1.0)}
    assert outlook_words(Outlook(values, date(2026, 11, 22), None), list(values), is_one=True) == ""


@pytest.mark.parametrize(
    ("coverage", "begins"), [(0.314, "Only 31\xa0% of the 90 days"), (0.0, "Nothing of the 90 days")]
)
def test_baseline_of_few_known_days_is_warned_of(coverage: float, begins: str):
    values = {"messages": Value(4.0, Unit.MESSAGES, coverage=coverage)}
    said = outlook_words(Outlook(values, date(2026, 11, 22), date(2026, 11, 21)), ["messages"], is_one=True)
    assert said == f"{begins} before day 0 is known here. The baseline is taken from those and will say so."


def test_an_objective_kept_by_hand_is_marked_so_and_said_in_its_own_unit():
    row = replace(data().objective, measure=HAND_KEPT, hand_unit="people", target=40.0, baseline_value=12.0)
    words = gauge_words(ObjectiveData(row, None, Value(19.5, Unit.PEOPLE), "on the way"))
    assert (words.now, words.change, words.chip) == ("19.5 people", "+7.5, by hand", "On the way")
    assert (words.baseline, words.target) == ("baseline 12 people", "target 40 people")
    assert words.share == pytest.approx(7.5 / 28)
    assert by_hand(None, "people") == "–"


def test_an_objective_without_a_reading_claims_nothing():
    row = replace(data().objective, measure=HAND_KEPT, hand_unit="", target=None, baseline_value=None)
    words = gauge_words(ObjectiveData(row, None, Value(None, Unit.PEOPLE), "no target"))
    assert (words.now, words.change, words.baseline) == ("No reading", "kept by hand", "no baseline")
    assert words.meaning is Meaning.UNKNOWN
    assert words.share is None
