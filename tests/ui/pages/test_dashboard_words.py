"""Numbers in words: what they are out of, how they changed, and why they are not compared."""

from dataclasses import replace
from datetime import date

import pytest

from workbench.metrics.catalog import find_metric
from workbench.metrics.value import Unit, Value
from workbench.models.moments import DayRange
from workbench.queries.known import Known
from workbench.queries.roster import MembersAre
from workbench.ui.pages.dashboard_data import DashboardData, Headline
from workbench.ui.pages.dashboard_words import members_words, stat_of
from workbench.ui.theme import Meaning

KNOWN = Known(date(2024, 3, 18), date(2024, 6, 15), date(2024, 1, 1), date(2024, 6, 15))
DATA = DashboardData(
    "Water", None, None, 548, KNOWN, DayRange(KNOWN.first, KNOWN.last), is_compared=True, headlines=(), ages=(0, 0, 0, 0),
)  # fmt: skip


def headline(key: str, now: Value, before: Value | None = None, target: float | None = None) -> Headline:
    return Headline(find_metric(key), now, before, target)


def share(numerator: float, denominator: float, coverage: float = 1.0) -> Value:
    return Value(numerator / denominator, Unit.SHARE, numerator, denominator, coverage)


def test_active_members_are_said_as_people(qapp):
    stat = stat_of(headline("interactive_users", share(212, 548), share(194, 548), 0.25), DATA)
    assert (stat.title, stat.value) == ("Active members", "212")
    assert stat.beside.startswith("of 548, 38.7")
    assert (stat.change, stat.change_words) == ("18 more", "than the 90 days before")
    assert (stat.verdict, stat.verdict_meaning) == ("On target", Meaning.GOOD)
    assert "Target for this type" in stat.explanation


def test_shares_change_by_points(qapp):
    stat = stat_of(headline("reply_rate", share(39, 55), share(42, 55), 0.75), DATA)
    assert stat.change == "5 points lower"
    assert stat.change_icon == "arrow-down"
    assert stat.verdict == "Below target"


@pytest.mark.parametrize(
    ("hours", "words", "verdict"), [(26.0, "slower", "Over target"), (10.0, "faster", "On target")]
)
def test_hours_are_better_when_lower(qapp, hours: float, words: str, verdict: str):
    values = (Value(hours, Unit.HOURS, 39, 55, 1.0), Value(20.0, Unit.HOURS, 40, 55, 1.0))
    stat = stat_of(headline("first_reply_hours", *values, 24.0), DATA)
    assert stat.change.endswith(words)
    assert stat.verdict == verdict


def test_no_data_is_never_zero(qapp):
    stat = stat_of(headline("reply_rate", Value(None, Unit.SHARE, 0, 0, 0.0), share(1, 2)), DATA)
    assert stat.value == "No data"
    assert stat.change_words == "Not compared: no data now"
    assert stat.verdict == ""


def test_what_is_not_complete_is_not_compared_and_says_why(qapp):
    stat = stat_of(
        headline("reply_rate", share(39, 55, 0.8), share(42, 55)), replace(DATA, known=replace(KNOWN, unknown_days=13))
    )
    assert stat.change == ""
    assert stat.change_words == "39 of 55 so far, 13 days missing"
    stat = stat_of(headline("reply_rate", share(39, 55, 0.8), share(42, 55)), DATA)
    assert stat.change_words == "Not compared: today is not over"
    stat = stat_of(headline("reply_rate", share(39, 55), share(42, 55, 0.5)), DATA)
    assert stat.change_words == "Not compared: earlier days missing"


@pytest.mark.parametrize(
    ("detail", "value", "words", "verdict"),
    [
        ({"reach_coverage": 0.8}, share(30, 50), "Not compared: the days after are missing", ""),
        ({"reach_coverage": 0.94}, share(30, 50), "than the 90 days before", "Below target"),
        (
            {"not_known_yet": 2},
            Value(None, Unit.SHARE, None, None, 1.0),
            "Not compared: the days after are missing",
            "",
        ),
    ],
)
def test_a_reply_rate_whose_replies_nobody_can_know_yet_claims_nothing(qapp, detail, value, words, verdict):
    doubt = "What was written from 2024-06-14 on is left out."
    now = replace(value, detail={**detail, "doubts": (doubt,)})
    stat = stat_of(headline("reply_rate", now, share(42, 55), 0.75), DATA)
    assert (stat.change_words, stat.verdict) == (words, verdict)
    assert (stat.value == "Not known yet") is (value.value is None)
    assert doubt in stat.explanation


