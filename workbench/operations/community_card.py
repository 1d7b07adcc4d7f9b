"""Community card: what a coordinator writes about a community; the window calls this."""

from collections.abc import Mapping

from workbench.ids import CommunityId
from workbench.models.changes import Changes
from workbench.workspace import Workspace


def set_card(workspace: Workspace, *, community_id: CommunityId, fields: Mapping[str, str | None]) -> Changes:
    """Writes fields of the card of a community; refuses an unknown field or value and what is too long."""
    from workbench.notes.community_cards import CommunityCardStore  # noqa: PLC0415 - only where somebody writes

    return CommunityCardStore(workspace.database).set_card(community_id, fields)
