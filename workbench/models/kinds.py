"""Enums stored in the database; imports neither the ORM nor anything else, so reading stays light."""

from enum import IntEnum, StrEnum
from typing import Final


class EventKind(IntEnum):
    """What somebody did."""

    JOIN = 1
    LEAVE = 2
    POST = 3
    REPLY = 4
    REACTION = 5
    MENTION = 6
    SHARE = 7
    FILE = 8
    ATTEND = 9
    VIEW = 10


class CommunityType(StrEnum):
    """The four types that decide targets."""

    PROJECT_TEAM = "project_team"
    COMMUNITY_OF_PRACTICE = "community_of_practice"
    INFORMATION_FORUM = "information_forum"
    BROADCAST_STREAM = "broadcast_stream"


class CommunityLevel(StrEnum):
    """How far a community reaches."""

    GLOBAL = "global"
    REGIONAL = "regional"
    COUNTRY = "country"


class AskedBy(StrEnum):
    """Who wanted a community to be; those that members asked for grew from the bottom up."""

    MEMBERS = "members"
    OFFICE = "office"
    HEADQUARTERS = "headquarters"
    PARTNER = "partner"


class AccountKind(StrEnum):
    """Where a mirrored community comes from."""

    MAILING_LIST = "mailing-list"
    HYPERKITTY = "hyperkitty"
    TABLE = "table"
    SAMPLE = "sample"
    VIVA_ENGAGE = "viva-engage"
    VIVA_ENGAGE_EXPORT = "engage-export"
    DISCOURSE = "discourse"
    HCL_CONNECTIONS = "hcl-connections"
    OPEN_SOCIAL = "open-social"
    GOOGLE_ANALYTICS = "google-analytics"
    ANALYTICS_FILE = "analytics-file"


WEB_SITES: Final = frozenset({AccountKind.GOOGLE_ANALYTICS, AccountKind.ANALYTICS_FILE})
"""Accounts whose communities are web sites: pages are seen there, and nobody writes."""


class RunState(StrEnum):
    """How a sync or import run ended."""

    RUNNING = "running"
    DONE = "done"
    PARTLY = "partly"
    CANCELLED = "cancelled"
    FAILED = "failed"


class PostKind(StrEnum):
    """What can be sent to a platform."""

    TOPIC = "topic"
    REPLY = "reply"
    LIKE = "like"


class OutboxState(StrEnum):
    """Where an item of the outbox stands; it is in exactly one of these.

    `sending` is committed before the socket opens; after a crash it becomes `unknown`, never `queued`.
    """

    DRAFT = "draft"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    PAUSED = "paused"
    EXPIRED = "expired"


class FileReason(StrEnum):
    """Why the content of an attached file is not here although it was, or could have been, asked for."""

    TOO_LARGE = "too_large"
    KIND = "kind"
    ELSEWHERE = "elsewhere"
    GONE = "gone"
    REFUSED = "refused"
    NOT_KEPT = "not_kept"
    ONLY_NAMED = "only_named"


class Pillar(StrEnum):
    """BUILD: Billboard (official word), U&I (people), Library (kept knowledge), Dialogue (talk)."""

    BILLBOARD = "billboard"
    UI = "u_and_i"
    LIBRARY = "library"
    DIALOGUE = "dialogue"


class CardColumn(StrEnum):
    """Columns of the board."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"


class CardKind(StrEnum):
    """What a card is: something to do, or something somebody promised."""

    ACTIVITY = "activity"
    COMMITMENT = "commitment"


class Focus(StrEnum):
    """What an activity works on: the purpose, the people, or the practice they share."""

    PURPOSE = "purpose"
    PEOPLE = "people"
    PRACTICE = "practice"


class Channel(StrEnum):
    """Where an activity reaches people; a page is one of the intranet."""

    POST = "post"
    EMAIL = "email"
    PAGE = "page"
    CALL = "call"
    EVENT = "event"


class EvidenceKind(StrEnum):
    """What shows that an activity was done."""

    THREAD = "thread"
    FILE = "file"
    LINK = "link"
    NUMBER = "number"


class ObjectiveKind(StrEnum):
    """What an objective changes: something there is gets better, or something becomes possible."""

    IMPROVING = "improving"
    ENABLING = "enabling"


class Horizon(StrEnum):
    """How far an objective looks: within the plan, or beyond it."""

    SHORT = "short"
    LONG = "long"
