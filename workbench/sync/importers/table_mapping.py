"""Which column of a table means what, and what of a date comes first; kept as JSON."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from hashlib import blake2b
from operator import or_
from typing import Final

from workbench.errors import BadInputError
from workbench.models.kinds import EventKind
from workbench.sync.importers.cells import DayOrder, folded, orders_of

_VERSION: Final = 1
_NOT_A_WORD: Final = re.compile(r"[\W_]+")


class TableKind(StrEnum):
    """What the rows of a table are."""

    MEMBERS = "members"
    POSTS = "posts"
    EVENTS = "events"
    ATTENDANCE = "attendance"


class TableField(StrEnum):
    """What a column can mean."""

    NAME = "name"
    GIVEN = "given"
    FAMILY = "family"
    ADDRESS = "address"
    COMMUNITY = "community"
    OFFICE = "office"
    ROLE = "role"
    JOINED = "joined"
    LEFT = "left"
    DATE = "date"
    TIME = "time"
    SUBJECT = "subject"
    TEXT = "text"
    THREAD = "thread"
    REPLY_TO = "reply_to"
    ID = "id"
    KIND = "kind"
    EVENT = "event"
    ATTENDED = "attended"
    REGION = "region"
    ORGANISATION = "organisation"
    LANGUAGES = "languages"
    TIME_ZONE = "time_zone"
    LEVEL = "level"


F = TableField
_WHO: Final = (F.NAME, F.GIVEN, F.FAMILY, F.ADDRESS)
DAYS: Final = frozenset({F.DATE, F.JOINED, F.LEFT})
FIELDS: Final[dict[TableKind, tuple[TableField, ...]]] = {
    TableKind.MEMBERS: (
        *_WHO, F.OFFICE, F.REGION, F.ORGANISATION, F.LANGUAGES, F.TIME_ZONE, F.ROLE, F.LEVEL, F.JOINED, F.LEFT,
        F.COMMUNITY,
    ),
    TableKind.POSTS: (*_WHO, F.DATE, F.TIME, F.SUBJECT, F.TEXT, F.THREAD, F.REPLY_TO, F.ID, F.OFFICE,
        F.ORGANISATION, F.COMMUNITY),
    TableKind.EVENTS: (
        *_WHO, F.DATE, F.TIME, F.KIND, F.SUBJECT, F.TEXT, F.THREAD, F.REPLY_TO, F.ID, F.OFFICE,
        F.ORGANISATION, F.COMMUNITY,
    ),
    TableKind.ATTENDANCE: (*_WHO, F.EVENT, F.DATE, F.TIME, F.ATTENDED, F.OFFICE, F.ORGANISATION, F.COMMUNITY),
}  # fmt: skip
"""What columns can mean in a table of each kind."""
_NEEDED: Final[dict[TableKind, tuple[tuple[TableField, ...], ...]]] = {
    TableKind.MEMBERS: (_WHO,),
    TableKind.POSTS: (_WHO, (F.DATE,), (F.SUBJECT, F.TEXT)),
    TableKind.EVENTS: (_WHO, (F.DATE,), (F.KIND,)),
    TableKind.ATTENDANCE: (_WHO, (F.DATE,), (F.EVENT,)),
}


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What each column means (None: not read), by its place; `day_order` settles dates such as 05/01/2026.

    `act` is what every row of a table of events is, where no column says it.
    """

    kind: TableKind
    columns: tuple[TableField | None, ...]
    day_order: DayOrder | None = None
    act: EventKind | None = None

    def missing(self) -> tuple[tuple[TableField, ...], ...]:
        """What rows of this kind cannot be read without: groups of which one column has to be named."""
        needed = _NEEDED[self.kind]
        if self.act is not None:
            needed = tuple(group for group in needed if group != (F.KIND,))
        return tuple(group for group in needed if not set(group) & set(self.columns))

    def places(self) -> dict[TableField, int]:
        """The column of each field; refuses a field that two columns are said to be (BadInputError)."""
        found: dict[TableField, int] = {}
        for place, field in enumerate(self.columns):
            if field is None or field not in FIELDS[self.kind]:
                continue
            if field in found:
                message = f"two columns are said to be “{field.value.replace('_', ' ')}”; choose one of them"
                raise BadInputError(message)
            found[field] = place
        return found

    def to_json(self) -> str:
        """As it is kept."""
        stored = {
            "v": _VERSION,
            "kind": self.kind,
            "columns": self.columns,
            "day_order": self.day_order,
            "act": None if self.act is None else self.act.name.lower(),
        }
        return json.dumps(stored, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "ColumnMapping | None":
        """The mapping that `to_json` made; None for one of another version."""
        stored = json.loads(text)
        if stored.get("v") != _VERSION:
            return None
        return cls(
            TableKind(stored["kind"]),
            tuple(None if name is None else TableField(name) for name in stored["columns"]),
            None if stored["day_order"] is None else DayOrder(stored["day_order"]),
            None if stored["act"] is None else EventKind[stored["act"].upper()],
        )


@dataclass(frozen=True, slots=True)
class DayEvidence:
    """What dates give away: some can only be day first, some only month first, some be read either way."""

    day: bool = False
    month: bool = False
    either: bool = False

    def __or__(self, other: "DayEvidence") -> "DayEvidence":
        return DayEvidence(self.day or other.day, self.month or other.month, self.either or other.either)

    @property
    def settled(self) -> DayOrder | None:
        """The one order that all dates fit, where they say so themselves."""
        if self.day == self.month:
            return None
        return DayOrder.DAY_FIRST if self.day else DayOrder.MONTH_FIRST

    @property
    def is_open(self) -> bool:
        """Whether a person has to say what comes first."""
        return self.settled is None and (self.either or self.day)


def evidence_of(text: str) -> DayEvidence:
    """What one cell gives away."""
    orders = orders_of(text)
    return DayEvidence(
        day=orders == {DayOrder.DAY_FIRST}, month=orders == {DayOrder.MONTH_FIRST}, either=len(orders) > 1
    )


def sum_of(evidence: Iterable[DayEvidence]) -> DayEvidence:
    """What several columns or cells give away together."""
    return reduce(or_, evidence, DayEvidence())


def header_key(headers: Sequence[str]) -> str:
    """A digest of the header row that stays when case, accents, blanks or punctuation change."""
    return blake2b("\x1f".join(map(header_word, headers)).encode(), digest_size=16).hexdigest()


def header_word(text: str) -> str:
    """A header, or a word of a cell, as it is compared: no case, accents or punctuation."""
    return _NOT_A_WORD.sub(" ", folded(text)).strip()
