"""The words of `rollup` as they are parsed."""

import argparse

import pytest

from workbench.cli.parser import build_parser
from workbench.cli.rollup_words import a_number_of_weeks


def test_receivers_add_up_and_a_store_goes_with_what_headquarters_does():
    parsed = build_parser().parse_args(["rollup", "export", "out", "--to", "A", "--to", "B", "--weeks", "52"])
    assert (parsed.verb, parsed.action, parsed.to, parsed.weeks) == ("rollup", "export", ["A", "B"], 52)
    parsed = build_parser().parse_args(["rollup", "offices", "add", "ken", "Kenya", "--store", "postgresql://h/d"])
    assert (parsed.list_action, parsed.store, parsed.country) == ("add", "postgresql://h/d", None)
    with pytest.raises(SystemExit):
        build_parser().parse_args(["rollup", "export", "out", "--store", "postgresql://h/d"])


@pytest.mark.parametrize("text", ["0", "105", "-1", "many", ""])
def test_weeks_have_bounds(text):
    with pytest.raises(argparse.ArgumentTypeError):
        a_number_of_weeks(text)
