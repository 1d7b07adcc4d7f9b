"""The words of `people`: who is who, who is one with whom, who knows about something."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

from workbench.cli.values import a_count, a_descriptor, a_text

Verb = Callable[..., argparse.ArgumentParser]
WHO: Final = ("all", "external", "advocates", "sponsors", "leaving", "known", "programs")
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
    for one in (show, unmerge, robot):
        one.add_argument("person", type=a_text, metavar="PERSON", help="a name, or an id as `people list` has it")
