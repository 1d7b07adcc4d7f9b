"""Topics: where a new thread could be begun, and the one that is being written."""

from dataclasses import dataclass

from workbench.ids import CommunityId
from workbench.models.database import Reader
from workbench.models.kinds import WEB_SITES, AccountKind, OutboxState, PostKind
from workbench.queries.outbox import OutboxRow, list_outbox


@dataclass(frozen=True, slots=True)
class CommunityPlace:
    """A community in which people write, with what its account is; `url` is its page, where that is known."""

    community_id: CommunityId
    community: str
    remote_id: str
    account_kind: AccountKind
    url: str | None
    is_anonymous: bool = False


def community_places(reader: Reader) -> list[CommunityPlace]:
    """Every followed community that is still there, web sites left out, by name."""
    rows = reader.rows(
        "SELECT c.id, c.name, c.remote_id, a.kind, c.url,"
        " EXISTS (SELECT 1 FROM secret s WHERE s.account_id = a.id AND s.name = 'signin.way' AND s.value = 'nothing')"
        " FROM community c JOIN account a ON a.id = c.account_id"
        " WHERE c.is_followed AND c.removed_at IS NULL"
    )
    places = [
        CommunityPlace(id_, name, remote_id, AccountKind(kind), url, is_anonymous=bool(anonymous))
        for id_, name, remote_id, kind, url, anonymous in rows
    ]
    return sorted(
        (place for place in places if place.account_kind not in WEB_SITES), key=lambda place: place.community.casefold()
    )


def topic_draft(reader: Reader, item_id: str | None = None) -> OutboxRow | None:
    """A topic that is still a draft: the one of this id, or the one written on last."""
    drafts = [row for row in list_outbox(reader, states=(OutboxState.DRAFT,)) if row.kind is PostKind.TOPIC]
    wanted = [row for row in drafts if item_id in (None, row.id)]
    return max(wanted, key=lambda row: (row.changed_at, row.id), default=None)
