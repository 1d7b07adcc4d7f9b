"""The words of the command line: verbs, options, and how a wrong one is answered."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from workbench import __version__

METRIC_HELP = (
    "messages, contributors, new_contributors, interactive_users, reply_rate, response_rate, first_reply_hours, "
    "unanswered, curiosity, retention, absence_factor"
)
FIRST_YEAR, LAST_YEAR = 1900, 2200
MOST_ROWS = 1_000_000_000
MOST_DESCRIPTORS = 65_535
EXIT_CODES = "exit codes: 0 done, 1 failed, 2 usage, 3 partly done (something was held back), 4 needs the user"


def a_day(text: str) -> date:
    """A day written YYYY-MM-DD, in the years a community or a plan can have."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        message = f"{a_shown(text)} is not a day; write it as 2026-05-14"
        raise argparse.ArgumentTypeError(message) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        message = f"{text} is too far away; days lie between {FIRST_YEAR} and {LAST_YEAR}"
        raise argparse.ArgumentTypeError(message)
    return day


def a_text(text: str) -> str:
    """Words in any script; refuses bytes that are no text in the encoding of this terminal."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        message = "this is not text in the encoding of this terminal"
        raise argparse.ArgumentTypeError(message)
    return text


def a_count(text: str) -> int:
    """How many rows: 0 or more."""
    if not text.isdecimal() or int(text) > MOST_ROWS:
        message = f"{a_shown(text)} is not a number of rows; write 0 to {MOST_ROWS}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def a_descriptor(text: str) -> int:
    """The number of an open descriptor."""
    if not text.isdecimal() or int(text) > MOST_DESCRIPTORS:
        message = f"{a_shown(text)} is not the number of a descriptor"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def a_shown(text: str) -> str:
    """What was typed, as it can be shown."""
    return repr(text[:40])


def build_parser() -> argparse.ArgumentParser:
    """The whole grammar; `namespace.verb` names the verb, "" opens the window."""
    everywhere = _global_options(argparse.SUPPRESS)
    parser = argparse.ArgumentParser(
        prog="workbench",
        description="An offline workbench for people who lead communities of practice. Without a verb: the window.",
        epilog=EXIT_CODES,
        parents=[_global_options(None)],
    )
    parser.add_argument("--version", action="version", version=f"Community Workbench {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", title="verbs")
    parser.set_defaults(verb="")

    def verb(name: str, help_: str, *, to: Any = None, dest: str | None = None) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = (to or verbs).add_parser(
            name, help=help_, description=help_, parents=[everywhere], epilog=EXIT_CODES
        )
        if dest is not None:
            made.set_defaults(**{dest: ""})
        return made

    _window_and_sample(verb)
    _changing(verb)
    _reading(verb)
    _plans(verb)
    _upkeep(verb)
    return parser


Verb = Callable[..., argparse.ArgumentParser]


def _global_options(default: Any) -> argparse.ArgumentParser:
    """Options that may stand before or after the verb."""
    options = argparse.ArgumentParser(add_help=False)
    group = options.add_argument_group("everywhere")
    group.add_argument("--profile", type=Path, metavar="DIR", default=default, help="the profile folder")
    group.add_argument("--json", action="store_true", default=default or False, help="print JSON")
    keys = group.add_mutually_exclusive_group()
    keys.add_argument("--key-file", type=Path, metavar="FILE", default=default, help="the file that holds the key")
    keys.add_argument(
        "--passphrase-fd",
        type=a_descriptor,
        metavar="N",
        default=default,
        help="read the passphrase from this open descriptor",
    )
    group.add_argument("--no-input", action="store_true", default=default or False, help="never ask anything")
    return options


def _window_and_sample(verb: Verb) -> None:
    gui = verb("gui", "Open the window (the same as no verb).")
    gui.add_argument("--page", type=a_text, help="the page to open")
    gui.add_argument("--screenshot", type=Path, metavar="FILE", help="write a picture of the page and leave")
    demo = verb("demo", "Make a fresh profile with the sample network, a plan, a plan summary and a picture.")
    demo.add_argument("--out", type=Path, default=Path("demo"), metavar="DIR", help="where everything goes (demo/)")
    demo.add_argument("--no-window", action="store_true", help="do not open the window at the end")


def _changing(verb: Verb) -> None:
    import_ = verb("import", "Bring in files.", dest="source")
    sources = import_.add_subparsers(dest="source", metavar="WHAT", required=True)
    mail = verb(
        "mailing-list", "Mail archives: .mbox, .txt (pipermail), either as .gz, or folders of them.", to=sources
    )
    mail.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    mail.add_argument("--community", required=True, type=a_text, metavar="NAME", help="the community they become")
    table = verb("table", "Events and members from CSV (columns as in the documentation).", to=sources)
    table.add_argument("--events", type=Path, metavar="FILE")
    table.add_argument("--members", type=Path, metavar="FILE")
    table.add_argument("--community", required=True, type=a_text, metavar="NAME")
    verb("sample", "The sample network of invented people.", to=sources)

    account = verb("account", "Sources that are synced, and their removal.", dest="action")
    actions = account.add_subparsers(dest="action", metavar="ACTION", required=True)
    verb("list", "The accounts of this profile.", to=actions)
    add = verb("add", "A HyperKitty archive to mirror.", to=actions)
    add.add_argument("url", type=a_text, help="the list's archive page")
    add.add_argument("--name", type=a_text, help="what to call the community here")
    add.add_argument("--no-api", action="store_true", help="for a site that keeps its /api/ closed: read exports only")
    forget = verb("forget", "Remove an account and everything mirrored from it.", to=actions)
    forget.add_argument("name", type=a_text)
    sync = verb("sync", "Fetch what is new from every account, or from one.")
    sync.add_argument("account", nargs="?", type=a_text, help="the name of one account")


def _reading(verb: Verb) -> None:
    verb("status", "How far the mirror is known, what was held back, when the last backup was made.")
    verb("communities", "All communities.")
    members = verb("members", "The members of one community, or of all.")
    members.add_argument("--community", type=a_text, metavar="NAME")
    members.add_argument("--text", type=a_text, default="", help="part of a name")
    threads = verb("threads", "Threads, the newest first.")
    threads.add_argument("--community", type=a_text, metavar="NAME")
    threads.add_argument("--unanswered", action="store_true", help="only questions without a reply")
    messages = verb("messages", "Messages, the newest first.")
    messages.add_argument("--community", type=a_text, metavar="NAME")
    for paged in (members, threads, messages):
        paged.add_argument("--limit", type=a_count, default=None, metavar="N", help="at most N rows (all)")
    search = verb("search", "Search subjects and texts.")
    search.add_argument("text", type=a_text)
    search.add_argument("--community", type=a_text, metavar="NAME")
    search.add_argument("--limit", type=a_count, metavar="N", help="how many; 20 when not given")
    metric = verb("metric", "One measure over days or periods.")
    metric.add_argument("key", type=a_text, help=METRIC_HELP)
    metric.add_argument("--community", type=a_text, metavar="NAME", help="one community (all)")
    metric.add_argument("--from", dest="first", type=a_day, metavar="D", help="first day, YYYY-MM-DD (the first known)")
    metric.add_argument("--to", dest="last", type=a_day, metavar="D", help="the day after the last one (today)")
    metric.add_argument("--by", choices=("week", "month"), help="one row per week (from Monday) or calendar month")
    metric.add_argument("--as-of", type=a_day, metavar="D", help="count replies up to the start of this day (now)")


def _plans(verb: Verb) -> None:
    plan = verb("plan", "90-day plans.", dest="action")
    actions = plan.add_subparsers(dest="action", metavar="ACTION", required=True)
    new = verb("new", "Start a plan: purpose, owner and one measure are required.", to=actions)
    new.add_argument("name", type=a_text)
    new.add_argument("--purpose", type=a_text, default="")
    new.add_argument("--owner", type=a_text, default="")
    new.add_argument("--community", type=a_text, metavar="NAME")
    new.add_argument(
        "--measure", action="append", type=a_text, default=[], metavar="KEY[=TARGET]", help="a measure, with a target"
    )
    new.add_argument("--start", type=a_day, metavar="D", help="day 0 (today)")
    new.add_argument("--template", choices=("starter", "empty"), default="starter", help="cards to begin with")
    verb("list", "All plans.", to=actions)
    show = verb("show", "One plan with its cards.", to=actions)
    show.add_argument("name", type=a_text)
    card = verb("card", "Add or move a card.", to=actions, dest="card_action")
    card_actions = card.add_subparsers(dest="card_action", metavar="WHAT", required=True)
    add = verb("add", "A new card.", to=card_actions)
    add.add_argument("plan", type=a_text)
    add.add_argument("title", type=a_text)
    add.add_argument("--column", choices=("todo", "doing", "done"), default="todo")
    add.add_argument("--owner", type=a_text, default="")
    add.add_argument("--due", type=a_day, metavar="D")
    add.add_argument("--hours", type=float, metavar="H")
    add.add_argument("--pillar", choices=("billboard", "u_and_i", "library", "dialogue"))
    move = verb("move", "Move a card to another column.", to=card_actions)
    move.add_argument("plan", type=a_text)
    move.add_argument("card", type=a_text, help="its id, or its title where that is unique")
    move.add_argument("column", choices=("todo", "doing", "done"))


def _upkeep(verb: Verb) -> None:
    report = verb("report", "Documents for headquarters.", dest="what")
    kinds = report.add_subparsers(dest="what", metavar="WHAT", required=True)
    plan = verb("plan", "The plan summary.", to=kinds)
    plan.add_argument("name", type=a_text)
    plan.add_argument("--format", required=True, choices=("pdf", "docx", "html", "xlsx", "md", "csv"))
    plan.add_argument("--out", required=True, type=Path, metavar="FILE")
    plan.add_argument("--names-for", type=a_text, metavar="WHO", help="put owners' names in, for this recipient")
    plan.add_argument(
        "--names-because", type=a_text, metavar="WHY", help="the purpose of the names; printed on the document"
    )
    check = verb("check", "Check the profile: pages, rows, roll-ups.")
    check.add_argument("--repair", action="store_true", help="re-derive the roll-ups")
    check.add_argument("--quick", action="store_true", help="pages only")
    backup = verb("backup", "Make a verified backup, or list them.")
    backup.add_argument("--list", action="store_true", dest="only_list")
    restore = verb("restore", "Put a backup in the place of the profile's database; the replaced one is kept.")
    restore.add_argument("backup", nargs="?", type=Path, help="the backup file (the newest)")
