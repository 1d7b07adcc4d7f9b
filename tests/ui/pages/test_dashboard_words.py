"""Numbers in words: what they are out of, how they changed, and why they are not compared."""

from dataclasses import replace
from datetime import date

import pytest

from workbench.metrics.catalog import find_metric
from workbench.metrics.value import Unit, Value
from workbench.models.kinds import AccountKind
from workbench.ui.pages.dashboard_data import DashboardData, Headline
from workbench.ui.pages.dashboard_words import known_words, stat_of, unknown_words
from workbench.ui.theme import Meaning

DATA = DashboardData(
    "Water", None, None, 548, date(2024, 3, 18), date(2024, 6, 15), date(2024, 6, 15), 0,
    is_compared=True, headlines=(), ages=(0, 0, 0, 0),
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
    stat = stat_of(headline("reply_rate", share(39, 55, 0.8), share(42, 55)), replace(DATA, unknown_days=13))
    assert stat.change == ""
    assert stat.change_words == "39 of 55 so far, 13 days missing"
    stat = stat_of(headline("reply_rate", share(39, 55, 0.8), share(42, 55)), DATA)
    assert stat.change_words == "Not compared: today is not over"
    stat = stat_of(headline("reply_rate", share(39, 55), share(42, 55, 0.5)), DATA)
    assert stat.change_words == "Not compared: earlier days missing"


def test_no_change_and_all_time(qapp):
    same = Value(7, Unit.MESSAGES, 7, None, 1.0)
    assert stat_of(headline("messages", same, same), DATA).change == "No change"
    all_time = stat_of(headline("messages", same), replace(DATA, is_compared=False))
    assert all_time.change_words.startswith("since ")


@pytest.mark.parametrize(
    ("fields", "begins", "icon"),
    [
        ({"known_until": None}, "Never synced", "circle-dashed"),
        ({}, "Known until today · all 90 days", "check-circle"),
        (
            {"known_until": date(2024, 6, 14)},
            "Known until yesterday · every day of the period that is over",
            "check-circle",
        ),
        ({"unknown_days": 13}, "Known until today · 13 of 90 days", "circle-half"),
    ],
)
def test_how_far_it_is_known(qapp, fields: dict, begins: str, icon: str):
    words, shown = known_words(replace(DATA, **fields), today=date(2024, 6, 15))
    assert words.startswith(begins)
    assert shown == icon


@pytest.mark.parametrize(
    ("community", "kind", "says"),
    [
        (1, AccountKind.MAILING_LIST, "Not covered by the files"),
        (1, AccountKind.TABLE, "Not covered by the files"),
        (1, AccountKind.HYPERKITTY, "Not known yet"),
        (None, None, "Not complete"),
    ],
)
def test_unknown_days_are_said_by_where_a_community_comes_from(community, kind, says: str):
    assert unknown_words(replace(DATA, community_id=community, kind=kind)) == says


def test_period_after_the_last_known_day_is_said_to_be_unknown(qapp):
    ended = replace(DATA, community_id=1, known_until=date(2024, 1, 2), unknown_days=90)
    assert not ended.has_known_days
    assert known_words(ended, today=date(2024, 6, 15))[0] == (
        "Known until 2 Jan 2024 · nothing is known of the 90 days chosen"
    )


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
    stat = stat_of(headline(key, now, share(5, 9), 0.25), replace(DATA, unknown_days=63))
    assert (stat.value, stat.beside, stat.verdict, stat.change_words) == (value, beside, "", words)


def test_day_that_is_not_over_takes_nothing_from_a_number(qapp):
    stat = stat_of(headline("reply_rate", share(4, 6, 0.8), target=0.25), DATA)
    assert (stat.value[:2], stat.verdict) == ("67", "On target")


def test_community_nobody_ever_read_is_said_to_be_never_synced():
    assert unknown_words(replace(DATA, community_id=1, kind=AccountKind.HYPERKITTY, known_until=None)) == "Never synced"
