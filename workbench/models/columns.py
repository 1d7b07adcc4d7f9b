"""Column types shared by the tables: aware UTC moments kept as microseconds since 1970."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime stored as an integer of microseconds since 1970 UTC; naive datetimes are refused."""

    impl = BigInteger
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a datetime without a time zone cannot be stored"
            raise ValueError(message)
        return (value - EPOCH) // timedelta(microseconds=1)

    @override
    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:
        return None if value is None else EPOCH + timedelta(microseconds=value)
