"""What offices told headquarters: aggregates and the state of plans, keyed (office_id, id). The only rows that travel.

These tables lie in the encrypted profile and, where several people read them, in PostgreSQL. Hence column types that
both know, no sequences, and no key from one office to another; ids are UUIDs of version 7 as text. Tested on SQLite and
on one PostgreSQL. The order (office_id, id) lets Citus, CockroachDB or YugabyteDB spread them by office: designed, not
tested.
"""

from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine
from typing_extensions import override

from workbench.models.columns import UtcDateTime

FORM = 1
"""The number of this form of the tables, which a server keeps beside them; a profile has its own number."""


class Moment(TypeDecorator[datetime]):
    """An aware moment in UTC: microseconds in the profile as everywhere there, `timestamptz` where other tools read."""

    impl = BigInteger
    cache_ok = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else DateTime(timezone=True))

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | datetime | None:
        stored = _STORED.process_bind_param(value, dialect)  # refuses what has no zone
        return stored if dialect.name == "sqlite" else value

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None or dialect.name == "sqlite":
            return _STORED.process_result_value(value, dialect)
        return cast("datetime", value).astimezone(UTC)


_STORED = UtcDateTime()
_Json = JSON().with_variant(JSONB(), "postgresql")

EXCHANGE = MetaData()


def _key() -> list[Any]:
    return [
        Column("office_id", Text, nullable=False),
        Column("id", Text, nullable=False),
        PrimaryKeyConstraint("office_id", "id"),
    ]


OFFICE = Table(
    "office",
    EXCHANGE,
    *_key(),
    Column("name", Text, nullable=False),
    Column("country", Text),
    Column("is_expected", Boolean, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("heard_at", Moment),
    Column("last_week", Date),
    Column("known_until", Date),
    UniqueConstraint("office_id"),
)
"""An office: expected by headquarters, or heard of without being expected; `heard_at` None is silent, never zero."""

OFFICE_ENVELOPE = Table(
    "office_envelope",
    EXCHANGE,
    *_key(),
    Column("instance", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("previous", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("signer", Text, nullable=False),
    Column("created", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("first_week", Date, nullable=False),
    Column("last_week", Date, nullable=False),
    Column("counts", _Json, nullable=False),
    UniqueConstraint("office_id", "instance", "sequence", "sha256"),
    Index("office_envelope_signer", "signer"),
)
"""One file that was taken: who wrote it, its number in the row of files of that copy, and the weeks it states."""

OFFICE_PLAN = Table(
    "office_plan",
    EXCHANGE,
    *_key(),
    Column("instance", Text, nullable=False),
    Column("plan_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("community_key", Text, nullable=False),
    Column("community", Text, nullable=False),
    Column("community_type", Text),
    Column("starts_on", Date, nullable=False),
    Column("day", Integer, nullable=False),
    Column("is_archived", Boolean, nullable=False),
    Column("todo", Integer, nullable=False),
    Column("doing", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("late", Integer, nullable=False),
    Column("hours_planned", Float, nullable=False),
    Column("hours_done", Float, nullable=False),
    Column("as_of", Moment, nullable=False),
    Index("office_plan_same", "office_id", "plan_id"),
)
"""A plan as one copy of an office's profile saw it; two leaders who share a plan have a row each, the newer counts."""

OFFICE_OBJECTIVE = Table(
    "office_objective",
    EXCHANGE,
    *_key(),
    Column("plan_row_id", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("measure", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("is_by_hand", Boolean, nullable=False),
    Column("target", Float),
    Column("standing", Text, nullable=False),
    Column("baseline", Float),
    Column("baseline_numerator", Float),
    Column("baseline_denominator", Float),
    Column("baseline_coverage", Float),
    Column("baseline_is_withheld", Boolean, nullable=False),
    Column("baseline_on", Date),
    Column("now", Float),
    Column("now_numerator", Float),
    Column("now_denominator", Float),
    Column("now_coverage", Float),
    Column("now_is_withheld", Boolean, nullable=False),
    ForeignKeyConstraint(["office_id", "plan_row_id"], ["office_plan.office_id", "office_plan.id"], ondelete="CASCADE"),
    Index("office_objective_plan", "office_id", "plan_row_id"),
)
"""A measure of a plan against its target. Nothing and withheld are told apart: None with or without the mark."""

OFFICE_CHECKPOINT = Table(
    "office_checkpoint",
    EXCHANGE,
    *_key(),
    Column("plan_row_id", Text, nullable=False),
    Column("day", Integer, nullable=False),
    Column("falls_on", Date, nullable=False),
    Column("is_locked", Boolean, nullable=False),
    Column("decisions", Integer, nullable=False),
    ForeignKeyConstraint(["office_id", "plan_row_id"], ["office_plan.office_id", "office_plan.id"], ondelete="CASCADE"),
    Index("office_checkpoint_plan", "office_id", "plan_row_id"),
)
"""Day 30, 60 or 90 of a plan: whether it was held, and how many decisions came of it."""

OFFICE_WEEK = Table(
    "office_week",
    EXCHANGE,
    *_key(),
    Column("instance", Text, nullable=False),
    Column("week", Date, nullable=False),
    Column("community_key", Text, nullable=False),
    Column("community", Text, nullable=False),
    Column("community_type", Text),
    Column("known_days", Integer, nullable=False),
    Column("messages", Integer, nullable=False),
    Column("contributors", Integer),
    Column("is_withheld", Boolean, nullable=False),
    Column("threads", Integer, nullable=False),
    Column("replied_threads", Integer, nullable=False),
    Column("first_reply_hours", Float),
    Column("as_of", Moment, nullable=False),
    Index("office_week_when", "office_id", "instance", "week"),
)
"""One week (its Monday) of one community, or of the whole office under the key "". No row: nothing is known of it."""

EXCHANGE_FORM = Table("exchange_form", EXCHANGE, Column("number", Integer, primary_key=True, autoincrement=False))
"""One row on a server: which form its tables have."""
