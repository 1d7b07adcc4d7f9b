"""Standings: told from what may leave, up or down, and claiming nothing that is not known."""

from datetime import date

import pytest

from workbench.export.figures import Figure
from workbench.export.standings import begun, disclosed, standing
from workbench.export.summary import Standing
from workbench.metrics.catalog import find_metric
from workbench.metrics.value import Unit, Value


def test_value_is_disclosed_with_what_stands_behind_it():
    value = Value(0.5, Unit.SHARE, 6, 12, 0.95)
    assert disclosed("interactive_users", value) == Figure(0.5, "share", 6, 12, 0.95)
    assert disclosed("interactive_users", Value(0.25, Unit.SHARE, 3, 12, 0.95)) == Figure(
        None, "share", coverage=0.95, is_withheld=True
    )
    assert disclosed("reply_rate", Value(0.5, Unit.SHARE, 1, 2, 1.0)).value == 0.5


def number(value: float | None, coverage: float | None = 1.0) -> Figure:
    return Figure(value, "share", coverage=coverage)


@pytest.mark.parametrize(
    ("key", "baseline", "now", "target", "expected"),
    [
        ("reply_rate", number(0.5), number(0.8), 0.8, Standing.REACHED),
        ("reply_rate", number(0.5), number(0.6), 0.8, Standing.ON_THE_WAY),
        ("reply_rate", number(0.5), number(0.5), 0.8, Standing.NOT_YET),
        ("reply_rate", number(0.5), number(0.4), 0.8, Standing.AWAY),
        ("first_reply_hours", number(30), number(8), 10.0, Standing.REACHED),
        ("first_reply_hours", number(30), number(20), 10.0, Standing.ON_THE_WAY),
        ("first_reply_hours", number(30), number(40), 10.0, Standing.AWAY),
        ("messages", number(10), number(12), 20.0, Standing.ON_THE_WAY),
        ("reply_rate", number(0.5), number(0.9), None, Standing.NO_TARGET),
        ("reply_rate", number(0.5), number(None), 0.8, Standing.UNKNOWN),
        ("reply_rate", number(0.5), number(0.9, 0.89), 0.8, Standing.UNKNOWN),
        ("reply_rate", number(0.5, 0.2), number(0.6), 0.8, Standing.UNKNOWN),
        ("reply_rate", number(0.5, 0.2), number(0.9), 0.8, Standing.REACHED),
        ("reply_rate", None, number(0.6), 0.8, Standing.UNKNOWN),
        ("reply_rate", number(None), number(0.6), 0.8, Standing.UNKNOWN),
        ("reply_rate", number(0.5), number(0.9, None), 0.8, Standing.REACHED),
    ],
)
def test_standing_runs_up_or_down_and_claims_nothing_it_cannot_know(key, baseline, now, target, expected):
    assert standing(find_metric(key), baseline, now, target) is expected


def test_up_to_day_0_no_way_is_said_to_be_gone():
    day = date(2024, 6, 3)
    assert begun(Standing.AWAY, day, day) is Standing.STARTING
    assert begun(Standing.NOT_YET, day, date(2024, 6, 2)) is Standing.STARTING
    assert begun(Standing.AWAY, day, date(2024, 6, 4)) is Standing.AWAY
    assert begun(Standing.REACHED, day, day) is Standing.REACHED
