"""Questions: the board of a period, ready texts, who is meant by a name, and ways back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import NOW, a_workspace
from tests.queries.network import a_message
from workbench.errors import BadInputError
from workbench.models.kinds import AccountKind
from workbench.operations import questions
from workbench.queries.listening import list_listening
from workbench.queries.newcomers import joined_tags
from workbench.queries.questions import QuestionState, limit_hours
from workbench.queries.surge import urgent_threads
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord, MessageRecord, PersonRecord
from workbench.ui.qt_models.question_list import age_words


@pytest.fixture
def asked(tmp_path):
    with a_workspace(tmp_path) as workspace:
        account = workspace.accounts.add(AccountKind.TABLE, "Tables")
        record = CommunityRecord("water", "Water", url="https://example.org/water")
        water = workspace.mirror.ensure_community(account, record)
        old, young = NOW - timedelta(days=200), NOW - timedelta(hours=30)
        messages = (a_message("old", at=old, text="Why?"), a_message("young", by="bruno", at=young, text="How?"))
        workspace.mirror.apply(water, "messages", Batch(messages))
        yield workspace


def board_of(workspace, **period):
    with workspace.database.read() as reader:
        return questions.question_board(reader, (), as_of=NOW, **period)


def test_the_board_tells_what_is_late_and_what_lies_before_the_period(asked):
    board = board_of(asked, period=(NOW - timedelta(days=90), NOW))
    assert [row.author for row in board.columns[QuestionState.OPEN]] == ["Bruno Example"]
    assert (board.outside, board.late, board.late_in_all, board.limit_hours) == (1, 0, 1, 48)
    questions.choose_limit(asked, hours=24)
    assert (board_of(asked).late, board_of(asked).outside) == (2, 0)
    with pytest.raises(BadInputError):
        questions.choose_limit(asked, hours=25)
    with asked.database.read() as reader:
        assert limit_hours(reader) == 24
        assert len(questions.late_questions(reader, (), as_of=NOW)) == 2
        period = (NOW - timedelta(days=90), NOW)
        assert [row.author for row in questions.late_questions(reader, (), as_of=NOW, period=period)] == [
            "Bruno Example"
        ]


def test_each_deed_can_be_taken_back(asked):
    row = board_of(asked).columns[QuestionState.OPEN][0]
    deeds = (
        lambda: questions.route_question(asked, thread_id=row.id, owner="Dana Example"),
        lambda: questions.settle_question(asked, thread_id=row.id, is_answered=True),
        lambda: questions.settle_question(asked, thread_id=row.id, is_answered=False),
        lambda: questions.mark_urgent(asked, thread_id=row.id, is_urgent=True),
        lambda: questions.reopen_question(asked, thread_id=row.id),
    )
    before = board_of(asked)
    kept = [deed() for deed in deeds]
    with asked.database.read() as reader:
        assert [surge.id for surge in urgent_threads(reader, (), as_of=NOW)] == [row.id]
    for one in reversed(kept):
        questions.put_back(asked, one)
    assert board_of(asked) == before


def test_a_routed_question_has_ready_texts(asked):
    row = replace(board_of(asked).columns[QuestionState.OPEN][1], owner="Dana Example")
    words = questions.asking_words(row, database=asked.database, as_of=NOW)
    assert words.startswith("Dear Dana Example,\n\nBruno Example asked in Water and has waited 30 hours: “Pumps”.")
    assert words.endswith("https://example.org/water\n")
    old = replace(row, owner="", asked_at=NOW - timedelta(days=5, hours=23, minutes=45))
    assert "Hello,\n" in questions.asking_words(old, database=asked.database, as_of=NOW)
    assert "5 days" in questions.asking_words(old, database=asked.database, as_of=NOW)
    assert questions.mention_words(row).startswith("@Dana Example, could you help Bruno Example")


def test_hashtags_that_mean_joined_are_kept_as_they_are_compared_and_refused_where_they_are_none(asked):
    def kept() -> tuple[str, ...]:
        with asked.database.read() as reader:
            return joined_tags(reader)

    assert kept() == ("joined",)
    questions.choose_joined_tags(asked, tags=["#Hola", "hola", "inscrit"])
    with pytest.raises(BadInputError, match="is no hashtag"):
        questions.choose_joined_tags(asked, tags=["#12"])
    assert kept() == ("hola", "inscrit")
    questions.choose_joined_tags(asked, tags=[])
    assert kept() == ()


def test_what_is_listened_for_has_ways_back_too(asked):
    def listed():
        with asked.database.read() as reader:
            return list_listening(reader)

    questions.listen_for(asked, words="pump seals")
    (row,) = listed()
    named = questions.name_listening(asked, listening_id=row.id, name="Seals")
    assert listed()[0].title == "Seals"
    questions.put_back(asked, named)
    assert listed()[0].title == "pump seals"
    given = questions.give_listening(asked, listening_id=row.id, owner="Dana Example")
    assert listed()[0].owner == "Dana Example"
    looked = questions.looked_at(asked, listening_id=row.id)
    gone = questions.stop_listening(asked, listening_id=row.id)
    assert listed() == []
    for one in (gone, looked, given):
        questions.put_back(asked, one)
    assert listed() == [row]


def test_a_person_is_found_by_the_whole_name_or_its_only_beginning(asked):
    with asked.database.read() as reader:
        assert questions.person_called(reader, "bruno example") == questions.person_called(reader, "Bru")
        bruno = questions.person_called(reader, "Bruno Example")
        assert questions.person_called(reader, str(bruno)) == bruno
        assert questions.owner_called(reader, "bru") == ("Bruno Example", bruno)
        assert questions.owner_called(reader, " Zed  Elsewhere") == ("Zed Elsewhere", None)
        for name, words in (("", "Nobody here"), ("Example", "Nobody here"), ("999999", "Nobody here")):
            with pytest.raises(BadInputError, match=words):
                questions.person_called(reader, name)


def test_several_people_of_a_name_are_told_by_their_ids(asked):
    messages = [
        MessageRecord(f"b{n}", "", PersonRecord(f"b{n}", "Brian Example"), NOW - timedelta(days=n), "Hello", "Hello.")
        for n in range(1, 13)
    ]
    with asked.database.read() as reader:
        water = reader.scalar("SELECT id FROM community")
    asked.mirror.apply(water, "more", Batch(tuple(messages)))
    with asked.database.read() as reader:
        ids = [row[0] for row in reader.rows("SELECT id FROM person WHERE name = 'Brian Example' ORDER BY id")]
        told = ", ".join(map(str, ids[:10]))
        with pytest.raises(BadInputError, match=f"one of them by id: {told} and 2 more"):
            questions.person_called(reader, "brian")


def test_an_answer_posted_by_hand_settles_a_question_until_the_platform_tells_it(asked):
    (row,) = board_of(asked, period=(NOW - timedelta(days=9), NOW)).columns[QuestionState.OPEN]
    before = questions.answered_by_hand(asked, thread_id=row.id)

    def answered():
        return {one.id: one for one in board_of(asked).columns[QuestionState.ANSWERED]}.get(row.id)

    assert (answered().is_by_hand, answered().answered_at, answered().answerer) == (True, NOW, "")
    assert (answered().hours, age_words(answered())) == (30, "answered by you after 30\N{NO-BREAK SPACE}h")
    reply = a_message("reply", by="chidi", to="young", at=NOW - timedelta(hours=1))
    asked.mirror.apply(row.community_id, "messages", Batch((reply,)))
    assert (answered().is_by_hand, answered().answerer) == (False, "Chidi Example")
    questions.put_back(asked, before)
    assert answered() is not None
