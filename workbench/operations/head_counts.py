"""Head counts: how many people could take part, as an office types it in; the base of adoption and reach."""

import json
from datetime import date

from workbench.errors import BadInputError
from workbench.models.changes import Changes
from workbench.queries.frames_plans import STAFF
from workbench.queries.preferences import preference
from workbench.workspace import Workspace


def set_head_count(
    workspace: Workspace, *, people: int, on: date, source: str, community: str = "", holds_before: bool = False
) -> Changes:
    """Keeps a head count of one community by its name, or of all communities together; replaces one of the same day.

    It holds from its day on until the next one, and before its day only where `holds_before` says so.
    Refuses fewer than one person, and a number nobody stands for (BadInputError). Kept by name, so that it is still
    there when an account is added again.
    """
    if people < 1:
        raise BadInputError(reason="A head count is at least one person.")
    if not source.strip():
        raise BadInputError(reason="A head count needs a source: who counted, or which list.")
    with workspace.database.read() as reader:
        known = json.loads(preference(reader, STAFF) or "[]")
    kept = [each for each in known if (each["community"], each["on"]) != (community, on.isoformat())]
    said = {"community": community, "people": people, "on": on.isoformat(), "source": source.strip()}
    kept.append({**said, "holds_before": holds_before})
    return workspace.notes.set_preference(STAFF, json.dumps(kept, ensure_ascii=False))
