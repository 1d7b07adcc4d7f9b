"""A first sync in words: sizes in a unit that can be read, and what is not certain said as such."""

from datetime import date

import pytest

from workbench.cli.first_sync import ESTIMATE, estimate_row, estimate_words
from workbench.operations.first_offer import FirstSync
from workbench.sync.budget import Estimate

SURE = FirstSync("Forum", 2, date(2024, 3, 17), True, Estimate(34_200, 1_240_000, calls=(12, 1_040)))


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (
            SURE,
            "First sync of Forum: since 2024-03-17, text only; about 34 kB to 1.2 MB in 12 to 1,040 requests.",
        ),
        (
            FirstSync("Wash", 1, None, False, Estimate(80, 2_000, is_guess=True, calls=(1, 2))),
            "First sync of Wash: everything; perhaps 1 kB to 2 kB in 1 to 2 requests;"
            " the platform has not said how much there is.",
        ),
    ],
)
def test_an_estimate_is_one_line(first: FirstSync, said: str):
    assert estimate_words(first) == said


def test_a_program_gets_its_numbers():
    row = estimate_row(SURE)
    assert tuple(row) == ESTIMATE
    assert (row["bytes_least"], row["bytes_most"], row["requests_most"], row["is_guess"]) == (
        34_200,
        1_240_000,
        1_040,
        False,
    )
