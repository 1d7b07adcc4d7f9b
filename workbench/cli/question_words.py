"""The words of the verbs about questions, and of the search with what narrows and keeps it."""

import argparse
from collections.abc import Callable
from typing import Any, Final

from workbench.cli.values import a_count, a_day, a_text

LATE: Final = "late"
STATES: Final = ("open", "routed", "answered", "abandoned", LATE)
LIMITS: Final = (24, 48)
KINDS: Final = ("question", "thread", "reply", "file")
"""As in queries, which are not loaded to say what can be typed."""
Verb = Callable[..., argparse.ArgumentParser]


def add_questions(verb: Verb) -> None:
    """`questions` and `hashtags`."""
    questions = verb("questions", "Questions and what became of them; without options all that wait.", dest="action")
    questions.add_argument("--state", choices=STATES, help="one column of the board, or late: waited too long")
    tags = verb("hashtags", "The hashtags that at least five people used.")
    tags.add_argument(
        "--joined",
        nargs="*",
        type=a_text,
        metavar="TAG",
        help="say, or set, which mean “I joined”; none for none of them",
    )
    for one in (questions, tags):
        one.add_argument("--community", type=a_text, metavar="NAME")
        _add_days(one, what="asked" if one is questions else "used")
    questions.add_argument("--limit", type=a_count, default=None, metavar="N", help="at most N rows (all)")
    _add_deeds(verb, questions.add_subparsers(dest="action", metavar="ACTION"))


def _add_deeds(verb: Verb, actions: Any) -> None:
    route = verb("route", "Give one to somebody, who is to answer it or find who can.", to=actions)
    answered = verb("answered", "Say that one was answered elsewhere; measures count replies here only.", to=actions)
    abandoned = verb("abandoned", "Give one up.", to=actions)
    reopen = verb("reopen", "Take owner and outcome off one.", to=actions)
    urgent = verb("urgent", "Mark one as urgent: many are called for within 24 hours.", to=actions)
    for one in (route, answered, abandoned, reopen, urgent):
        one.add_argument("thread", type=a_count, metavar="THREAD", help="as `messages` and `questions` list it")
    route.add_argument("--to", type=a_text, required=True, metavar="NAME", help="of the directory, or any other")
    answered.add_argument("--by-hand", action="store_true", help="you posted the answer where the account only reads")
    urgent.add_argument("--not", action="store_true", dest="is_over", help="take the mark off")
    limit = verb("limit", "After how many hours a question has waited too long.", to=actions)
    limit.add_argument("hours", nargs="?", type=int, choices=LIMITS, help="sets it")
    listen = verb("listen", "Words that are listened for, with who sees to what comes in.", to=actions)
    listen.add_argument("words", nargs="?", type=a_text, metavar="WORDS", help="listen for these from now on")
    listen.add_argument("--community", type=a_text, metavar="NAME", help="in one community (all)")
    what = listen.add_mutually_exclusive_group()
    what.add_argument("--to", type=a_text, metavar="NAME", help="who sees to it; none for nobody")
    what.add_argument("--stop", action="store_true", dest="is_over", help="listen for them no longer")


def add_search(verb: Verb) -> None:
    """`search` with what narrows it, and the searches that are kept."""
    search = verb("search", "Search subjects and texts; keep a search by a name.")
    what = search.add_mutually_exclusive_group(required=True)
    what.add_argument("text", nargs="?", type=a_text)
    what.add_argument("--saved", nargs="?", const="", type=a_text, metavar="NAME", help="a kept search; all of them")
    what.add_argument("--rename", nargs=2, type=a_text, metavar=("NAME", "NEW"), help="call a kept search otherwise")
    what.add_argument("--forget", type=a_text, metavar="NAME", help="keep a search no longer")
    search.add_argument("--save", type=a_text, metavar="NAME", help="keep this search by a name")
    search.add_argument("--seen", action="store_true", dest="is_seen", help="count what a kept search finds as seen")
    search.add_argument("--community", type=a_text, metavar="NAME")
    search.add_argument("--limit", type=a_count, metavar="N", help="how many; 20 when not given")
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
