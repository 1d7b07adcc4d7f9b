"""The roll-up of headquarters: 152 offices × 52 weekly files, in the profile and on a real PostgreSQL.

The limit beside each row is the bare driver: the rows that are there in the end, written by one `executemany` a table
into tables of the same form.
"""

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.bench.result import Result
from tests.builders import a_clock, a_database, a_workspace
from tests.rig.postgres import Server, is_installed
from tests.rollups import MONDAY, a_file, a_plan, a_week, monday
from workbench.export.rollup_report import gather_rollup
from workbench.models.exchange import EXCHANGE
from workbench.models.postgres import Postgres
from workbench.operations.partners import partner_store
from workbench.operations.rollup_import import import_folder
from workbench.sync.envelope import EnvelopeKind, HeaderDraft, open_envelope, seal
from workbench.sync.identity import Identity
from workbench.sync.rollup import Place, Received, RollupStore
from workbench.sync.rollup_snapshot import (
    SCHEMA,
    WHOLE_OFFICE,
    CommunityState,
    OfficeSnapshot,
    OfficeState,
    from_lines,
    to_lines,
)
from workbench.workspace import Workspace

OFFICES, WEEKS, COMMUNITIES, STATED = 152, 52, 5, 8
AS_OF = datetime(2024, 6, 10, tzinfo=UTC) + timedelta(weeks=WEEKS)
GOAL_WRITE, GOAL_WEEK_MS, GOAL_AGAIN_MS, GOAL_REPORT_MS, GOAL_FILE_KB, GOAL_OPEN = (
    10.0,
    3_000.0,
    500.0,
    1_400.0,
    11.0,
    4.0,
)
_ROUNDS = 200

Rows = dict[str, list[tuple[Any, ...]]]


def a_year(office: int) -> list[Received]:
    """The 52 files of one office: each states eight weeks of five communities and the whole, and one plan."""
    code = f"office-{office:03d}"
    instance = f"{code}:{sha256(code.encode()).hexdigest()[:8]}"  # as the import names a copy
    return [a_file(number + 1, _snapshot(office, number), office=code, instance=instance) for number in range(WEEKS)]


def _snapshot(office: int, last: int) -> OfficeSnapshot:
    first = max(0, last - STATED + 1)
    weeks = range(first, last + 1)
    communities = tuple(
        CommunityState(
            key, f"Community {key} of office {office}" if key else "", None,
            tuple(a_week(week, messages=20 + (office * 7 + week * 3 + len(key)) % 90) for week in weeks),
        )
        for key in (*(f"c{number}" * (number + 1) for number in range(COMMUNITIES)), WHOLE_OFFICE)
    )  # fmt: skip
    plan = a_plan(f"plan-of-{office}", done=last % 20, name=f"Plan of office {office}", day=last)
    stated = OfficeState(f"Office {office}", None, monday(first), monday(last), MONDAY + timedelta(weeks=last))
    return OfficeSnapshot(stated, (plan,), communities)


def run(_cache: Path, _sizes: Sequence[int]) -> list[Result]:
    """Every row; those of PostgreSQL only where one is installed."""
    years = [a_year(office) for office in range(OFFICES)]
    found = list(_files())
    with tempfile.TemporaryDirectory() as folder, a_workspace(Path(folder)) as workspace:
        stick = _weekly_files(workspace, Path(folder) / "stick")
        found += _at(workspace, workspace.database, years, stick, _bare_profile)
        if is_installed():
            server = Server(is_durable=True)
            try:
                server.start()
                with _server(server) as place:
                    found += _at(workspace, place, years, stick, partial(_bare_server, server))
            finally:
                server.stop()
    return found


def _weekly_files(workspace: Workspace, folder: Path) -> Path:
    """One week's files of all offices in a folder, sealed for this profile by partners of it."""
    folder.mkdir()
    store = partner_store(workspace)
    recipient = store.identity(name="Headquarters").public.recipient
    for number in range(OFFICES):
        code = f"office-{number:03d}"
        office = Identity.new(name=code, instance=code)
        store.add(office.public)
        header = HeaderDraft(EnvelopeKind.OFFICE, SCHEMA, WEEKS + 1, AS_OF, stream=code, office=code)
        data = seal(to_lines(_snapshot(number, WEEKS)), header=header, identity=office, to=[recipient])
        (folder / f"{code}.cwoffice").write_bytes(data)
    return folder


