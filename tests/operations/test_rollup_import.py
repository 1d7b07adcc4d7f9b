"""Taking in at headquarters: however files come, the same is known in the end, and what did not come is named."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.builders import a_workspace
from tests.rollups import a_plan, a_snapshot, all_rows, monday
from tests.two_places import SERVED
from workbench.cancel import CancelToken
from workbench.errors import CancelledError, SourceError
from workbench.export.rollup_report import RollupReport, Trouble
from workbench.models.changes import Changes
from workbench.operations.partners import own_identity, partner_store
from workbench.operations.rollup import rollup_report
from workbench.operations.rollup_import import RollupImport, import_folder
from workbench.sync.envelope import EnvelopeKind, HeaderDraft, digest_of, seal
from workbench.sync.identity import Identity
from workbench.sync.rollup import Place
from workbench.sync.rollup_snapshot import SCHEMA, OfficeSnapshot, to_lines
from workbench.workspace import Workspace

START = datetime(2024, 6, 10, 8, tzinfo=UTC)
AS_OF = datetime(2024, 9, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Sealed:
    """A file on its way, and what it says."""

    office: str
    sequence: int
    snapshot: OfficeSnapshot
    created: datetime
    data: bytes

    @property
    def rank(self) -> tuple[int, datetime, str]:
        return (self.sequence, self.created, digest_of(self.data))


class Office:
    """An invented office that writes one file a week, each stating four weeks."""

    def __init__(self, code: str, headquarters: str) -> None:
        self.code = code
        self.identity = Identity.new(name=f"Office {code}", instance=f"copy-of-{code}")
        self._to = headquarters
        self._digests: dict[int, str] = {}

    def write(
        self, sequence: int, snapshot: OfficeSnapshot, *, is_twin: bool = False, kind=EnvelopeKind.OFFICE, schema=SCHEMA
    ) -> Sealed:
        created = START + timedelta(days=7 * sequence, hours=is_twin)
        header = HeaderDraft(
            kind,
            schema,
            sequence,
            created,
            stream=f"office:{self.code}",
            previous=self._digests.get(sequence - 1, ""),
            office=self.code,
            counts=snapshot.counts,
        )
        data = seal(to_lines(snapshot), header=header, identity=self.identity, to=[self._to])
        self._digests.setdefault(sequence, digest_of(data))
        return Sealed(self.code, sequence, snapshot, created, data)


def a_headquarters(tmp_path: Path, codes: Sequence[str]) -> tuple[Workspace, list[Office]]:
    workspace = a_workspace(tmp_path)
    recipient = own_identity(workspace, name="Headquarters Example").recipient
    offices = [Office(code, recipient) for code in codes]
    for office in offices:
        partner_store(workspace).add(office.identity.public)
    return workspace, offices


def deliver(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def taken_in(workspace: Workspace, place: Place, folder: Path) -> RollupImport:
    return import_folder(workspace, place=place, folder=folder)


@dataclass(frozen=True)
class Known:
    """What plain arithmetic says of the files that arrived."""

    messages: dict[tuple[str, int], int]
    done: dict[str, int]
    missing: dict[str, tuple[int, ...]]
    twins: dict[str, tuple[int, ...]]


def reckoned(arrived: Sequence[Sealed]) -> Known:
    messages, done, missing, twins = {}, {}, {}, {}
    by_office = defaultdict(dict)
    for file in arrived:
        by_office[file.office][digest_of(file.data)] = file
    for office, files in by_office.items():
        ordered = sorted(files.values(), key=lambda file: file.rank)
        numbers = [file.sequence for file in ordered]
        for file in ordered:
            for week in file.snapshot.office.weeks:
                messages.pop((office, (week - monday(0)).days // 7), None)
            for week in file.snapshot.communities[0].weeks:
                messages[office, (week.week - monday(0)).days // 7] = week.messages
        done[office] = ordered[-1].snapshot.plans[0].done
        missing[office] = tuple(number for number in range(1, max(numbers)) if number not in numbers)
        twins[office] = tuple(sorted({number for number in numbers if numbers.count(number) > 1}))
    return Known(messages, done, missing, twins)


def reported(report: RollupReport, place: Place) -> Known:
    with place.read() as source:
        rows = source.rows("SELECT office_id, week, messages FROM office_week WHERE community_key = ?", ("wash",))
    weeks = {(office, (day(week) - monday(0)).days // 7): messages for office, week, messages in rows}
    heard = [office for office in report.offices if office.heard_at is not None]
    troubles = {office.office_id: (office.troubles or (Trouble("", (), (), ()),))[0] for office in heard}
    return Known(
        weeks,
        {line.office.office_id: line.plan.done for line in report.plans},
        {office: trouble.missing for office, trouble in troubles.items()},
        {office: trouble.twins for office, trouble in troubles.items()},
    )


def day(value):
    return value if not isinstance(value, str) else monday(0).fromisoformat(value)


def a_pool(offices: Sequence[Office], *, files: int) -> list[Sealed]:
    """Every file the offices write, each with other numbers; one office's profile was copied and goes on twice."""
    pool = []
    for place, office in enumerate(offices):
        for number in range(1, files + 1):
            told = a_snapshot(
                number,
                number + 3,
                name=office.code,
                messages=100 * number + place,
                plans=[a_plan(f"plan-{office.code}", done=number)],
            )
            pool.append(office.write(number, told))
    twin = a_snapshot(3, 6, name=offices[0].code, messages=7_000, plans=[a_plan(f"plan-{offices[0].code}", done=77)])
    return [*pool, offices[0].write(3, twin, is_twin=True)]


