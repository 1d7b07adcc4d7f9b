"""Enums stored in the database; imports neither the ORM nor anything else, so reading stays light."""

from enum import IntEnum, StrEnum


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


class AccountKind(StrEnum):
    """Where a mirrored community comes from."""

    MAILING_LIST = "mailing-list"
    HYPERKITTY = "hyperkitty"
    TABLE = "table"
    SAMPLE = "sample"


class RunState(StrEnum):
    """How a sync or import run ended."""

    RUNNING = "running"
    DONE = "done"
    PARTLY = "partly"
    CANCELLED = "cancelled"
    FAILED = "failed"


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
