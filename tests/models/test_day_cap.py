"""DayCap: what was raised for one day holds on that day and is never less than what holds on every day."""

from datetime import date

import pytest

from workbench.models.day_cap import DayCap

TODAY, TOMORROW = date(2024, 6, 15), date(2024, 6, 16)


@pytest.mark.parametrize(
    ("cap", "today", "tomorrow"),
    [
        (DayCap(), None, None),
        (DayCap(5), 5, 5),
        (DayCap(5, TODAY, 9), 9, 5),
        (DayCap(5, TODAY, None), None, 5),
        (DayCap(20, TODAY, 9), 20, 20),
        (DayCap(None, TODAY, 9), None, None),
    ],
)
def test_it_holds_on_its_day_alone(cap: DayCap, today: int | None, tomorrow: int | None):
    assert (cap.on(TODAY), cap.on(TOMORROW)) == (today, tomorrow)
    assert cap.is_raised(TODAY) is (today != tomorrow or cap == DayCap(20, TODAY, 9))