def runs(workspace: Workspace, place: Place, pool: Sequence[Sealed], folder: Path, *, dice: Random, count: int) -> int:
    """Random deliveries, each compared with plain arithmetic; answers how many files were carried."""
    carried = 0
    for number in range(count):
        arrived: list[Sealed] = []
        for batch in range(dice.randint(1, 3)):
            there = deliver(folder / f"{number}-{batch}", {})
            for file in dice.sample(pool, dice.randint(1, 5)):
                carried += 1
                how = dice.choice(("whole", "whole", "whole", "twice", "cut", "changed"))
                name = f"{dice.random()}.cwoffice"
                if how == "cut":
                    (there / name).write_bytes(file.data[: dice.randrange(len(file.data))])
                elif how == "changed":
                    place_of_change = dice.randrange(len(file.data))
                    (there / name).write_bytes(
                        file.data[:place_of_change]
                        + bytes([file.data[place_of_change] ^ 1])
                        + file.data[place_of_change + 1 :]
                    )
                else:
                    (there / name).write_bytes(file.data)
                    arrived.append(file)
                if how == "twice":
                    (there / f"{name} (1).cwoffice").write_bytes(file.data)
            taken_in(workspace, place, there)
        assert reported(rollup_report(workspace, place=place, as_of=AS_OF), place) == reckoned(arrived), number
        with place.write() as session:
            for table in ("office", "office_envelope", "office_plan", "office_week"):
                session.connection().exec_driver_sql(f"DELETE FROM {table}")
    return carried


def test_1_000_random_deliveries_end_as_plain_arithmetic_says(tmp_path):
    workspace, offices = a_headquarters(tmp_path, ["ken", "uga"])
    pool = a_pool(offices, files=5)
    carried = runs(workspace, workspace.database, pool, tmp_path, dice=Random(90), count=180)
    assert carried > 1_000
    workspace.close()


@pytest.mark.skipif(not SERVED, reason="PostgreSQL is neither installed nor required")
def test_random_deliveries_end_the_same_on_a_server(tmp_path, server_address):
    from workbench.models.postgres import Postgres  # noqa: PLC0415 - only where there is a server

    workspace, offices = a_headquarters(tmp_path, ["ken", "uga"])
    server = Postgres(server_address)
    runs(workspace, server, a_pool(offices, files=5), tmp_path, dice=Random(91), count=20)
    server.close()
    workspace.close()


def test_taking_in_a_folder_twice_changes_nothing(tmp_path, place):
    workspace, offices = a_headquarters(tmp_path, ["ken", "uga"])
    pool = a_pool(offices, files=4)
    folder = deliver(tmp_path / "stick", {f"{number}.cwoffice": file.data for number, file in enumerate(pool)})
    first = taken_in(workspace, place, folder)
    assert (first.taken, first.unchanged, first.offices, first.set_aside) == (9, 0, 2, ())
    assert first.changes is Changes.ROLLUP
    assert [(name, trouble.words) for name, trouble in first.troubles] == [
        ("ken", "3 came twice with different content")
    ]
    before = all_rows(place, with_moments=True)
    second = taken_in(workspace, place, folder)
    assert (second.taken, second.unchanged, second.set_aside, second.changes) == (0, 9, (), Changes.NOTHING)
    assert all_rows(place, with_moments=True) == before
    workspace.close()


