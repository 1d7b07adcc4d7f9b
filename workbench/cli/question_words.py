"""The words of the verbs about questions and of what narrows a search."""

import argparse
from collections.abc import Callable
from typing import Any, Final

from workbench.cli.values import a_count, a_day, a_text

LATE: Final = "late"
STATES: Final = ("open", "routed", "answered", "abandoned", LATE)
KINDS: Final = ("question", "thread", "reply", "file")
"""As in queries, which are not loaded to say what can be typed."""
Verb = Callable[..., argparse.ArgumentParser]


def add_questions(verb: Verb) -> None:
    """`questions` and `hashtags`."""
    questions = verb("questions", "Questions and what became of them; without options all that wait.")
    questions.add_argument("--state", choices=STATES, help="one column of the board, or late: waited too long")
    tags = verb("hashtags", "The hashtags that at least five people used.")
    for one in (questions, tags):
        one.add_argument("--community", type=a_text, metavar="NAME")
        _add_days(one, what="asked" if one is questions else "used")
    questions.add_argument("--limit", type=a_count, default=None, metavar="N", help="at most N rows (all)")


def add_search_filters(search: argparse.ArgumentParser) -> None:
    """What a search can be narrowed by."""
    search.add_argument("--by", type=a_text, metavar="NAME", help="only what this person wrote")
    _add_days(search, what="written")
    search.add_argument("--kind", choices=KINDS, help="only such messages")
    answered = search.add_mutually_exclusive_group()
    for name, is_answered in (("--answered", True), ("--unanswered", False)):
        words = "only threads with a reply" if is_answered else "only threads without one"
        answered.add_argument(name, action="store_const", const=is_answered, dest="has_answer", help=words)


def _add_days(parser: Any, *, what: str) -> None:
    parser.add_argument("--from", dest="first", type=a_day, metavar="D", help=f"{what} on this day or later")
    parser.add_argument("--to", dest="last", type=a_day, metavar="D", help=f"{what} before this day")
