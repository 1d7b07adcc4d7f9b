"""RollupStore: the one writer of what offices told headquarters, in the profile or on a server.

What is stored follows from which files were taken and from nothing else: not from their order, and not from how often
they came. In a row of files (one office, one copy of a profile) the plans are those of the file with the highest
number, and a week is what the highest file says that states it. Of two files with one number the later made counts,
and both are kept in the list of files, where anybody can see that somewhere a copied profile goes on counting.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from typing import Any, Protocol

from sqlalchemy import JSON, Connection, Date, Table, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from workbench.clock import Clock
from workbench.ids import uuid7
from workbench.models.changes import Changes
from workbench.models.exchange import EXCHANGE, OFFICE, OFFICE_ENVELOPE, OFFICE_PLAN, OFFICE_WEEK, Moment
from workbench.models.moments import to_micros
from workbench.queries.rollup import RowSource
from workbench.sync.rollup_snapshot import CommunityState, ExpectedOffice, OfficeSnapshot, PlanState, Told, mondays


class _Session(Protocol):
    def connection(self) -> Connection: ...


class Place(Protocol):
    """Where the tables lie: a profile's `Database`, or a `Postgres`."""

    def read(self) -> AbstractContextManager[RowSource]:
        """One read transaction."""
        ...

    def write(self) -> AbstractContextManager[_Session]:
        """One write transaction: all of it or nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was opened: who wrote it (`instance` of which `signer`), its number, its digest, and what it says."""

    office_id: str
    instance: str
    sequence: int
    previous: str
    digest: str
    signer: str
    created: datetime
    snapshot: OfficeSnapshot

    @property
    def rank(self) -> tuple[int, datetime, str]:
        """What is newer among the files of one copy: their numbers; clocks can be set back."""
        return (self.sequence, self.created, self.digest)


@dataclass(frozen=True, slots=True)
class Taken:
    """Digests of the files that were new, and {digest: the other office} of those whose signer speaks for another."""

    new: frozenset[str]
    refused: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Known:
    """A file of the list, and the weeks it states."""

    instance: str
    rank: tuple[int, datetime, str]
    weeks: tuple[date, ...]


class RollupStore:
    """Writes the tables of `models/exchange.py` at one place."""

    def __init__(self, place: Place, clock: Clock) -> None:
        self.place = place
        self._clock = clock

    def take(self, office_id: str, files: Sequence[Received]) -> Taken:
        """Takes files of one office in one transaction; neither their order matters nor how often they came.

        A file whose signer has spoken for another office before is left out, and named in the answer.
        """
        with self.place.write() as session:
            connection = session.connection()
            strangers = _strangers(connection, office_id, {each.signer for each in files})
            theirs = [each for each in files if each.signer not in strangers]
            refused = {each.digest: strangers[each.signer] for each in files if each.signer in strangers}
            if not theirs:
                return Taken(frozenset(), refused)
            self._lock(connection, office_id, theirs)
            known = _known(connection, office_id)
            rows = _Rows(office_id)
            new = {each.digest: each for each in theirs if each.digest not in known}
            for instance in {each.instance for each in new.values()}:
                mine = [each for each in new.values() if each.instance == instance]
                rows.add([each for each in known.values() if each.instance == instance], mine, self._clock.now())
            rows.write(connection)
            if new:
                _sum_up(connection, office_id, theirs)
        return Taken(frozenset(new), refused)

    def expect(self, offices: Iterable[ExpectedOffice]) -> Changes:
        """Puts offices on the list of those that are waited for; a name or country given anew replaces the old one."""
        now = self._clock.now()
        with self.place.write() as session:
            for office in offices:
                _add_office(session.connection(), office.office_id, uuid7(self._clock), office.name, now)
                values = {"name": office.name, "country": office.country, "is_expected": True}
                session.connection().execute(OFFICE.update().where(OFFICE.c.office_id == office.office_id), values)
        return Changes.ROLLUP

    def forget(self, office_id: str) -> Changes:
        """Waits for an office no longer; what it told stays. Nothing happens where it was not on the list."""
        with self.place.write() as session:
            theirs = OFFICE.update().where(OFFICE.c.office_id == office_id)
            session.connection().execute(theirs, {"is_expected": False})
            silent = (OFFICE.c.office_id == office_id, OFFICE.c.heard_at.is_(None))
            session.connection().execute(OFFICE.delete().where(*silent))
        return Changes.ROLLUP

    def erase(self, office_id: str) -> Changes:
        """Drops everything an office told, and who may speak for it; one on the list is waited for as before.

        The next file of that office is the first one again, whoever signs it.
        """
        with self.place.write() as session:
            connection = session.connection()
            # Held until the end, as while files are taken in.
            connection.execute(select(OFFICE.c.id).where(OFFICE.c.office_id == office_id).with_for_update())
            for table in (OFFICE_WEEK, OFFICE_PLAN, OFFICE_ENVELOPE):
                connection.execute(table.delete().where(table.c.office_id == office_id))
            theirs = OFFICE.c.office_id == office_id
            connection.execute(OFFICE.delete().where(theirs, OFFICE.c.is_expected.is_(False)))
            unheard = dict.fromkeys(("heard_at", "last_week", "known_until"))
            connection.execute(OFFICE.update().where(theirs), unheard)
        return Changes.ROLLUP

    def _lock(self, connection: Connection, office_id: str, files: Sequence[Received]) -> None:
        """The office's row, held until the end: two people who take in files of one office do it in turns."""
        _add_office(connection, office_id, uuid7(self._clock), files[0].snapshot.office.name, self._clock.now())
        connection.execute(select(OFFICE.c.id).where(OFFICE.c.office_id == office_id).with_for_update())


