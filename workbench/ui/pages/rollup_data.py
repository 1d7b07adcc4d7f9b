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
    from workbench.operations.rollup_forget import Goes
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
    """Everything offices told, wherever the tables lie."""
    from workbench.operations.rollup import rollup_report  # noqa: PLC0415 - as said above
    from workbench.operations.rollup_place import open_chosen  # noqa: PLC0415 - as said above

    with open_chosen(workspace) as place:
        return rollup_report(workspace, place=place)


def read_server(workspace: Workspace) -> str:
    """The address of the server the tables lie on; "" for the profile."""
    from workbench.operations.rollup_place import chosen_server  # noqa: PLC0415 - as said above

    return chosen_server(workspace)


def keep_on_server(workspace: Workspace, address: str, password: str) -> Changes:
    """Keeps the tables on a server from now on."""
    from workbench.operations.rollup_place import choose_server  # noqa: PLC0415 - as said above

    return choose_server(workspace, address=address, password=password)


def keep_here(workspace: Workspace) -> Changes:
    """Keeps the tables in the profile from now on."""
    from workbench.operations.rollup_place import choose_profile  # noqa: PLC0415 - as said above

    return choose_profile(workspace)


def read_goes(workspace: Workspace, office_id: str) -> "Goes":
    """What goes when an office is forgotten."""
    from workbench.operations.rollup_forget import what_goes  # noqa: PLC0415 - as said above
    from workbench.operations.rollup_place import open_chosen  # noqa: PLC0415 - as said above

    with open_chosen(workspace) as place:
        return what_goes(place, office_id)


def forget_office(workspace: Workspace, office_id: str) -> Changes:
    """Drops all that an office told."""
    from workbench.operations.rollup_forget import forget_told  # noqa: PLC0415 - as said above
    from workbench.operations.rollup_place import open_chosen  # noqa: PLC0415 - as said above

    with open_chosen(workspace) as place:
        return forget_told(workspace, place=place, code=office_id)[1]


def read_plan(workspace: Workspace, office_id: str, plan_id: str) -> "PlanDetail":
    """One plan of one office."""
    from workbench.operations.rollup import rollup_plan  # noqa: PLC0415 - as said above
    from workbench.operations.rollup_place import open_chosen  # noqa: PLC0415 - as said above

    with open_chosen(workspace) as place:
        return rollup_plan(workspace, place=place, office_id=office_id, plan_id=plan_id)


def take_in(workspace: Workspace, folder: Path, *, report: Report, cancel: CancelToken) -> "RollupImport":
    """Every office file of a folder; stopped, it keeps the offices it finished."""
    from workbench.operations.rollup_import import import_folder  # noqa: PLC0415 - as said above
    from workbench.operations.rollup_place import open_chosen  # noqa: PLC0415 - as said above

    with open_chosen(workspace) as place:
        return import_folder(workspace, place=place, folder=folder, report=report, cancel=cancel)


def write_tables(workspace: Workspace, out: Path) -> tuple[Path, int]:
    """The report as a workbook or its plans as a table, by the ending; answers the bytes."""
    from workbench.operations.rollup import write_rollup  # noqa: PLC0415 - as said above
    from workbench.operations.rollup_place import open_chosen  # noqa: PLC0415 - as said above

    with open_chosen(workspace) as place:
        return out, write_rollup(workspace, place=place, out=out)


def expect_list(workspace: Workspace, path: Path) -> tuple[int, Changes]:
    """Puts the offices of a CSV file on the list of those waited for."""
    from workbench.operations.rollup import expect_offices  # noqa: PLC0415 - as said above
    from workbench.operations.rollup_list import read_office_list  # noqa: PLC0415 - as said above
    from workbench.operations.rollup_place import open_chosen  # noqa: PLC0415 - as said above

    offices = read_office_list(path)
    with open_chosen(workspace) as place:
        return len(offices), expect_offices(workspace, place=place, offices=offices)


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
