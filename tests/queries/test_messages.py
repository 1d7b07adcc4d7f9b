"""Messages: a thread in reading order, and the newest headings over any number of communities."""

from datetime import timedelta

import pytest

from tests.queries.network import START, a_message, a_person, gone
from workbench.ids import EventId
from workbench.queries.messages import list_messages, thread_messages


@pytest.fixture
def thread(network):
    water = network.community("Water")
    network.apply(
        water,
        a_message("root", hours=0, subject="Pumps", text="Which one?"),
        a_message("a", by="bruno", hours=1, to="root"),
        a_message("b", by="chen", hours=2, to="root", sent_at_is_guess=True),
        a_message("a1", by="amina", hours=3, to="a"),
        a_message("a11", by="bruno", hours=4, to="a1"),
    )
    return network, water


def read(network, **options) -> list[tuple[str, int]]:
    with network.read() as reader:
        rows = thread_messages(reader, network.event("root"), **options)
        return [(row.text.removeprefix("Words of "), row.depth) for row in rows]


def test_each_message_is_followed_by_the_answers_to_it(thread):
    network, _ = thread
    assert read(network) == [("Which one?", 0), ("a", 1), ("a1", 2), ("a11", 3), ("b", 1)]


def test_pages_of_a_thread_keep_the_order(thread):
    network, _ = thread
    assert read(network, limit=2) == [("Which one?", 0), ("a", 1)]
    assert read(network, limit=10, offset=3) == [("a11", 3), ("b", 1)]


def test_a_removed_message_is_left_out_and_answers_to_it_stay(thread):
    network, water = thread
    network.apply(water, gone("a1"))
    assert read(network) == [("Which one?", 0), ("a", 1), ("a11", 3), ("b", 1)]


def test_a_message_says_everything_the_reader_shows(thread):
    network, _ = thread
    with network.read() as reader:
        rows = thread_messages(reader, network.event("root"))
    root, last = rows[0], rows[-1]
    assert (root.is_root, root.parent_id, root.subject, root.author) == (True, None, "Pumps", "Amina Example")
    assert (last.is_root, last.parent_id, last.sent_at_is_guess, last.html) == (False, root.id, True, None)
    assert (last.sent_at, last.author_id, last.community) == (
        START + timedelta(hours=2),
        network.person("chen"),
        "Water",
    )


def test_an_unknown_thread_is_empty(network):
    with network.read() as reader:
        assert thread_messages(reader, EventId(99)) == []


def test_a_chain_of_a_thousand_answers_is_read(network):
    water = network.community("Water")
    chain = [
        a_message("root"),
        *(a_message(f"r{n}", hours=n, to="root" if n == 1 else f"r{n - 1}") for n in range(1, 1001)),
    ]
    network.apply(water, *chain)
    assert read(network)[-1] == ("r1000", 1000)


@pytest.fixture
def many(network):
    """Seven communities; message n is n hours old, the communities take turns, one ends with a removed message."""
    ids = [network.community(f"Community {number}") for number in range(7)]
    for number in range(40):
        by = a_person("daemon", is_bot=True) if number % 5 == 0 else "amina"
        network.apply(ids[number % 7], a_message(f"m{number}", by=by, hours=number))
    network.apply(ids[39 % 7], gone("m39"))
    return network, ids


@pytest.mark.parametrize(("limit", "offset"), [(1, 0), (5, 0), (5, 7), (100, 0), (None, 0), (None, 30), (0, 0)])
def test_the_newest_headings_are_the_same_however_they_are_asked_for(many, limit, offset):
    network, ids = many
    expected = [f"m{number}" for number in range(38, -1, -1)][offset : None if limit is None else offset + limit]
    with network.read() as reader:
        for scope in ((), tuple(ids)):
            assert [row.remote_id for row in list_messages(reader, scope, limit=limit, offset=offset)] == expected


def test_headings_of_one_community(many):
    network, ids = many
    with network.read() as reader:
        rows = list_messages(reader, (ids[0],), limit=2)
    assert [(row.remote_id, row.community, row.is_root, row.thread_id == row.id) for row in rows] == [
        ("m35", "Community 0", True, True),
        ("m28", "Community 0", True, True),
    ]
