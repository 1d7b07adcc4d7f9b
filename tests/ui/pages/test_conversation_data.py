"""What the conversations page asks of the profile."""

from datetime import timedelta

from tests.builders import NOW
from workbench.queries.preferences import me
from workbench.queries.threads import ThreadFilter
from workbench.ui.pages.conversation_data import (
    Question,
    choose_me,
    find,
    find_people,
    read_page,
    read_thread,
    read_threads,
)


def everything(**fields) -> Question:
    return Question(**{"scope": (), "where": ThreadFilter.ALL, "period": None, "now": NOW, **fields})


def test_first_answer_says_how_many_and_brings_a_page(filled):
    found = read_threads(filled.database, everything())
    assert (found.total, len(found.rows), found.communities, found.knows_me) == (70, 70, 2, False)
    assert read_threads(filled.database, everything(), page=9).page == 0
    assert read_page(filled.database, everything(), 0) == found.rows


def test_period_and_empty_profile(filled, workspace):
    week = everything(period=(NOW - timedelta(days=7), NOW))
    assert 0 < read_threads(filled.database, week).total < 10


def test_nothing_is_there_at_first(workspace):
    found = read_threads(workspace.database, everything())
    assert (found.total, found.rows, found.communities) == (0, [], 0)


def test_thread_comes_ready_to_show_and_gone_ones_empty(filled):
    thread = read_threads(filled.database, everything()).rows[0]
    opened = read_thread(filled.database, thread.id)
    assert opened.row == thread
    assert [message.row.text for message in opened.messages] == ["Notes of the call.", "Thanks."]
    assert read_thread(filled.database, 10**9).messages == ()


def test_search_brings_the_words_to_highlight(filled):
    hits = find(filled.database, "Which PUMP", ())
    assert hits.terms == ("which", "pump")
    assert hits.rows
    assert not hits.is_cut
    assert hits.next_limit is None


def test_search_says_what_to_ask_for_next(filled):
    first = find(filled.database, "notes", ())
    assert (len(first.rows), first.is_cut, first.next_limit) == (60, True, 180)
    more = find(filled.database, "notes", (), limit=180)
    assert (len(more.rows) > 60, more.is_cut, more.next_limit) == (True, False, None)


def test_nobody_is_offered_before_a_name_is_typed_and_the_choice_is_kept(filled):
    assert find_people(filled.database, " ") == []
    person = find_people(filled.database, "person 2")[0]
    choose_me(filled.notes, person.person_id)
    with filled.database.read() as reader:
        assert me(reader) == person.person_id
    assert read_threads(filled.database, everything(where=ThreadFilter.MINE)).knows_me
