"""Topics and replies sent to HCL Connections, and the search for what may have arrived."""

from datetime import timedelta

import pytest

from tests.platforms.hcl_connections import HclConnections
from tests.platforms.hcl_shapes import post_id
from tests.sync.connectors.hcl_network import BASE, COMMUNITY, GROUP, a_site, a_topic, commented, connector, name_of
from workbench.errors import BadInputError, NotFoundError, RefusedError, UnsettledError
from workbench.models.kinds import PostKind
from workbench.sync.hcl.posting import comparable, document, html_of, title_of
from workbench.sync.posting import Posting
from workbench.sync.xml_text import parse_xml

TEXT = "Two boxes of chlorine are left <at the store> & more come.\nAsk Amina.\n\nWho fetches them on Monday?"


def a_topic_of(platform: HclConnections, text: str = TEXT, subject: str = "Chlorine") -> Posting:
    return Posting("key", PostKind.TOPIC, COMMUNITY, text, subject=subject, since=platform.world.now)


def a_reply_in(platform: HclConnections, text: str = TEXT, parent: str | None = None) -> Posting:
    root = name_of(platform, a_topic(platform))
    subject = a_topic(platform).subject
    return Posting("key", PostKind.REPLY, COMMUNITY, text, subject, root, parent or root, platform.world.now)


def newest(platform: HclConnections):
    return max(platform.world.said.values(), key=lambda said: said.id)


def test_a_topic_goes_to_the_forum_the_community_was_made_with():
    platform = a_site()
    sent = connector(platform).send(a_topic_of(platform))
    said = newest(platform)
    assert (said.group, said.author, said.subject, said.parent) == (GROUP, 1, "Chlorine", None)
    assert said.text == TEXT.replace("\n\n", "\n\n")
    assert sent.remote_id == name_of(platform, said)
    assert sent.url == f"{BASE}/forums/html/topic?id={post_id(said.id)}"
    assert not sent.is_held


def test_a_reply_answers_the_message_it_names_and_has_a_title():
    platform = a_site()
    parent = platform.world.thread(a_topic(platform).id)[-1]
    sent = connector(platform).send(a_reply_in(platform, parent=name_of(platform, parent)))
    said = newest(platform)
    assert said.parent == parent.id
    assert sent.url == f"{BASE}/forums/html/topic?id={post_id(said.root)}#{post_id(said.id)}"


@pytest.mark.parametrize("switches", [{"bare_answer": True}, {"oauth": True}])
def test_what_was_sent_is_known_by_its_entry_or_its_address(switches):
    platform = a_site(**switches)
    reader = connector(platform, **({"client_id": "ours"} if "oauth" in switches else {}))
    assert reader.send(a_topic_of(platform)).remote_id == name_of(platform, newest(platform))
    assert reader.send(a_reply_in(platform)).remote_id == name_of(platform, newest(platform))


def test_what_waits_for_a_moderator_is_said_to_be_held():
    platform = a_site(moderated=True)
    reader = connector(platform)
    assert reader.send(a_topic_of(platform)).is_held
    assert reader.find(a_topic_of(platform)) is None


def test_a_post_that_is_not_allowed_is_refused_with_the_sites_words():
    with pytest.raises(RefusedError) as caught:
        connector(a_site(read_only=True)).send(a_reply_in(a_site()))
    assert "You may not post here." in str(caught.value.details["said"])


@pytest.mark.parametrize("kind", [PostKind.TOPIC, PostKind.REPLY])
def test_what_arrived_without_an_answer_is_found_by_its_words(kind):
    platform = a_site(cut_post=True)
    reader = connector(platform)
    posting = a_topic_of(platform) if kind is PostKind.TOPIC else a_reply_in(platform)
    assert reader.find(posting) is None
    with pytest.raises(UnsettledError):
        reader.send(posting)
    found = reader.find(posting)
    assert found is not None
    assert found.remote_id == name_of(platform, newest(platform))


def test_words_without_a_letter_are_told_apart():
    platform = a_site()
    reader = connector(platform)
    reader.send(a_reply_in(platform, ":)"))
    assert reader.find(a_reply_in(platform, "👍")) is None
    reader.send(a_reply_in(platform, "👍"))
    assert reader.find(a_reply_in(platform, "👍")) is not None


