"""Table importer: a connector that reads members and events from CSV files."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

from workbench.errors import BadInputError
from workbench.models.kinds import AccountKind, EventKind
from workbench.sync.connector import Abilities, Batch, Cursor, Stream
from workbench.sync.importers.csv_rows import Shape, rows, shape_of
from workbench.sync.importers.table_walk import Place, Refusal, Walk
from workbench.sync.mail_dates import believable
from workbench.sync.people import address_key as key_of
from workbench.sync.people import clean_name, is_automatic, plain_address
from workbench.sync.records import (
    ActRecord,
    CommunityRecord,
    MemberRecord,
    MessageRecord,
    PersonRecord,
    Record,
)
from workbench.sync.source_files import Source, fingerprint

# Names of their own: a table joins communities that are synced, whose places are kept under theirs.
MEMBERS = Stream("table members", "Members")
EVENTS = Stream("table events", "Events")
EVENT_COLUMNS = frozenset({"id", "person", "kind", "ts_utc"})
MEMBER_COLUMNS = frozenset({"person", "office"})
_KINDS = {kind.name.lower(): kind for kind in EventKind}


class TableFiles:
    """Members and events of one community in CSV files.

    Events: id, community, person, kind, ts_utc, root_id, parent_id, target_person, text, and perhaps subject. Members:
    person, office, and perhaps community, role, joined_at, left_at. A person is a name or an address, of which only
    the digest is kept. Rows that cannot be read are held back with their line; the rest goes on.
    A file that names several communities gives only its rows of this one; one other name is taken to mean this one.
    Refuses files that are not there, lack those columns, or name several communities but not this one (BadInputError).
    """

    kind: ClassVar[AccountKind] = AccountKind.TABLE
    abilities: ClassVar[Abilities] = Abilities(
        edits=True,
        leavers=True,
        join_dates=True,
        reactions=True,
        reaction_dates=True,
        views=True,
        silent_members=True,
        mentions=True,
        accepted_answers=True,
    )
    streams: ClassVar[tuple[Stream, ...]] = (MEMBERS, EVENTS)

    def __init__(
        self, *, community: str, events: Path | None = None, members: Path | None = None, now: datetime | None = None
    ) -> None:
        self._community = community
        self._files = {EVENTS: (events, EVENT_COLUMNS), MEMBERS: (members, MEMBER_COLUMNS)}
        self._now = now

    def communities(self) -> tuple[CommunityRecord, ...]:
        """The one community; refuses here already what is no such table."""
        for stream in self.streams:
            self._table(stream)
        return (CommunityRecord(remote_id=self._community, name=self._community),)

    def pull(self, community: str, stream: Stream, *, since: Cursor | None) -> Iterator[Batch]:
        """Every row of the community not yet promised by `since`; nothing where no file was given for the stream."""
        table = self._table(stream)
        if table is None:
            return
        source, shape, accepted = table
        make = _event if stream == EVENTS else _member

        def made(fields: Mapping[str, str]) -> Record | Refusal | None:
            is_meant = fields.get("community", "") in accepted
            return make(fields, community, now=self._now) if is_meant else None

        place = Place.after(since, fingerprint(source))
        yield from Walk(source, partial(rows, source.path, shape), made, place).batches()

    def _table(self, stream: Stream) -> tuple[Source, Shape, frozenset[str]] | None:
        """The file of a stream, how to read it, and which names of communities in it are meant."""
        path, wanted = self._files[stream]
        if path is None:
            return None
        try:
            source = Source(path, path.name, path.stat().st_size, is_asked_for=True)
            shape = shape_of(path, wanted)
            names = set() if shape is None or "community" not in shape.columns else _names(path, shape)
        except OSError as error:
            reason = f"{path.name} cannot be read: {error.strerror}"
            raise BadInputError(reason, path=str(path)) from error
        if shape is None:
            reason = f"{path.name} has no columns named {', '.join(sorted(wanted))}"
            raise BadInputError(reason, path=str(path))
        if len(names) > 1 and self._community not in names:
            reason = f"{path.name} holds {', '.join(sorted(names)[:10])}, but not {self._community}"
            raise BadInputError(reason, path=str(path))
        return source, shape, frozenset(names if len(names) == 1 else {self._community}) | {""}


def _event(fields: Mapping[str, str], community: str, *, now: datetime | None) -> MessageRecord | ActRecord | Refusal:
    remote_id, name = fields["id"], fields.get("kind", "").lower()
    kind = _KINDS.get(name)
    at = _moment(fields.get("ts_utc", ""), now)
    parents = tuple(dict.fromkeys(filter(None, (fields.get("parent_id"), fields.get("root_id")))))
    parents = tuple(parent for parent in parents if parent != remote_id)
    if kind is None:
        return "unknown_kind", f"no kind of event is called this; known are {', '.join(_KINDS)}"
    if at is None:
        return "bad_time", "ts_utc is no believable time like 2026-01-05T09:00:00Z"
    if not remote_id or not fields.get("person"):
        return "bad_row", "this row has no id or names no person"
    if kind is EventKind.REPLY and not parents:
        return "no_parent", "a reply that names neither parent_id nor root_id"
    person = _person(fields["person"])
    if kind in (EventKind.POST, EventKind.REPLY):
        references = parents if kind is EventKind.REPLY else ()
        text = fields.get("text", "")
        return MessageRecord(remote_id, community, person, at, fields.get("subject", ""), text, references=references)
    pointed = fields.get("target_person")
    return ActRecord(
        remote_id=remote_id,
        community=community,
        kind=kind,
        person=person,
        at=at,
        target=parents[0] if parents else None,
        target_person=_person(pointed) if pointed else None,
    )


def _member(fields: Mapping[str, str], community: str, *, now: datetime | None) -> MemberRecord | Refusal:
    if not fields["person"]:
        return "bad_row", "this row names no person"
    moments: dict[str, datetime | None] = {}
    for column in ("joined_at", "left_at"):
        value = fields.get(column, "")
        moments[column] = _moment(value, now) if value else None
        if value and moments[column] is None:
            return "bad_time", f"{column} is no believable time like 2026-01-05"
    person = _person(fields["person"], office=fields.get("office") or None)
    return MemberRecord(community, person, role=fields.get("role") or None, **moments)


def _person(value: str, *, office: str | None = None) -> PersonRecord:
    """A person by name, or by address: then the digest is the handle and the part before the "@" the name."""
    key = key_of(value)
    name = clean_name(value)
    return PersonRecord(
        key or value, name, key, office, is_bot=key is not None and is_automatic(plain_address(value), name)
    )


def _moment(value: str, now: datetime | None) -> datetime | None:
    """An ISO time, UTC where it names no zone; a date alone is its midnight. None for anything else or absurd."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:  # not ISO: "05/01/2026" may be January or May, so it is not guessed
        return None
    return believable(moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC), now)


def _names(path: Path, shape: Shape) -> set[str]:
    """The communities a table names."""
    return {row.fields.get("community", "") for row in rows(path, shape)} - {""}
