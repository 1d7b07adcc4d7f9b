"""Threads: the conversation list, each filter, and counts that agree with it."""

from datetime import timedelta

import pytest

from tests.builders import a_clock
from tests.queries.network import NOW, START, a_message
from workbench.metrics.compute import measure
from workbench.metrics.window import last_days
from workbench.models.moments import to_micros
from workbench.notes.store import NotesStore
from workbench.queries.preferences import ME
from workbench.queries.threads import ThreadFilter, count_threads, find_thread, list_threads

DAY = timedelta(days=1)


@pytest.fixture
def talks(network):
    """Six threads in two communities: old, answered, open question, fresh question, long, elsewhere."""
    water, health = network.community("Water"), network.community("Health")
    network.apply(
        water,
        a_message("old", hours=0, subject="Old news"),
        a_message("answered", hours=100, text="Which pump?"),
        a_message("reply", by="bruno", hours=101, to="answered"),
        a_message("open", by="chen", hours=200, text="Anyone there?"),
        a_message("own", by="chen", hours=201, to="open"),
        a_message("fresh", at=NOW - timedelta(hours=40), text="And now?"),
        a_message("long", hours=300),
        a_message("late", by="bruno", at=NOW - timedelta(hours=50), to="long"),
    )
    network.apply(health, a_message("elsewhere", by="bruno", hours=400, text="How?"))
    return network, water, health


def found(network, scope=(), **options) -> list[str]:
    with network.read() as reader:
        rows = list_threads(reader, scope, as_of=NOW, limit=50, **options)
        assert count_threads(reader, scope, as_of=NOW, **options) == len(rows)
        pages = [list_threads(reader, scope, as_of=NOW, limit=1, offset=n, **options) for n in range(len(rows))]
        assert [row for page in pages for row in page] == rows
        ids = dict(reader.rows("SELECT id, remote_id FROM event"))
    return [ids[row.id] for row in rows]


def test_threads_come_with_the_latest_message_first(talks):
    network, water, health = talks
    everything = ["fresh", "long", "elsewhere", "open", "answered", "old"]
    assert found(network) == found(network, (water, health)) == everything
    assert found(network, (water,)) == [name for name in everything if name != "elsewhere"]


def test_unanswered_are_questions_that_only_their_author_spoke_to(talks):
    network, water, _ = talks
    assert found(network, where=ThreadFilter.UNANSWERED) == ["fresh", "elsewhere", "open"]
    assert found(network, (water,), where=ThreadFilter.UNANSWERED) == ["fresh", "open"]


def test_mine_are_those_i_wrote_in(talks):
    network, _, _ = talks
    assert found(network, where=ThreadFilter.MINE) == []
    network.change("INSERT INTO preference VALUES (?, ?)", ME, str(network.person("bruno")))
    assert found(network, where=ThreadFilter.MINE) == ["long", "elsewhere", "answered"]


def test_starred_are_those_with_a_star(talks):
    network, _, _ = talks
    for name, star in (("old", 1), ("open", 1), ("long", 0)):
        network.change("INSERT INTO threadmark VALUES (?, ?, NULL)", network.event(name), star)
    assert found(network, where=ThreadFilter.STARRED) == ["open", "old"]


def test_a_thread_is_unread_again_once_somebody_writes(talks):
    network, water, _ = talks
    read_at = to_micros(START + timedelta(hours=150))
    for name in ("old", "answered", "open"):
        network.change("INSERT INTO threadmark VALUES (?, 0, ?)", network.event(name), read_at)
    assert found(network, where=ThreadFilter.UNREAD) == ["fresh", "long", "elsewhere", "open"]
    assert found(network, (water,), where=ThreadFilter.UNREAD) == ["fresh", "long", "open"]


