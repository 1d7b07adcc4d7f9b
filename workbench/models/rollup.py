"""Roll-ups: sums over events that keep every page instant; always re-derivable by `sync/rollups.py`."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index, text
from sqlmodel import Field, SQLModel

from workbench.models.columns import UtcDateTime
from workbench.models.moments import WEEK_OF_THREAD


class Thread(SQLModel, table=True):
    """One root and what it drew. `id` is the root's event id. Bots and removed messages count nowhere.

    A root that is a bot's, or was removed, has no row.

    What is here of a thread whose beginning is not has a row too, so that it can be read: named after the reply at
    its head, with `started_at` stored as -2⁶², no question and without a first reply or response, so that no window
    holds it.

    `first_reply_at`: first message by someone else than the root's author. `first_response_at`: the earlier of that and
    the first reaction to the root itself by someone else. `reactions`: to any message of the thread. `accepted_id`: the
    message that the platform marks as the answer, the last one stored where it marks several. `warmth`: see
    `models/warmth.py`; None where nobody replied, mentioned or reacted.
    """

    __table_args__ = (
        Index("thread_started", "community_id", "started_at"),
        Index("thread_last", "community_id", "last_at"),
        # What ran in a period, and in which lane, is answered by this one alone.
        Index("thread_newest", "last_at", "started_at", "people", "messages"),
        Index("thread_when", "started_at", "is_question", "first_reply_at", "first_response_at"),
        Index("thread_open", "community_id", "is_question", "first_reply_at", "started_at"),
        # The middle first reply of a week is half way through its piece, so that nobody sorts.
        Index(
            "thread_week", text(WEEK_OF_THREAD), text("first_reply_at - started_at"),
            sqlite_where=text("first_reply_at IS NOT NULL"),
        ),
        Index("thread_accepted", "accepted_id", sqlite_where=text("accepted_id IS NOT NULL")),
        # The hottest first, also of those that ran in a period.
        Index("thread_warmth", "warmth", "last_at", "started_at", sqlite_where=text("warmth IS NOT NULL")),
        Index(
            "thread_warm", "community_id", "warmth", "last_at", "started_at",
            sqlite_where=text("warmth IS NOT NULL"),
        ),
    )  # fmt: skip

    id: int = Field(primary_key=True, foreign_key="event.id", ondelete="CASCADE")
    community_id: int = Field(foreign_key="community.id", ondelete="CASCADE")
    author_id: int
    subject: str
    started_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    last_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    messages: int
    people: int
    reactions: int = 0
    is_question: bool = False
    first_reply_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    first_replier_id: int | None = None
    first_response_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    accepted_id: int | None = None
    warmth: float | None = None


class PersonDay(SQLModel, table=True):
    """What one person did in one community on one UTC day (`day` = days since 1970)."""

    __table_args__ = (
        Index("person_day_person", "person_id", "community_id", "day"),
        # The days of the whole network, one after the other: who did something on them, without a seek per community.
        Index("person_day_day", "day", "person_id", "posts", "replies", "reactions", "mentions"),
        {"sqlite_with_rowid": False},
    )

    community_id: int = Field(foreign_key="community.id", ondelete="CASCADE", primary_key=True)
    day: int = Field(primary_key=True)
    person_id: int = Field(primary_key=True)
    posts: int = 0
    replies: int = 0
    reactions: int = 0
    mentions: int = 0
    questions: int = 0


class ActivityDay(SQLModel, table=True):
    """What happened in one community on one UTC day; community 0 is the whole network, hence no foreign key."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    community_id: int = Field(primary_key=True)
    day: int = Field(primary_key=True)
    posts: int = 0
    replies: int = 0
    reactions: int = 0
    mentions: int = 0
    questions: int = 0


class NetworkWeek(SQLModel, table=True):
    """Distinct people over all communities in one week (`week` = day number of its Monday).

    `threads` began in it, and `replied` of them have had a reply, whenever that was.
    """

    week: int = Field(primary_key=True)
    contributors: int = 0
    interactive: int = 0
    threads: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    replied: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class NetworkPeople(SQLModel, table=True):
    """Who wrote, and who did anything, anywhere in a week (`week` = day number of its Monday): a bit for each person.

    A row holds 56 people, those whose id divided by 56 is `block`; the remainder is the place of the bit. Weeks are put
    together by OR, so that counting distinct people over months does not look at each of their days. `often` are those
    who did four things in the week or more: who does fifty within ninety days, which touch fourteen weeks, did so once.
    """

    __table_args__ = ({"sqlite_with_rowid": False},)

    week: int = Field(primary_key=True)
    block: int = Field(primary_key=True)
    wrote: int = Field(sa_column=Column(BigInteger, nullable=False))
    acted: int = Field(sa_column=Column(BigInteger, nullable=False))
    often: int = Field(sa_column=Column(BigInteger, nullable=False, server_default="0"))


class CommunityWeek(SQLModel, table=True):
    """Messages of a community in a week (`week` = day number of its Monday); weeks without one have no row.

    By week first: a page shows the latest weeks of all communities. (No foreign key: it would ask for an index.)
    """

    __table_args__ = ({"sqlite_with_rowid": False},)

    week: int = Field(primary_key=True)
    community_id: int = Field(primary_key=True)
    messages: int = 0


class NetworkPerson(SQLModel, table=True):
    """When somebody first wrote anywhere; those who never did, and bots, have no row."""

    __table_args__ = (Index("network_person_first", "first_message_at"),)

    person_id: int = Field(primary_key=True)
    first_message_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class NetworkAct(SQLModel, table=True):
    """On which UTC day (days since 1970) somebody first did anything anywhere; bots have no row."""

    person_id: int = Field(primary_key=True)
    first_day: int


class NetworkStay(SQLModel, table=True):
    """From when to when somebody was a member of any community; stays of one person neither overlap nor touch.

    In microseconds since 1970: where a source does not say, "always" and "still" are -2⁶² and 2⁶². Bots have no row.
    """

    __table_args__ = ({"sqlite_with_rowid": False},)

    person_id: int = Field(primary_key=True)
    joined_us: int = Field(sa_column=Column(BigInteger, primary_key=True))
    left_us: int = Field(sa_column=Column(BigInteger, nullable=False))


class PairFirst(SQLModel, table=True):
    """When two people, the lower id first, first had to do with one another; community 0 is the whole network.

    To have to do with somebody is to answer, mention or react to them. (No foreign key: community 0 has none.)
    """

    __table_args__ = (
        # Who met when: the new pairs of a window, and all of a community that met before some moment.
        Index("pair_first_when", "community_id", "first_at"),
        {"sqlite_with_rowid": False},
    )

    low_id: int = Field(primary_key=True)
    high_id: int = Field(primary_key=True)
    community_id: int = Field(primary_key=True)
    first_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class CommunityTotal(SQLModel, table=True):
    """What a community holds in all; one without a message or a thread has no row.

    `threads` are those whose beginning is here. Of the questions, `answered` have a reply or an accepted answer and
    `unanswered` have neither. Of all threads, in `talks` two people wrote or more, in `notices` only one did.
    """

    community_id: int = Field(primary_key=True, foreign_key="community.id", ondelete="CASCADE")
    messages: int = 0
    threads: int = 0
    first_message_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    last_message_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    answered: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    unanswered: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    talks: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    talk_messages: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    notices: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    notice_messages: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
