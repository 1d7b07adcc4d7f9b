"""Frames: rows of the asked days only, in order, without bots and removed messages."""

from datetime import UTC, date, datetime

import pytest

from tests.queries.network import START, a_message, a_person, a_reaction, day, gone
from workbench.models.moments import to_micros
from workbench.queries.frames import FramePart, load_frame, mirror_start

JANUARY = {"start": datetime(2024, 1, 1, tzinfo=UTC), "end": datetime(2024, 2, 1, tzinfo=UTC)}


@pytest.fixture
def talk(network):
    water, health = network.community("Water"), network.community("Health")
    network.apply(
        water,
        a_message("m1", hours=0, text="Where is it?"),
        a_message("m2", by="bruno", hours=30, to="m1"),
        a_message("m3", by=a_person("daemon", is_bot=True), hours=31, to="m1"),
        a_reaction("x1", by="chen", to="m1", hours=1),
        a_message("late", by="bruno", hours=24 * 40),
        a_message("bad", by="bruno", hours=50, to="m1"),
        gone("bad"),
    )
    network.apply(health, a_message("h1", by="bruno", hours=5))
    return network, water, health


def test_a_frame_holds_the_days_of_one_community(talk):
    network, water, _ = talk
    with network.read() as reader:
        frame = load_frame(reader, (water,), **JANUARY)
    amina, bruno, chen = (network.person(handle) for handle in ("amina", "bruno", "chen"))
    assert {(row.person_id, row.day, row.posts, row.replies, row.reactions, row.questions) for row in frame.days} == {
        (amina, day("2024-01-01"), 1, 0, 0, 1),
        (chen, day("2024-01-01"), 0, 0, 1, 0),
        (bruno, day("2024-01-02"), 0, 1, 0, 0),
    }
    assert [tuple(row) for row in frame.sums] == [(day("2024-01-01"), 1, 1), (day("2024-01-02"), 1, 0)]


def test_a_thread_knows_what_it_drew_and_when(talk):
    network, water, _ = talk
    with network.read() as reader:
        (thread,) = load_frame(reader, (water,), **JANUARY).threads
    start, hour = to_micros(START), 3_600_000_000
    assert tuple(thread) == (network.event("m1"), start, 1, start + 30 * hour, start + hour)


def test_first_contributions_know_all_times(talk):
    network, water, _ = talk
    with network.read() as reader:
        frame = load_frame(
            reader, (water,), start=datetime(2024, 5, 1, tzinfo=UTC), end=datetime(2024, 6, 1, tzinfo=UTC)
        )
    assert set(frame.first_contributions) == {network.person("amina"), network.person("bruno")}
    assert frame.days == frame.sums == frame.threads == ()


@pytest.mark.parametrize("named", [False, True])
def test_over_many_communities_rows_are_sorted_by_day_and_time(talk, named):
    network, water, health = talk
    with network.read() as reader:
        frame = load_frame(reader, (water, health) if named else (), **JANUARY)
    assert [row.day for row in frame.days] == sorted(row.day for row in frame.days)
    assert [thread.id for thread in frame.threads] == [network.event("m1"), network.event("h1")]
    assert sum(row.messages for row in frame.sums) == 3
    assert frame.first_contributions[network.person("bruno")] == to_micros(START) + 5 * 3_600_000_000


def test_only_what_was_asked_for_is_read(talk):
    network, water, _ = talk
    with network.read() as reader:
        frame = load_frame(reader, (water,), **JANUARY, parts=FramePart.SUMS)
    assert frame.sums
    assert not frame.days
    assert not frame.threads
    assert not frame.first_contributions


def test_the_mirror_begins_with_its_first_promise_or_its_first_event(talk):
    network, water, health = talk
    network.cover(health, date(2023, 6, 1), date(2024, 1, 31))
    with network.read() as reader:
        assert mirror_start(reader, (water,)) == datetime(2024, 1, 1, tzinfo=UTC)
        assert mirror_start(reader, ()) == datetime(2023, 6, 1, tzinfo=UTC)
        assert mirror_start(reader, (network.community("Empty"),)) is None
