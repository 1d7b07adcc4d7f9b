"""Own organisations: the coordinator says which organisations are their own, so that all others are external."""

import json
from collections.abc import Sequence

from workbench.models.changes import Changes
from workbench.queries.own_organisations import OWN_KEY
from workbench.workspace import Workspace


def choose_own(workspace: Workspace, *, names: Sequence[str] | None) -> Changes:
    """Keeps these as one's own, each once whatever its capitals; none may be. None: nobody said so any more."""
    if names is None:
        return workspace.notes.set_preference(OWN_KEY, None) | Changes.NOTES
    kept = {name.casefold(): name for name in (" ".join(typed.split()) for typed in names) if name}
    return workspace.notes.set_preference(OWN_KEY, json.dumps(list(kept.values()), ensure_ascii=False)) | Changes.NOTES
