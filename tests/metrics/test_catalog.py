"""The catalogue: complete, in words, with targets by type, and every entry bears an empty community."""

from datetime import UTC, datetime

import pytest

from workbench.errors import BadInputError
from workbench.metrics.catalog import METRICS, find_metric
from workbench.metrics.window import month
from workbench.models.kinds import CommunityType
from workbench.queries.frames import EMPTY_FRAME

KEYS = [
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


def test_the_first_measures_are_all_there_once():
    assert [metric.key for metric in METRICS] == KEYS


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.key)
def test_every_measure_bears_a_community_in_which_nothing_happened(metric):
    value = metric.function(EMPTY_FRAME, month(2024, 2), as_of=datetime(2024, 3, 1, tzinfo=UTC))
    assert value.unit is metric.unit
    is_count = metric.key in {"messages", "contributors", "new_contributors", "unanswered"}
    assert value.value == (0 if is_count else None)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.key)
def test_every_measure_says_in_words_what_it_is(metric):
    assert metric.title
    assert metric.formula
    assert metric.source


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
