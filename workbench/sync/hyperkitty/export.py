"""The mails in an export window of a HyperKitty archive: records, and what could not be read as one."""

from workbench.sync.api_client import Answer
from workbench.sync.archives import pieces
from workbench.sync.mail import message_record
from workbench.sync.records import MessageRecord, Rejected


def messages_of(answer: Answer, address: str, source: str) -> tuple[list[MessageRecord], list[Rejected]]:
    """The messages of an export, and what in it could not be read as one."""
    records: list[MessageRecord] = []
    rejected: list[Rejected] = []
    for piece in filter(None, pieces((answer.body,))):
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
        )
        if isinstance(item, MessageRecord):
            records.append(item)
        else:
            rejected.append(item)
    return records, rejected
