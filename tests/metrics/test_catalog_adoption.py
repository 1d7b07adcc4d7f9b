"""Catalogue of newcomers, adoption and programme: what may not be known, and people withheld in small numbers."""

from workbench.metrics.catalog_adoption import ADOPTION
from workbench.metrics.metric import Cell, Sight

BY_KEY = {metric.key: metric for metric in ADOPTION}


def test_what_rests_on_dates_and_views_says_so():
    assert {key for key, metric in BY_KEY.items() if Sight.JOIN_DATES in metric.cannot} == {
        "funnel", "greeted", "activated",
    }  # fmt: skip
    assert {key for key, metric in BY_KEY.items() if Sight.VIEWS in metric.cannot} == {"reach", "post_engagement"}


def test_shares_of_people_are_withheld_when_small_and_shares_of_activities_are_not():
    told = {key for key, metric in BY_KEY.items() if metric.cell is Cell.NOT_A_CELL}
    assert told == {"pillar_balance", "coordinated", "bottom_up"}


def test_what_is_unconfirmed_is_marked():
    assert "not confirmed" in BY_KEY["adoption"].source
