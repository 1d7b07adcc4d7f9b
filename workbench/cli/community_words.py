"""The words of `communities`: the list, and what a coordinator keeps beside it."""

import argparse
from collections.abc import Callable
from typing import Any, Final

from workbench.cli.values import a_count, a_day, a_portion, a_text, or_none

TYPES: Final = ("project_team", "community_of_practice", "information_forum", "broadcast_stream")
LEVELS: Final = ("global", "regional", "country")
ASKED_BY: Final = ("members", "office", "headquarters", "partner")
WORDS: Final = ("purpose", "themes", "spaces", "policies", "partners", "coordinator")
"""As in models and notes, which are not loaded to say what can be typed."""
NOT_SAID: Final = "none"
Verb = Callable[..., argparse.ArgumentParser]


def add_communities(verb: Verb) -> None:
    """`communities` with its actions."""
    communities = verb("communities", "All communities; or what you keep of them.", dest="action")
    actions = communities.add_subparsers(dest="action", metavar="ACTION")
    _card(verb, actions)
    counts = verb("head-count", "How many people could take part; adoption and reach are shares of it.", to=actions)
    counts.add_argument("people", nargs="?", type=a_count, metavar="PEOPLE", help="keep this number")
    counts.add_argument("--before", action="store_true", dest="holds_before", help="it holds before its day too")
    numbers = verb("benchmark", "Numbers from elsewhere, beside a measure.", to=actions)
    numbers.add_argument("measure", nargs="?", type=a_text, metavar="MEASURE", help="its key, as `metric list` has it")
    numbers.add_argument(
        "value", nargs="?", type=a_portion, metavar="VALUE", help="as `metric` prints it; of a share also 12%%"
    )
    numbers.add_argument("--type", choices=(*TYPES, NOT_SAID), help="for communities of this type (those without one)")
    numbers.add_argument("--remove", action="store_true", help="take the benchmark of the measure away")
    for one, words in ((counts, "who counted, or which list"), (numbers, "who published it")):
        one.add_argument("--source", type=a_text, default="", metavar="TEXT", help=words)
    counts.add_argument("--on", type=a_day, metavar="D", help="of which day it is (today)")
    numbers.add_argument("--on", type=a_day, metavar="D", help="of which day it is")
    counts.add_argument("--remove", type=a_day, metavar="D", help="take the one of this day away")
    notes = verb("note", "What happened on a day, beside the charts.", to=actions)
    notes.add_argument("day", nargs="?", type=a_day, metavar="DAY")
    notes.add_argument("words", nargs="?", type=a_text, metavar="WORDS", help="one line, written beside the charts")
    deed = notes.add_mutually_exclusive_group()
    deed.add_argument("--change", type=a_text, metavar="ID", help="give one this day and these words")
    deed.add_argument("--remove", type=a_text, metavar="ID", help="take one away, by its id or how that begins")
    for one in (counts, notes):
        one.add_argument("--community", type=a_text, metavar="NAME", help="one community (all of them together)")


def _card(verb: Verb, actions: Any) -> None:
    card = verb("card", "What you say of a community; its type sets the targets.", to=actions)
    card.add_argument("name", type=a_text, metavar="NAME")
    for option, choices in (("type", TYPES), ("level", LEVELS), ("asked-by", ASKED_BY)):
        card.add_argument(f"--{option}", choices=(*choices, NOT_SAID), default=...)
    for word in WORDS:
        card.add_argument(f"--{word}", type=or_none(a_text), default=..., metavar="TEXT", help="none: not said")
