"""OutboxItem: something written here on its way to a platform, from draft to sent."""

from datetime import datetime

from sqlalchemy import Column, Index
from sqlmodel import Field, SQLModel

from workbench.models.columns import UtcDateTime


class OutboxItem(SQLModel, table=True):
    """One topic, reply or like. Nothing here is lost with its account, community or thread: ids of rows become NULL.

    `id` is a UUIDv7 made with the draft; `key` is what makes a repeated send recognisable (a UUID, a Message-ID) and
    never changes once the item is queued. `remote_id` is the platform's id once it is known.
    """

    __table_args__ = (Index("outbox_state", "state", "queued_at"), {"sqlite_with_rowid": False})

    id: str = Field(primary_key=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL", index=True)
    community_id: int | None = Field(default=None, foreign_key="community.id", ondelete="SET NULL", index=True)
    community_remote_id: str
    community_name: str
    kind: str
    root_id: int | None = Field(default=None, foreign_key="event.id", ondelete="SET NULL", index=True)
    parent_id: int | None = Field(default=None, foreign_key="event.id", ondelete="SET NULL", index=True)
    root_remote_id: str | None = None
    parent_remote_id: str | None = None
    subject: str = ""
    text: str = ""
    state: str
    key: str
    remote_id: str | None = None
    url: str | None = None
    is_held: bool = False  # the platform has it and waits for a moderator
    reason_code: str | None = None
    reason: str | None = None
    attempts: int = 0
    looks: int = 0  # how often we looked for it at the platform since its state became unknown
    written_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    changed_at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    queued_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    tried_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    not_before: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    expires_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime))
    clock_skew: int | None = None  # seconds the platform's clock was ahead of ours at `tried_at`; None: not known