def test_what_cannot_be_taken_in_is_set_aside_with_its_reason(tmp_path, place):
    workspace, (office, stranger) = a_headquarters(tmp_path, ["ken", "uga"])
    partner_store(workspace).forget(stranger.identity.public.signer)
    whole = office.write(1, a_snapshot()).data
    other = Office("ken", Identity.new(name="Somebody Example", instance="x").public.recipient)
    other.identity = office.identity
    files = {
        "cut": whole[:-40],
        "changed": whole[:-40] + b"x" + whole[-39:],
        "empty": b"",
        "foreign": b"Dear colleagues,",
        "newer": office.write(2, a_snapshot(), schema=SCHEMA + 1).data,
        "plan": office.write(2, a_snapshot(), kind=EnvelopeKind.PLAN).data,
        "somebody-elses": other.write(2, a_snapshot()).data,
        "stranger": stranger.write(1, a_snapshot()).data,
    }
    folder = deliver(tmp_path / "stick", {f"{name}.cwoffice": data for name, data in files.items()})
    (folder / ".hidden.cwoffice").write_bytes(whole)
    (folder / "half.cwoffice.part").write_bytes(whole)
    (folder / "folder.cwoffice").mkdir()
    result = taken_in(workspace, place, folder)
    assert (result.taken, result.unchanged, result.offices) == (0, 0, 1)
    assert {aside.file.removesuffix(".cwoffice"): aside.code for aside in result.set_aside} == {
        "cut": "envelope_cut",
        "changed": "envelope_damaged",
        "empty": "envelope_cut",
        "folder": "source",
        "foreign": "foreign_envelope",
        "newer": "newer_envelope",
        "plan": "foreign_envelope",
        "somebody-elses": "foreign_envelope",
        "stranger": "untrusted_signer",
    }
    assert all(aside.reason for aside in result.set_aside)
    reasons = {aside.code: aside.reason for aside in result.set_aside}
    assert "add it under Partners" in reasons["untrusted_signer"]
    assert reasons["envelope_damaged"].endswith("Ask the office for it once more.")
    assert not any(all_rows(place).values())
    workspace.close()


def test_a_partner_cannot_speak_for_another_office(tmp_path, place):
    workspace, (kenya, uganda) = a_headquarters(tmp_path, ["ken", "uga"])
    taken_in(workspace, place, deliver(tmp_path / "a", {"1.cwoffice": kenya.write(1, a_snapshot()).data}))
    kenya.code = "uga"
    result = taken_in(workspace, place, deliver(tmp_path / "b", {"2.cwoffice": kenya.write(2, a_snapshot()).data}))
    (aside,) = result.set_aside
    assert "spoken for the office “ken”" in aside.reason
    assert "ask the office to set that code again" in aside.reason
    assert (
        taken_in(workspace, place, deliver(tmp_path / "c", {"1.cwoffice": uganda.write(1, a_snapshot()).data})).taken
        == 1
    )
    workspace.close()


def test_a_stop_keeps_the_offices_that_were_finished(tmp_path, place):
    workspace, offices = a_headquarters(tmp_path, ["ken", "uga"])
    files = {f"{office.code}.cwoffice": office.write(1, a_snapshot()).data for office in offices}
    folder, cancel, seen = deliver(tmp_path / "stick", files), CancelToken(), []

    def report(progress):
        seen.append(progress.fraction)
        if progress.done == 1 and progress.fraction > 0.5:
            cancel.cancel()

    with pytest.raises(CancelledError):
        import_folder(workspace, place=place, folder=folder, report=report, cancel=cancel)
    assert [office.office_id for office in rollup_report(workspace, place=place).offices] == ["ken"]
    assert seen == sorted(seen)
    assert taken_in(workspace, place, folder).taken == 1
    workspace.close()


def test_a_folder_that_is_away_is_refused(tmp_path, place):
    workspace, _offices = a_headquarters(tmp_path, [])
    with pytest.raises(SourceError):
        taken_in(workspace, place, tmp_path / "nowhere")
    workspace.close()
