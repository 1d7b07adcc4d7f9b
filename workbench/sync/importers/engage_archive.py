"""One Viva Engage export archive: its tables found by name, people and communities read, edits in bounded turns."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO, Final

from workbench.errors import SourceError
from workbench.sync.importers.engage_rows import (
    EDIT_COLUMNS,
    FILE_COLUMNS,
    GROUP_COLUMNS,
    USER_COLUMNS,
    Edit,
    Group,
    UserRow,
    edit_of,
    file_of,
    group_of,
    user_of,
)
from workbench.sync.importers.engage_tables import Table
from workbench.sync.source_files import Source, fingerprint
from workbench.sync.zip_gate import GatedZip, ZipLimits, open_archive

MESSAGES_FILE: Final = "messages.csv"
_GROUPS_FILE, _USERS_FILE, _EDITS_FILE = "groups.csv", "users.csv", "messageversions.csv"
_FILES_FILE = "files.csv"
_READ: Final = frozenset({MESSAGES_FILE, _GROUPS_FILE, _USERS_FILE, _EDITS_FILE, _FILES_FILE})
_NEEDED = ("id", "group_id", "sender_id", "body", "created_at")
MOST_GROUPS = 100_000
MOST_USERS = 250_000
"""Beyond these the people are known by what Messages.csv says of them; each costs some 300 bytes of memory."""
MOST_FILES = 100_000
"""Names of files; beyond them a file is known by its number."""
EDITS_HELD = 100_000
EDIT_LETTERS_HELD = 30_000_000


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive that looks like an export: `passed_over` files in it are of no use here."""

    source: Source
    mark: str
    limits: ZipLimits
    tables: dict[str, str]
    message_bytes: int
    passed_over: int

    @classmethod
    def at(cls, source: Source, limits: ZipLimits) -> "Archive":
        """Looks at the table of contents and at the header of Messages.csv.

        Refuses (SourceError) what the zip gate refuses, `nested` where there are only other archives in it, and
        `not_export` without a Messages.csv with the columns that make a message.
        """
        with open_archive(source.path, limits) as archive:
            tables: dict[str, str] = {}
            sizes: dict[str, int] = {}
            for entry in archive.entries:
                name = PurePosixPath(entry.name.replace("\\", "/")).name.lower()
                if name in tables:
                    raise _no_export(source, f"there are two files called {name} in the archive")
                if name in _READ:
                    tables[name], sizes[name] = entry.name, entry.size
            if MESSAGES_FILE not in tables:
                if any(entry.name.lower().endswith(".zip") for entry in archive.entries):
                    reason = "there are archives inside the archive; unpack it and import those"
                    raise SourceError(reason, path=source.name, fault="nested")
                raise _no_export(source, "there is no Messages.csv in the archive")
            _check_columns(archive, tables[MESSAGES_FILE], source)
            passed_over = len(archive.entries) - len(tables)
        return cls(source, fingerprint(source), limits, tables, sizes[MESSAGES_FILE], passed_over)

    @property
    def messages_name(self) -> str:
        """What quarantine calls the place of a message that could not be read."""
        return f"{self.source.name}/Messages.csv"

    @contextmanager
    def table(self, name: str) -> Iterator[tuple[Table, BinaryIO] | None]:
        """One of its tables, open for reading, with the stream behind it; None where the archive has none."""
        if name not in self.tables:
            yield None
            return
        with open_archive(self.source.path, self.limits) as archive, archive.stream(self.tables[name]) as stream:
            yield Table(stream, self.source.name), stream

    def groups(self) -> dict[str, Group]:
        """The communities of Groups.csv. Refuses more than a network can have (SourceError)."""
        found: dict[str, Group] = {}
        with self.table(_GROUPS_FILE) as opened:
            for row in () if opened is None else opened[0].rows(*GROUP_COLUMNS):
                group = None if row.fault else group_of(row.fields)
                if group is not None and (group.id not in found or group.stamp >= found[group.id].stamp):
                    found[group.id] = group
                if len(found) > MOST_GROUPS:
                    raise _no_export(self.source, f"Groups.csv names more than {MOST_GROUPS:,} communities")
        return found

    def users(self) -> dict[int, UserRow]:
        """The people of Users.csv, at most so many as fit into memory."""
        found: dict[int, UserRow] = {}
        with self.table(_USERS_FILE) as opened:
            for row in () if opened is None else opened[0].rows(*USER_COLUMNS):
                user = None if row.fault else user_of(row.fields)
                if user is not None:
                    found[user[0]] = user[1]
                if len(found) >= MOST_USERS:
                    break
        return found

    def files(self) -> dict[int, str]:
        """The names of the files of Files.csv, at most so many as fit into memory."""
        found: dict[int, str] = {}
        with self.table(_FILES_FILE) as opened:
            for row in () if opened is None else opened[0].rows(*FILE_COLUMNS):
                file = None if row.fault else file_of(row.fields)
                if file is not None:
                    found[file[0]] = file[1]
                if len(found) >= MOST_FILES:
                    break
        return found

    def edits(self) -> Iterator[dict[int, Edit]]:
        """The last text of each edited message, in portions that fit into memory; at least one, perhaps empty.

        A message may be in several portions; of those the highest moment counts.
        """
        held: dict[int, Edit] = {}
        letters = 0
        with self.table(_EDITS_FILE) as opened:
            for row in () if opened is None else opened[0].rows(*EDIT_COLUMNS):
                found = None if row.fault else edit_of(row.fields)
                if found is None:
                    continue
                id_, edit = found
                earlier = held.get(id_)
                if earlier is None or edit.at >= earlier.at:
                    held[id_] = edit
                    letters += len(edit.text)
                if len(held) >= EDITS_HELD or letters >= EDIT_LETTERS_HELD:
                    yield held
                    held, letters = {}, 0
        yield held


def _check_columns(archive: GatedZip, name: str, source: Source) -> None:
    with archive.stream(name) as stream:
        table = Table(stream, source.name)
        missing = [column for column in _NEEDED if not table.has(column)]
    if missing:
        raise _no_export(source, f"Messages.csv has no column named {' or '.join(missing)}")


def _no_export(source: Source, reason: str) -> SourceError:
    return SourceError(reason, path=source.name, fault="not_export")
