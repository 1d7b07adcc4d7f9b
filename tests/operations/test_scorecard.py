"""Scorecard: families and all other measures, compared only where both windows are known, judged by the type."""

from datetime import date

import pytest

from tests.queries.network import NOW, Network, a_member, a_message, a_network, a_person
from workbench.errors import BadInputError
from workbench.metrics.catalog import CATALOG, Family, find_metric
from workbench.metrics.value import Unit, Value
from workbench.metrics.window import month
from workbench.models.kinds import AccountKind, CommunityType
from workbench.operations.scorecard import doubts_of, scorecard, standing
from workbench.operations.standing import Standing

MARCH = month(2024, 3)
KEYS = ("interactive_users", "reply_rate", "first_reply_hours", "messages", "new_contributors", "retention")


@pytest.fixture
def network(tmp_path):
    network = a_network(tmp_path)
    yield network
    network.database.close()


def a_forum(network: Network, **fields: object) -> int:
    """A thread in January and February 2024 each, and two in March, one of them answered after 12 hours; four listed members."""
    community = network.community("Water", type=CommunityType.INFORMATION_FORUM, **fields)
    day = 24
    network.apply(
        community,
        *(a_member(name) for name in ("amina", "bruno", "chen", "dana")),
        a_message("m0", hours=5 * day),
        a_message("m1", hours=40 * day),
        a_message("m2", by="bruno", hours=70 * day),
        a_message("m3", by="amina", hours=70 * day + 12, to="m2"),
        a_message("m4", by="chen", hours=71 * day),
    )
    return community


def test_everything_of_the_catalogue_is_there_once_and_in_its_family(network):
    community = a_forum(network)
    with network.read() as reader:
        card = scorecard(reader, scope=(community,), window=MARCH, as_of=NOW)
    assert [family.family for family in card.families] == list(Family)
    told = {family.family: [line.metric.key for line in family.lines] for family in card.families}
    assert told == {
        Family.PARTICIPATION: ["interactive_users"],
        Family.ENGAGEMENT: ["engagement"],
        Family.INVOLVEMENT: ["involvement"],
        Family.COLLABORATION: ["two_way", "cross_office"],
        Family.CO_CREATION: ["co_creation"],
    }
    assert sorted(line.metric.key for line in card.lines) == sorted(metric.key for metric in CATALOG)
    assert (card.community, card.type, card.known_until) == ("Water", CommunityType.INFORMATION_FORUM, None)


def test_a_month_beside_the_one_before_and_the_same_one_last_year(network):
    community = a_forum(network)
    network.cover(community, date(2024, 1, 1), date(2024, 3, 31))
    with network.read() as reader:
        card = scorecard(reader, scope=(community,), window=MARCH, as_of=NOW, keys=KEYS)
    rate = card.line("reply_rate")
    assert (rate.now.value, rate.previous.value.value, rate.previous.is_comparable) == (0.5, 0.0, True)
    assert rate.year_ago.value.window == month(2023, 3)
    assert rate.year_ago.why_not == "Of the other window 0 % is known; it takes 90 %."
    assert card.line("first_reply_hours").previous.why_not == "There is no number for the other window."
    # February was compared with January, which is known, and that one with a December that is not.
    assert card.line("retention").previous.is_comparable
    with network.read() as reader:
        earlier = scorecard(reader, scope=(community,), window=MARCH.previous, as_of=NOW, keys=KEYS).line("retention")
    assert earlier.previous.why_not == "Of the days that count beside the other window 0 % is known; it takes 90 %."
    assert card.known_until == date(2024, 3, 31)


def test_a_value_explains_itself(network):
    community = a_forum(network)
    network.cover(community, date(2024, 1, 1), date(2024, 3, 31))
    with network.read() as reader:
        card = scorecard(reader, scope=(community,), window=MARCH, as_of=NOW, keys=KEYS)
    told = card.line("reply_rate").explanation
    assert told.numbers == (
        ("threads begun in the window with a reply by someone else", 1),
        ("threads begun in the window", 2),
    )
    assert (told.target, told.stretch, told.coverage, told.window) == (0.58, None, 1.0, MARCH)
    assert told.formula == find_metric("reply_rate").formula
    assert told.moves
    (doubt,) = card.line("new_contributors").explanation.doubts
    assert doubt.startswith("The copy begins less than 90 days before")


def test_the_type_decides_what_is_good_and_little_knowledge_claims_nothing(network):
    community = a_forum(network)
    with network.read() as reader:
        unknown = scorecard(reader, scope=(community,), window=MARCH, as_of=NOW, keys=KEYS)
    network.cover(community, date(2023, 12, 1), date(2024, 3, 31))
    with network.read() as reader:
        known = scorecard(reader, scope=(community,), window=MARCH, as_of=NOW, keys=KEYS)
        whole = scorecard(reader, scope=(), window=MARCH, as_of=NOW, keys=KEYS)
    assert {line.standing for line in unknown.lines} == {Standing.UNKNOWN}
    assert known.line("reply_rate").standing is Standing.WATCH
    assert known.line("first_reply_hours").standing is Standing.GOOD
    assert known.line("messages").standing is Standing.NEUTRAL
    assert {line.standing for line in whole.lines} == {Standing.NEUTRAL}
    assert whole.community == "All communities"


