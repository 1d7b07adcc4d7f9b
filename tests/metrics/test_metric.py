"""Metric: the windows a measure looks at, and targets by type."""

import pytest

from workbench.metrics.catalog import find_metric
from workbench.metrics.window import month
from workbench.models.kinds import CommunityType


@pytest.mark.parametrize(
    ("key", "windows"),
    [("messages", 1), ("retention", 2), ("health_index", 2), ("drifting", 3), ("lapsed", 3), ("engagement", 14)],
)
def test_a_measure_names_every_window_it_looks_at_its_own_first(key, windows):
    looked_at = find_metric(key).looks_at(month(2024, 2))
    assert len(looked_at) == windows
    assert looked_at[0] == month(2024, 2)
    assert all(each.end <= month(2024, 2).end for each in looked_at)


def test_a_stretch_is_for_a_type_that_has_one():
    users = find_metric("interactive_users")
    assert users.next_target(CommunityType.COMMUNITY_OF_PRACTICE) == 0.38
    assert users.next_target(CommunityType.PROJECT_TEAM) is None
    assert users.next_target(None) is None
