"""Paths: which days a way is drawn by, and that each point covers the 90 days before it."""

from datetime import timedelta

import pytest

from tests.export.test_gather import START, Scene
from workbench.cancel import CancelToken
from workbench.errors import CancelledError
from workbench.export.paths import path_days, path_values

WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-1, []),
        (0, [0]),
        (6, [0, 6]),
        (7, [0, 7]),
        (9, [0, 7, 9]),
        (400, [*range(0, 90, 7), 90]),
    ],
)
def test_a_way_has_a_point_a_week_and_one_today_up_to_day_90(days: int, expected: list[int]) -> None:
    found = path_days(START, START + timedelta(days=days))
    assert [(day - START).days for day in found] == expected


def test_each_point_is_of_the_90_days_before_it_and_can_be_stopped(tmp_path) -> None:
    scene = Scene(tmp_path)
    days = path_days(START, START + 4 * WEEK)
    with scene.network.read() as reader:
        found = path_values(reader, ["messages"], scope=(scene.water,), days=days)
        stopped = CancelToken()
        stopped.cancel()
        with pytest.raises(CancelledError):
            path_values(reader, ["messages"], scope=(scene.water,), days=days, cancel=stopped)
    scene.network.database.close()
    assert len(found["messages"]) == len(days)
    # Six people write once a week: 90 days hold their messages of twelve or thirteen weeks.
    assert {value.value for value in found["messages"]} <= {72, 78}
