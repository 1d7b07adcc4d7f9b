"""Plan files: the bytes of a plan's document, with what the editor needs to know of the rows beside it."""

from dataclasses import dataclass

from workbench.ids import PlanId
from workbench.models.database import Reader


@dataclass(frozen=True, slots=True)
class PlanFileRow:
    """A stored document; `revision` changes with every save, `community_id` is this profile's own."""

    document: bytes
    revision: str
    community_id: int | None


_FILES = (
    "SELECT planfile.document, planfile.revision, plan.community_id FROM planfile JOIN plan ON plan.id = planfile.id"
)


def plan_file(reader: Reader, plan_id: PlanId) -> PlanFileRow | None:
    """The stored plan of that id, or None."""
    row = reader.one(f"{_FILES} WHERE planfile.id = ?", (plan_id,))
    return None if row is None else PlanFileRow(*row)


def stored_plans(reader: Reader) -> list[PlanFileRow]:
    """Every plan of the profile, oldest first, archived ones too."""
    return [PlanFileRow(*row) for row in reader.rows(f"{_FILES} ORDER BY planfile.id")]
