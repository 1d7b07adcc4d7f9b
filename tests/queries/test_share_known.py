"""Whole per cent of days known: never more than is known, and never one less for the way numbers are kept."""

import pytest

from workbench.queries.share_known import whole_percents


@pytest.mark.parametrize("percent", range(101))
def test_every_whole_per_cent_stays_what_it_is(percent: int) -> None:
    assert whole_percents(percent / 100) == percent


@pytest.mark.parametrize(("share", "percent"), [(0.999, 99), (0.8999, 89), (0.004, 0), (1.0, 100), (2 / 3, 66)])
def test_nothing_is_rounded_up_to_what_is_not_known(share: float, percent: int) -> None:
    assert whole_percents(share) == percent
