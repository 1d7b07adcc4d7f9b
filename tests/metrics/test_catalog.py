"""The catalogue: complete, in words, with targets by type, and every entry bears an empty community."""

from datetime import UTC, datetime

import pytest

from workbench.errors import BadInputError
from workbench.metrics.catalog import CATALOG, METRICS, Family, find_metric, of_family
from workbench.metrics.window import month
from workbench.models.kinds import CommunityType
from workbench.queries.frames import EMPTY_FRAME

OFFERED = [
    "messages",
    "contributors",
    "new_contributors",
    "interactive_users",
    "reply_rate",
    "response_rate",
    "first_reply_hours",
    "unanswered",
    "curiosity",
    "retention",
    "absence_factor",
]

COUNTS = {
    "messages", "contributors", "new_contributors", "unanswered", "drifting", "lapsed", "inactive", "occasional",
    "collective_intelligence", "new_ties", "heat",
}  # fmt: skip
"""How many there are can be none; a share or a middle of nothing is no data."""


def test_plans_are_offered_the_measures_they_always_were():
    assert [metric.key for metric in METRICS] == OFFERED


def test_every_measure_has_a_key_and_a_title_of_its_own():
    assert len({metric.key for metric in CATALOG}) == len({metric.title for metric in CATALOG}) == len(CATALOG)
    assert all(metric in CATALOG for metric in METRICS)


@pytest.mark.parametrize("metric", CATALOG, ids=lambda metric: metric.key)
def test_every_measure_bears_a_community_in_which_nothing_happened(metric):
    value = metric.function(EMPTY_FRAME, month(2024, 2), as_of=datetime(2024, 3, 1, tzinfo=UTC))
    assert value.unit is metric.unit
    assert value.value == (0 if metric.key in COUNTS else None)


@pytest.mark.parametrize("metric", CATALOG, ids=lambda metric: metric.key)
def test_every_measure_says_in_words_what_it_is(metric):
    assert metric.title
    assert metric.formula
    assert metric.source
    assert metric.moves.endswith(".")
    assert all(words.endswith(".") for words in metric.cannot.values())


def test_targets_depend_on_the_type_of_community():
    users = find_metric("interactive_users")
    assert users.target(CommunityType.PROJECT_TEAM) == 0.90
    assert users.target(CommunityType.COMMUNITY_OF_PRACTICE) == 0.25
    assert users.target(CommunityType.BROADCAST_STREAM) is None
    assert users.target(None) is None
    assert find_metric("reply_rate").target(CommunityType.INFORMATION_FORUM) == 0.58
    assert find_metric("first_reply_hours").target(CommunityType.INFORMATION_FORUM) == 24.0
    assert find_metric("curiosity").target(CommunityType.COMMUNITY_OF_PRACTICE) == 0.20


def test_an_unknown_measure_is_refused_with_those_there_are():
    with pytest.raises(BadInputError, match="reply_rate"):
        find_metric("happiness")


def test_every_family_has_a_measure():
    assert all(of_family(family) for family in Family)
