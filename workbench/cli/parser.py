"""The words of the command line: verbs, options, and how a wrong one is answered."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbench import __version__
from workbench.cli.community_words import add_communities
from workbench.cli.network_words import add_network
from workbench.cli.people_words import add_people
from workbench.cli.plan_words import FORMATS, add_document, add_plans
from workbench.cli.question_words import add_questions, add_search
from workbench.cli.rollup_words import add_rollup
from workbench.cli.today_words import add_today
from workbench.cli.values import (
    a_count,
    a_day,
    a_descriptor,
    a_limit,
    a_pair,
    a_pause,
    a_period,
    a_reach,
    a_size,
    a_text,
)
from workbench.cli.watching_words import add_watching
from workbench.models.kinds import AccountKind, OutboxState
from workbench.sync.platforms import TITLES

METRIC_HELP = "its key; or list for all of them, show KEY for what one means, set KEY for what it leaves free"
EXIT_CODES = "exit codes: 0 done, 1 failed, 2 usage, 3 partly done (something was held back), 4 needs the user"


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
    _outbox(verb)
    _attachments(verb)
    _reading(verb)
    add_people(verb)
    add_questions(verb)
    add_watching(verb)
    add_today(verb)
    add_network(verb)
    add_plans(verb)
    add_rollup(verb)
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
    demo = verb("demo", "Make a fresh profile with the sample network, a plan in every format and a roll-up.")
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
    mail.add_argument("--files", type=a_size, metavar="SIZE", help="keep attached files up to this size (none)")
    table = verb("table", "Members, posts, events or attendance from any CSV, TSV or Excel (.xlsx) table.", to=sources)
    table.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the table; its columns are guessed")
    table.add_argument("--community", required=True, type=a_text, metavar="NAME")
    table.add_argument("--kind", choices=("members", "posts", "events", "attendance"), help="what the rows are")
    table.add_argument(
        "--map",
        action="append",
        type=a_text,
        default=[],
        dest="columns",
        metavar="COLUMN=FIELD",
        help="what a column means: name, given, family, address, community, office, region, organisation, languages, "
        "time_zone, role, level, joined, left, date, time, "
        "subject, text, thread, reply_to, id, kind, event, attended, or nothing to leave it out",
    )
    order = table.add_mutually_exclusive_group()
    order.add_argument("--day-first", action="store_const", const="day", dest="day_order", help="05/01 is 5 January")
    order.add_argument("--month-first", action="store_const", const="month", dest="day_order", help="05/01 is 1 May")
    table.add_argument("--sheet", type=a_text, metavar="NAME", help="the sheet of a workbook")
    table.add_argument("--dry-run", action="store_true", help="read everything, write nothing, and say what would come")
    table.add_argument("--events", type=Path, metavar="FILE", help="events with the columns of the documentation")
    table.add_argument("--members", type=Path, metavar="FILE", help="members with the columns of the documentation")
    engage = verb("engage-export", "Data exports of Viva Engage: ZIP archives, or folders of them.", to=sources)
    engage.add_argument("paths", nargs="+", type=Path, metavar="FILE")
    analytics = verb("analytics", "CSV exports of Google Analytics: reports, explorations, overviews.", to=sources)
    analytics.add_argument("paths", nargs="+", type=Path, metavar="FILE")
    analytics.add_argument("--site", type=a_text, required=True, metavar="NAME", help="which web site they are about")
    analytics.add_argument(
        "--views", type=a_text, default="", metavar="COLUMN", help="the column of page views, in another language"
    )
    verb("sample", "The sample network of invented people.", to=sources)

    _accounts(verb)
    sync = verb("sync", "Send what waits and fetch what is new, from every account or from one.")
    sync.add_argument("name", nargs="?", type=a_text, metavar="ACCOUNT", help="the name of one account")
    sync.add_argument("--account", type=a_text, metavar="NAME", help="the same, as an option")
    sync.add_argument("--community", type=a_text, metavar="NAME", help="only this community")
    sync.add_argument("--since", type=a_reach, metavar="D", help="not further back than this day, or 90d")
    sync.add_argument("--budget", type=a_size, metavar="SIZE", help="stop after so much data, both ways, such as 5MB")
    sync.add_argument("--text-only", action="store_true", help="no pictures and files")
    sync.add_argument(
        "--they-are-gone",
        action="store_true",
        help="much was deleted on the platform: you looked, and it may go here too",
    )


def _accounts(verb: Verb) -> None:
    account = verb("account", "Sources that are synced: adding, signing in, choosing, limits, removal.", dest="action")
    actions = account.add_subparsers(dest="action", metavar="ACTION", required=True)
    verb("list", "The accounts of this profile.", to=actions)
    add = verb("add", "A source to mirror: a list's archive page, or a platform with its settings.", to=actions)
    kinds = ", ".join(kind.value for kind in TITLES if kind is not AccountKind.HYPERKITTY)
    add.add_argument("what", type=a_text, metavar="URL|PLATFORM", help=f"an archive page, or one of {kinds}")
    add.add_argument("--name", type=a_text, help="what to call it here")
    add.add_argument("--no-api", action="store_true", help="for a site that keeps its /api/ closed: read exports only")
    add.add_argument("--history", type=a_reach, metavar="D", help="back to this day, 90d, or all (90d)", default=...)
    add.add_argument(
        "--all-history", action="store_const", const=None, dest="history", help="the same as --history all"
    )
    add.add_argument("--everything", action="store_true", help="likes, pictures and files too (text only)")
    change = verb("set", "Give settings of an account other values; those that are not named stay.", to=actions)
    change.add_argument("name", type=a_text)
    for one in (add, change):
        one.add_argument(
            "--set", action="append", type=a_pair, default=[], dest="settings", metavar="NAME=VALUE",
            help="a setting of the platform; `account settings PLATFORM` lists them",
        )  # fmt: skip
        one.add_argument(
            "--secret", action="append", type=a_text, default=[], dest="secrets", metavar="NAME",
            help="a secret setting, such as password: asked for, or read as one line of the standard input each",
        )  # fmt: skip
    rename = verb("rename", "Call an account something else here.", to=actions)
    rename.add_argument("name", type=a_text)
    rename.add_argument("new_name", type=a_text, metavar="NEW")
    settings = verb("settings", "What a platform asks for, and what it cannot show.", to=actions)
    settings.add_argument("platform", choices=[kind.value for kind in TITLES])
    named = {
        "sign-in": "Sign in, in the browser or with a code.",
        "sign-out": "Sign out; what was fetched stays.",
        "communities": "Ask the platform which communities there are; nothing else is fetched.",
        "estimate": "About how much data and how many requests the first sync takes; nothing is fetched.",
        "check": "Try each service of the account; nothing is sent, and nothing kept.",
        "pause": "Leave the account out of syncs.",
        "resume": "Take the account into syncs again.",
        "remove": "Remove an account and everything mirrored from it.",
        "forget": "The same as remove.",
    }
    made = {name: verb(name, help_, to=actions) for name, help_ in named.items()}
    for one in made.values():
        one.add_argument("name", type=a_text)
    for name in ("remove", "forget"):
        made[name].add_argument(
            "--yes", action="store_true", dest="is_sure", help="remove it without being asked; nothing brings it back"
        )
    made["sign-in"].add_argument("--way", type=a_text, help="which way, where a platform has several")
    for name, help_ in (("follow", "Fetch communities from now on."), ("unfollow", "Fetch them no longer.")):
        choose = verb(name, f"{help_} What was fetched stays.", to=actions)
        choose.add_argument("name", type=a_text)
        choose.add_argument("communities", nargs="*", type=a_text, metavar="COMMUNITY")
        choose.add_argument("--all", action="store_true", dest="every", help="all of them")
    limits = verb("limits", "How far back, how much data, how often.", to=actions)
    limits.add_argument("name", type=a_text)
    limits.add_argument("--history", type=a_reach, metavar="D", help="back to this day, 90d, or all", default=...)
    limits.add_argument("--daily", type=a_limit, metavar="SIZE", help="data a day, such as 5MB, or none", default=...)
    limits.add_argument("--today", type=a_limit, metavar="SIZE", help="more on this one day, or none", default=...)
    limits.add_argument(
        "--files", type=a_limit, metavar="SIZE", help="fetch files on messages up to this size, or none", default=...
    )
    limits.add_argument("--every", type=a_pause, metavar="TIME", help="30m, 6h, 1d, or hand", default=...)
    text = limits.add_mutually_exclusive_group()
    text.add_argument(
        "--text-only", action="store_const", const=True, dest="is_text_only", help="no pictures and files"
    )
    text.add_argument("--everything", action="store_const", const=False, dest="is_text_only", help="pictures too")


def _outbox(verb: Verb) -> None:
    outbox = verb("outbox", "What was written here and waits to be sent.", dest="action")
    actions = outbox.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = verb("list", "The items, in the order they go out.", to=actions)
    listed.add_argument("--state", choices=[state.value for state in OutboxState], help="only those in this state")
    add = verb("add", "Queue an answer, a topic or a like; the next sync sends it.", to=actions)
    where = add.add_mutually_exclusive_group(required=True)
    where.add_argument(
        "--reply-to", type=a_count, metavar="ID", help="the message that is answered, as `messages` lists it"
    )
    where.add_argument("--topic-in", type=a_text, metavar="NAME", help="the community a new topic is for")
    where.add_argument("--like", type=a_count, metavar="ID", help="the message that is liked")
    add.add_argument("--subject", type=a_text, default="", help="the subject of a topic")
    add.add_argument(
        "text", nargs="?", type=a_text, default="", help="plain text or light Markdown; - reads it from stdin"
    )
    add.add_argument("--draft", action="store_true", help="keep an answer or topic as a draft instead")
    retry = verb(
        "retry", "Try one again: queue it or send it again. One that is paused resumes all that are paused.", to=actions
    )
    drop = verb("drop", "Forget one for good; one that may have been sent only with --yes.", to=actions)
    drop.add_argument(
        "--yes", action="store_true", dest="is_sure", help="also one that may stand on the platform already"
    )
    for one in (retry, drop):
        one.add_argument("id", type=a_text, metavar="ID", help="its id, or how that begins")


def _attachments(verb: Verb) -> None:
    attachment = verb("attachment", "The files on messages.", dest="action")
    actions = attachment.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = verb("list", "The files, those of the newest messages first.", to=actions)
    listed.add_argument("--community", type=a_text, metavar="NAME")
    listed.add_argument("--limit", type=a_count, default=None, metavar="N", help="at most N rows (all)")
    fetch = verb("fetch", "Fetch one from its platform; it is stored and never opened.", to=actions)
    save = verb("save", "Write one that is here to a file, or into a folder under its own name.", to=actions)
    save.add_argument("--out", required=True, type=Path, metavar="PLACE")
    for one in (fetch, save):
        one.add_argument("id", type=a_count, metavar="ID", help="its number in the list")


def _reading(verb: Verb) -> None:
    verb("status", "How far the mirror is known, what was held back, when the last backup was made.")
    add_communities(verb)
    members = verb("members", "The members of one community, or of all.")
    members.add_argument("--community", type=a_text, metavar="NAME")
    members.add_argument("--text", type=a_text, default="", help="part of a name")
    threads = verb("threads", "Threads, the newest first.")
    threads.add_argument("--community", type=a_text, metavar="NAME")
    which = threads.add_mutually_exclusive_group()
    which.add_argument("--unanswered", action="store_true", help="only questions without a reply")
    which.add_argument("--hottest", action="store_true", help="the hottest first, with their heat")
    messages = verb("messages", "Messages, the newest first.")
    messages.add_argument("--community", type=a_text, metavar="NAME")
    for paged in (members, threads, messages):
        paged.add_argument("--limit", type=a_count, default=None, metavar="N", help="at most N rows (all)")
    add_search(verb)
    metric = verb("metric", "One measure over days or periods.")
    metric.add_argument("key", type=a_text, metavar="KEY", help=METRIC_HELP)
    metric.add_argument("name", nargs="?", type=a_text, metavar="KEY", help="the measure to show or to set")
    metric.add_argument("--fewest", type=a_count, metavar="N", help="set occasional: who wrote fewer messages counts")
    metric.add_argument("--gap-days", type=a_count, metavar="N", help="set occasional: who paused for more days counts")
    metric.add_argument("--community", type=a_text, metavar="NAME", help="one community (all)")
    metric.add_argument("--from", dest="first", type=a_day, metavar="D", help="first day, YYYY-MM-DD (the first known)")
    metric.add_argument("--to", dest="last", type=a_day, metavar="D", help="the day after the last one (today)")
    metric.add_argument("--by", choices=("week", "month"), help="one row per week (from Monday) or calendar month")
    metric.add_argument("--as-of", type=a_day, metavar="D", help="count replies up to the start of this day (now)")
    card = verb("scorecard", "Every measure of a period: its value, target and standing, and what it was before.")
    card.add_argument("--community", type=a_text, metavar="NAME", help="one community (all)")
    card.add_argument("--period", type=a_period, metavar="P", help="2026-10, 2026-Q3 or 2026 (the last full month)")
    card.add_argument(
        "--measure", action="append", type=a_text, default=[], dest="measures", metavar="KEY", help="only these (all)"
    )


def _upkeep(verb: Verb) -> None:
    report = verb("report", "Documents for headquarters.", dest="what")
    kinds = report.add_subparsers(dest="what", metavar="WHAT", required=True)
    plan = verb("plan", "The plan summary.", to=kinds)
    plan.add_argument("name", type=a_text)
    plan.add_argument("--format", required=True, choices=FORMATS)
    plan.add_argument("--out", required=True, type=Path, metavar="FILE")
    add_document(plan)
    check = verb("check", "Check the profile: pages, rows, roll-ups; or whether the copy is complete.")
    check.add_argument(
        "what", nargs="?", choices=("completeness",), help="compare followed communities with their platforms"
    )
    check.add_argument("--account", type=a_text, metavar="NAME", help="completeness of one account")
    check.add_argument("--community", type=a_text, metavar="NAME", help="completeness of one community")
    check.add_argument("--they-are-gone", action="store_true", help="what the platform no longer shows may go here too")
    check.add_argument("--repair", action="store_true", help="re-derive the roll-ups")
    check.add_argument("--quick", action="store_true", help="pages only")
    backup = verb("backup", "Make a verified backup, or list them.")
    backup.add_argument("--list", action="store_true", dest="only_list")
    restore = verb("restore", "Put a backup in the place of the profile's database; the replaced one is kept.")
    restore.add_argument("backup", nargs="?", type=Path, help="the backup file (the newest)")
