"""The words of `plan card` and `plan objective`: which fields a card and an objective have on the command line."""

import argparse
from collections.abc import Callable
from typing import Any, Final

from workbench.cli.values import a_choice, a_count, a_day, a_number, a_pair, a_plan_day, a_text, or_none
from workbench.models.kinds import CardColumn, CardKind, Channel, Focus, Horizon, ObjectiveKind, Pillar

_JSON_IN = "a file of JSON, - for the standard input, with the names of plan.schema.json"
_NONE = "none takes it away"
_DAY = "2026-03-02, or day12 counted from day 0"
_WHICH_CARD = "its id, or its title where that is unique"
_SUPPRESS: Final = argparse.SUPPRESS

Verb = Callable[..., argparse.ArgumentParser]


def add_cards(verb: Verb, actions: Any) -> None:
    """Adds `plan card`."""
    card = verb("card", "Add, change, move and archive cards.", to=actions, dest="card_action")
    below = card.add_subparsers(dest="card_action", metavar="WHAT", required=True)
    add = verb("add", "A new card, or several from JSON.", to=below)
    add.add_argument("plan", type=a_text)
    add.add_argument("title", nargs="?", type=a_text, default=_SUPPRESS)
    _card_fields(add)
    move = verb("move", "Move a card to another column.", to=below)
    move.add_argument("plan", type=a_text)
    move.add_argument("card", type=a_text, help=_WHICH_CARD)
    move.add_argument("column", choices=[column.value for column in CardColumn])
    move.add_argument("--place", type=a_count, default=1, metavar="N", help="counted from the top (1)")
    change = verb("set", "Change fields of a card; those that are not named stay.", to=below)
    change.add_argument("plan", type=a_text)
    change.add_argument("card", type=a_text, help=_WHICH_CARD)
    change.add_argument("--title", type=a_text, default=_SUPPRESS)
    _card_fields(change)
    change.add_argument("--tick", action="append", type=a_text, default=[], metavar="TEXT", help="a line that is done")
    change.add_argument("--untick", action="append", type=a_text, default=[], metavar="TEXT", help="one that is not")
    change.add_argument("--all-times", action="store_true", help="of a card that comes back: every time of it")
    archive = verb("archive", "Take cards off the board; they stay in the plan.", to=below)
    archive.add_argument("plan", type=a_text)
    archive.add_argument("cards", nargs="+", type=a_text, metavar="CARD", help=_WHICH_CARD)
    archive.add_argument("--restore", action="store_true", help="put them back")


def _card_fields(parser: argparse.ArgumentParser) -> None:
    def field(name: str, kind: Callable[[str], Any], metavar: str, help_: str = "") -> None:
        parser.add_argument(
            f"--{name.replace('_', '-')}", dest=name, type=kind, default=_SUPPRESS, metavar=metavar, help=help_ or None
        )

    field("column", a_choice(CardColumn), "|".join(CardColumn))
    field("kind", a_choice(CardKind), "|".join(CardKind))
    for name, words in (("pillar", Pillar), ("focus", Focus), ("channel", Channel)):
        field(name, or_none(a_choice(words)), "|".join(words), _NONE)
    field("owner", a_text, "WHO")
    field("promised_to", a_text, "WHO", "of a commitment")
    field("due", or_none(a_plan_day), "D", f"{_DAY}; {_NONE}")
    field("starts", or_none(a_plan_day), "D", "the first day of a card that takes several")
    field("hours", or_none(a_number), "H", _NONE)
    field("objective", or_none(a_text), "TITLE", f"the objective it serves, or its id; {_NONE}")
    field("notes", a_text, "TEXT")
    field("came_of", a_text, "TEXT", "what came of it")
    field("every", or_none(a_count), "DAYS", f"it comes back; {_NONE}")
    field("until", a_count, "DAY", "until which day of the plan (90)")
    parser.add_argument(
        "--check", action="append", type=a_text, default=[], metavar="TEXT", help="one more line to tick off"
    )
    parser.add_argument(
        "--evidence", action="append", type=a_pair, default=[], metavar="KIND=WHAT",
        help="link, file, thread or number, and which",
    )  # fmt: skip
    parser.add_argument("--json-in", type=a_text, metavar="FILE", help=_JSON_IN)


def add_objectives(verb: Verb, actions: Any) -> None:
    """Adds `plan objective`."""
    objective = verb("objective", "The goals of a plan.", to=actions, dest="objective_action")
    below = objective.add_subparsers(dest="objective_action", metavar="WHAT", required=True)
    add = verb("add", "A new goal; its baseline is frozen as of day 0.", to=below)
    change = verb("set", "Change fields of a goal; those that are not named stay.", to=below)
    archive = verb("archive", "Put a goal aside; a plan keeps at least one.", to=below)
    reading = verb("reading", "Write down a value of a measure kept by hand.", to=below)
    for one in (add, change, archive, reading):
        one.add_argument("plan", type=a_text)
    add.add_argument("title", nargs="?", type=a_text, default=_SUPPRESS)
    for one in (change, archive, reading):
        one.add_argument("objective", type=a_text, help="its id, or its title where that is unique")
    change.add_argument("--title", type=a_text, default=_SUPPRESS)
    for one in (add, change):
        _objective_fields(one)
    archive.add_argument("--restore", action="store_true", help="take it up again")
    reading.add_argument("value", type=or_none(a_number), help="a number; none takes the reading of the day away")
    reading.add_argument("--on", type=a_day, metavar="D", help="the day it was read (today)")
    reading.add_argument("--note", type=a_text, default="")


def _objective_fields(parser: argparse.ArgumentParser) -> None:
    options: tuple[tuple[str, Callable[[str], Any], str, str], ...] = (
        ("--measure", a_text, "KEY[=TARGET]", "a measure, or by_hand, with a target"),
        ("--target", or_none(a_number), "N", _NONE),
        ("--unit", a_text, "TEXT", "what a measure kept by hand counts"),
        ("--kind", or_none(a_choice(ObjectiveKind)), "|".join(ObjectiveKind), _NONE),
        ("--horizon", or_none(a_choice(Horizon)), "|".join(Horizon), _NONE),
        ("--problem", a_text, "TEXT", "what it is about"),
        ("--alignment", a_text, "TEXT", "the strategy it serves"),
        ("--due", or_none(a_plan_day), "D", f"{_DAY}; {_NONE}"),
    )
    for name, kind, metavar, help_ in options:
        parser.add_argument(name, type=kind, default=_SUPPRESS, metavar=metavar, help=help_)
    for name in ("behaviour", "family", "benefit", "risk"):
        parser.add_argument(
            f"--{name}", action="append", type=a_text, default=_SUPPRESS, metavar="TAG", help=f"a tag: {name}"
        )
    parser.add_argument("--json-in", type=a_text, metavar="FILE", help=_JSON_IN)
