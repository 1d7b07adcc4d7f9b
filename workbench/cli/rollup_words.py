"""The words of the verb `rollup`: an office's file to headquarters, and at headquarters the table of all offices."""

import argparse
from collections.abc import Callable
from pathlib import Path

from workbench.cli.values import a_text

STORE_VARIABLE = "WORKBENCH_STORE"
_STORE = (
    "where the tables lie: postgresql://ACCOUNT@HOST/DATABASE, with the password in ~/.pgpass or the variable "
    f"PGPASSWORD (the profile; the variable {STORE_VARIABLE} is read too)"
)
MOST_WEEKS = 104


def add_rollup(verb: Callable[..., argparse.ArgumentParser]) -> None:
    """Adds the verb to the grammar."""
    rollup = verb("rollup", "Offices to headquarters: files of offices, and the table of all of them.", dest="action")
    actions = rollup.add_subparsers(dest="action", metavar="ACTION", required=True)
    office = verb("office", "Which office this is; without options, shows it.", to=actions)
    office.add_argument("--code", type=a_text, help="the code headquarters gave it, such as ken")
    office.add_argument("--name", type=a_text, help="its name")
    office.add_argument("--country", type=a_text, help="its country")
    export = verb("export", "Write this office's sealed file for headquarters.", to=actions)
    export.add_argument("out", type=Path, nargs="?", metavar="FILE|FOLDER", help="where it goes")
    export.add_argument("--to", action="append", type=a_text, default=[], metavar="PARTNER", help="who may open it")
    export.add_argument("--weeks", type=a_number_of_weeks, metavar="N", help="how many past weeks it states anew (8)")
    export.add_argument("--preview", action="store_true", help="write nothing; show all that would leave")
    import_ = verb("import", "Take in the office files of a folder; as often as one likes.", to=actions)
    import_.add_argument("folder", type=Path, metavar="FOLDER")
    report = verb("report", "All offices, their plans and measures, and what did not come.", to=actions)
    report.add_argument("--office", type=a_text, metavar="CODE", help="with --plan: one plan of this office")
    report.add_argument("--plan", type=a_text, metavar="NAME", help="the plan, by its name or id")
    report.add_argument("--out", type=Path, metavar="FILE", help="write it as a workbook (.xlsx) or table (.csv)")
    offices = verb("offices", "The offices headquarters waits for.", to=actions, dest="list_action")
    list_actions = offices.add_subparsers(dest="list_action", metavar="WHAT", required=True)
    listed = verb("list", "The list, with when each was heard last.", to=list_actions)
    add = verb("add", "One office more, or another name for one.", to=list_actions)
    add.add_argument("code", type=a_text)
    add.add_argument("name", type=a_text)
    add.add_argument("--country", type=a_text)
    remove = verb("remove", "Wait for an office no longer; what it told stays.", to=list_actions)
    remove.add_argument("code", type=a_text)
    forget = verb("forget", "Drop all that an office told, and who may speak for it.", to=actions)
    forget.add_argument("office", type=a_text, metavar="OFFICE", help="its code")
    forget.add_argument("--yes", dest="is_sure", action="store_true", help="do not ask")
    from_file = verb("import", "Offices from a CSV file with the columns code, name and country.", to=list_actions)
    from_file.add_argument("file", type=Path, metavar="FILE")
    for one in (import_, report, forget, listed, add, remove, from_file):
        one.add_argument("--store", type=a_text, metavar="URL", help=_STORE)


def a_number_of_weeks(text: str) -> int:
    """1 to 104."""
    if not text.isdecimal() or not 1 <= int(text) <= MOST_WEEKS:
        message = f"{text[:40]!r} is not a number of weeks; write 1 to {MOST_WEEKS}"
        raise argparse.ArgumentTypeError(message)
    return int(text)
