"""The words of the verb `plan`: plans, checkpoints, templates, files, and what goes to partners and back."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbench.cli.plan_card_words import add_cards, add_objectives
from workbench.cli.values import a_count, a_day, a_descriptor, a_pair, a_text

FORMATS = ("pdf", "docx", "pptx", "xlsx", "html", "md", "csv", "ics")
CHECKPOINTS = ("30", "60", "90")
EMPTY = "empty"
_JSON_IN = "a file of JSON, - for the standard input, with the names of plan.schema.json"

Verb = Callable[..., argparse.ArgumentParser]


def add_plans(verb: Verb) -> None:
    """Adds the verb to the grammar."""
    plan = verb("plan", "90-day plans.", dest="action")
    actions = plan.add_subparsers(dest="action", metavar="ACTION", required=True)
    new = verb("new", "Start a plan: purpose, owner and one measure are required.", to=actions)
    new.add_argument("name", nargs="?", type=a_text, help="needed unless the JSON has it")
    _beginning(new)
    new.add_argument(
        "--template", type=a_text, metavar="KEY", help=f"what it begins with; {EMPTY} for nothing (starter)"
    )
    listed = verb("list", "All plans.", to=actions)
    listed.add_argument("--archived", action="store_true", help="those that were archived, too")
    show = verb("show", "One plan with its objectives, cards and checkpoints.", to=actions)
    show.add_argument("name", type=a_text)
    change = verb("set", "Change a plan itself: its purpose, owner, first day, roles.", to=actions)
    change.add_argument("name", type=a_text)
    _charter(change)
    archive = verb("archive", "Put a plan aside; nothing of it is lost.", to=actions)
    archive.add_argument("name", type=a_text)
    archive.add_argument("--restore", action="store_true", help="take it up again")
    carry = verb("carry-over", "What a plan hands to the next one: lessons and cards that are not done.", to=actions)
    carry.add_argument("name", type=a_text)
    add_cards(verb, actions)
    add_objectives(verb, actions)
    _checkpoints(verb, actions)
    _templates(verb, actions)
    _files(verb, actions)
    _exchange(verb, actions)


def add_document(parser: argparse.ArgumentParser) -> None:
    """The options of a document that leaves: how long, on which sheet, with whose names."""
    parser.add_argument("--one-page", action="store_true", help="the short form, for somebody who decides")
    parser.add_argument("--paper", choices=("a4", "letter"), default="a4", help="the sheet of PDF and Word documents")
    parser.add_argument("--names-for", type=a_text, metavar="WHO", help="put owners' names in, for this recipient")
    parser.add_argument(
        "--names-because", type=a_text, metavar="WHY", help="the purpose of the names; printed on the document"
    )


def _beginning(new: argparse.ArgumentParser) -> None:
    new.add_argument("--purpose", type=a_text)
    new.add_argument("--owner", type=a_text)
    new.add_argument("--community", type=a_text, metavar="NAME")
    new.add_argument(
        "--measure", action="append", type=a_text, default=[], metavar="KEY[=TARGET]", help="a measure, with a target"
    )
    new.add_argument("--start", type=a_day, metavar="D", help="day 0 (today)")
    new.add_argument("--after", type=a_text, metavar="PLAN", help="begin with what this plan hands on")
    _charter(new)


def _charter(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--set", action="append", type=a_pair, default=[], dest="charter", metavar="NAME=VALUE",
        help="name, purpose, owner, community_name, starts_on, problem, value_for_organisation, value_for_members, "
        "sponsor, risks, alignment, weekly_hours, holidays, worked, did_not_work, lessons",
    )  # fmt: skip
    parser.add_argument(
        "--role", action="append", type=a_pair, default=[], dest="roles", metavar="ROLE=WHO", help="who does what"
    )
    parser.add_argument("--json-in", type=a_text, metavar="FILE", help=_JSON_IN)


def _checkpoints(verb: Verb, actions: Any) -> None:
    checkpoint = verb("checkpoint", "Day 30, 60 and 90.", to=actions, dest="checkpoint_action")
    below = checkpoint.add_subparsers(dest="checkpoint_action", metavar="WHAT", required=True)
    show = verb("show", "What was written, and the numbers of those that are locked.", to=below)
    show.add_argument("plan", type=a_text)
    show.add_argument("day", nargs="?", choices=CHECKPOINTS, help="one of them (all)")
    change = verb("set", "Write down what worked, what was decided and what comes next.", to=below)
    lock = verb("lock", "Close one with its numbers as they are; it stays so from then on.", to=below)
    for one in (change, lock):
        one.add_argument("plan", type=a_text)
        one.add_argument("day", choices=CHECKPOINTS)
        one.add_argument("--worked", type=a_text, dest="what_worked", metavar="TEXT", default=argparse.SUPPRESS)
        one.add_argument("--decisions", type=a_text, metavar="TEXT", default=argparse.SUPPRESS)
        one.add_argument("--next", type=a_text, dest="next_steps", metavar="TEXT", default=argparse.SUPPRESS)
        one.add_argument("--json-in", type=a_text, metavar="FILE", help=_JSON_IN)


def _templates(verb: Verb, actions: Any) -> None:
    template = verb("template", "What plans begin with.", to=actions, dest="template_action")
    below = template.add_subparsers(dest="template_action", metavar="WHAT", required=True)
    verb("list", "The templates that came with the program, and your own.", to=below)
    show = verb("show", "One with its objectives and cards.", to=below)
    save = verb("save", "Make one of a plan: days count from day 0, nobody is named.", to=below)
    save.add_argument("plan", type=a_text)
    save.add_argument("title", type=a_text)
    save.add_argument("--description", type=a_text, default="")
    use = verb("use", "Start a plan with one, as `plan new --template` does.", to=below)
    export = verb("export", "Write one to a file that others import.", to=below)
    forget = verb("forget", "Take one of your own away.", to=below)
    for one in (show, use, export, forget):
        one.add_argument("key", type=a_text, help="as `plan template list` tells it")
    use.add_argument("name", type=a_text)
    _beginning(use)
    export.add_argument("--out", type=Path, metavar="FILE", help="where it goes (the standard output)")
    import_ = verb("import", "Keep one from a file.", to=below)
    import_.add_argument("file", type=a_text, metavar="FILE", help="- for the standard input")


def _files(verb: Verb, actions: Any) -> None:
    export = verb("export", "Write a plan as JSON that imports again, or as a document or calendar.", to=actions)
    export.add_argument("name", type=a_text)
    export.add_argument("--format", choices=("json", *FORMATS), default="json")
    export.add_argument("--out", type=Path, metavar="FILE", help="where it goes (JSON: the standard output)")
    add_document(export)
    import_ = verb("import", "Make a plan of the JSON that export writes.", to=actions)
    import_.add_argument("file", type=a_text, metavar="FILE", help="- for the standard input")
    import_.add_argument("--name", type=a_text, metavar="NEW", help="call it something else")


def _exchange(verb: Verb, actions: Any) -> None:
    send = verb("send", "Write a plan as a sealed file for a partner.", to=actions)
    send.add_argument("name", type=a_text, help="the plan")
    send.add_argument("--to", action="append", type=a_text, default=[], metavar="PARTNER", help="who can open it")
    send.add_argument("--out", type=Path, default=Path(), metavar="PATH", help="a file, or a folder (this one)")
    send.add_argument("--my-name", type=a_text, metavar="NAME", help="how partners know you; needed the first time")
    receive = verb("receive", "Take in a partner's file; without one, list those in the partners' folders.", to=actions)
    receive.add_argument("file", nargs="?", type=Path, metavar="FILE")
    receive.add_argument("--preview", action="store_true", help="say what would change, and change nothing")
    receive.add_argument("--trust", action="store_true", help="you compared the fingerprint of a sender new here")
    receive.add_argument("--name", type=a_text, help="a name for a new plan whose own is taken here")
    for one in (send, receive):
        one.add_argument(
            "--file-passphrase-fd", type=a_descriptor, metavar="N", help="read the file's passphrase from descriptor N"
        )
    partner = verb("partner", "Who may send you plans.", to=actions, dest="partner_action")
    partners = partner.add_subparsers(dest="partner_action", metavar="WHAT", required=True)
    me = verb("me", "Your own partner file and fingerprint.", to=partners)
    me.add_argument("--name", type=a_text, help="how partners know you")
    me.add_argument("--out", type=Path, metavar="FILE", help="write the partner file that others add")
    verb("list", "All partners.", to=partners)
    verb("add", "Trust somebody by their partner file.", to=partners).add_argument("file", type=Path, metavar="FILE")
    verb("remove", "Take in no more files of a partner.", to=partners).add_argument("name", type=a_text)
    folder = verb("folder", "Where the files of a partner arrive.", to=partners)
    folder.add_argument("name", type=a_text)
    folder.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="the folder (none)")
    waiting = verb("conflicts", "Fields that two people changed at once, which wait for a choice.", to=actions)
    waiting.add_argument("name", type=a_text)
    choose = verb("choose", "Say which of the values of a field stays.", to=actions)
    choose.add_argument("name", type=a_text)
    choose.add_argument("id", nargs="?", type=a_text, metavar="ID", help="the field, as conflicts lists it")
    choose.add_argument("keep", nargs="?", type=a_count, metavar="N", help="the number of the value that stays")
    choose.add_argument("--json-in", type=a_text, metavar="FILE", help="choices as JSON; - for the standard input")
    copies = verb("copies", "A plan as it was before merges.", to=actions)
    copies.add_argument("name", type=a_text)
    copies.add_argument("--restore", type=a_text, metavar="ID", help="make the plan look as in this copy again")
