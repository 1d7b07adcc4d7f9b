"""Keeping answers: the newest of each question, only what still holds, and never in anybody's way."""

from datetime import timedelta

import pytest

from tests.builders import KEY, NOW, a_database
from tests.disks import a_small_disk
from workbench.models.database import Database
from workbench.models.keeping import KEPT, LONGEST, Answer, keep_results
from workbench.models.tables import Account


@pytest.fixture
def database(tmp_path):
    database = a_database(tmp_path)
    yield database
    database.close()


def kept(database: Database) -> dict[str, str]:
    with database.read() as reader:
        return dict(reader.rows("SELECT asked, body FROM keptresult ORDER BY id"))


def an_answer(asked: str = "a", body: str = "[]", **fields: object) -> Answer:
    return Answer(**{"asked": asked, "mirror": 0, "own": None, "as_of": NOW, "body": body, **fields})


def move(database: Database) -> None:
    with database.write() as session:
        session.add(Account(kind="table", name="Sheets", created_at=NOW))


def test_the_newest_answer_to_a_question_is_kept(database):
    assert keep_results(database, [an_answer(), an_answer("b", "[1]")])
    assert keep_results(database, [an_answer(body="[2]")])
    assert kept(database) == {"a": "[2]", "b": "[1]"}


def test_an_answer_made_from_rows_that_changed_since_is_not_kept_and_old_ones_go(database):
    assert keep_results(database, [an_answer("old"), an_answer("plan", own=0)])
    move(database)
    assert not keep_results(database, [an_answer("late")])
    assert keep_results(database, [an_answer("new", mirror=1), an_answer("other plan", mirror=1, own=5)])
    assert kept(database) == {"new": "[]"}


def test_answers_of_another_day_go(database):
    assert keep_results(database, [an_answer("yesterday", as_of=NOW - timedelta(days=1)), an_answer("dawn")])
    assert keep_results(database, [an_answer("noon", as_of=NOW + timedelta(hours=1))])
    assert set(kept(database)) == {"dawn", "noon"}


def test_only_so_many_are_kept_and_none_that_is_very_long(database):
    assert keep_results(database, [an_answer(str(number)) for number in range(KEPT + 5)])
    assert not keep_results(database, [an_answer("long", "x" * (LONGEST + 1))])
    assert list(kept(database)) == [str(number) for number in range(5, KEPT + 5)]


def test_nothing_is_kept_while_somebody_else_writes_or_where_nothing_may_be_written(database, tmp_path):
    with database.write():
        assert not keep_results(database, [an_answer()])
    for_reading = Database(tmp_path / "workbench.db", KEY, writable=False)
    assert not keep_results(for_reading, [an_answer()])
    for_reading.close()
    assert kept(database) == {}
    assert keep_results(database, [an_answer()])


def test_a_full_disk_keeps_nothing_and_nobody_hears_of_it():
    with a_small_disk(4 << 20) as disk:
        database = a_database(disk.folder)
        assert not keep_results(database, [an_answer(str(number), "x" * 100_000) for number in range(80)])
        assert keep_results(database, [an_answer()])
        assert kept(database) == {"a": "[]"}
        database.close()


def test_keeping_moves_no_mark(database):
    assert keep_results(database, [an_answer()])
    with database.read() as reader:
        assert reader.rows("SELECT * FROM keptmark") == []
