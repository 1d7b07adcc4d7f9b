"""Member data: what the directory and the person beside it ask of the profile."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from workbench.ids import PersonId
from workbench.models.changes import Changes
from workbench.models.database import Database, Reader
from workbench.notes.store import NotesStore
from workbench.queries.communities import community_names
from workbench.queries.coverage import coverage_share, covered, weeks_known
from workbench.queries.identities import root_of
from workbench.queries.member_filter import MemberFilter, filter_words
from workbench.queries.members import (
    CARD_WEEKS,
    MemberRow,
    MemberSort,
    PersonCard,
    count_members,
    first_members,
    known_tags,
    list_members,
    person_card,
    place_of_member,
)
from workbench.queries.own_organisations import unsaid_words
from workbench.queries.people_details import PersonDetails, person_details
from workbench.queries.preferences import my_name, preference
from workbench.queries.scope import Scope
from workbench.queries.weeks import recent_weeks
from workbench.ui.qt_models.member_table import CHOSEN_AT_FIRST, COLUMNS
from workbench.ui.qt_models.row_pages import PAGE

KNOWN_DAYS: Final = 90
COLUMNS_KEY: Final = "members.columns"
_EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class People:
    """Which people are wanted, and in what order."""

    scope: Scope
    text: str
    sort: MemberSort
    is_descending: bool
    now: datetime
    where: MemberFilter = MemberFilter.ALL
    find: PersonId | None = None
    """Who is to be marked, wherever they stand."""


@dataclass(frozen=True, slots=True)
class Directory:
    """The first answer: how many fit, how many there are without the filter, the first page, the chosen columns.

    Where nobody fits, `alone` tells how many people each word and each choice would leave by itself.
    """

    fitting: int
    total: int
    rows: list[MemberRow]
    communities: int
    columns: tuple[str, ...]
    known_share: float
    """How much of the last KNOWN_DAYS is known in the scope, 0.0 to 1.0."""
    alone: tuple[tuple[str, int], ...] = ()
    chosen: int = 0
    """How many the choice of people leaves without any word, where nobody fits."""
    place: int | None = None
    """Where the person to be marked stands; None where they do not."""
    unsaid: str = ""
    """What a list of external people has to say of itself."""


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """Everything the inspector shows."""

    card: PersonCard
    first_week: date
    known_tags: tuple[str, ...]
    known_weeks: tuple[bool, ...]
    """Whether each week of the card is known in the person's communities."""
    details: PersonDetails | None = None
    now: datetime | None = None
    my_name: str = ""


def read_directory(database: Database, people: People) -> Directory:
    """Counts and the first page of people."""
    with database.read() as reader:
        total = count_members(reader, people.scope)
        rows, fitting = first_members(
            reader, people.scope, text=people.text, where=people.where, sort=people.sort,
            descending=people.is_descending, limit=PAGE,
        )  # fmt: skip
        columns = _columns(preference(reader, COLUMNS_KEY))
        yesterday = people.now.astimezone(UTC).date() - timedelta(days=1)
        known = coverage_share(reader, people.scope, yesterday - timedelta(days=KNOWN_DAYS - 1), yesterday)
        found = Directory(fitting, total, rows, len(community_names(reader)), columns, known)
        if people.where is MemberFilter.EXTERNAL:
            found = replace(found, unsaid=unsaid_words(reader))
        if people.find is not None:
            found = replace(found, place=_place(reader, people, people.find, rows))
        return found if fitting or not people.text else _explained(reader, people, found)


def _place(reader: Reader, people: People, find: PersonId, rows: Sequence[MemberRow]) -> int | None:
    """Where somebody, or who they were made one with, stands."""
    person = root_of(reader, find)
    if (place := next((place for place, row in enumerate(rows) if row.person_id == person), None)) is not None:
        return place
    return place_of_member(
        reader, people.scope, person,
        text=people.text, where=people.where, sort=people.sort, descending=people.is_descending,
    )  # fmt: skip


def _explained(reader: Reader, people: People, found: Directory) -> Directory:
    """What each part of the filter leaves by itself."""
    words = filter_words(people.text)
    # One word alone, of everybody, is what was just asked for.
    is_known = len(words) == 1 and people.where is MemberFilter.ALL
    alone = tuple((word, 0 if is_known else count_members(reader, people.scope, text=word)) for word in words)
    chosen = count_members(reader, people.scope, where=people.where)
    return replace(found, alone=alone, chosen=chosen)


def read_people(database: Database, people: People, page: int) -> list[MemberRow]:
    """One page of people."""
    with database.read() as reader:
        return _rows(reader, people, page)


def read_person(database: Database, person_id: PersonId, now: datetime, *, scope: Scope = ()) -> ShownPerson | None:
    """One person, what they did in the scope first; None when they are gone."""
    with database.read() as reader:
        # Somebody who was made one with another is shown as that one.
        card = person_card(reader, root_of(reader, person_id), as_of=now, scope=scope)
        if card is None:
            return None
        monday, _until = recent_weeks(now, CARD_WEEKS)
        first, today = _EPOCH + timedelta(days=monday), now.astimezone(UTC).date()
        theirs = tuple(community.id for community in card.communities)
        # Without a community the scope would be the whole network.
        days = covered(reader, theirs, first, today) if theirs else []
        known = weeks_known(days, first=first, weeks=CARD_WEEKS, today=today)
        details = person_details(reader, card.person_id, as_of=now)
        return ShownPerson(card, first, known_tags(reader), known, details, now, my_name(reader))


def keep_columns(notes: NotesStore, columns: Sequence[str]) -> Changes:
    """Remembers which columns are shown."""
    return notes.set_preference(COLUMNS_KEY, json.dumps(list(columns)))


def _rows(reader: Reader, people: People, page: int) -> list[MemberRow]:
    return list_members(
        reader, people.scope, text=people.text, where=people.where, sort=people.sort,
        descending=people.is_descending, limit=PAGE, offset=page * PAGE,
    )  # fmt: skip


def _columns(stored: str | None) -> tuple[str, ...]:
    """Columns as kept; what no version of this program wrote is read as the first choice."""
    known = {column.key for column in COLUMNS}
    found = json.loads(stored) if stored is not None else None
    if not isinstance(found, list):
        return CHOSEN_AT_FIRST
    return tuple(key for key in found if key in known) or CHOSEN_AT_FIRST