def test_a_share_of_members_who_are_known_only_since_lately_claims_nothing(network):
    community = network.community("List", type=CommunityType.COMMUNITY_OF_PRACTICE)
    network.apply(community, a_message("m1", hours=24 * 70), a_message("m2", by="bruno", hours=24 * 71))
    network.cover(community, date(2024, 3, 1), date(2024, 3, 31))
    with network.read() as reader:
        line = scorecard(reader, scope=(community,), window=MARCH, as_of=NOW, keys=KEYS).line("interactive_users")
    assert (line.now.value, line.standing) == (1.0, Standing.UNKNOWN)
    assert "Members who never wrote are not known, so the whole is too small (a table)." in line.explanation.unseen


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("interactive_users", 0.25, Standing.GOOD),
        ("interactive_users", 0.2, Standing.WATCH),
        ("interactive_users", 0.19, Standing.BAD),
        ("interactive_users", None, Standing.UNKNOWN),
        ("reply_rate", 0.1, Standing.NEUTRAL),
    ],
)
def test_a_value_just_below_its_target_is_worth_a_watch(key, value, expected):
    told = Value(value, Unit.SHARE, coverage=0.9)
    assert standing(find_metric(key), told, CommunityType.COMMUNITY_OF_PRACTICE) is expected


@pytest.mark.parametrize(("hours", "expected"), [(24.0, Standing.GOOD), (30.0, Standing.WATCH), (31.0, Standing.BAD)])
def test_where_less_is_better_the_target_is_a_ceiling(hours, expected):
    told = Value(hours, Unit.HOURS, coverage=1.0)
    assert standing(find_metric("first_reply_hours"), told, CommunityType.INFORMATION_FORUM) is expected


def test_a_community_that_is_not_there_is_refused(network):
    with network.read() as reader, pytest.raises(BadInputError):
        scorecard(reader, scope=(99,), window=MARCH, as_of=NOW)


def test_what_a_source_never_shows_is_no_data_and_not_none_of_it(tmp_path):
    network = a_network(tmp_path, kind=AccountKind.MAILING_LIST)
    community = a_forum(network)
    network.cover(community, date(2024, 3, 1), date(2024, 3, 31))
    with network.read() as reader:
        card = scorecard(reader, scope=(community,), window=MARCH, as_of=NOW)
    for key in ("referral", "time_to_answer", "reach", "co_creation", "flash_coordination", "coordinated"):
        line = card.line(key)
        assert (line.now.value, bool(line.explanation.unseen or line.explanation.doubts)) == (None, True), key
    network.database.close()


def test_silence_is_not_counted_where_no_day_is_known(network):
    community = a_forum(network)
    with network.read() as reader:
        card = scorecard(reader, scope=(community,), window=month(2025, 1), as_of=NOW, keys=("drifting", "lapsed"))
    assert {(line.now.value, line.now.numerator) for line in card.lines} == {(None, None)}
    assert not any(words == line.metric.numbers[0] for line in card.lines for words, _ in line.explanation.numbers)


@pytest.mark.parametrize("key", ["new_contributors", "new_ties", "stranger_answer_rate", "organisations"])
def test_firsts_are_not_compared_with_those_that_may_only_be_the_first_seen(network, key):
    """What only names newcomers beside its number, as organisations do, is compared all the same."""
    community = network.community("Water")
    network.cover(community, date(2024, 1, 1), date(2024, 6, 14))
    for number, (by, to) in enumerate((("amina", "bruno"), ("chen", "dana"), ("eva", "farid"), ("gita", "hugo"))):
        asker, helper = (a_person(name, organisation="Example Trust") for name in (by, to))
        at = {"hours": 24 * (35 * number + 5)}
        network.apply(
            community,
            a_message(f"q{number}", by=asker, text="Where?", **at),
            a_message(f"r{number}", by=helper, to=f"q{number}", hours=at["hours"] + 1),
        )
    with network.read() as reader:
        early, late = (
            scorecard(reader, scope=(community,), window=window, as_of=NOW, keys=(key,)).line(key)
            for window in (month(2024, 3), month(2024, 4))
        )
    assert (early.now.value, late.now.value) != (None, None)
    expected = "" if key == "organisations" else "The copy begins less than 90 days before"
    assert early.previous.why_not.startswith(expected)
    assert bool(late.previous.why_not) is bool(expected), "March began before the 90 days were over"
    assert "other window" in late.previous.why_not or not expected


@pytest.mark.parametrize(("known", "percent"), [(0.29, 29), (0.57, 57), (0.899, 89)])
def test_what_is_known_is_said_in_the_percents_of_every_other_place(known, percent):
    value = Value(0.5, Unit.SHARE, 1, 2, 1.0, {"reach_coverage": known})
    assert doubts_of(value) == (f"Of the days it looks at beside the window {percent} % are known.",)


def test_nothing_is_claimed_or_compared_where_the_days_behind_the_window_are_missing(network):
    community = a_forum(network)
    network.cover(community, date(2023, 1, 1), date(2024, 3, 31))
    network.apply(community, *(a_member(f"new{number}", joined_at=MARCH.start) for number in range(6)))
    with network.read() as reader:
        line = scorecard(reader, scope=(community,), window=MARCH, as_of=NOW, keys=("funnel",)).line("funnel")
    assert (line.now.coverage, line.now.numerator, line.standing) == (1.0, 0, Standing.UNKNOWN)
    assert line.previous.why_not.startswith("Of the days that count beside this window 29 %")


@pytest.mark.parametrize("key", ["new_ties", "stranger_answer_rate"])
def test_first_ties_may_only_be_the_first_seen(network, key):
    community = a_forum(network)
    network.cover(community, date(2024, 1, 1), date(2024, 3, 31))
    with network.read() as reader:
        line = scorecard(reader, scope=(community,), window=MARCH, as_of=NOW, keys=(key,)).line(key)
    assert any("first seen" in words for words in line.explanation.doubts)