def test_no_change_and_all_time(qapp):
    same = Value(7, Unit.MESSAGES, 7, None, 1.0)
    assert stat_of(headline("messages", same, same), DATA).change == "No change"
    near = stat_of(headline("reply_rate", share(505, 1000), share(504, 1000)), DATA)
    assert near.change == "0.1 points higher", "elsewhere these are 51 and 50 %"
    all_time = stat_of(headline("messages", same), replace(DATA, is_compared=False))
    assert all_time.change_words.startswith("since ")


@pytest.mark.parametrize(
    ("key", "now", "value", "beside", "words"),
    [
        ("interactive_users", share(12, 12, 0.3), "12", "seen so far", "Not compared: 63 days missing"),
        ("interactive_users", share(0, 12, 0.3), "Not known yet", "", "Not compared: 63 days missing"),
        ("messages", Value(31, Unit.MESSAGES, 31, None, 0.3), "31", "seen so far", "Not compared: 63 days missing"),
        ("messages", Value(0, Unit.MESSAGES, 0, None, 0.0), "Not known yet", "", "Not compared: 63 days missing"),
        ("reply_rate", share(4, 6, 0.3), "Not known yet", "", "4 of 6 so far, 63 days missing"),
        ("reply_rate", Value(None, Unit.SHARE, 0, 0, 0.0), "Not known yet", "", "Not compared: 63 days missing"),
        (
            "first_reply_hours",
            Value(26.0, Unit.HOURS, 4, 6, 0.3),
            "Not known yet",
            "",
            "26\xa0h so far, 63 days missing",
        ),
    ],
)
def test_share_of_a_small_known_part_is_not_claimed_of_the_whole(qapp, *, key, now, value, beside, words):
    stat = stat_of(headline(key, now, share(5, 9), 0.25), replace(DATA, known=replace(KNOWN, unknown_days=63)))
    assert (stat.value, stat.beside, stat.verdict, stat.change_words) == (value, beside, "", words)


def test_day_that_is_not_over_takes_nothing_from_a_number(qapp):
    stat = stat_of(headline("reply_rate", share(4, 6, 0.8), target=0.25), DATA)
    assert (stat.value[:2], stat.verdict) == ("67", "On target")


def test_people_nobody_lists_are_no_members_to_take_a_share_of(qapp):
    everybody = headline("interactive_users", share(12, 12), share(9, 9), 0.25)
    seen = stat_of(everybody, replace(DATA, members_are=MembersAre.SEEN))
    assert (seen.value, seen.beside, seen.verdict) == ("12", "nobody lists the members", "")
    assert "12 of 12" not in seen.explanation
    met = stat_of(headline("interactive_users", share(12, 40), None, 0.25), replace(DATA, members_are=MembersAre.MET))
    assert met.beside.startswith("of 40 who ever wrote, 30")
    assert "stand for them" in met.explanation


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "548 members"),
        ({"members_are": MembersAre.MET}, "548 people who ever wrote"),
        ({"members_are": MembersAre.SEEN}, "548 people seen so far"),
        ({"members": 0, "known": replace(KNOWN, since=None, until=None)}, "members not known yet"),
    ],
)
def test_how_many_members_there_are_is_never_nothing_where_nobody_looked(qapp, fields: dict, says: str):
    assert members_words(replace(DATA, **fields)) == says


def test_what_began_within_the_span_or_the_one_before_is_not_compared_with_nothing(qapp):
    one = headline("messages", Value(40, Unit.MESSAGES, 40, None, 1.0), Value(0, Unit.MESSAGES, 0, None, 1.0))
    began = replace(DATA, known=replace(KNOWN, began=date(2024, 2, 1)))
    assert stat_of(one, began).change_words == "It began on 1 Feb 2024"
    assert stat_of(one, replace(DATA, known=replace(KNOWN, began=date(2023, 2, 1)))).change.endswith("more")
