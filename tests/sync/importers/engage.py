"""Viva Engage exports made in a test: a network of invented people, as tables packed into an archive."""

import csv
import io
import os
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from typing_extensions import override

from tests.builders import a_clock, a_database
from tests.sync.mirrored import Mirrored
from workbench.cancel import CancelToken
from workbench.models.kinds import AccountKind
from workbench.progress import Report, silent
from workbench.sync.accounts import AccountStore
from workbench.sync.engage_pass import EngagePass
from workbench.sync.engine import RunResult
from workbench.sync.importers import engage_export
from workbench.sync.importers.engage_export import EngageExport
from workbench.sync.mirror import MirrorStore

KILLED = 9
NOW = datetime(2026, 3, 1, tzinfo=UTC)
WATER, BOATS = "191326289920", "2000337346863105"
MESSAGE = {
    "id": "",
    "thread_id": "",
    "replied_to_id": "null",
    "group_id": WATER,
    "group_name": "Water points",
    "sender_id": "1",
    "sender_name": "Amina Example",
    "sender_email": "amina@example.org",
    "participants": "",
    "in_private_group": "false",
    "in_private_conversation": "false",
    "body": "",
    "attachments": "",
    "created_at": "2026-01-05T09:00:00.0240578Z",
    "deleted_at": "null",
    "message_type": "update",
}
PEOPLE = {"1": ("Amina Example", "amina@example.org"), "2": ("Bö Example", "bo@example.org"), "3": ("示例", "")}
Row = Mapping[str, str]


def a_row(
    number: int, *, by: str = "1", day: int = 5, month: int = 1, answers: int | None = None, **fields: str
) -> Row:
    """A message of Messages.csv; the opener of a thread unless it `answers` one."""
    name, email = PEOPLE[by]
    opener = str(number if answers is None else answers)
    return MESSAGE | {
        "id": str(number),
        "thread_id": opener,
        "replied_to_id": "null" if answers is None else opener,
        "sender_id": by,
        "sender_name": name,
        "sender_email": email,
        "body": f"Words of {number}",
        "created_at": f"2026-{month:02}-{day:02}T09:{number % 60:02}:00.0240578Z",
        **fields,
    }


def an_edit(number: int, text: str, *, day: int = 6, month: int = 1) -> Row:
    """A line of MessageVersions.csv."""
    return {
        "id": f"9{number}",
        "message_id": str(number),
        "body": text,
        "created_at": f"2026-{month:02}-{day:02}T10:00:00Z",
    }


def a_group(id_: str, name: str, *, updated: str = "2026-01-01T00:00:00Z", **fields: str) -> Row:
    """A line of Groups.csv."""
    return {"id": id_, "name": name, "description": "", "deleted": "false", "updated_at": updated, **fields}


def a_table(rows: Sequence[Row], columns: Sequence[str] = ()) -> bytes:
    """A table as the platform writes it: marked UTF-8, commas, quotes where needed."""
    text = io.StringIO()
    names = list(columns) or list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(text, names, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def an_export(
    path: Path,
    messages: Sequence[Row],
    *,
    edits: Sequence[Row] = (),
    groups: Sequence[Row] | None = None,
    users: Sequence[Row] = (),
    columns: Sequence[str] = tuple(MESSAGE),
    packing: int = zipfile.ZIP_DEFLATED,
    **others: bytes,
) -> Path:
    """An archive as the platform packs it."""
    told = [a_group(WATER, "Water points"), a_group(BOATS, "Boats")] if groups is None else groups
    tables = {
        "log.txt": b"Done",
        "request.txt": b"since=2026-01-01",
        "Groups.csv": a_table(told, ("id", "name", "description", "deleted", "updated_at")),
        "Users.csv": a_table(users, ("id", "name", "email", "location", "state")),
        "MessageVersions.csv": a_table(edits, ("id", "message_id", "body", "created_at")),
        "Messages.csv": a_table(messages, columns),
        **{name.replace("_", "."): content for name, content in others.items()},
    }
    return a_zip(path, tables, packing=packing)


def a_zip(path: Path, files: Mapping[str, bytes], *, packing: int = zipfile.ZIP_DEFLATED) -> Path:
    """An archive of these files."""
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def an_account(folder: Path, *, kind: AccountKind = AccountKind.VIVA_ENGAGE_EXPORT) -> Mirrored:
    """A profile with an account and no community; `community_id` is 0."""
    database, clock = a_database(folder), a_clock(NOW)
    accounts = AccountStore(database, clock)
    account_id = accounts.find(kind, "Engage") or accounts.add(kind, "Engage")
    return Mirrored(database, MirrorStore(database, clock), accounts, account_id, 0)  # type: ignore[arg-type]  # none yet


def read_in(
    mirrored: Mirrored, *paths: Path, report: Report = silent, cancel: CancelToken | None = None, **options: Any
) -> list[RunResult]:
    """Brings exports in, as the operation does."""
    return a_pass(mirrored, *paths, **options).run(report=report, cancel=cancel or CancelToken())


class Deadly(CancelToken):
    """Ends the process, as a power cut would, when it is asked for the `count`th time."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._left = count

    @override
    def check(self) -> None:
        self._left -= 1
        if not self._left:
            os._exit(KILLED)


def run_until_killed(folder: str, count: str, *paths: str) -> None:
    """An import in steps of four messages that is killed at its `count`th look at the token."""
    engage_export.STEP_MESSAGES = 4
    engage_export._MESSAGES_A_COMMUNITY = 1
    mirrored = an_account(Path(folder))
    read_in(mirrored, *map(Path, paths), cancel=Deadly(int(count)))
    mirrored.database.close()


def a_pass(mirrored: Mirrored, *paths: Path, is_live: bool = False) -> EngagePass:
    export = EngageExport(paths, now=NOW)
    return EngagePass(export, mirrored.mirror, mirrored.database, account_id=mirrored.account_id, is_live=is_live)
