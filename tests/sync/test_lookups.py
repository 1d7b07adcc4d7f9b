"""Look-ups: many keys at once, digests that keep texts apart, and text a database can keep."""

import pytest

from tests.builders import a_database
from workbench.sync.lookups import GIVEN_ONCE, digest, keep_ids, next_id, select_among, storable


def test_many_values_are_asked_for_in_chunks(tmp_path):
    with a_database(tmp_path).write() as session:
        connection = session.connection()
        connection.exec_driver_sql(
            'INSERT INTO preference ("key", value) VALUES (?, ?)', [(f"k{n}", str(n % 2)) for n in range(1300)]
        )
        statement = 'SELECT "key" FROM preference WHERE value = ? AND "key" IN (?*)'
        found = select_among(connection, statement, (f"k{n}" for n in range(2000)), before=("1",))
        assert {row[0] for row in found} == {f"k{n}" for n in range(1, 1300, 2)}
        assert list(select_among(connection, statement, [], before=("1",))) == []


def test_the_next_id_follows_the_largest_ever_given(tmp_path):
    with a_database(tmp_path).write() as session:
        connection = session.connection()
        assert next_id(connection, "account") == 1
        account = (
            "INSERT INTO account (id, kind, name, settings, is_paused, created_at) VALUES (?, 'table', ?, '{}', 0, 0)"
        )
        connection.exec_driver_sql(account, [(7, "a"), (41, "b")])
        keep_ids(connection)
        connection.exec_driver_sql("DELETE FROM account WHERE id = 41")
        keep_ids(connection)
        assert [next_id(connection, table) for table in GIVEN_ONCE] == [42, 1, 1, 1]


def test_digests_keep_texts_apart():
    assert len(digest("a")) == 16
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("\udc80") != digest("\udc81")


@pytest.mark.parametrize(
    ("text", "kept"), [("plain", "plain"), ("a\x00b", "ab"), ("caf\udce9", "caf?"), ("会议", "会议"), ("", "")]
)
def test_text_is_made_storable(text, kept):
    assert storable(text) == kept
