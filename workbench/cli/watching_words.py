"""The words of the verbs `watch`, `output`, `idea` and `house-rules`."""

import argparse
from collections.abc import Callable
from typing import Any, Final

from workbench.cli.values import a_count, a_day, a_text

KINDS: Final = ("document", "page", "tool_kit", "decision", "event", "other")
OUTCOMES: Final = ("adopted", "not_adopted", "open")
LANGUAGES: Final = ("english", "french", "spanish", "arabic")
"""As in notes and operations, which are not loaded to say what can be typed."""
Verb = Callable[..., argparse.ArgumentParser]


def add_watching(verb: Verb) -> None:
    """Adds the four verbs to the grammar."""
    _watch(verb)
    _output(verb)
    _idea(verb)
    rules = verb("house-rules", "A page of light governance to adapt, in four languages.")
    rules.add_argument("--community", type=a_text, metavar="NAME", help="whose rules they are to be")
    rules.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])


def _watch(verb: Verb) -> None:
    watch = verb("watch", "Threads to keep an eye on, each with a private note.", dest="action")
    actions = watch.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = verb("list", "The watched threads, the newest first.", to=actions)
    listed.add_argument("--all", action="store_true", dest="with_closed", help="also those that are closed")
    listed.add_argument("--community", type=a_text, metavar="NAME")
    add = verb("add", "Watch a thread, or change its note.", to=actions)
    add.add_argument("--note", type=a_text, required=True, metavar="TEXT", help="why")
    add.add_argument("--until", type=a_day, metavar="D", help="the day Today reminds of it")
    close = verb("close", "Say what was done.", to=actions)
    close.add_argument("--done", type=a_text, required=True, metavar="TEXT")
    remove = verb("remove", "Forget the note.", to=actions)
    for one in (add, close, remove):
        one.add_argument("thread", type=a_count, metavar="THREAD", help="as `messages` and `questions` list it")


def _output(verb: Verb) -> None:
    output = verb("output", "What was made out of threads.", dest="action")
    actions = output.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = verb("list", "The outputs, the newest first.", to=actions)
    listed.add_argument("--community", type=a_text, metavar="NAME")
    add = verb("add", "Keep an output.", to=actions)
    add.add_argument("title", type=a_text, metavar="TITLE")
    change = verb("set", "Change what is named; threads are added.", to=actions)
    change.add_argument("id", type=a_text, metavar="ID")
    change.add_argument("--title", type=a_text, metavar="TITLE")
    for one in (add, change):
        one.add_argument("--kind", choices=KINDS, default="document" if one is add else None)
        one.add_argument("--link", type=a_text, metavar="WHERE", help="an address or a file name")
        _day_and_threads(one)
    verb("remove", "Forget an output.", to=actions).add_argument("id", type=a_text, metavar="ID")


def _idea(verb: Verb) -> None:
    idea = verb("idea", "Ideas: who they were handed to, and what became of them.", dest="action")
    actions = idea.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = verb("list", "The ideas, open ones first.", to=actions)
    listed.add_argument("--community", type=a_text, metavar="NAME")
    add = verb("add", "Keep an idea.", to=actions)
    add.add_argument("words", type=a_text, metavar="SENTENCE")
    add.add_argument("--to", type=a_text, default="", dest="unit", metavar="UNIT", help="who it was handed to")
    _day_and_threads(add)
    hand = verb("hand", "Say to whom it was handed; after 30 days Today asks after it.", to=actions)
    decide = verb("decide", "Say what became of it.", to=actions)
    remove = verb("remove", "Forget an idea.", to=actions)
    for one in (hand, decide, remove):
        one.add_argument("id", type=a_text, metavar="ID")
    hand.add_argument("unit", type=a_text, metavar="UNIT")
    decide.add_argument("outcome", choices=OUTCOMES)
    decide.add_argument("--words", type=a_text, default="", metavar="TEXT")
    for one in (hand, decide):
        one.add_argument("--day", type=a_day, metavar="D", help="today when not given")


def _day_and_threads(parser: Any) -> None:
    parser.add_argument("--day", type=a_day, metavar="D", help="today when not given")
    parser.add_argument(
        "--thread",
        action="append",
        type=a_count,
        default=[],
        dest="threads",
        metavar="ID",
        help="where it came from",
    )
