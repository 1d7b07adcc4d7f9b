"""What rows of a Viva Engage export say: messages, edits, communities and people, each as one frozen value."""

import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from workbench.models.moments import to_micros
from workbench.sync.charsets import scrub
from workbench.sync.importers.engage_tables import Fields
from workbench.sync.mail_dates import believable
from workbench.sync.people import UNKNOWN_NAME, address_key, clean_name, is_automatic, name_handle, plain_address
from workbench.sync.records import AttachmentRecord, PersonRecord

ALL_COMPANY: Final = "all-company"
ALL_COMPANY_NAME: Final = "All Company"
_LONGEST_SUBJECT = 90
# Previews of links stand in the same column, with whole sentences in brackets.
_FILE_MARK = re.compile(r"(?:^|[,;\s])uploadedfile:\[?\s*([0-9]{1,19})(?![0-9])", re.IGNORECASE)
_USER_MARK = re.compile(r"\[\[user:(\d+)\]\]")
_TRUE = frozenset({"true", "1", "yes", "t"})
_FALSE = frozenset({"false", "0", "no", "f"})
_AUTOMATIC_SENDERS = frozenset({"bot", "guide", "system"})

MESSAGE_COLUMNS: Final = (
    "id",
    "thread_id",
    "replied_to_id",
    "group_id",
    "group_name",
    "sender_id",
    ("sender_name", "sender_full_name"),
    "sender_email",
    "sender_type",
    "participants",
    "in_private_conversation",
    "direct_message",
    "body",
    "created_at",
    "deleted_at",
    "message_type",
    "system_message",
    "attachments",
)
EDIT_COLUMNS: Final = (
    ("message_id", "id"),
    "body",
    ("version_created_at", "modified_at", "edited_at", "updated_at", "created_at"),
)
GROUP_COLUMNS: Final = ("id", "name", "description", "deleted", "updated_at", "created_at", ("web_url", "url"))
FILE_COLUMNS: Final = (("file_id", "id"), "name")
USER_COLUMNS: Final = ("id", "name", "email", ("office", "location"))


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a community as the export shows it; `version` is 0, or the moment of its last edit in microseconds.

    `references` are the message it answers and the one that opened its thread, the nearest first. Of `files` an export
    has names at most.
    """

    id: str
    group: str
    group_name: str
    author: PersonRecord
    at: datetime
    text: str
    references: tuple[str, ...]
    version: int
    is_deleted: bool
    files: tuple[AttachmentRecord, ...] = ()

    @property
    def rank(self) -> tuple[int, bool, str]:
        """Of two states of one message the higher one counts, in whatever order they are read."""
        return rank(self.version, self.text)


def rank(version: int, text: str) -> tuple[int, bool, str]:
    """What decides between two states of a message: the later edit, then names instead of numbers, then the letters.

    The last only serves to decide alike whichever is read first.
    """
    return version, "[[user:" not in text, text


@dataclass(frozen=True, slots=True)
class Edit:
    """The text a message was given at a moment, in microseconds; 1 where the export does not say when."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """A community; `stamp` is when it was last changed, in microseconds, -1 if it is only known by its messages."""

    id: str
    name: str
    description: str = ""
    url: str | None = None
    stamp: int = -1
    is_deleted: bool = False


UserRow = tuple[str, str, str]
"""Name, address and office of a person as Users.csv has them; made into a User only for those who wrote something."""


@dataclass(frozen=True, slots=True)
class User:
    """A person; of the address only the digest is kept."""

    name: str
    key: str | None
    office: str | None
    is_bot: bool


PRIVATE: Final = "private"
SYSTEM: Final = "system"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is no message of a community: `why` is PRIVATE or SYSTEM."""

    why: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that is held back, and the community it names, if it names one."""

    code: str
    reason: str
    group: str = ""


def message_of(
    fields: Fields,
    *,
    users: Mapping[int, UserRow],
    edits: Mapping[int, Edit],
    tells_private: bool,
    now: datetime | None,
    files: Mapping[int, str] = MappingProxyType({}),
) -> Message | LeftOut | Refusal:
    """The message of a row with MESSAGE_COLUMNS; `files` are the names of files by id.

    Without a community it belongs to all only if the export says that it is not private (`tells_private`: it has a
    column for that). What the platform wrote itself ("has #joined the network") tells of the network, not of a
    community, and is left out.
    """
    (id_, thread, replied_to, group, group_name, sender, name, email, sender_type, participants) = fields[:10]
    (in_private, direct, body, created_at, deleted_at, message_type, system, attachments) = fields[10:]
    is_private = in_private.lower() in _TRUE or direct.lower() in _TRUE
    is_public = in_private.lower() in _FALSE
    if is_private or (not group and not is_public and (participants or not tells_private)):
        return LeftOut(PRIVATE)
    if message_type.lower() == "system" or system.lower() in _TRUE:
        return LeftOut(SYSTEM)
    place = group or ALL_COMPANY
    if not _is_id(id_) or not (not group or _is_id(group)):
        return Refusal("bad_row", "this row has no usable id", place if not group or _is_id(group) else "")
    at = believable(moment(created_at), now)
    if at is None:
        return Refusal("bad_time", "created_at is no believable time like 2026-01-05T09:00:00Z", place)
    edit = edits.get(int(id_))
    is_deleted = bool(deleted_at)
    text = "" if is_deleted else _text(body if edit is None else edit.text, users)
    references = tuple(dict.fromkeys(other for other in (replied_to, thread) if other and other != id_))
    author = _author(sender, name, email, sender_type, users)
    version = 0 if edit is None or is_deleted else edit.at
    named = () if is_deleted or not attachments else _files(attachments, files)
    return Message(id_, place, group_name, author, at, text, references, version, is_deleted, named)


def edit_of(fields: Fields) -> tuple[int, Edit] | None:
    """The id of a message and what a row with EDIT_COLUMNS says was made of it; None where it says nothing."""
    id_, body, at = fields
    if not _is_id(id_) or not body:
        return None
    edited = believable(moment(at), None)
    return int(id_), Edit(1 if edited is None else to_micros(edited), body)


def group_of(fields: Fields) -> Group | None:
    """The community of a row with GROUP_COLUMNS; None without an id or a name."""
    id_, name, description, deleted, updated_at, created_at, url = fields
    shown = clean_name(name)
    if not _is_id(id_) or not shown:
        return None
    changed = believable(moment(updated_at or created_at), None)
    return Group(
        id_,
        shown,
        description=scrub(_unescaped(description)).strip(),
        url=url if url.startswith("https://") else None,
        stamp=0 if changed is None else to_micros(changed),
        is_deleted=deleted.lower() in _TRUE,
    )


def file_of(fields: Fields) -> tuple[int, str] | None:
    """The id and the name of a file, of a row with FILE_COLUMNS; None without either."""
    id_, name = fields
    shown = clean_name(name)
    return (int(id_), shown) if _is_id(id_) and shown else None


def user_of(fields: Fields) -> tuple[int, UserRow] | None:
    """The id and the rest of a row with USER_COLUMNS; None without an id."""
    id_, name, email, office = fields
    return (int(id_), (name, email, office)) if _is_id(id_) else None


def subject_of(text: str) -> str:
    """What to call a conversation on a platform without subjects: the first line of its first message."""
    line = " ".join(text.lstrip().partition("\n")[0].split())
    if len(line) <= _LONGEST_SUBJECT:
        return line
    cut = line[: _LONGEST_SUBJECT - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:") + "…"


def moment(value: str) -> datetime | None:
    """An ISO time, UTC where it names no zone, or one like 2022/11/11 20:59:56 +0000; None for anything else."""
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        try:
            at = datetime.strptime(value, "%Y/%m/%d %H:%M:%S %z")
        except ValueError:  # no time in any form the platform writes
            return None
    try:
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except OverflowError:  # a zone that pushes it out of the calendar
        return None


def _author(sender: str, name: str, email: str, sender_type: str, users: Mapping[int, UserRow]) -> PersonRecord:
    """Who wrote it: by id, with what the message says of them before what Users.csv does.

    A deleted user may have no name any more, nor an id.
    """
    said = _user(name, email, "")
    row = users.get(int(sender)) if _is_id(sender) else None
    known = said if row is None else _user(*row)
    shown = said.name or known.name or UNKNOWN_NAME
    return PersonRecord(
        sender if _is_id(sender) else name_handle(shown),
        shown,
        said.key or known.key,
        known.office,
        is_bot=said.is_bot or known.is_bot or sender_type.lower() in _AUTOMATIC_SENDERS,
    )


@lru_cache(maxsize=16_384)  # the same people write all the time
def _user(name: str, email: str, office: str) -> User:
    shown = clean_name(name)
    is_bot = is_automatic(plain_address(email) if email else None, shown)
    return User(shown, address_key(email) if email else None, clean_name(office) or None, is_bot)


def _files(attachments: str, names: Mapping[int, str]) -> tuple[AttachmentRecord, ...]:
    """The files a message names, each once; where they lie only who is signed in may ask."""
    ids = dict.fromkeys(_FILE_MARK.findall(attachments))
    found = [(id_, names.get(int(id_), f"File {id_}")) for id_ in ids]
    return tuple(
        AttachmentRecord(id_, name, mimetypes.guess_type(name)[0] or "", is_only_named=True) for id_, name in found
    )


def _text(body: str, users: Mapping[int, UserRow]) -> str:
    """The words, with names for the people they point at where Users.csv has them."""
    text = scrub(_unescaped(body).replace("\r\n", "\n")).strip()
    if "[[user:" not in text:
        return text

    def named(mark: re.Match[str]) -> str:
        row = users.get(int(mark[1][:19]))
        name = "" if row is None else _user(*row).name
        return f"@{name}" if name else mark[0]

    return _USER_MARK.sub(named, text)


def _unescaped(text: str) -> str:
    """Line ends that were written as a backslash and a letter; a text that has real ones means what it says."""
    if "\\n" not in text or "\n" in text:
        return text
    return text.replace("\\r\\n", "\n").replace("\\n", "\n")


def _is_id(text: str) -> bool:
    """A number the platform could have given."""
    return text.isascii() and text.isdigit() and len(text) < 20  # noqa: PLR2004 - digits of a 64-bit number
