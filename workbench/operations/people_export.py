"""A list of people with names, as CSV or a workbook: only for a recipient and a purpose, which stand in the file."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from workbench.errors import BadInputError
from workbench.export.files import refuse_unwritable, write_whole
from workbench.export.to_csv import csv_bytes
from workbench.logs import Log
from workbench.paths import log_folder
from workbench.queries.member_filter import MemberFilter
from workbench.queries.members import MemberRow, list_members
from workbench.queries.scope import Scope
from workbench.workspace import Workspace

SUFFIXES: Final = (".csv", ".xlsx")
SEALED: Final = ".age"
"""What the name of a sealed list ends in, after its own ending: any program that knows the age format opens it."""
HEADER: Final = (
    "Name", "Office", "Region", "Organisation", "Role", "Languages", "Time zone", "Topics", "Last message",
)  # fmt: skip
_EVERYBODY: Final = 1 << 40


def write_directory(
    workspace: Workspace,
    *,
    scope: Scope,
    text: str = "",
    where: MemberFilter = MemberFilter.ALL,
    out: Path,
    recipient: str,
    purpose: str,
    passphrase: str | None = None,
) -> tuple[Path, int]:
    """Writes what the directory shows, in the order of names; where it is, and how many people it names.

    With a passphrase the file is sealed (age format) and its name ends in .age. Notes, tags, counts of messages and
    everything else kept by hand about a person stay at home. Refuses without a recipient and a purpose, and a name of a
    file that is neither .csv nor .xlsx (BadInputError). That names went out stands in the log; to whom and why stands
    in the file.
    """
    recipient, purpose = " ".join(recipient.split()), " ".join(purpose.split())
    if not recipient or not purpose:
        message = "A list with names needs a recipient and a purpose; both stand in the file."
        raise BadInputError(message)
    if out.suffix.casefold() not in SUFFIXES:
        message = "Write the list to a file that ends in .csv or .xlsx."
        raise BadInputError(message)
    place = out if passphrase is None else out.with_name(out.name + SEALED)
    refuse_unwritable(place)
    with workspace.database.read() as reader:
        rows = list_members(reader, scope, text=text, where=where, limit=_EVERYBODY)
    day = workspace.clock.now().date().isoformat()
    said = f"Contains names, for {recipient}, because: {purpose}. {day}. Not to be passed on."
    table = [_cells(row) for row in rows]
    document = _workbook(said, table) if out.suffix.casefold() == ".xlsx" else _csv(said, table)
    write_whole(place, document if passphrase is None else _sealed(document, passphrase))
    log = Log(log_folder(workspace.profile), clock=workspace.clock)
    log.event("people.names", format=out.suffix.casefold().removeprefix("."), rows=len(rows), bytes=len(document))
    log.close()
    return place, len(rows)


def _cells(row: MemberRow) -> tuple[str, ...]:
    last = "" if row.last_at is None else row.last_at.date().isoformat()
    told = (row.name, row.office, row.region, row.organisation, row.role, row.languages, row.time_zone)
    return (*(text or "" for text in told), " ".join(f"#{topic}" for topic in row.topics), last)


def _sealed(document: bytes, passphrase: str) -> bytes:
    # Comes without types, and is needed only when a list is sealed.
    import pyrage  # type: ignore[import-untyped]  # noqa: PLC0415 - as said above

    if not passphrase:
        message = "A passphrase cannot be empty."
        raise BadInputError(message)
    sealed: bytes = pyrage.passphrase.encrypt(document, passphrase)
    return sealed


def _csv(said: str, table: Sequence[Sequence[str]]) -> bytes:
    # Last, so that programs which read the first line as names of columns find them there.
    return csv_bytes(HEADER, [*table, (said, *[""] * (len(HEADER) - 1))])


def _workbook(said: str, table: Sequence[Sequence[str]]) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - only when a workbook is written

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("People")
    bold, quiet = book.add_format({"bold": True}), book.add_format({"italic": True})
    sheet.set_column(0, len(HEADER) - 1, 20)
    sheet.write_string(0, 0, said, quiet)
    for column, title in enumerate(HEADER):
        sheet.write_string(1, column, title, bold)
    sheet.freeze_panes(2, 1)
    for number, row in enumerate(table, start=2):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)
    book.close()
    return buffer.getvalue()
