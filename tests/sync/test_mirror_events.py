"""Events of the mirror: edits, removals, text features, and what cannot be stored as it came."""

from dataclasses import replace

from tests.sync.mirrored import a_message, a_mirror, a_person, an_act, index_words, snapshot
from workbench.models.kinds import EventKind
from workbench.sync.records import GoneRecord
from workbench.sync.rollup_check import differences


def test_an_edit_replaces_text_index_and_features(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1", text="old words"))
    applied = mirrored.apply(a_message("m1", text="new question?"))
    assert (applied.added, applied.changed) == (0, 1)
    assert mirrored.rows("SELECT text FROM body") == [("new question?",)]
    assert mirrored.rows("SELECT is_question, length FROM event") == [(1, len("new question?"))]
    assert {word for word, *_ in index_words(mirrored.database)} == {"c1", "pumps", "new", "question"}


def test_a_message_that_is_gone_leaves_no_words_and_no_sums(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1"), a_message("m2", by="bruno", hours=1, references=("m1",)))
    applied = mirrored.apply(GoneRecord("m1", "water"), GoneRecord("unknown", "water"))
    assert (applied.gone, applied.unchanged) == (1, 1)
    assert mirrored.rows("SELECT event_id FROM body") == mirrored.rows("SELECT id FROM event WHERE remote_id = 'm2'")
    assert {remote_id for *_, remote_id in index_words(mirrored.database)} == {"m2"}
    assert mirrored.rows("SELECT posts, replies FROM activityday WHERE community_id > 0") == [(0, 1)]
    # The reply still knows where it belonged.
    assert mirrored.roots()["m2"] == "m1"
    assert mirrored.rows("SELECT id FROM thread") == []


def test_a_gone_message_that_comes_again_is_there_again(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1"))
    before = snapshot(mirrored)
    mirrored.apply(GoneRecord("m1", "water"))
    mirrored.apply(a_message("m1"))
    assert snapshot(mirrored) == before


def test_the_subject_makes_a_question_of_a_root_only(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(
        a_message("m1", subject="Which pump?", text="See attached"),
        a_message("m2", subject="Re: Which pump?", text="This one", references=("m1",), hours=1),
    )
    assert mirrored.rows("SELECT remote_id, is_question FROM event ORDER BY 1") == [("m1", 1), ("m2", 0)]


def test_quoted_questions_are_not_the_authors(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("m1", subject="Pumps", text="> Which pump?\nThe blue one"))
    assert mirrored.rows("SELECT is_question, length FROM event") == [(0, len("The blue one"))]


def test_a_reaction_and_a_message_may_share_their_number(tmp_path):
    mirrored = a_mirror(tmp_path)
    mirrored.apply(a_message("17"), an_act("17", EventKind.REACTION, by="bruno", hours=1, target="17"))
    assert mirrored.rows("SELECT kind, root_id = parent_id FROM event ORDER BY kind") == [(3, None), (5, 1)]
    assert mirrored.rows("SELECT reactions, first_reply_at, first_response_at IS NOT NULL FROM thread") == [
        (1, None, 1)
    ]


def test_text_that_cannot_be_stored_is_mended(tmp_path):
    mirrored = a_mirror(tmp_path)
    odd = a_message("\udc80m", by=a_person("\udc80", name="A\x00mina"), subject="caf\udce9", text="a\x00b")
    mirrored.apply(odd)
    assert mirrored.apply(odd).unchanged == 1
    assert mirrored.rows("SELECT subject, text FROM body") == [("caf?", "ab")]
    assert mirrored.rows("SELECT name FROM person") == [("Amina",)]


def test_replies_answer_the_author_whom_a_correction_names(tmp_path):
    mirrored = a_mirror(tmp_path)
    reply = a_message("m2", by="bruno", hours=1, references=("m1",))
    mirrored.apply(a_message("m1"), reply, an_act("a1", EventKind.REACTION, by="bruno", hours=2, target="m1"))
    mirrored.apply(a_message("m1", by="chen"))
    targets = "SELECT p.name FROM event e JOIN person p ON p.id = e.target_person_id"
    assert mirrored.rows(targets) == [("Chen Example",), ("Chen Example",)]


def test_hashtags_follow_the_text_of_their_message(tmp_path):
    mirrored = a_mirror(tmp_path)
    tags = (
        "SELECT e.remote_id, t.tag, t.at = e.at, t.community_id = e.community_id"
        " FROM event_tag t JOIN event e ON e.id = t.event_id ORDER BY 1, 2"
    )
    mirrored.apply(
        a_message("m1", subject="New #here", text="I have #Joined"),
        a_message("m2", hours=1, subject="New #here", references=("m1",), text="> I have #joined\n\nWelcome #WASH"),
    )
    assert mirrored.rows(tags) == [("m1", "here", 1, 1), ("m1", "joined", 1, 1), ("m2", "wash", 1, 1)]
    mirrored.apply(a_message("m1", subject="New", text="I have #left", hours=2), GoneRecord("m2", "water"))
    assert mirrored.rows(tags) == [("m1", "left", 1, 1)]
    mirrored.mirror.remove_account(mirrored.account_id)
    assert mirrored.scalar("SELECT count(*) FROM event_tag") == 0


def test_the_marked_answer_is_kept_with_its_thread_and_may_change(tmp_path):
    mirrored = a_mirror(tmp_path)
    accepted = "SELECT e.remote_id FROM thread t JOIN event e ON e.id = t.accepted_id"
    question = a_message("m1", text="Which pump?")
    replies = [a_message(f"m{number}", hours=number, references=("m1",)) for number in (2, 3)]
    mirrored.apply(question, replies[0], replace(replies[1], is_accepted=True))
    assert mirrored.rows(accepted) == [("m3",)]
    applied = mirrored.apply(replace(replies[0], is_accepted=True), replies[1])
    assert (applied.changed, mirrored.rows(accepted)) == (2, [("m2",)])
    mirrored.apply(GoneRecord("m2", "water"))
    assert mirrored.rows(accepted) == []
    with mirrored.database.read() as reader:
        assert differences(reader) == []
