"""The verb rollup forget: all that an office told headquarters, dropped once somebody said so."""

import argparse
import sys
from typing import TYPE_CHECKING, Final

from workbench.cli.keys import may_ask
from workbench.cli.output import Output
from workbench.errors import BadInputError
from workbench.operations.rollup_forget import Goes, forget_told, what_goes
from workbench.workspace import Workspace

if TYPE_CHECKING:
    from workbench.sync.rollup import Place

FORGOTTEN: Final = ("office_id", "name", "files", "plans", "weeks", "is_expected")


def run_forget(options: argparse.Namespace, workspace: Workspace, place: "Place", output: Output) -> int:
    """Names what goes and drops it; refuses an office nothing came from, and where nobody can be asked."""
    goes = what_goes(place, options.office)
    if not options.is_sure:
        _confirm(options, goes, output)
    forget_told(workspace, place=place, code=goes.office_id)
    row = {key: getattr(goes, key) for key in FORGOTTEN}
    output.one(row if output.as_json else {"forgotten": f"{goes.name}: {_told_words(goes)}"})
    return 0


def _confirm(options: argparse.Namespace, goes: Goes, output: Output) -> None:
    """Names what would go; goes on only where somebody at a terminal types the code of the office."""
    stays = "It stays on the list" if goes.is_expected else "It is not on the list"
    output.warn(
        f"This goes with {goes.name}: {_told_words(goes)}, and who may speak for it. {stays}; a new file of it starts "
        "afresh. It cannot be undone."
    )
    if not may_ask(options):
        message = "Nothing was forgotten: nobody can be asked here. Add --yes to forget it."
        raise BadInputError(message)
    print(f"Type {goes.office_id} to forget it: ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().casefold() != goes.office_id:
        message = f"That is not {goes.office_id}. Nothing was forgotten."
        raise BadInputError(message)


def _told_words(goes: Goes) -> str:
    counts = ((goes.files, "file"), (goes.plans, "plan"), (goes.weeks, "week"))
    return ", ".join(f"{number:,} {word}{'' if number == 1 else 's'}" for number, word in counts)