def _add_office(connection: Connection, office_id: str, id_: str, name: str, now: datetime) -> None:
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    row = {"office_id": office_id, "id": id_, "name": name, "is_expected": False, "added_at": now}
    connection.execute(insert(OFFICE).on_conflict_do_nothing(index_elements=["office_id"]), row)


def _strangers(connection: Connection, office_id: str, signers: Collection[str]) -> dict[str, str]:
    """{signer: the other office it has spoken for} of those who did."""
    columns = OFFICE_ENVELOPE.c
    other = select(columns.signer, columns.office_id).where(columns.signer.in_(signers), columns.office_id != office_id)
    return {row.signer: row.office_id for row in connection.execute(other.distinct())}


def _known(connection: Connection, office_id: str) -> dict[str, _Known]:
    """{digest: file} of what was taken before."""
    columns = OFFICE_ENVELOPE.c
    asked = select(
        columns.instance, columns.sequence, columns.created, columns.sha256, columns.first_week, columns.last_week
    )
    return {
        digest: _Known(instance, (sequence, created, digest), mondays(first, last))
        for instance, sequence, created, digest, first, last in connection.execute(
            asked.where(columns.office_id == office_id)
        )
    }


class _Rows:
    """What is replaced for one office: the weeks and plans to drop, and the rows that come in their place."""

    def __init__(self, office_id: str) -> None:
        self._office = office_id
        self._weeks: dict[str, list[date]] = {}
        self._plans: list[str] = []
        self._rows: dict[str, list[dict[str, Any]]] = {}

    def add(self, known: Collection[_Known], new: Collection[Received], received_at: datetime) -> None:
        """New files of one copy of a profile beside the `known` ones: each tells what none with a higher rank told."""
        stated: set[date] = set()
        is_highest = True
        files: list[_Known | Received] = [*known, *new]
        for file in sorted(files, key=lambda each: each.rank, reverse=True):
            if isinstance(file, Received):
                weeks = set(file.snapshot.office.weeks) - stated
                self._add_file(file, received_at)
                if known:
                    self._weeks.setdefault(file.instance, []).extend(sorted(weeks))
                for community in file.snapshot.communities if weeks else ():
                    self._add_weeks(file, community, weeks)
                if is_highest:
                    self._plans += [file.instance] if known else []
                    for plan in file.snapshot.plans:
                        self._add_plan(file, plan)
                stated |= weeks
            else:
                stated.update(file.weeks)
            is_highest = False

    def write(self, connection: Connection) -> None:
        """Drops and inserts; the plans' own rows go with them."""
        for instance, weeks in self._weeks.items():
            if weeks:
                connection.execute(_of(OFFICE_WEEK, self._office, instance).where(OFFICE_WEEK.c.week.in_(weeks)))
        for instance in self._plans:
            connection.execute(_of(OFFICE_PLAN, self._office, instance))
        for table in EXCHANGE.sorted_tables:
            if rows := self._rows.get(table.name):
                _insert(connection, table, rows)

    def _add_file(self, file: Received, received_at: datetime) -> None:
        office = file.snapshot.office
        self._put(
            "office_envelope", file.created, (file.instance, file.sequence, file.digest),
            instance=file.instance, sequence=file.sequence, previous=file.previous, sha256=file.digest,
            signer=file.signer, created=file.created, received_at=received_at,
            first_week=office.first_week, last_week=office.last_week, counts=file.snapshot.counts,
        )  # fmt: skip

    def _add_weeks(self, file: Received, community: CommunityState, weeks: Collection[date]) -> None:
        for week in community.weeks:
            if week.week not in weeks:
                continue
            self._put(
                "office_week", _midnight(week.week, file.created), (file.instance, community.key, week.week),
                instance=file.instance, week=week.week, community_key=community.key, community=community.name,
                community_type=community.type, known_days=week.known_days, messages=week.messages,
                contributors=week.contributors, is_withheld=week.is_withheld, threads=week.threads,
                replied_threads=week.replied_threads, first_reply_hours=week.first_reply_hours, as_of=file.created,
            )  # fmt: skip

    def _add_plan(self, file: Received, plan: PlanState) -> None:
        start = _midnight(plan.starts_on, file.created)
        row_id = self._put(
            "office_plan", start, (file.instance, plan.plan_id),
            instance=file.instance, plan_id=plan.plan_id, name=plan.name, community_key=plan.community_key,
            community=plan.community, community_type=plan.community_type, starts_on=plan.starts_on, day=plan.day,
            is_archived=plan.is_archived, todo=plan.todo, doing=plan.doing, done=plan.done, late=plan.late,
            hours_planned=plan.hours_planned, hours_done=plan.hours_done, as_of=file.created,
        )  # fmt: skip
        for objective in plan.objectives:
            baseline = objective.baseline or Told()
            self._put(
                "office_objective", start, (row_id, objective.position),
                plan_row_id=row_id, position=objective.position, measure=objective.measure, unit=objective.unit,
                is_by_hand=objective.is_by_hand, target=objective.target, standing=objective.standing,
                baseline_on=objective.baseline_on, **_told("baseline", baseline), **_told("now", objective.now),
            )  # fmt: skip
        for checkpoint in plan.checkpoints:
            self._put(
                "office_checkpoint", start, (row_id, checkpoint.day),
                plan_row_id=row_id, day=checkpoint.day, falls_on=checkpoint.falls_on,
                is_locked=checkpoint.is_locked, decisions=checkpoint.decisions,
            )  # fmt: skip

    def _put(self, table: str, moment: datetime, key: tuple[object, ...], /, **values: Any) -> str:
        id_ = stable_uuid7(moment, table, self._office, *key)
        self._rows.setdefault(table, []).append({"office_id": self._office, "id": id_, **values})
        return id_


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """All rows at the speed of the driver: of a year of 152 offices, the ORM's own way takes half of the time."""
    is_profile = connection.dialect.name == "sqlite"
    for column in table.columns:
        stored = _stored_by(column.type, is_profile=is_profile)
        if stored is not None:
            for row in rows:
                value = row[column.name]
                row[column.name] = None if value is None else stored(value)
    driver: Any = type(connection.dialect)
    text, order = _statement(driver, table)
    values = rows if order is None else [tuple(map(row.__getitem__, order)) for row in rows]
    connection.exec_driver_sql(text, values)


