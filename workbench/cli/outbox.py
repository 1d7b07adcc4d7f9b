"""The verb `outbox`: what waits to be sent, one more, another try, or not at all."""

import argparse
import sys
from collections.abc import Mapping
from typing import Any

from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.clock import Clock
from workbench.errors import BadInputError
from workbench.ids import EventId
from workbench.models.kinds import OutboxState
from workbench.operations import outbox
from workbench.queries.outbox import OutboxRow
from workbench.workspace import Workspace

OUTBOX = (
    "id", "state", "kind", "community", "subject", "text", "explanation", "needs_decision", "queued_at", "not_before",
    "expires_at", "url",
)  # fmt: skip
SHOWN = ("id", "state", "kind", "community", "text", "explanation")
_DONE = 0


def run_outbox(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Carries out `outbox list`, `add`, `retry` or `drop`."""
    is_list = options.action == "list"
    with open_workspace(options, clock=clock, say=output.warn, writable=not is_list) as workspace:
        if is_list:
            wanted = OutboxState if options.state is None else {OutboxState(options.state)}
            rows = [row_of(row) for row in outbox.outbox_rows(workspace) if row.state in wanted]
            output.rows(rows, OUTBOX if output.as_json else SHOWN, empty="Nothing waits to be sent.")
            return _DONE
        row, said = _done(options, workspace)
        is_out = not row.needs_sign_in and outbox.needs_somebody(workspace, row)
    output.say(said)
    if is_out:
        output.warn(f"Nobody is signed in to {row.account}; until then it stays here: `workbench account sign-in`.")
    if output.as_json:
        output.one(row_of(row))
    return _DONE


def _done(options: argparse.Namespace, workspace: Workspace) -> tuple[OutboxRow, str]:
    """The item that was added, tried again or dropped, and a line about it."""
    if options.action == "drop":
        row = outbox.item_named(workspace, options.id)
        if outbox.may_stand_there(row) and not options.is_sure:
            message = (
                f"{row.id} may stand on the platform already, and once it is dropped nobody looks for it any more. "
                "`outbox retry` looks for it; add --yes to drop it all the same."
            )
            raise BadInputError(message)
        row = outbox.drop(workspace, item_id=row.id)
        return row, f"Dropped {row.id}."
    if options.action == "add":
        row = outbox.item_named(workspace, _added(options, workspace))
    else:
        row = outbox.item_named(workspace, options.id)
        outbox.retry(workspace, item_id=row.id)
        row = outbox.item_named(workspace, row.id)
    return row, f"{row.id}: {outbox.explained(row)}"


def _added(options: argparse.Namespace, workspace: Workspace) -> str:
    """The id of the new item."""
    if options.like is not None:
        return outbox.queue_like(workspace, message_id=EventId(options.like))
    text = _text(options.text)
    if options.topic_in is not None:
        return outbox.add_topic(
            workspace, community=options.topic_in, subject=options.subject, text=text, is_draft=options.draft
        )
    message_id = EventId(options.reply_to)
    if options.draft:
        return workspace.outbox.save_reply(message_id, text)
    return outbox.queue_reply(workspace, message_id=message_id, text=text)


def _text(given: str) -> str:
    """What was typed, or what is read from the standard input for a dash."""
    if given != "-":
        return given
    if sys.stdin is None:
        message = "There is no standard input to read the text from."
        raise BadInputError(message)
    try:
        return sys.stdin.buffer.read().decode().strip("\n")
    except (OSError, UnicodeDecodeError) as error:
        message = "The standard input is not text in UTF-8."
        raise BadInputError(message) from error


def row_of(row: OutboxRow) -> Mapping[str, Any]:
    """An item under the keys of `outbox list`."""
    return {"explanation": outbox.explained(row)} | {key: getattr(row, key) for key in OUTBOX if key != "explanation"}
