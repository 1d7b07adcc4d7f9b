"""The words of the verb `network`."""

import argparse
from collections.abc import Callable
from pathlib import Path

from workbench.cli.values import a_period, a_text


def add_network(verb: Callable[..., argparse.ArgumentParser]) -> None:
    """Adds the verb to the grammar."""
    network = verb("network", "Who turns to whom: the numbers of a network, and its ties as a GraphML file.")
    network.add_argument("--community", type=a_text, metavar="NAME", help="one community (all)")
    network.add_argument("--period", type=a_period, metavar="P", help="2026-10, 2026-Q3 or 2026 (the last 90 days)")
    network.add_argument(
        "--out", type=Path, metavar="FILE", help="write the ties to this file; people are numbers in it"
    )
    network.add_argument("--names-for", type=a_text, metavar="WHO", help="put names in, for this recipient")
    network.add_argument(
        "--names-because", type=a_text, metavar="WHY", help="the purpose of the names; stands in the file"
    )
