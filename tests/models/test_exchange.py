"""The exchanged tables: keys by office, types that both places know, the same tables in the profile."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from sqlalchemy import JSON, BigInteger, Boolean, Date, Float, Integer, Text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import StatementError
from sqlalchemy.schema import CreateIndex, CreateTable

from tests.builders import a_clock
from workbench.ids import uuid7
from workbench.models.exchange import EXCHANGE, EXCHANGE_FORM, OFFICE, Moment

TABLES = [table for table in EXCHANGE.sorted_tables if table is not EXCHANGE_FORM]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_key_begins_with_the_office_and_none_leaves_it(table):
    assert [column.name for column in table.primary_key] == ["office_id", "id"]
    assert all(constraint.column_keys[0] == "office_id" for constraint in table.foreign_key_constraints)
    unique = [each for each in table.constraints if type(each).__name__ == "UniqueConstraint"]
    assert all(next(iter(each.columns)).name == "office_id" for each in unique)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_types_are_those_both_places_know_and_nothing_counts_itself(table):
    for column in table.columns:
        assert isinstance(column.type, Text | Integer | BigInteger | Float | Boolean | Date | JSON | Moment), column
        assert column.server_default is None
        assert column.autoincrement in {"auto", False}
    text = str(CreateTable(table).compile(dialect=postgresql.dialect()))
    assert "SERIAL" not in text
    assert "BYTEA" not in text
    assert "IDENTITY" not in text


def test_postgresql_gets_moments_with_a_zone_and_json():
    text = "".join(str(CreateTable(table).compile(dialect=postgresql.dialect())) for table in TABLES)
    assert "heard_at TIMESTAMP WITH TIME ZONE" in text
    assert "counts JSONB NOT NULL" in text
    indexes = [
        str(CreateIndex(index).compile(dialect=postgresql.dialect())) for table in TABLES for index in table.indexes
    ]
    assert "CREATE INDEX office_week_when ON office_week (office_id, instance, week)" in indexes


def test_moments_come_back_in_utc_and_need_a_zone(place):
    elsewhere = datetime(2024, 6, 3, 9, tzinfo=timezone(timedelta(hours=3)))
    row = {"office_id": "ken", "id": uuid7(a_clock()), "name": "Kenya", "is_expected": True, "added_at": elsewhere}
    assert UUID(row["id"]).version == 7
    with place.write() as session:
        session.connection().execute(OFFICE.insert(), row)
        back = session.connection().execute(OFFICE.select()).mappings().one()
    assert back["added_at"] == datetime(2024, 6, 3, 6, tzinfo=UTC)
    assert back["added_at"].tzinfo is UTC
    assert back["heard_at"] is None
    with pytest.raises((StatementError, ValueError)), place.write() as session:
        session.connection().execute(OFFICE.insert(), row | {"id": "other", "added_at": datetime(2024, 6, 3)})  # noqa: DTZ001 - what is refused
