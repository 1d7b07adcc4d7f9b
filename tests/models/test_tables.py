"""Tables: the migrated schema is the one the models describe, and every table takes a row and gives it back."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect, select
from sqlmodel import AutoString

from tests.builders import NOW, a_database
from workbench.models.columns import UtcDateTime
from workbench.models.exchange import EXCHANGE, EXCHANGE_FORM, Moment
from workbench.models.tables import METADATA

OUTSIDE = {"alembic_version", "message_fts"}
# A server keeps the number of its form in a table, a profile in its header.
TABLES = METADATA.tables | {name: table for name, table in EXCHANGE.tables.items() if table is not EXCHANGE_FORM}


def described(inspector: Any, table: str) -> dict[str, object]:
    """What makes a table, without the names SQLite leaves out."""
    columns = {
        column["name"]: (str(column["type"]), column["nullable"], column["default"], bool(column["primary_key"]))
        for column in inspector.get_columns(table)
    }
    foreign = {
        (*key["constrained_columns"], key["referred_table"], *key["referred_columns"], key["options"].get("ondelete"))
        for key in inspector.get_foreign_keys(table)
    }
    indexes = {
        (index["name"], tuple(index["column_names"]), bool(index["unique"])) for index in inspector.get_indexes(table)
    }
    unique = {tuple(constraint["column_names"]) for constraint in inspector.get_unique_constraints(table)}
    return {"columns": columns, "foreign": foreign, "indexes": indexes, "unique": unique, "order": list(columns)}


def worked_out(connection: Any) -> dict[str, str]:
    """The indexes that hold something worked out of a row, which the inspector leaves out: {name: how it is made}."""
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT m.name, m.sql FROM sqlite_master m, pragma_index_xinfo(m.name) x"
        " WHERE m.type = 'index' AND x.cid = -2"
    )
    return {name: " ".join(made.replace('"', "").split()) for name, made in rows}


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
def test_migrated_schema_equals_the_models(tmp_path):
    modelled = create_engine("sqlite://")
    METADATA.create_all(modelled)
    EXCHANGE.create_all(modelled)
    expected = inspect(modelled)
    with a_database(tmp_path).write() as session:
        migrated = inspect(session.connection())
        names = {name for name in migrated.get_table_names() if not name.startswith("message_fts")} - OUTSIDE
        assert names == set(TABLES)
        for name in sorted(names):
            assert described(migrated, name) == described(expected, name), name
        with modelled.connect() as connection:
            assert worked_out(session.connection()) == worked_out(connection)
    modelled.dispose()


def test_tables_without_rowid_are_the_same_on_both_sides(tmp_path):
    with a_database(tmp_path).read() as reader:
        made = {name for (name,) in reader.rows("SELECT name FROM pragma_table_list WHERE wr = 1 AND schema = 'main'")}
    modelled = {name for name, table in TABLES.items() if table.dialect_options["sqlite"]["with_rowid"] is False}
    assert {name for name in made if not name.startswith("message_fts")} == modelled


def test_full_text_table_forgets_deleted_words(tmp_path):
    with a_database(tmp_path).read() as reader:
        assert reader.scalar("SELECT v FROM message_fts_config WHERE k = 'secure-delete'") == 1


def filled(column: Any) -> object:
    if isinstance(column.type, UtcDateTime | Moment):
        return NOW
    if isinstance(column.type, AutoString):
        return "x"
    values = {bool: True, int: 7, float: 0.5, str: "x", bytes: b"x", date: NOW.date(), object: {"x": 1}}
    return values[column.type.python_type]


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_table_gives_back_what_it_was_given(tmp_path, name):
    table = TABLES[name]
    row = {column.name: filled(column) for column in table.columns}
    with a_database(tmp_path).write() as session:
        connection = session.connection()
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.execute(table.insert(), row)
        assert dict(connection.execute(select(table)).mappings().one()) == row
        connection.execute(table.delete())
