"""Catalogue of behaviours: no targets, threads behind each number, offices as what may not be known."""

from workbench.metrics.catalog_behaviours import BEHAVIOURS
from workbench.metrics.metric import Family, Section, Sight


def test_behaviours_are_looked_at_and_never_aimed_at():
    assert not [metric.key for metric in BEHAVIOURS if metric.targets or metric.stretch]
    assert {metric.section for metric in BEHAVIOURS} == {Section.BEHAVIOURS}


def test_what_counts_offices_says_when_none_are_known():
    assert {metric.key for metric in BEHAVIOURS if Sight.OFFICES not in metric.cannot} == {"collective_intelligence"}


def test_co_creation_is_a_family_of_the_scorecard():
    assert [metric.key for metric in BEHAVIOURS if metric.family is Family.CO_CREATION] == ["co_creation"]