def test_a_proxy_may_hide_it_for_half_a_minute():
    platform = a_site(cut_post=True, proxy=True)
    reader, posting = connector(platform), a_reply_in(platform)
    assert reader.find(posting) is None
    with pytest.raises(UnsettledError):
        reader.send(posting)
    assert reader.find(posting) is None
    platform.world.pass_time(seconds=31)
    assert reader.find(posting) is not None


def test_the_same_words_of_another_or_from_another_time_are_not_ours():
    platform = a_site()
    posting = a_reply_in(platform, "Thank you")
    topic = a_topic(platform)
    platform.world.say(GROUP, 2, "Thank you", parent=topic.id)
    assert connector(platform).find(posting) is None
    platform.world.say(GROUP, 1, "Thank you", parent=topic.id, at=platform.world.now - timedelta(hours=1))
    assert connector(platform).find(posting) is None
    platform.world.say(GROUP, 1, "Thank  you!", parent=topic.id)
    assert connector(platform).find(posting) is not None


def test_where_the_site_does_not_say_who_we_are_only_long_words_prove_anything():
    platform = a_site(no_me=True)
    topic = a_topic(platform)
    for text in ("Thank you", TEXT):
        platform.world.say(GROUP, 1, text, parent=topic.id)
    assert connector(platform).find(a_reply_in(platform, "Thank you")) is None
    assert connector(platform).find(a_reply_in(platform)) is not None


def test_an_answer_to_another_message_is_not_ours():
    platform = a_site()
    other = platform.world.thread(a_topic(platform).id)[-1]
    platform.world.say(GROUP, 1, TEXT, parent=other.id)
    assert connector(platform).find(a_reply_in(platform)) is None


def test_blogs_are_answered_on_their_own_page():
    platform = a_site()
    posting = Posting("key", PostKind.REPLY, COMMUNITY, TEXT, root=name_of(platform, commented(platform)))
    with pytest.raises(RefusedError):
        connector(platform).send(posting)
    assert (
        connector(platform).link(posting) == f"{BASE}/communities/service/html/communityview?communityUuid={COMMUNITY}"
    )


def test_a_posting_that_says_not_where_it_belongs_leaves_nothing_behind():
    reader = connector(a_site())
    with pytest.raises(BadInputError):
        reader.send(Posting("key", PostKind.REPLY, COMMUNITY, TEXT))
    with pytest.raises(BadInputError):
        reader.send(Posting("key", PostKind.TOPIC, "", TEXT))
    with pytest.raises(NotFoundError):
        reader.send(Posting("key", PostKind.TOPIC, "another", TEXT))
    assert reader.link(Posting("key", PostKind.TOPIC, "", TEXT)) is None


def test_a_link_leads_to_the_message_that_is_answered():
    posting = Posting("key", PostKind.REPLY, COMMUNITY, TEXT, root="forum:1", parent="forum:2")
    assert connector(a_site()).link(posting) == f"{BASE}/forums/html/topic?id=1#2"


def test_text_becomes_paragraphs_and_lines_and_nothing_else():
    assert html_of("a < b\nc\n\n\nd & e\n") == "<p>a &lt; b<br/>c</p><p>d &amp; e</p>"


def test_titles_are_never_empty():
    assert title_of(Posting("k", PostKind.TOPIC, "c", "Some words " * 20)) == ("Some words " * 20)[:80]
    assert title_of(Posting("k", PostKind.REPLY, "c", TEXT, subject="Pumps")) == "Re: Pumps"
    assert title_of(Posting("k", PostKind.REPLY, "c", TEXT, subject="RE: Pumps")) == "RE: Pumps"
    assert title_of(Posting("k", PostKind.REPLY, "c", TEXT)) == "Re:"


def test_a_document_is_xml_whatever_was_typed():
    posting = Posting("k", PostKind.TOPIC, "c", "\x00 ]]> <b>&\ud800", subject="\x0b<&>")
    assert parse_xml(document(posting, kind="forum-topic")).tag == "{http://www.w3.org/2005/Atom}entry"


def test_words_compare_by_letters_and_digits():
    assert comparable("Two  boxes,\nnot 3!") == comparable("two boxes not 3")
