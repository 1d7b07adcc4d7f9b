"""A small network for tests of the read side: everything goes in through the mirror, as it does in the program."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.builders import a_clock, a_database
from workbench.ids import AccountId, CommunityId, EventId, PersonId
from workbench.models.database import Database, Reader
from workbench.models.kinds import AccountKind, EventKind
from workbench.models.moments import DayRange, to_day
from workbench.sync.accounts import AccountStore
from workbench.sync.connector import Batch
from workbench.sync.mirror import MirrorStore
from workbench.sync.records import (
    ActRecord,
    CommunityRecord,
    GoneRecord,
    MemberRecord,
    MessageRecord,
    PersonRecord,
    Record,
)

START = datetime(2024, 1, 1, 9, 0, tzinfo=UTC)  # a Monday
NOW = datetime(2024, 6, 15, 12, 0, tzinfo=UTC)


@dataclass
class Network:
    """A profile whose rows are told by names: communities, handles of people, remote ids of messages."""

    database: Database
    mirror: MirrorStore
    account_id: AccountId

    def community(self, name: str, **fields: Any) -> CommunityId:
        record = CommunityRecord(remote_id=name.casefold(), name=name, **fields)
        return self.mirror.ensure_community(self.account_id, record)

    def apply(self, community: CommunityId, *records: Record, **batch: Any) -> None:
        self.mirror.apply(community, "events", Batch(records=records, **batch))

    def cover(self, community: CommunityId, first: date, last: date) -> None:
        self.apply(community, covered=(DayRange(first, last),))

    def change(self, sql: str, *params: object) -> None:
        """For what no source brings: notes, marks, preferences."""
        with self.database.write() as session:
            session.connection().exec_driver_sql(sql, params)

    def tell_offices(self, offices: Mapping[str, str]) -> None:
        """Offices as the coordinator types them: {handle: office}."""
        for handle, office in offices.items():
            self.change(
                "INSERT INTO personfact (person_id, office, find_key, is_leaving, is_sponsor) VALUES (?, ?, '', 0, 0)",
                self.person(handle),
                office,
            )

    @contextmanager
    def read(self) -> Iterator[Reader]:
        with self.database.read() as reader:
            yield reader

    def person(self, handle: str) -> PersonId:
        with self.read() as reader:
            return PersonId(reader.scalar("SELECT person_id FROM handle WHERE remote_id = ?", (handle,)))

    def event(self, remote_id: str) -> EventId:
        with self.read() as reader:
            return EventId(reader.scalar("SELECT id FROM event WHERE remote_id = ?", (remote_id,)))


def a_network(folder: Path, *, kind: AccountKind = AccountKind.TABLE) -> Network:
    database, clock = a_database(folder), a_clock(NOW)
    account_id = AccountStore(database, clock).add(kind, "Tables")
    return Network(database, MirrorStore(database, clock), account_id)


def a_person(handle: str, **fields: Any) -> PersonRecord:
    return PersonRecord(**{"handle": handle, "name": f"{handle.title()} Example", **fields})


def a_message(remote_id: str, *, by: str | PersonRecord = "amina", at: datetime | None = None, **fields: Any) -> Record:
    """A post, or with `to` a reply to that message; `hours` count from the start."""
    hours, to = fields.pop("hours", 0), fields.pop("to", None)
    values: dict[str, Any] = {"subject": "Pumps", "text": f"Words of {remote_id}", **fields}
    return MessageRecord(
        remote_id=remote_id,
        community="",
        author=a_person(by) if isinstance(by, str) else by,
        sent_at=at or START + timedelta(hours=hours),
        references=() if to is None else (to,),
        **values,
    )


def a_reaction(remote_id: str, *, to: str, by: str = "amina", hours: float = 0) -> Record:
    at = START + timedelta(hours=hours)
    return ActRecord(remote_id, "", EventKind.REACTION, a_person(by), at, target=to)


def a_member(handle: str, *, name: str | None = None, **fields: Any) -> Record:
    whose = {key: fields.pop(key) for key in ("office", "is_bot") if key in fields}
    return MemberRecord("", a_person(handle, **({} if name is None else {"name": name}), **whose), **fields)


def gone(remote_id: str) -> Record:
    return GoneRecord(remote_id, "")


def day(text: str) -> int:
    return to_day(date.fromisoformat(text))


def plan_of(reader: Reader, sql: str, params: object = ()) -> str:
    """What the planner says it will do, one step a line."""
    return "\n".join(row[3] for row in reader.rows(f"EXPLAIN QUERY PLAN {sql}", params))  # type: ignore[arg-type]  # test
