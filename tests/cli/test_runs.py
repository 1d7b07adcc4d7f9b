"""Runs: several of them make one exit code."""

import pytest

from tests.cli.runs import DONE, FAILED, NEEDS_USER, PARTLY, USAGE
from workbench.cli.runs import exit_code


@pytest.mark.parametrize(
    ("codes", "together"),
    [
        ([], DONE), ([DONE, DONE], DONE), ([FAILED], FAILED), ([FAILED, FAILED], FAILED), ([DONE, FAILED], PARTLY),
        ([DONE, PARTLY], PARTLY), ([PARTLY, FAILED], PARTLY), ([DONE, NEEDS_USER], NEEDS_USER), ([DONE, USAGE], USAGE),
    ],
)  # fmt: skip
def test_codes_of_several_runs_become_one(codes: list[int], together: int):
    assert exit_code(codes) == together
