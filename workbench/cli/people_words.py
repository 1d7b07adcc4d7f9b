"""The words of `people`: who is who, who is one with whom, who knows about something."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from workbench.cli.values import a_count, a_day, a_descriptor, a_text, or_none

Verb = Callable[..., argparse.ArgumentParser]
WHO: Final = ("all", "external", "advocates", "sponsors", "leaving", "known", "programs")
FACTS: Final = ("office", "region", "organisation", "role", "languages", "time_zone", "level")
CONTACTS: Final = ("call", "mail", "met")
STEPS: Final = ("spotted", "asked", "agreed", "active")
"""As in queries, which are not loaded to say what can be typed."""


def add_people(verb: Verb) -> None:
    """`people` with its actions."""
    people = verb("people", "Who is who: finding, joining and telling apart.", dest="action")
    actions = people.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = verb("list", "People by name, with office, organisation, languages and topics.", to=actions)
    listed.add_argument("--text", type=a_text, default="", help="part of a name, office, language, hashtag or tag")
    listed.add_argument("--who", choices=WHO, default=WHO[0], help="only these (all)")
    export = verb("export", "Write such a list with names to a .csv or .xlsx file.", to=actions)
    export.add_argument("--text", type=a_text, default="", help="part of a name, office, language, hashtag or tag")
    export.add_argument("--who", choices=WHO, default=WHO[0], help="only these (all)")
    export.add_argument("--out", required=True, type=Path, metavar="FILE")
    export.add_argument("--names-for", required=True, type=a_text, metavar="WHO", help="who gets the names")
    export.add_argument(
        "--names-because", required=True, type=a_text, metavar="WHY", help="why; both stand in the file"
    )
    export.add_argument(
        "--file-passphrase-fd", type=a_descriptor, metavar="N", help="seal the file with the passphrase read from N"
    )
    knows = verb("knows", "Who wrote about something and was thanked for it, with the threads.", to=actions)
    knows.add_argument("text", type=a_text)
    knows.add_argument("--known", action="store_true", dest="only_known", help="only people you know")
    for one in (listed, export, knows):
        one.add_argument("--community", type=a_text, metavar="NAME", help="one community (all)")
    listed.add_argument("--limit", type=a_count, default=None, metavar="N", help="at most N rows (all)")
    show = verb("show", "One person: names, facts and communities.", to=actions)
    verb("same", "Who may be one person under two names; nothing is joined by itself.", to=actions)
    merge = verb("merge", "Make two people one; the name of the first stays.", to=actions)
    merge.add_argument("keep", type=a_text, metavar="PERSON", help="whose name stays: a name or an id")
    merge.add_argument("other", type=a_text, metavar="OTHER", help="who is joined")
    unmerge = verb("unmerge", "Tell somebody apart again who was joined; both are whole.", to=actions)
    robot = verb("robot", "Count an automatic sender nowhere, or count somebody as a person after all.", to=actions)
    word = robot.add_mutually_exclusive_group()
    word.add_argument(
        "--not", action="store_true", dest="is_person", help="a person after all, whatever the source says"
    )
    word.add_argument("--as-told", action="store_true", help="as the source says, again")
    own = verb("own", "Which organisations are your own: people of all others are external.", to=actions)
    names = own.add_mutually_exclusive_group()
    names.add_argument("names", nargs="*", type=a_text, default=[], metavar="NAME", help="as `people list` has them")
    names.add_argument("--none", action="store_true", help="none is")
    for one in (show, unmerge, robot):
        _person(one)
    _deeds(verb, actions)


def _person(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("person", type=a_text, metavar="PERSON", help="a name, or an id as `people list` has it")


def _deeds(verb: Verb, actions: Any) -> None:
    """What is kept of one person; each without options tells what is kept."""
    facts = verb("set", "Facts and tags of your own about somebody; they win over what sources tell.", to=actions)
    for fact in FACTS:
        facts.add_argument(
            f"--{fact.replace('_', '-')}",
            type=or_none(a_text),
            default=...,
            metavar="TEXT",
            help="none: as sources tell",
        )
    sponsor = facts.add_mutually_exclusive_group()
    for option, is_sponsor in (("--sponsor", True), ("--no-sponsor", False)):
        words = "a sponsor of communities" if is_sponsor else "no sponsor"
        sponsor.add_argument(option, action="store_const", const=is_sponsor, default=..., dest="is_sponsor", help=words)
    facts.add_argument(
        "--leaving",
        nargs="?",
        type=or_none(a_day),
        const=True,
        default=...,
        metavar="D",
        help="leaves soon, on this day where it is known; none: stays",
    )
    facts.add_argument("--tag", action="append", type=a_text, default=[], dest="tags", metavar="TAG", help="add a tag")
    facts.add_argument(
        "--untag", action="append", type=a_text, default=[], dest="untags", metavar="TAG", help="take one off"
    )
    facts.add_argument(
        "--note", type=or_none(a_text), default=..., metavar="TEXT", help="your note, never printed; none: no note"
    )
    thank = verb("thank", "Thanks that were given to somebody, and more of them.", to=actions)
    thank.add_argument("--for", type=a_text, dest="reason", metavar="WHAT")
    thank.add_argument("--by", type=a_text, dest="given_by", default=None, metavar="NAME", help="who thanks (you)")
    thank.add_argument("--thread", type=a_count, metavar="ID", help="where it can be seen")
    contact = verb("contact", "When you spoke to somebody.", to=actions)
    contact.add_argument("--kind", choices=CONTACTS)
    for one in (thank, contact):
        one.add_argument("--remove", type=a_text, metavar="ID", help="forget one, by its id or how that begins")
    advocate = verb("advocate", "How far somebody is on the way to being an advocate.", to=actions)
    nudge = verb("nudge", "Note that you wrote to somebody gone quiet; nobody asks again for 90 days.", to=actions)
    when = nudge.add_mutually_exclusive_group()
    when.add_argument("--not-now", action="store_true", help="leave them alone so long instead")
    when.add_argument("--not", action="store_true", dest="is_over", help="take back what was noted last")
    for one in (contact, advocate):
        one.add_argument("--note", type=a_text, metavar="TEXT", help="about it; never printed")
    for one in (thank, contact, advocate):
        one.add_argument("--day", type=a_day, metavar="D", help="today when not given")
    advocate.add_argument("--not", action="store_true", dest="is_over", help="take this step back")
    for one in (facts, thank, contact, advocate, nudge):
        _person(one)
    advocate.add_argument("step", nargs="?", choices=STEPS, metavar="STEP", help=", ".join(STEPS))
