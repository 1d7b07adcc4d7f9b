"""Head counts: how many people could take part, as an office types it in; the base of adoption and reach."""

import json
from datetime import date
from typing import Any

from workbench.errors import BadInputError
from workbench.ids import CommunityId
from workbench.models.changes import Changes
from workbench.queries.frames_plans import STAFF, counted_place, is_counted_of
from workbench.queries.preferences import preference
from workbench.workspace import Workspace


def set_head_count(
    workspace: Workspace,
    *,
    people: int,
    on: date,
    source: str,
    community_id: CommunityId | None = None,
    holds_before: bool = False,
) -> Changes:
    """Keeps a head count of one community, or of all communities together; replaces one of the same day.

    It holds from its day on until the next one, and before its day only where `holds_before` says so.
    Refuses fewer than one person, a number nobody stands for, and an unknown community (BadInputError). Kept under the
    names of the platform, so that it is still there when a community is renamed or its account added again.
    """
    if people < 1:
        raise BadInputError(reason="A head count is at least one person.")
    if not source.strip():
        raise BadInputError(reason="A head count needs a source: who counted, or which list.")
    _, kept, place, name = _without(workspace, on=on, community_id=community_id)
    day = on.isoformat()
    said = {"community": name, "place": place, "people": people, "on": day, "source": source.strip()}
    kept.append({**said, "holds_before": holds_before})
    return workspace.notes.set_preference(STAFF, json.dumps(kept, ensure_ascii=False))


def remove_head_count(workspace: Workspace, *, on: date, community_id: CommunityId | None = None) -> Changes:
    """Takes the head count of that day away; refuses where there is none, and an unknown community (BadInputError)."""
    gone, kept, _, _ = _without(workspace, on=on, community_id=community_id)
    if not gone:
        raise BadInputError(reason="There is no head count of that day.")
    return workspace.notes.set_preference(STAFF, json.dumps(kept, ensure_ascii=False))


def kept_head_counts(workspace: Workspace) -> str | None:
    """All head counts as they are kept, for `put_back_head_counts`; None before the first."""
    with workspace.database.read() as reader:
        return preference(reader, STAFF)


def put_back_head_counts(workspace: Workspace, before: str | None) -> Changes:
    """Makes the head counts what they were."""
    return workspace.notes.set_preference(STAFF, before)


def _without(
    workspace: Workspace, *, on: date, community_id: CommunityId | None
) -> tuple[list[Any], list[Any], list[str] | None, str]:
    """The head counts of the place on that day, all others, and what the place is kept under."""
    with workspace.database.read() as reader:
        known = json.loads(preference(reader, STAFF) or "[]")
        place, name = (None, "") if community_id is None else counted_place(reader, community_id)
    if community_id is not None and place is None:
        raise BadInputError(reason="There is no such community.")
    of_day = [each for each in known if each["on"] == on.isoformat() and is_counted_of(each, place, name)]
    return of_day, [each for each in known if each not in of_day], place, name
