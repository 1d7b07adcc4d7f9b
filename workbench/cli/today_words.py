"""The words of the verb `today`."""

import argparse
from collections.abc import Callable

from workbench.cli.values import a_day, a_text


def add_today(verb: Callable[..., argparse.ArgumentParser]) -> None:
    """Adds the verb to the grammar."""
    today = verb("today", "At most seven things to do first, each with its reason; or the weekly note.")
    today.add_argument("--community", type=a_text, metavar="NAME", help="one community (all)")
    today.add_argument("--note", action="store_true", help="print the weekly note instead: one page for a mail")
    for option, words in (
        ("--done", "an item is done"),
        ("--not-needed", "an item does not come back"),
        ("--later", "an item comes back on the day of --until"),
        ("--again", "take back what was decided about an item"),
    ):
        today.add_argument(option, action="append", type=a_text, default=[], metavar="KEY", help=words)
    today.add_argument("--until", type=a_day, metavar="D", help="the day for --later, YYYY-MM-DD")
