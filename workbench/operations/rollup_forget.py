"""Forgetting an office at headquarters: what it told, and who may speak for it; a new file starts afresh."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.errors import BadInputError
from workbench.models.changes import Changes
from workbench.queries.rollup import count_told, list_offices
from workbench.sync.rollup_snapshot import office_code
from workbench.workspace import Workspace

if TYPE_CHECKING:
    from workbench.sync.rollup import Place


@dataclass(frozen=True, slots=True)
class Goes:
    """What goes with an office: files taken, plans, weeks; `is_expected` says that it stays on the list."""

    office_id: str
    name: str
    files: int
    plans: int
    weeks: int
    is_expected: bool


def what_goes(place: "Place", code: str) -> Goes:
    """What `forget_told` would drop; BadInputError for an office nothing came from."""
    office_id = office_code(code)
    with place.read() as source:
        office = next((each for each in list_offices(source) if each.office_id == office_id), None)
        told = count_told(source, office_id)
    if office is None or not any(told):
        message = f"Nothing came from an office “{code}”."
        raise BadInputError(message)
    return Goes(office_id, office.name, *told, office.is_expected)


def forget_told(workspace: Workspace, *, place: "Place", code: str) -> tuple[Goes, Changes]:
    """Drops everything an office told, and who may speak for it; refuses as `what_goes` does.

    An office on the list stays there and is waited for. The files themselves lie where they lie: taken in again, they
    count again.
    """
    from workbench.sync.rollup import RollupStore  # noqa: PLC0415 - loads the ORM, which reading does not need

    goes = what_goes(place, code)
    return goes, RollupStore(place, workspace.clock).erase(goes.office_id)
