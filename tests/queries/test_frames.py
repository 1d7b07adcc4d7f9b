"""Frames: rows of the asked days only, in order, without bots and removed messages."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.queries.network import NOW, START, a_message, a_person, a_reaction, day, gone
from workbench.models.moments import to_micros
from workbench.queries.frames import FramePart, load_frame, mirror_start

HOUR = 3_600_000_000
JANUARY = {"start": datetime(2024, 1, 1, tzinfo=UTC), "end": datetime(2024, 2, 1, tzinfo=UTC), "as_of": NOW}


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
    first, second = day("2024-01-01"), day("2024-01-02")
    assert [(row.day, set(row.people)) for row in frame.active] == [(first, {amina, chen}), (second, {bruno})]
    assert [tuple(row) for row in frame.wrote] == [(first, [amina]), (second, [bruno])]
    assert [tuple(row) for row in frame.written] == [(first, [amina], []), (second, [bruno], [])]
    assert [tuple(row) for row in frame.sums] == [(day("2024-01-01"), 1, 1), (day("2024-01-02"), 1, 0)]


def test_the_second_message_of_a_day_is_told_apart(talk):
    network, water, _ = talk
    network.apply(water, a_message("m4", by="bruno", hours=32, to="m1"), a_message("m5", by="bruno", hours=33, to="m1"))
    with network.read() as reader:
        frame = load_frame(reader, (water,), **JANUARY)
    bruno = network.person("bruno")
    assert tuple(frame.written[1]) == (day("2024-01-02"), [bruno], [[bruno, 2]])


@pytest.mark.parametrize(
    ("hours", "delays", "responses"), [(0.5, [], 0), (1, [], 1), (29.9, [], 1), (30, [30 * HOUR], 1)]
)
def test_threads_drew_what_had_come_by_the_moment_asked(talk, hours, delays, responses):
    network, water, _ = talk
    as_of = START + timedelta(hours=hours)
    with network.read() as reader:
        frame = load_frame(reader, (water,), **{**JANUARY, "as_of": as_of}, parts=FramePart.THREADS)
    assert [tuple(row) for row in frame.threads] == [(to_micros(JANUARY["start"]), 1, delays, responses)]


def test_threads_are_summed_up_between_the_cuts(talk):
    network, _, _ = talk
    cut = datetime(2024, 1, 1, 10, tzinfo=UTC)
    with network.read() as reader:
        frame = load_frame(reader, (), **JANUARY, cuts=[cut, JANUARY["end"]], parts=FramePart.THREADS)
    assert [(row.start_us, row.threads) for row in frame.threads] == [
        (to_micros(JANUARY["start"]), 1),
        (to_micros(cut), 1),
    ]


def test_a_question_knows_when_it_was_asked_and_answered(talk):
    network, water, _ = talk
    with network.read() as reader:
        (question,) = load_frame(reader, (water,), **JANUARY).questions
    assert tuple(question) == (network.event("m1"), to_micros(START), to_micros(START) + 30 * HOUR)


@pytest.mark.parametrize("is_named", [False, True])
def test_first_contributions_are_the_first_ever_of_those_who_began_in_the_span(talk, is_named):
    network, water, health = talk
    scope = (water, health) if is_named else ()
    with network.read() as reader:
        january = load_frame(reader, scope, **JANUARY)
        february = load_frame(reader, scope, start=JANUARY["end"], end=datetime(2024, 3, 1, tzinfo=UTC), as_of=NOW)
    start = to_micros(START)
    assert january.first_contributions == {network.person("amina"): start, network.person("bruno"): start + 5 * HOUR}
    assert february.first_contributions == {}
    assert february.written


@pytest.mark.parametrize("named", [False, True])
def test_over_many_communities_rows_are_sorted_by_day_and_time(talk, named):
    network, water, health = talk
    with network.read() as reader:
        frame = load_frame(reader, (water, health) if named else (), **JANUARY)
    assert [row.day for row in frame.active] == sorted({row.day for row in frame.active})
    assert sum(len(row.people) + sum(count for _, count in row.more) for row in frame.written) == 3
    assert sum(row.threads for row in frame.threads) == 2
    assert sum(row.messages for row in frame.sums) == 3
    assert frame.first_contributions[network.person("bruno")] == to_micros(START) + 5 * HOUR


def test_only_what_was_asked_for_is_read(talk):
    network, water, _ = talk
    with network.read() as reader:
        frame = load_frame(reader, (water,), **JANUARY, parts=FramePart.SUMS)
    assert frame.sums
    assert not frame.active
    assert not frame.written
    assert not frame.threads
    assert not frame.questions
    assert not frame.first_contributions


def test_the_mirror_begins_with_its_first_promise_or_its_first_event(talk):
    network, water, health = talk
    network.cover(health, date(2023, 6, 1), date(2024, 1, 31))
    with network.read() as reader:
        assert mirror_start(reader, (water,)) == datetime(2024, 1, 1, tzinfo=UTC)
        assert mirror_start(reader, ()) == datetime(2023, 6, 1, tzinfo=UTC)
        assert mirror_start(reader, (network.community("Empty"),)) is None
