"""Catalogue of dialogue: the absence factors describe a distribution, returning people are counted."""

from workbench.metrics.catalog_dialogue import DIALOGUE
from workbench.metrics.metric import Cell
from workbench.models.kinds import CommunityType


def test_only_people_who_came_back_are_cells():
    assert {metric.key for metric in DIALOGUE if metric.cell is not Cell.NOT_A_CELL} == {"loop_return"}


def test_communities_of_practice_aim_at_curiosity():
    told = {metric.key: dict(metric.targets) for metric in DIALOGUE if metric.targets}
    assert told == {"curiosity": {CommunityType.COMMUNITY_OF_PRACTICE: 0.20}}