def test_own_words_make_no_thread_unread_unless_somebody_wants_it_so(talks):
    network, water, _ = talks
    network.change("INSERT INTO threadmark VALUES (?, 0, ?)", network.event("old"), to_micros(START))
    network.apply(water, a_message("mine", by="dana", hours=401, to="old"), a_message("begun", by="dana", hours=402))
    unread = ["begun", "old", "fresh", "long", "elsewhere", "open", "answered"]
    assert sorted(found(network, where=ThreadFilter.UNREAD)) == sorted(unread)
    # What went out from here is one's own, also while nobody said which person the coordinator is.
    for item, remote_id, kind in ((1, "mine", "reply"), (2, "begun", "topic")):
        network.change(
            "INSERT INTO outboxitem (id, community_id, community_remote_id, community_name, remote_id, kind, subject,"
            " text, state, key, written_at, changed_at, attempts, looks, is_held)"
            " VALUES (?, ?, 'water', 'Water', ?, ?, '', '', 'sent', '', 0, 0, 0, 0, 0)",
            str(item),
            water,
            remote_id,
            kind,
        )
    assert sorted(found(network, where=ThreadFilter.UNREAD)) == sorted(unread[2:])
    network.change("DELETE FROM outboxitem")
    network.change("INSERT INTO preference VALUES (?, ?)", ME, str(network.person("dana")))
    assert sorted(found(network, where=ThreadFilter.UNREAD)) == sorted(unread[2:])
    with network.read() as reader:
        assert not find_thread(reader, network.event("begun")).is_unread
    NotesStore(network.database, a_clock(NOW)).mark_read(network.event("begun"), is_read=False)
    network.apply(water, a_message("later", by="chen", hours=403, to="old"))
    assert sorted(found(network, where=ThreadFilter.UNREAD)) == sorted(unread)


def test_a_period_holds_threads_that_ran_in_it(talks):
    network, _, _ = talks
    period = (START + timedelta(hours=201), START + timedelta(hours=301))
    assert found(network, period=period) == ["long", "open"]
    assert found(network, period=(NOW - DAY, NOW + DAY)) == []
    assert found(network, period=(NOW - 2 * DAY, NOW + DAY)) == ["fresh"]


def test_unanswered_questions_of_a_period_were_asked_in_it(talks):
    network, water, _ = talks
    period = (START + timedelta(hours=200), START + timedelta(hours=400))
    assert found(network, where=ThreadFilter.UNANSWERED, period=period) == ["open"]
    assert found(network, (water,), where=ThreadFilter.UNANSWERED, period=period) == ["open"]


def test_what_is_here_of_a_thread_can_be_read_and_is_no_question_until_its_beginning_is_here(talks):
    network, _, health = talks
    middle = a_message("middle", by="chen", hours=500, subject="Which filter?", text="Anybody?", to="not here")
    network.apply(health, middle)
    assert found(network, (health,)) == ["middle", "elsewhere"]
    assert found(network, (health,), where=ThreadFilter.UNANSWERED) == ["elsewhere"]
    since = (START + timedelta(hours=499), START + timedelta(hours=501))
    assert found(network, (health,), period=since) == ["middle"]
    with network.read() as reader:
        row = list_threads(reader, (health,), as_of=NOW, limit=1)[0]
        rate, waiting = (
            measure(reader, key, scope=(health,), windows=[last_days(400, NOW)], as_of=NOW)[0]
            for key in ("reply_rate", "unanswered")
        )
    assert (row.has_beginning, row.is_question, row.started_at) == (False, False, START + timedelta(hours=500))
    assert (rate.denominator, waiting.denominator) == (1, 1)
    network.apply(health, a_message("not here", hours=450, subject="Which filter?"))
    assert found(network, (health,)) == ["not here", "elsewhere"]
    with network.read() as reader:
        assert list_threads(reader, (health,), as_of=NOW, limit=1)[0].has_beginning


def test_a_row_says_what_the_list_shows(talks):
    network, water, _ = talks
    network.change("INSERT INTO threadmark VALUES (?, 1, ?)", network.event("answered"), to_micros(NOW))
    with network.read() as reader:
        rows = {row.id: row for row in list_threads(reader, (), as_of=NOW, limit=50)}
    answered, open_ = rows[network.event("answered")], rows[network.event("open")]
    assert (answered.community_id, answered.community, answered.subject) == (water, "Water", "Pumps")
    assert (answered.author, answered.author_id) == ("Amina Example", network.person("amina"))
    assert (answered.started_at, answered.last_at) == (START + timedelta(hours=100), START + timedelta(hours=101))
    assert (answered.messages, answered.people) == (2, 2)
    assert (answered.is_question, answered.is_answered, answered.is_starred, answered.is_unread) == (
        True,
        True,
        True,
        False,
    )
    assert (open_.is_question, open_.is_answered, open_.is_starred, open_.is_unread) == (True, False, False, True)