@cache
def _statement(dialect: Any, table: Table) -> tuple[str, tuple[str, ...] | None]:
    """The statement of one driver that inserts a row, and the order of its values where it does not name them."""
    compiled = table.insert().compile(dialect=dialect())
    order = getattr(compiled, "positiontup", None)
    return str(compiled), None if order is None else tuple(order)


def _stored_by(kind: Any, *, is_profile: bool) -> Callable[[Any], Any] | None:
    """How the driver takes a value, so that `models/exchange.py` reads it back; None for as it is."""
    if isinstance(kind, JSON):
        return json.dumps
    if not is_profile:
        return None
    return to_micros if isinstance(kind, Moment) else date.isoformat if isinstance(kind, Date) else None


def _told(name: str, told: Told) -> dict[str, Any]:
    return {
        name: told.value,
        f"{name}_numerator": told.numerator,
        f"{name}_denominator": told.denominator,
        f"{name}_coverage": told.coverage,
        f"{name}_is_withheld": told.is_withheld,
    }


def _of(table: Table, office_id: str, instance: str) -> Any:

    return delete(table).where(table.c.office_id == office_id, table.c.instance == instance)


def _sum_up(connection: Connection, office_id: str, files: Sequence[Received]) -> None:
    """The office's own row, from the newest file of all its copies; the list of headquarters keeps its own name."""
    theirs = OFFICE_ENVELOPE.c.office_id == office_id
    last_week = connection.execute(select(func.max(OFFICE_ENVELOPE.c.last_week)).where(theirs)).scalar_one()
    order = (OFFICE_ENVELOPE.c.created.desc(), OFFICE_ENVELOPE.c.sha256.desc())
    digest = connection.execute(select(OFFICE_ENVELOPE.c.sha256).where(theirs).order_by(*order).limit(1)).scalar_one()
    mine = OFFICE.update().where(OFFICE.c.office_id == office_id)
    connection.execute(mine, {"last_week": last_week})
    for newest in (file for file in files if file.digest == digest):
        said = newest.snapshot.office
        connection.execute(mine, {"heard_at": newest.created, "known_until": said.known_until})
        own = mine.where(OFFICE.c.is_expected.is_(False))
        connection.execute(own, {"name": said.name, "country": said.country})


def _midnight(day: date, like: datetime) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=like.tzinfo)


def stable_uuid7(moment: datetime, *parts: object) -> str:
    """A UUIDv7 whose random bits follow from `parts`: the same row of the same office has one id wherever it lies."""
    digest = sha256("\x1f".join(map(str, parts)).encode()).hexdigest()
    time = f"{int(moment.timestamp() * 1000) & ((1 << 48) - 1):012x}"
    variant = "89ab"[int(digest[3], 16) & 3]
    return f"{time[:8]}-{time[8:]}-7{digest[:3]}-{variant}{digest[4:7]}-{digest[7:19]}"
