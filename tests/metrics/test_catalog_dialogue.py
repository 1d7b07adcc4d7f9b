"""Catalogue of dialogue: the absence factors describe a distribution, returning people are counted."""

from workbench.metrics.catalog_dialogue import DIALOGUE
from workbench.metrics.metric import Cell
from workbench.models.kinds import CommunityType


def test_people_who_came_back_are_cells_and_the_absence_factor_is_a_spread():
    told = {metric.key: metric.cell for metric in DIALOGUE if metric.cell is not Cell.NOT_A_CELL}
    assert told == {"loop_return": Cell.SHARE_OF_PEOPLE, "absence_factor": Cell.SPREAD}


def test_communities_of_practice_aim_at_curiosity():
    told = {metric.key: dict(metric.targets) for metric in DIALOGUE if metric.targets}
    assert told == {"curiosity": {CommunityType.COMMUNITY_OF_PRACTICE: 0.20}}
