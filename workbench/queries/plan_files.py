"""Plan files: the bytes of a plan's document, with what the editor needs to know of the rows beside it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.ids import PlanId
from workbench.models.database import Reader
from workbench.models.plans_kept import HERE


@dataclass(frozen=True, slots=True)
class PlanFileRow:
    """A stored document; `revision` changes with every save, `community_id` is this profile's own.

    `community_place` is JSON, as `PlanView` has it.
    """

    document: bytes
    revision: str
    community_id: int | None
    community_place: str


_FILES = (
    "SELECT planfile.document, planfile.revision, plan.community_id, plan.community_place"
    " FROM planfile JOIN plan ON plan.id = planfile.id"
)


def is_mirrored(reader: Reader, place: Sequence[str], name: str) -> bool:
    """Whether the community that a plan names so is mirrored here; a plan that names none is for all of them."""
    return not name or reader.scalar(HERE, {"place": json.dumps(list(place)), "name": name}) is not None


def plan_file(reader: Reader, plan_id: PlanId) -> PlanFileRow | None:
    """The stored plan of that id, or None."""
    row = reader.one(f"{_FILES} WHERE planfile.id = ?", (plan_id,))
    return None if row is None else PlanFileRow(*row)


def stored_plans(reader: Reader) -> list[PlanFileRow]:
    """Every plan of the profile, oldest first, archived ones too."""
    return [PlanFileRow(*row) for row in reader.rows(f"{_FILES} ORDER BY planfile.id")]
