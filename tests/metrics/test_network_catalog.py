"""The catalogue of network measures: every entry says what a person needs to believe it."""

import pytest

from workbench.metrics.metric import Family, Metric
from workbench.metrics.network_catalog import NETWORK
from workbench.models.kinds import CommunityType


@pytest.mark.parametrize("metric", NETWORK, ids=lambda metric: metric.key)
def test_every_entry_has_its_words(metric: Metric):
    assert metric.title
    assert metric.source
    assert metric.moves.endswith(".")
    assert not metric.formula.endswith(".")


def test_keys_are_told_once_and_targets_are_those_of_the_sheet():
    by_key = {metric.key: metric for metric in NETWORK}
    assert len(by_key) == len(NETWORK)
    assert by_key["two_way"].targets == {CommunityType.PROJECT_TEAM: 0.7, CommunityType.COMMUNITY_OF_PRACTICE: 0.3}
    assert {key for key, metric in by_key.items() if metric.family is Family.COLLABORATION} == {
        "two_way",
        "cross_office",
    }


def test_no_list_behind_a_personal_measure_leaves_the_machine():
    assert [metric.key for metric in NETWORK if metric.is_per_person] == ["betweenness"]
