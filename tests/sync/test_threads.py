"""Threads: the same structure in whatever order messages arrive; guesses by subject give way to references."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sync.connectors.discourse_site import a_large_forum, pulled
from tests.sync.mirrored import a_message, a_mirror, an_act, in_batches, snapshot
from workbench.models.kinds import EventKind
from workbench.models.moments import BEFORE_ALL
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord
from workbench.sync.rollup_check import differences
from workbench.sync.threads import MOST_REFERENCES

many = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
DAY = 24


def re(remote_id, hours, *, subject="pumps", **fields):
    """A message whose subject looks like a reply and that names no parent."""
    fields = {"subject": f"Re: {subject}", "subject_key": subject, "thread_subject_key": subject, **fields}
    return a_message(remote_id, hours=hours, **fields)


def opening(remote_id, hours, *, subject="pumps", **fields):
    return a_message(remote_id, hours=hours, subject=subject, thread_subject_key=subject, **fields)


@st.composite
def conversations(draw):
    """Messages that name any earlier ones, not always the nearest first, in any order of arrival."""
    count = draw(st.integers(2, 12))
    found = []
    for number in range(count):
        ancestors = draw(st.lists(st.integers(0, number - 1), max_size=3, unique=True)) if number else []
        missing = [f"never{number}"] if draw(st.booleans()) else []
        references = (*missing, *(f"m{other}" for other in ancestors))
        found.append(a_message(f"m{number}", by=f"p{number % 3}", hours=number * 7, references=references))
    found += [an_act(f"a{n}", EventKind.REACTION, by="p9", hours=n, target=f"m{n}") for n in range(0, count, 3)]
    return found, draw(st.permutations(found))


@many
@given(conversations(), st.lists(st.integers(0, 15), max_size=5))
def test_the_order_of_arrival_does_not_matter_to_references(tmp_path_factory, conversation, cuts):
    in_order, shuffled = conversation
    expected = a_mirror(tmp_path_factory.mktemp("order"))
    expected.apply(*in_order)
    mirrored = a_mirror(tmp_path_factory.mktemp("shuffled"))
    for batch in in_batches(shuffled, cuts):
        mirrored.apply(*batch)
    assert snapshot(mirrored) == snapshot(expected)
    with mirrored.database.read() as reader:
        assert differences(reader) == []
    mirrored.database.close()
    expected.database.close()


@many
@given(
    st.permutations(
        [
            opening("m0", 0),
            re("m1", 5),
            re("m2", 9, references=("m1",)),
            opening("m3", 20),
            re("m4", 25, references=("never",)),
            re("m5", 25 + 89 * DAY),
            re("m6", 20 + 91 * DAY),
            re("m7", 21 + 91 * DAY),
            re("m8", 30, subject="wells"),
            a_message("m9", hours=31),
        ]
    ),
    st.lists(st.integers(0, 10), max_size=4),
)
def test_the_order_of_arrival_does_not_matter_to_guesses(tmp_path_factory, records, cuts):
    mirrored = a_mirror(tmp_path_factory.mktemp("guesses"))
    for batch in in_batches(records, cuts):
        mirrored.apply(*batch)
    assert mirrored.parents() == {
        "m0": None,
        "m1": "m0",
        "m2": "m1",
        "m3": None,
        "m4": "m3",
        "m5": "m3",
        # More than 90 days after the last opening: it starts anew, and the next one hangs on it.
        "m6": None,
        "m7": "m6",
        "m8": None,
        "m9": None,
    }
    assert mirrored.roots()["m2"] == "m0"
    mirrored.database.close()


def test_the_nearest_known_reference_is_the_parent_and_a_nearer_one_replaces_it(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("root"), a_message("leaf", hours=9, by="chen", references=("mid", "root")))
    assert mirrored.parents()["leaf"] == "root"
    mirrored.apply(a_message("mid", hours=5, by="bruno", references=("root",)))
    assert mirrored.parents() == {"root": None, "mid": "root", "leaf": "mid"}
    target = "SELECT p.name FROM event e JOIN person p ON p.id = e.target_person_id WHERE e.remote_id = 'leaf'"
    assert mirrored.scalar(target) == "Bruno Example"
    assert mirrored.rows("SELECT 1 FROM orphan") == []


def test_a_reply_whose_thread_is_not_here_can_be_read_but_began_nothing_until_its_beginning_comes(tmp_path):
    mirrored = a_mirror(tmp_path)
    lost = a_message("lost", by="bruno", hours=2, subject="Which pump?", text="Why?", references=("root",))
    mirrored.apply(lost, a_message("next", by="chen", hours=3, references=("lost",)))
    assert mirrored.rows("SELECT remote_id, kind, is_question FROM event ORDER BY 1") == [
        ("lost", 4, 1),
        ("next", 4, 0),
    ]
    told = "SELECT messages, started_at, is_question, first_reply_at, first_response_at, first_replier_id FROM thread"
    assert mirrored.rows(told) == [(2, BEFORE_ALL, 0, None, None, None)]
    assert mirrored.rows("SELECT messages, threads FROM communitytotal") == [(2, 0)]
    assert mirrored.rows("SELECT sum(posts), sum(replies) FROM activityday WHERE community_id > 0") == [(0, 2)]
    mirrored.apply(a_message("root", subject="Which pump?"))
    assert mirrored.rows("SELECT messages, is_question FROM thread") == [(3, 1)]
    assert mirrored.rows("SELECT messages, threads FROM communitytotal") == [(3, 1)]


def test_a_guess_gives_way_to_a_reference_that_arrives(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(opening("m0", 0), re("m1", 5, references=("real",)), a_message("m2", hours=6, references=("m1",)))
    assert mirrored.roots()["m2"] == "m0"
    mirrored.apply(a_message("real", hours=2))
    assert mirrored.roots() == {"m0": "m0", "real": "real", "m1": "real", "m2": "real"}
    assert mirrored.rows("SELECT messages FROM thread ORDER BY messages") == [(1,), (3,)]


def test_a_guess_is_taken_back_when_its_opening_turns_out_to_be_a_reply(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(re("m1", 5, references=("m0",), subject="Ready?"), re("m2", 9, subject="Ready?", text="Yes"))
    assert mirrored.parents()["m2"] == "m1"
    assert mirrored.rows("SELECT is_question FROM event WHERE remote_id = 'm2'") == [(0,)]
    mirrored.apply(a_message("m0"))
    assert mirrored.parents() == {"m0": None, "m1": "m0", "m2": None}
    # A root again: now its subject asks.
    assert mirrored.rows("SELECT kind, is_question FROM event WHERE remote_id = 'm2'") == [(3, 1)]


def test_an_opening_that_gets_another_date_leads_other_replies(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(opening("m0", 0), re("m1", 5))
    mirrored.apply(opening("m0", 8))
    assert mirrored.parents() == {"m0": None, "m1": None}
    mirrored.apply(opening("m0", 1))
    assert mirrored.parents() == {"m0": None, "m1": "m0"}


@pytest.mark.parametrize("together", [True, False])
def test_circles_of_references_are_cut(tmp_path, together):
    mirrored = a_mirror(tmp_path)
    circle = [
        a_message("a", references=("c",)),
        a_message("b", hours=1, references=("a",)),
        a_message("c", hours=2, references=("b",)),
        a_message("self", hours=3, references=("self",)),
    ]
    for batch in [circle] if together else [[message] for message in circle]:
        mirrored.apply(*batch)
    assert mirrored.parents() == {"a": None, "b": "a", "c": "b", "self": None}
    # What awaits nothing but itself, or what answers it, began its thread.
    assert mirrored.rows("SELECT remote_id FROM event WHERE kind = 3 ORDER BY 1") == [("a",), ("self",)]
    assert mirrored.rows("SELECT messages FROM thread WHERE started_at > 0 ORDER BY 1") == [(1,), (3,)]


def test_a_circle_through_a_guess_is_cut_too(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(opening("m0", 0, references=("m2",)), re("m1", 5), a_message("m2", hours=6, references=("m1",)))
    # The reference is real and the subject only a guess: m0 answers m2, which answers m1.
    assert mirrored.parents() == {"m0": "m2", "m1": None, "m2": "m1"}


def test_threads_stay_inside_their_community(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(opening("m0", 0))
    other = mirrored.mirror.ensure_community(mirrored.account_id, CommunityRecord("wells", "Wells"))
    replies = (re("m1", 5), a_message("m2", hours=6, references=("m0",)))
    mirrored.mirror.apply(other, "messages", Batch(records=replies))
    assert mirrored.parents() == {"m0": None, "m1": None, "m2": None}


def test_only_so_many_references_are_looked_at(tmp_path):
    mirrored = a_mirror(tmp_path)
    far = tuple(f"never{n}" for n in range(MOST_REFERENCES))
    mirrored.apply(a_message("root"), a_message("leaf", hours=1, references=(*far, "root")))
    assert mirrored.parents()["leaf"] is None
    assert mirrored.scalar("SELECT count(*) FROM orphan") == MOST_REFERENCES


def test_a_long_chain_that_arrives_backwards_is_one_thread(tmp_path):
    mirrored = a_mirror(tmp_path)
    chain = [a_message(f"m{n}", hours=n, references=(f"m{n - 1}",) if n else ()) for n in range(300)]
    for batch in in_batches(chain[::-1], range(0, 300, 40)):
        mirrored.apply(*batch)
    assert set(mirrored.roots().values()) == {"m0"}
    assert mirrored.rows("SELECT messages FROM thread") == [(300,)]
    with mirrored.database.read() as reader:
        assert differences(reader) == []


def test_a_first_sync_that_is_cut_takes_no_post_from_the_middle_of_a_topic_for_its_beginning(tmp_path):
    begun = f"SELECT e.remote_id FROM thread t JOIN event e ON e.id = t.id WHERE t.started_at > {BEFORE_ALL}"
    waiting = f"SELECT count(*) FROM thread WHERE started_at = {BEFORE_ALL}"
    mirrored = a_mirror(tmp_path)
    newest, *older = pulled(a_large_forum(posts=400, topics=30, categories=1))
    mirrored.apply(*newest.records)
    first_posts = "SELECT remote_id FROM event WHERE kind IN (3, 4) AND remote_id LIKE '%.1'"
    assert sorted(mirrored.rows(begun)) == sorted(mirrored.rows(first_posts))
    assert mirrored.scalar(waiting) > mirrored.scalar(f"SELECT count(*) FROM ({begun})")
    for batch in older:
        mirrored.apply(*batch.records)
    assert mirrored.scalar(waiting) == 0
    assert len(mirrored.rows(begun)) == 30
    with mirrored.database.read() as reader:
        assert differences(reader) == []