def _at(
    workspace: Workspace,
    place: Place,
    years: Sequence[Sequence[Received]],
    stick: Path,
    bare: Callable[[Rows], float],
) -> Iterator[Result]:
    name = "profile" if place is workspace.database else "PostgreSQL"
    store, size = RollupStore(place, a_clock()), f"{OFFICES} offices × {WEEKS} weeks"
    store.take("nobody", [a_file(1, _snapshot(0, 0), office="nobody")])  # what loads once is no part of it
    taken = _timed(lambda: [store.take(year[0].office_id, year) for year in years])
    rows = _all(place)
    count = sum(map(len, rows.values()))
    limit = min(bare(rows) for _ in range(2))
    yield Result(f"roll up, {name}", f"{size}, {count:,} rows", taken * 1000, "ms", GOAL_WRITE, limit * 1000)
    files = f"a folder of {OFFICES} sealed files"
    weekly, again = (
        _timed(lambda: import_folder(workspace, place=place, folder=stick)) * 1000 for _ in ("new", "known")
    )
    yield Result(f"one week more, {name}", files, weekly, "ms", GOAL_WEEK_MS, absolute=True)
    yield Result(f"the same again, {name}", files, again, "ms", GOAL_AGAIN_MS, absolute=True)

    def report() -> None:
        with place.read() as source:
            gather_rollup(source, as_of=AS_OF)

    yield Result(
        f"report, {name}", size, min(_timed(report) for _ in range(3)) * 1000, "ms", GOAL_REPORT_MS, absolute=True
    )


def _files() -> Iterator[Result]:
    """What a file weighs, and what opening one takes beside its decryption."""
    office, headquarters = (Identity.new(name=name, instance=name) for name in ("Office", "Headquarters"))
    payload = to_lines(_snapshot(1, WEEKS - 1))
    header = HeaderDraft(EnvelopeKind.OFFICE, SCHEMA, 1, AS_OF, stream="office:ken", office="ken")
    data = seal(payload, header=header, identity=office, to=[headquarters.public.recipient])
    yield Result(
        "office file", f"{COMMUNITIES} communities, {STATED} weeks", len(data) / 1000, "kB", GOAL_FILE_KB, absolute=True
    )

    def open_and_read() -> None:
        for _ in range(_ROUNDS):
            from_lines(open_envelope(data, identity=headquarters).payload)

    def open_only() -> None:
        for _ in range(_ROUNDS):
            open_envelope(data, identity=headquarters)

    opened, limit = _timed(open_and_read) / _ROUNDS, _timed(open_only) / _ROUNDS
    yield Result("read an office file", "one, against opening it", opened * 1000, "ms", GOAL_OPEN, limit * 1000)


@contextmanager
def _profile() -> Iterator[Place]:
    with tempfile.TemporaryDirectory() as folder:
        database = a_database(Path(folder))
        yield database
        database.close()


@contextmanager
def _server(server: Server) -> Iterator[Place]:
    place = Postgres(server.url())
    yield place
    place.close()


def _all(place: Place) -> Rows:
    """Every row as the driver gives it, by table; what lies in a JSON column as text, which is what a driver takes."""
    with place.read() as source:
        return {
            table.name: [
                tuple(json.dumps(value) if isinstance(value, dict) else value for value in row)
                for row in source.rows(f"SELECT * FROM {table.name}")
            ]
            for table in EXCHANGE.sorted_tables
            if table.name.startswith("office")
        }


def _bare_profile(rows: Rows) -> float:
    with _profile() as place:
        return _timed(lambda: _write(place, rows, "?"))


def _bare_server(server: Server, rows: Rows) -> float:
    server.ask("DROP SCHEMA IF EXISTS bare CASCADE")
    server.ask("CREATE SCHEMA bare")
    place = Postgres(server.url(schema="bare"))
    with place.read():  # makes the tables
        pass
    try:
        return _timed(lambda: _write(place, rows, "%s"))
    finally:
        place.close()


def _write(place: Place, rows: Rows, mark: str) -> None:
    with place.write() as session:
        for table in EXCHANGE.sorted_tables:
            if there := rows.get(table.name):
                marks = ", ".join([mark] * len(there[0]))
                session.connection().exec_driver_sql(f"INSERT INTO {table.name} VALUES ({marks})", there)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
