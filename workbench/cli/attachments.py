"""The verb `attachment`: the files on messages: which there are, one fetched, one saved to a place."""

import argparse
from typing import Any

from workbench.cancel import CancelToken
from workbench.cli.basis import scope_of
from workbench.cli.interrupt import stop_on_interrupt
from workbench.cli.keys import open_workspace
from workbench.cli.output import Output
from workbench.cli.runs import DONE
from workbench.clock import Clock
from workbench.ids import AttachmentId
from workbench.operations.attachments import fetch_attachment, save_attachment
from workbench.queries.attachments import AttachmentRow, list_attachments

FILE = ("id", "message_id", "name", "media_type", "size", "is_here", "reason")
LISTED = (*FILE, "thread_id", "community", "author", "sent_at")
SHOWN = ("id", "name", "size", "is_here", "reason", "community", "author", "sent_at")


def run_attachment(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    """Carries out `attachment list`, `fetch` or `save`; refuses as these operations do."""
    if options.action == "list":
        return _list(options, output, clock)
    is_fetch = options.action == "fetch"
    attachment_id = AttachmentId(options.id)
    with open_workspace(options, clock=clock, say=output.warn, writable=is_fetch) as workspace:
        if not is_fetch:
            path = save_attachment(workspace, attachment_id=attachment_id, path=options.out)
            output.say(f"Saved to {path}.")
            if output.as_json:
                output.one({"id": attachment_id, "saved": str(path)})
            return DONE
        cancel = CancelToken()
        with stop_on_interrupt(cancel):
            row = fetch_attachment(workspace, attachment_id=attachment_id, cancel=cancel)
    output.say(f"{row.name} is here; `workbench attachment save {row.id} --out PLACE` writes it to a file.")
    if output.as_json:
        output.one(_told(row))
    return DONE


def _list(options: argparse.Namespace, output: Output, clock: Clock) -> int:
    with (
        open_workspace(options, clock=clock, say=output.warn, writable=False) as workspace,
        workspace.database.read() as reader,
    ):
        found = list_attachments(reader, scope_of(reader, options.community, output), limit=options.limit)
    rows = [
        _told(one.file)
        | {"thread_id": one.thread_id, "community": one.community, "author": one.author, "sent_at": one.sent_at}
        for one in found
    ]
    output.rows(rows, LISTED if output.as_json else SHOWN, empty="No files on these messages.")
    return DONE


def _told(row: AttachmentRow) -> dict[str, Any]:
    return {key: getattr(row, key) for key in FILE}
