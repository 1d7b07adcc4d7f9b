"""Values: "no data" is not zero, and percentiles lie between the numbers."""

import pytest

from workbench.metrics.value import Unit, percentile, share


def test_a_share_of_nothing_is_no_data():
    assert share(0, 0).value is None


def test_a_share_of_something_may_be_zero():
    value = share(0, 4)
    assert (value.value, value.numerator, value.denominator, value.unit) == (0.0, 0, 4, Unit.SHARE)


@pytest.mark.parametrize(
    ("numbers", "fraction", "expected"),
    [
        ([], 0.5, None),
        ([3.0], 0.9, 3.0),
        ([1.0, 2.0], 0.5, 1.5),
        ([0.0, 10.0, 20.0], 0.9, 18.0),
        ([1.0, 5.0], 1.0, 5.0),
    ],
)
def test_percentiles_are_interpolated(numbers, fraction, expected):
    assert percentile(numbers, fraction) == expected
