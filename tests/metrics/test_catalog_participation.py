"""Catalogue of participation: what counts people is withheld when it counts few, and per-person lists are marked."""

from workbench.metrics.catalog_participation import PARTICIPATION
from workbench.metrics.metric import Cell, Family, Section

BY_KEY = {metric.key: metric for metric in PARTICIPATION}


def test_what_rests_on_lists_of_people_says_so():
    assert {key for key, metric in BY_KEY.items() if metric.is_per_person} == {
        "drifting", "lapsed", "inactive", "occasional", "personas",
    }  # fmt: skip


def test_numbers_of_people_and_their_shares_are_cells():
    not_cells = {key for key, metric in BY_KEY.items() if metric.cell is Cell.NOT_A_CELL}
    assert not_cells == {"messages", "burstiness"}


def test_three_families_are_read_here():
    told = {metric.family: metric.key for metric in PARTICIPATION if metric.family}
    assert told == {
        Family.PARTICIPATION: "interactive_users",
        Family.ENGAGEMENT: "engagement",
        Family.INVOLVEMENT: "involvement",
    }
    assert {metric.section for metric in PARTICIPATION} == {Section.PARTICIPATION}
