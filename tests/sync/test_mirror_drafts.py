"""Drafts: records are cut apart where one event occurs twice, and carry digests that tell whether anything changed."""

from dataclasses import replace

from tests.sync.mirrored import a_message, a_person, an_act
from workbench.models.kinds import EventKind
from workbench.sync.mirror_drafts import ActDraft, Draft, drafted, newcomer, parts, people_in
from workbench.sync.records import GoneRecord


def test_records_are_cut_where_an_event_occurs_again_with_other_words():
    first, edited, like = a_message("m1"), a_message("m1", text="Edited"), an_act("m1", EventKind.REACTION, target="m1")
    assert list(parts([first, like, first, edited, edited])) == [([first, like], 1), ([edited], 1)]
    assert list(parts([])) == []


def a_draft(**fields) -> Draft:
    draft = drafted(a_message("m1", **fields))
    assert isinstance(draft, Draft)
    return draft


def test_a_digest_changes_with_what_a_message_says_and_not_with_how_its_author_is_called():
    plain = a_draft()
    assert a_draft(by=a_person("amina", name="Another Example")).content_key == plain.content_key
    for other in (
        a_draft(text="Else"),
        a_draft(subject="Else"),
        a_draft(hours=1),
        a_draft(by="bruno"),
        a_draft(html="<p>"),
        a_draft(sent_at_is_guess=True),
    ):
        assert other.content_key != plain.content_key
        assert other.key == plain.key


def test_a_message_its_removal_and_a_reaction_of_the_same_number():
    like = drafted(an_act("m1", EventKind.REACTION))
    assert isinstance(like, ActDraft)
    assert drafted(GoneRecord("m1", "water")) == a_draft().key != like.key
    assert drafted(a_person("amina")) is None


def test_only_a_subject_that_looks_like_a_reply_makes_a_guess():
    assert newcomer(a_draft()).subject_key is None
    opening = newcomer(a_draft(thread_subject_key="pumps"))
    reply = newcomer(a_draft(subject_key="pumps", thread_subject_key="pumps"))
    assert opening.subject_key == reply.subject_key
    assert (opening.is_reply, reply.is_reply) == (False, True)
    assert newcomer(replace(a_draft(), id=7)).id == 7


def test_everybody_who_is_named_is_looked_up():
    mention = an_act("a1", EventKind.MENTION, by="bruno", target_person=a_person("chen"))
    handles = [person.handle for person in people_in([a_message("m1"), mention, a_person("dina")])]
    assert handles == ["amina", "bruno", "chen", "dina"]
