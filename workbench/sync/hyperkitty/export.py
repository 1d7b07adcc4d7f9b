"""The mails in an export window of a HyperKitty archive: records, and what could not be read as one."""

from collections.abc import Sequence
from datetime import UTC, date
from typing import Final

from workbench.sync.api_client import Answer
from workbench.sync.archives import pieces
from workbench.sync.gate import Cause, line
from workbench.sync.mail import message_record
from workbench.sync.records import MessageRecord, Rejected
from workbench.sync.windows import DayWindow

LAST: Final = 3
"""Mails at the end of a cut export that say how far it came: the clock of one may be wrong."""


def messages_of(
    answer: Answer, address: str, source: str, *, file_limit: int = 0
) -> tuple[list[MessageRecord], list[Rejected]]:
    """The messages of an export, and what in it could not be read as one; files up to `file_limit` with content.

    Of an export that was cut, the mail it ends in is left out.
    """
    records: list[MessageRecord] = []
    rejected: list[Rejected] = []
    found = list(filter(None, pieces((answer.body,))))
    for piece in found[:-1] if answer.is_cut else found:
        if piece.raw is None:
            rejected.append(
                Rejected(source, piece.start, piece.fault, "This part of the archive cannot be read as a mail.")
            )
            continue
        item = message_record(
            piece.raw,
            community=address,
            envelope=piece.envelope,
            source=source,
            position=piece.start,
            now=answer.served_at,
            file_limit=file_limit,
        )
        if isinstance(item, MessageRecord):
            records.append(item)
        else:
            rejected.append(item)
    return records, rejected


def rest_of(task: DayWindow, answer: Answer, address: str) -> DayWindow | None:
    """What to ask for again after an answer that was cut; None of a whole one. LineError where it brings nothing on."""
    if not answer.is_cut:
        return None
    rest = rest_after(task, messages_of(answer, address, "")[0])
    if rest is None:
        raise line(Cause.CUT, "the line broke during the transfer")
    return rest


def is_worth_having(task: DayWindow, address: str, body: bytes) -> bool:
    """Whether the beginning of an export brings its reading on."""
    answer = Answer(status=200, body=body, served_at=None, headers={}, is_cut=True)
    return rest_after(task, messages_of(answer, address, "")[0]) is not None


def rest_after(task: DayWindow, records: Sequence[MessageRecord]) -> DayWindow | None:
    """The days of `task` to ask for again after it broke off: from that of the last mails on. None if that is all.

    An export is in order of arrival: what is missing arrived later than what came. Most of it was written later too,
    but not all: mail that was held, or written offline, may belong to any day of the task.
    """
    days = [day_of(record) for record in records if not record.sent_at_is_guess]
    if not days:
        return None
    start = min(days[-LAST:])
    return DayWindow(start, task.end) if task.start is None or start > task.start else None


def day_of(record: MessageRecord) -> date:
    """The day of UTC a mail was written, which decides about the window it is in."""
    return record.sent_at.astimezone(UTC).date()
