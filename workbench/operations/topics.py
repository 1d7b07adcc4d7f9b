"""Topics: a new thread is written, kept, queued or handed over; the window's side of what `outbox add` does."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from workbench.errors import BadInputError
from workbench.ids import CommunityId
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.kinds import AccountKind, PostKind
from workbench.operations.outbox import sends
from workbench.queries.outbox import outbox_item
from workbench.queries.topics import CommunityPlace, community_places
from workbench.workspace import Workspace

_PEOPLE_ONLY: Final[Mapping[AccountKind, tuple[str, ...]]] = {AccountKind.DISCOURSE: ("group-", "everybody")}
"""Beginnings of remote ids of communities that are people and nothing else: nobody writes there, by hand neither."""


@dataclass(frozen=True, slots=True)
class TopicPlace:
    """A community for a new thread; where its account only reads, the text goes there by hand."""

    community_id: CommunityId
    community: str
    can_send: bool
    url: str | None


def topic_places(database: Database) -> tuple[TopicPlace, ...]:
    """Where a thread can be begun, by name: first where it can be sent, then where it goes by hand."""
    with database.read() as reader:
        found = [place for place in community_places(reader) if not _is_people_only(place)]
    places = [TopicPlace(place.community_id, place.community, _can_send(place), place.url) for place in found]
    return tuple(sorted(places, key=lambda place: not place.can_send))


def _can_send(place: CommunityPlace) -> bool:
    return sends(place.account_kind, PostKind.TOPIC, is_anonymous=place.is_anonymous)


def _is_people_only(place: CommunityPlace) -> bool:
    return place.remote_id.startswith(_PEOPLE_ONLY.get(place.account_kind, ("\0",)))


def keep_topic(
    workspace: Workspace, *, community_id: CommunityId, subject: str, text: str, item_id: str | None = None
) -> str | None:
    """Keeps a topic as a draft, a new one or the draft `item_id`; its id. None for an empty one, which is none.

    A draft for another community than before is another draft: the older one goes.
    """
    with workspace.database.write():
        if item_id is not None and (_community_of(workspace, item_id) != community_id or not (subject + text).strip()):
            workspace.outbox.drop(item_id)
            item_id = None
        if not (subject + text).strip():
            return None
        return workspace.outbox.save_topic(community_id, subject=subject, text=text, item_id=item_id)


def queue_topic(
    workspace: Workspace, *, community_id: CommunityId, subject: str, text: str, item_id: str | None = None
) -> str:
    """Keeps a topic and lets it go with the next sync; its id.

    Refuses an empty text or subject and an account that only reads (BadInputError).
    """
    places = {place.community_id: place for place in topic_places(workspace.database)}
    place = places.get(community_id)
    if place is None or not place.can_send:
        message = "This account only reads: a topic cannot be sent there. Copy the text and post it by hand."
        raise BadInputError(message)
    with workspace.database.write():
        kept = keep_topic(workspace, community_id=community_id, subject=subject, text=text, item_id=item_id)
        if kept is None:
            message = "There is nothing to send yet; write something first."
            raise BadInputError(message)
        workspace.outbox.queue(kept)
    return kept


def topic_posted(
    workspace: Workspace, *, community_id: CommunityId, subject: str, text: str, item_id: str | None
) -> Changes:
    """Keeps a topic as posted by hand; refuses an empty one (BadInputError)."""
    with workspace.database.write():
        kept = keep_topic(workspace, community_id=community_id, subject=subject, text=text, item_id=item_id)
        if kept is None:
            message = "There is nothing to send yet; write something first."
            raise BadInputError(message)
        return workspace.outbox.mark_sent(kept)


def _community_of(workspace: Workspace, item_id: str) -> CommunityId | None:
    with workspace.database.read() as reader:
        row = outbox_item(reader, item_id)
    return None if row is None else row.community_id
