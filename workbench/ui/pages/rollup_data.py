"""What the Roll-up page reads and does, each away from the window; databases and seals load with the first job."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cancel import CancelToken
from workbench.models.changes import Changes
from workbench.progress import Report
from workbench.queries.partners import PartnerRow, list_partners
from workbench.workspace import Workspace

if TYPE_CHECKING:
    # What reads and writes offices brings the ORM; the window does not wait for it.
    from workbench.export.rollup_report import PlanDetail, RollupReport
    from workbench.operations.rollup import OfficeFile
    from workbench.operations.rollup_import import RollupImport
    from workbench.sync.identity import PublicIdentity
    from workbench.sync.rollup_snapshot import ExpectedOffice, OfficeSnapshot


@dataclass(frozen=True, slots=True)
class OwnOffice:
    """Which office this profile speaks for, to whom it can be told, and what a file would say; None while unsaid."""

    office: "ExpectedOffice | None"
    partners: tuple[PartnerRow, ...]
    own: "PublicIdentity | None"
    snapshot: "OfficeSnapshot | None"


@dataclass(frozen=True, slots=True)
class OfficeWish:
    """A file for headquarters: for whom, to which folder; `my_name` is given the first time."""

    to: tuple[str, ...]
    out: Path
    my_name: str | None = None


def read_report(workspace: Workspace) -> "RollupReport":
    """Everything offices told."""
    from workbench.operations.rollup import rollup_report  # noqa: PLC0415 - as said above

    return rollup_report(workspace, place=workspace.database)


def read_plan(workspace: Workspace, office_id: str, plan_id: str) -> "PlanDetail":
    """One plan of one office."""
    from workbench.operations.rollup import rollup_plan  # noqa: PLC0415 - as said above

    return rollup_plan(workspace, place=workspace.database, office_id=office_id, plan_id=plan_id)


def take_in(workspace: Workspace, folder: Path, *, report: Report, cancel: CancelToken) -> "RollupImport":
    """Every office file of a folder; stopped, it keeps the offices it finished."""
    from workbench.operations.rollup_import import import_folder  # noqa: PLC0415 - as said above

    return import_folder(workspace, place=workspace.database, folder=folder, report=report, cancel=cancel)


def write_tables(workspace: Workspace, out: Path) -> tuple[Path, int]:
    """The report as a workbook or its plans as a table, by the ending; answers the bytes."""
    from workbench.operations.rollup import write_rollup  # noqa: PLC0415 - as said above

    return out, write_rollup(workspace, place=workspace.database, out=out)


def expect_list(workspace: Workspace, path: Path) -> tuple[int, Changes]:
    """Puts the offices of a CSV file on the list of those waited for."""
    from workbench.operations.rollup import expect_offices  # noqa: PLC0415 - as said above
    from workbench.operations.rollup_list import read_office_list  # noqa: PLC0415 - as said above

    offices = read_office_list(path)
    return len(offices), expect_offices(workspace, place=workspace.database, offices=offices)


def read_own_office(workspace: Workspace) -> OwnOffice:
    """What stands behind a file for headquarters."""
    from workbench.operations.partners import partner_store  # noqa: PLC0415 - as said above
    from workbench.operations.rollup import office_snapshot, own_office  # noqa: PLC0415 - as said above

    office = own_office(workspace)
    with workspace.database.read() as reader:
        partners = tuple(list_partners(reader))
    stored = partner_store(workspace).stored()
    snapshot = None if office is None else office_snapshot(workspace)
    return OwnOffice(office, partners, None if stored is None else stored.public, snapshot)


def name_office(workspace: Workspace, code: str, name: str) -> Changes:
    """Says which office this is."""
    from workbench.operations.rollup import set_own_office  # noqa: PLC0415 - as said above

    return set_own_office(workspace, code=code, name=name)


def send_office(workspace: Workspace, wish: OfficeWish) -> "OfficeFile":
    """Writes the sealed file for headquarters."""
    from workbench.operations.partners import own_identity  # noqa: PLC0415 - as said above
    from workbench.operations.rollup import write_office_file  # noqa: PLC0415 - as said above

    if wish.my_name is not None:
        own_identity(workspace, name=wish.my_name)
    return write_office_file(workspace, out=wish.out, to=wish.to)
