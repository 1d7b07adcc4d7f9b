"""Plan parts: each comes back from its JSON as it was, and reading them loads no ORM."""

import subprocess
import sys
from datetime import UTC, date, datetime
from typing import Any

import pytest

from workbench.ids import ObjectiveId
from workbench.models import plan_parts as parts
from workbench.models.kinds import EvidenceKind

AT = datetime(2024, 6, 3, 9, 0, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("write", "read", "value"),
    [
        (parts.names_json, parts.read_names, ("due", "مياه")),
        (parts.roles_json, parts.read_roles, (parts.RoleLine("Sponsor", "Amina Example"),)),
        (parts.tags_json, parts.read_tags, parts.ObjectiveTags(("asking",), (), ("time",), ())),
        (parts.tags_json, parts.read_tags, parts.NO_TAGS),
        (parts.readings_json, parts.read_readings, (parts.Reading(date(2024, 6, 3), 0.5, "n"),)),
        (parts.checklist_json, parts.read_checklist, (parts.CheckItem("a", "Look", is_done=True, position="V"),)),
        (
            parts.evidence_json,
            parts.read_evidence,
            (parts.Evidence("e", EvidenceKind.LINK, "t", "https://example.org"),),
        ),
        (
            parts.measures_json,
            parts.read_measures,
            (parts.CheckpointMeasure(ObjectiveId("o"), "t", 0.5, None, 1.0, 0.9, AT, 0.8, None),),
        ),
    ],
)
def test_parts_come_back_from_their_json_as_they_were(write: Any, read: Any, value: Any) -> None:
    assert read(write(value)) == value
    assert read(write(type(value)())) == type(value)()
    assert write(type(value)()) == "[]"


def test_measures_from_before_targets_were_kept_are_still_read() -> None:
    (measure,) = parts.read_measures('[["o","t",0.5,null,1.0,0.9,0]]')
    assert (measure.value, measure.target, measure.baseline) == (0.5, None, None)


def test_they_load_no_orm() -> None:
    program = "import sys, workbench.models.plan_parts\nsys.exit(bool({'sqlmodel', 'sqlalchemy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=60).returncode == 0
