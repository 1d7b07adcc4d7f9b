"""Roll-up: an office's file to headquarters, and at headquarters what offices sent, gathered in one table.

The tables lie in the profile, or on a PostgreSQL server where several people read them: `open_place` says where.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbench.errors import BadInputError
from workbench.export.files import refuse_unwritable, write_whole
from workbench.export.rollup_gather import WEEKS, gather_office
from workbench.export.rollup_report import PlanDetail, RollupReport, gather_rollup, plan_detail
from workbench.models.changes import Changes
from workbench.operations.partners import partner_named, partner_store
from workbench.queries.preferences import preference
from workbench.queries.rollup import list_offices
from workbench.sync.envelope import (
    EnvelopeHeader,
    EnvelopeKind,
    read_header,
)
from workbench.sync.partners import stream_of
from workbench.sync.rollup_snapshot import (
    OFFICE_SUFFIX,
    SCHEMA,
    ExpectedOffice,
    OfficeSnapshot,
    office_code,
    to_lines,
)
from workbench.workspace import Workspace

if TYPE_CHECKING:
    from workbench.sync.rollup import Place

OFFICE_KEY: Final = "office"


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """A file for headquarters that was written."""

    path: Path
    header: EnvelopeHeader
    size: int


@contextmanager
def open_place(workspace: Workspace, url: str | None = None) -> "Iterator[Place]":
    """Where the tables lie: the profile, or the server at `url`. Refuses an address that is none (BadInputError)."""
    if url is None:
        yield workspace.database
        return
    from workbench.models.postgres import Postgres  # noqa: PLC0415 - only headquarters with a server needs a driver

    server = Postgres(url)
    try:
        yield server
    finally:
        server.close()


def own_office(workspace: Workspace) -> ExpectedOffice | None:
    """Which office this profile speaks for; None while nobody has said."""
    with workspace.database.read() as reader:
        text = preference(reader, OFFICE_KEY)
    return None if text is None else ExpectedOffice(**json.loads(text))


def set_own_office(
    workspace: Workspace, *, code: str | None = None, name: str | None = None, country: str | None = None
) -> Changes:
    """Says which office this is, by the code headquarters gave it; what is None stays as it was, "" is no country.

    Refuses with BadInputError while there is no code or no name.
    """
    was = own_office(workspace)
    if was is not None:
        code, name = was.office_id if code is None else code, was.name if name is None else name
        country = was.country if country is None else country
    office = _office(code or "", name or "", country)
    values = {"office_id": office.office_id, "name": office.name, "country": office.country}
    return workspace.notes.set_preference(OFFICE_KEY, json.dumps(values, ensure_ascii=False))


def office_snapshot(workspace: Workspace, *, weeks: int = WEEKS) -> OfficeSnapshot:
    """What a file would say now, to be looked at before it goes; BadInputError while nobody said which office it is."""
    office = _required(own_office(workspace))
    with workspace.database.read() as reader:
        return gather_office(reader, name=office.name, country=office.country, as_of=workspace.clock.now(), weeks=weeks)


def write_office_file(workspace: Workspace, *, out: Path, to: Sequence[str], weeks: int = WEEKS) -> OfficeFile:
    """Writes what this office tells to `out` (a file, or a folder that gets one), sealed for the partners in `to`.

    Everybody at headquarters who shall read it is named at once: each group of receivers has numbers of its own.
    Refuses with BadInputError: nobody named, a partner that is not there, no office and no own name yet; with
    ExportError a place that cannot be written to. The file appears under its name only when it is whole.
    """
    office = _required(own_office(workspace))
    if not to:
        raise BadInputError(reason="Name at least one partner at headquarters the file is for.")
    refuse_unwritable(out / OFFICE_SUFFIX if out.is_dir() else out)
    recipients = [partner_named(workspace, name).recipient for name in to]
    snapshot = office_snapshot(workspace, weeks=weeks)
    data = partner_store(workspace).seal_next(
        to_lines(snapshot),
        kind=EnvelopeKind.OFFICE,
        schema=SCHEMA,
        stream=stream_of(f"office:{office.office_id}", recipients),
        to=recipients,
        office=office.office_id,
        counts=snapshot.counts,
    )
    header = read_header(data)
    name = f"{_letters(office.office_id)}-{snapshot.office.last_week}-{header.sequence:04d}-{header.instance[-6:]}"
    path = out / f"{name}{OFFICE_SUFFIX}" if out.is_dir() else out
    write_whole(path, data)
    return OfficeFile(path, header, len(data))


def rollup_report(workspace: Workspace, *, place: "Place", as_of: datetime | None = None) -> RollupReport:
    """All offices, plans and measures as they are known at `as_of` (now), read in one transaction."""
    with place.read() as source:
        return gather_rollup(source, as_of=as_of or workspace.clock.now())


def rollup_plan(workspace: Workspace, *, place: "Place", office_id: str, plan_id: str) -> PlanDetail:
    """One plan of one office with the weeks of its community; BadInputError where no such plan was told of."""
    with place.read() as source:
        return plan_detail(source, office_id=office_id, plan_id=plan_id, as_of=workspace.clock.now())


def write_rollup(workspace: Workspace, *, place: "Place", out: Path) -> int:
    """Writes the report as a workbook (.xlsx) or its plans as a table (.csv) and answers the bytes.

    Refuses another ending (BadInputError) and a place that cannot be written to (ExportError).
    """
    from workbench.export.rollup_tables import rollup_csv, rollup_xlsx  # noqa: PLC0415 - writers load when one is made

    render = {".xlsx": rollup_xlsx, ".csv": rollup_csv}.get(out.suffix.casefold())
    if render is None:
        message = "The roll-up is written as .xlsx or .csv."
        raise BadInputError(message)
    refuse_unwritable(out)
    document = render(rollup_report(workspace, place=place))
    write_whole(out, document)
    return len(document)


def expect_office(workspace: Workspace, *, place: "Place", code: str, name: str, country: str | None = None) -> Changes:
    """Puts an office on the list of those headquarters waits for; a name given anew replaces the old one."""
    return expect_offices(workspace, place=place, offices=[_office(code, name, country)])


def expect_offices(workspace: Workspace, *, place: "Place", offices: Sequence[ExpectedOffice]) -> Changes:
    """The same for several, all or none of them."""
    from workbench.sync.rollup import RollupStore  # noqa: PLC0415 - as above

    return RollupStore(place, workspace.clock).expect(offices)


def forget_office(workspace: Workspace, *, place: "Place", code: str) -> Changes:
    """Waits for an office no longer; what it told stays. Refuses a code that is not on the list (BadInputError)."""
    from workbench.sync.rollup import RollupStore  # noqa: PLC0415 - as above

    office_id = office_code(code)
    with place.read() as source:
        known = {office.office_id for office in list_offices(source) if office.is_expected}
    if office_id not in known:
        message = f"There is no office “{code}” on the list."
        raise BadInputError(message)
    return RollupStore(place, workspace.clock).forget(office_id)


def _office(code: str, name: str, country: str | None) -> ExpectedOffice:
    words = " ".join(name.split())
    if not words:
        message = "An office needs a name."
        raise BadInputError(message)
    return ExpectedOffice(office_code(code), words, " ".join((country or "").split()) or None)


def _required(office: ExpectedOffice | None) -> ExpectedOffice:
    if office is None:
        message = "Say first which office this is: its code, as headquarters gave it, and its name."
        raise BadInputError(message)
    return office


def _letters(text: str) -> str:
    """Fit for every file system."""
    return "".join(letter if letter.isalnum() else "-" for letter in text).strip("-") or "office"
