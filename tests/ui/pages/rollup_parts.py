"""Headquarters with a folder of what invented offices sent."""

from pathlib import Path

from tests.operations.test_rollup_import import Office, deliver
from tests.rollups import a_plan, a_snapshot
from workbench.operations.partners import own_identity, partner_store
from workbench.operations.rollup_import import import_folder
from workbench.workspace import Workspace


def a_folder(workspace: Workspace, folder: Path, *codes: str, sequences: tuple[int, ...] = (1, 2)) -> Path:
    """A folder with the files of partner offices."""
    recipient = own_identity(workspace, name="Headquarters Example").recipient
    files = {}
    for code in codes:
        office = Office(code, recipient)
        partner_store(workspace).add(office.identity.public)
        for number in sequences:
            snapshot = a_snapshot(number, number + 3, name=code.upper(), plans=[a_plan(f"plan of {code}")])
            files[f"{code}-{number}.cwoffice"] = office.write(number, snapshot).data
    return deliver(folder, files)


def taken_in(workspace: Workspace, folder: Path) -> None:
    import_folder(workspace, place=workspace.database, folder=folder)
