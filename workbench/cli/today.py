"""The verb `today`: what to do first, the weekly note, and what was decided about an item."""

import argparse
from datetime import UTC, timedelta
from typing import Any, Final

from workbench.cli.basis import basis, scope_of
from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.clock import Clock, local_day
from workbench.errors import BadInputError
from workbench.operations.today import LOOKED_AT, Today, nothing_words, older_questions, older_words, today
from workbench.operations.today_items import TodayItem
from workbench.operations.today_marks import MarkState, mark, morning_of, unmark
from workbench.operations.weekly_note import weekly_note
from workbench.queries.known import Known, read_known
from workbench.workspace import Workspace

ITEM: Final = ("key", "task", "title", "reason", "since", "community")
PERSON: Final = ("key", "name", "community", "since", "known_since", "tag")
_SHOWN: Final = ("task", "title", "reason", "community", "key")


def run_today(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Prints the list or the note, after keeping what was decided; refuses as the operations do."""
    decides = any((options.done, options.not_needed, options.later, options.again))
    with open_workspace(options, clock=clock, say=output.warn, writable=decides) as workspace:
        if decides:
            _decide(workspace, options)
        with workspace.database.read() as reader:
            scope, now = scope_of(reader, options.community, output), clock.now()
            day, by_utc = local_day(now), now.astimezone(UTC).date()
            note = weekly_note(reader, scope=scope, as_of=now, day=day) if options.note else None
            found = today(reader, scope=scope, as_of=now, day=day)
            known = read_known(reader, scope, by_utc - LOOKED_AT, by_utc, today=by_utc)
            older = older_questions(reader, found, scope=scope, as_of=now)
            told = basis(reader, scope, (by_utc - LOOKED_AT, by_utc + timedelta(days=1)), now)
    if note is None:
        _print(output, found, known, older=older, told=told)
    elif output.as_json:
        output.one({"note": note, **told})
    else:
        output.say(note.rstrip())
    return 0


def _decide(workspace: Workspace, options: argparse.Namespace) -> None:
    if bool(options.later) != (options.until is not None):
        message = "--later KEY and --until DAY go together: the item comes back on that day."
        raise BadInputError(message)
    for keys, state in ((options.done, MarkState.DONE), (options.not_needed, MarkState.DISMISSED)):
        if keys:
            mark(workspace, keys=keys, state=state)
    if options.later:
        mark(workspace, keys=options.later, state=MarkState.SNOOZED, until=morning_of(options.until))
    if options.again:
        unmark(workspace, keys=options.again)


def _print(output: Output, found: Today, known: Known, *, older: int, told: dict[str, Any]) -> None:
    if output.as_json:
        output.one(
            {
                "items": [_row(item) for item in found.items],
                "more": {task.value: number for task, number in found.more.items()},
                "later": len(found.put_off),
                "older": older,
                **told,
            }
        )
        return
    output.rows(
        [_row(item) for item in found.items], _SHOWN, empty=nothing_words(unknown_days=known.unknown_days, older=older)
    )
    if found.more:
        output.say("Also waiting: " + ", ".join(f"{number} {task.value}" for task, number in found.more.items()))
    if older:
        output.say(f"{older_words(older)} `workbench questions` lists them.")


def _row(item: TodayItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in ITEM} | {
        "thread": item.thread_id,
        "plan": item.plan_id,
        "card": item.card_id,
        "checkpoint": item.checkpoint,
        "outbox": item.outbox_id,
        "person": item.person_id,
        "people": [{name: getattr(one, name) for name in PERSON} for one in item.people],
    }
