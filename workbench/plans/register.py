"""Multi-value register: the values a field has now; concurrent ones stay side by side, a later write replaces them.

Each value is kept in the record's map under "field:op". A write deletes every entry it has seen, so a causally later
value wins whatever the clocks say, and only truly concurrent values remain together for a person to choose.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pycrdt import Map

# 48 random bits tell apart the writes to one field of one record; every spent key stays in the document for good,
# so a full UUID here would make plans four times as heavy.
_OP_BYTES = 6
_NAMES_SOMEBODY = frozenset({"owner", "sponsor", "promised_to", "locked_by"})
_YEAR_9999 = 253_402_300_799_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a field; `at` in microseconds since 1970, `seen` the writes it replaced."""

    op: str
    value: Any
    at: int
    author: str
    seen: tuple[str, ...]


Registers = dict[str, tuple[Entry, ...]]


def write(record: "Map[Any]", field: str, value: object, *, at: int, author: str, knows: Sequence[str] = ()) -> str:
    """Gives a field one value in place of all it has, and answers the op; only inside a transaction of the document.

    `knows` are writes to other fields that this one is to be told apart from later ones by.
    """
    seen = [key.removeprefix(f"{field}:") for key in list(record.keys()) if key.rpartition(":")[0] == field]
    for op in seen:
        del record[f"{field}:{op}"]
    new = secrets.token_urlsafe(_OP_BYTES)
    record[f"{field}:{new}"] = [value, at, author, [*seen, *knows]]
    return new


def read(record: Mapping[str, Any]) -> Registers:
    """The entries of every field, newest time first; raises ValueError for anything that is not an entry."""
    found: dict[str, list[Entry]] = {}
    for key, raw in record.items():
        field, _, op = key.rpartition(":")
        found.setdefault(field, []).append(_entry(op, raw))
    return {field: tuple(sorted(entries, key=lambda e: (-e.at, e.op))) for field, entries in found.items()}


def outdated(was: Sequence[Entry], now: Sequence[Entry], *, undoing: bool) -> list[str]:
    """Ops an undo or redo brought back although a value that stayed had already replaced them.

    A value that stayed replaced them when it saw them itself; and, undoing, when our own value was gone from the field
    before: then somebody had replaced ours, knowing it, and what ours had replaced is older still.
    """
    old = {entry.op for entry in was}
    back = [entry.op for entry in now if entry.op not in old]
    stayed = [entry for entry in now if entry.op in old]
    took_ours = len(stayed) < len(was)
    seen = {op for entry in stayed for op in entry.seen}
    return [op for op in back if op in seen or (undoing and stayed and not took_ours)]


def erase(record: "Map[Any]", registers: Registers, name: str) -> bool:
    """Empties a person's name where it is an author, or stands in a field that names people; True when it was there."""
    is_named = False
    for field, entries in registers.items():
        for entry in entries:
            value = _without(field, entry.value, name)
            author = "" if entry.author == name else entry.author
            if value != entry.value or author != entry.author:
                record[f"{field}:{entry.op}"] = [value, entry.at, author, list(entry.seen)]
                is_named = True
    return is_named


def _without(field: str, value: Any, name: str) -> Any:
    # The fields of one time of a series are kept as "3~owner".
    field = field.rpartition("~")[2]
    if field in _NAMES_SOMEBODY and value == name:
        return ""
    if field == "roles" and isinstance(value, list):
        return [["" if part == name else part for part in line] if isinstance(line, list) else line for line in value]
    return value


def _entry(op: str, raw: object) -> Entry:
    match raw:
        case [value, int() | float() as at, str() as author, [*seen]] if 0 <= at <= _YEAR_9999:
            return Entry(op, value, int(at), author, tuple(str(other) for other in seen))
        case _:
            message = "not an entry of a register"
            raise ValueError(message)
