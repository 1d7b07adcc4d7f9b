"""Catalogue of answers: the targets of information forums, which other types do not have."""

from workbench.metrics.catalog_answers import ANSWERS
from workbench.metrics.metric import Cell
from workbench.models.kinds import CommunityType


def test_only_information_forums_aim_at_answers():
    told = {metric.key: dict(metric.targets) for metric in ANSWERS if metric.targets}
    forum = CommunityType.INFORMATION_FORUM
    assert told == {"reply_rate": {forum: 0.58}, "first_reply_hours": {forum: 24.0}}


def test_answers_count_threads_and_not_people():
    assert {metric.cell for metric in ANSWERS} == {Cell.NOT_A_CELL}
