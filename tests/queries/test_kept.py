"""Kept results: found again only with the marks, the day, the settings and the program they were made with."""

from datetime import timedelta

import pytest

from tests.queries.network import NOW, a_message, a_network
from workbench.models.keeping import Answer, keep_results
from workbench.queries.kept import Marks, all_messages, digest, keeps_anything, kept_rows, largest_communities, marks

MIDNIGHT = NOW.replace(hour=0)


@pytest.fixture
def network(tmp_path):
    network = a_network(tmp_path)
    yield network
    network.database.close()


@pytest.mark.parametrize(
    ("asked_at", "is_found"),
    [
        pytest.param(NOW, True, id="the same moment"),
        pytest.param(NOW + timedelta(hours=11, minutes=59), True, id="late that day"),
        pytest.param(NOW + timedelta(hours=12), False, id="the next day"),
        pytest.param(NOW - timedelta(seconds=1), False, id="a clock that went back"),
        pytest.param(NOW + timedelta(days=365), False, id="a year later"),
    ],
)
def test_an_answer_holds_that_day_from_its_moment_on(network, asked_at, is_found):
    with network.read() as reader:
        now = marks(reader)
    keep_results(network.database, [Answer("a", now.mirror, None, NOW, "[1]"), Answer("b", now.mirror, 0, NOW, "[2]")])
    with network.read() as reader:
        assert keeps_anything(reader)
        found = kept_rows(reader, ["a", "b", "c"], as_of=asked_at)
    if not is_found:
        assert found == {}
        return
    assert {name: (row.body, row.as_of, row.rests_on_own) for name, row in found.items()} == {
        "a": ("[1]", NOW, False),
        "b": ("[2]", NOW, True),
    }


def test_an_answer_holds_while_its_marks_stand_still(network):
    with network.read() as reader:
        now = marks(reader)
        assert (now.own, keeps_anything(reader)) == (0, False)
    keep_results(network.database, [Answer("a", now.mirror, None, NOW, "[1]"), Answer("b", now.mirror, 0, NOW, "[2]")])
    network.change("UPDATE keptmark SET mark = mark WHERE 0")
    network.change("INSERT INTO keptmark VALUES ('own', 1)")
    with network.read() as reader:
        assert set(kept_rows(reader, ["a", "b"], as_of=NOW)) == {"a"}
    network.community("Water")
    with network.read() as reader:
        assert marks(reader) == Marks(now.mirror + 1, 1)
        assert kept_rows(reader, ["a", "b"], as_of=NOW) == {}


def test_settings_and_the_day_of_the_last_sync_are_part_of_the_question(network):
    def asked(question: object = "a") -> str:
        with network.read() as reader:
            return digest(reader, question)

    first = asked()
    assert asked() == first != asked("b")
    water = network.community("Water")
    network.mirror.settle(water, mark="1")
    synced = asked()
    assert synced != first
    network.mirror.settle(water, mark="2")
    assert asked() == synced
    network.change("UPDATE communitystate SET synced_at = synced_at + 86400000000")
    assert asked() != synced
    last = asked()
    network.change("INSERT INTO preference VALUES ('theme', '1')")
    assert asked() == last
    network.change("INSERT INTO preference VALUES ('questions.limit_hours', '24')")
    assert asked() != last


def test_communities_are_told_by_what_was_written_in_them(network):
    fire, water = network.community("Fire"), network.community("Water")
    network.community("Silence")
    network.apply(fire, a_message("f1"))
    network.apply(water, a_message("w1"), a_message("w2", hours=1))
    with network.read() as reader:
        assert largest_communities(reader) == [water, fire]
        assert all_messages(reader) == 3
