"""Feeds of HCL Connections as recorded, with invented people: pages, entries, people and messages."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from workbench.errors import LineError
from workbench.sync.exchanges import Answer
from workbench.sync.hcl.atom import (
    SNX,
    Entry,
    from_millis,
    links_in,
    message_of,
    millis,
    person_in,
    read_document,
    read_page,
    rejected,
    text_of,
    words_of,
)
from workbench.sync.people import address_key
from workbench.sync.records import GoneRecord, MessageRecord

SAMPLES = Path(__file__).parents[1] / "connectors" / "hcl_connections"
SERVED = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def sample(name: str) -> Answer:
    return Answer(200, (SAMPLES / f"{name}.xml").read_bytes(), SERVED, {})


def an_answer(text: str, served: datetime | None = SERVED) -> Answer:
    return Answer(200, text.encode(), served, {})


def an_entry(inside: str) -> Entry:
    namespaces = (
        'xmlns="http://www.w3.org/2005/Atom" xmlns:snx="http://www.ibm.com/xmlns/prod/sn"'
        ' xmlns:thr="http://purl.org/syndication/thread/1.0"'
    )
    return read_document(an_answer(f"<entry {namespaces}>{inside}</entry>"))


WRITTEN = "<id>urn:lsid:ibm.com:forum:1</id><published>2026-03-01T10:00:00.500Z</published>"
AUTHOR = "<author><name>Amina Example</name><snx:userid>A1</snx:userid></author>"
REPLY = '<category term="forum-reply" scheme="http://www.ibm.com/xmlns/prod/sn/type"/>'


def test_a_recorded_page_of_topics_is_read():
    page = read_page(sample("topics"), number=1, first=1)
    assert (page.total, page.size, page.next, page.served_at) == (13, 10, 2, SERVED)
    first = page.entries[0]
    assert (first.kind, first.replies, first.title()) == ("forum-topic", 0, "Chlorine at pump 7")
    record = message_of(first, "c")
    assert isinstance(record, MessageRecord)
    assert record.text == "How much chlorine is left in the store?"
    assert record.references == ()
    assert record.html is None
    assert record.version is None
    assert record.author.address_key == address_key("amina@example.org")
    assert "@" not in record.author.handle


def test_a_recorded_reply_answers_what_its_reference_names_whatever_its_link_says():
    (reply,) = read_page(sample("replies"), number=1, first=1).entries
    record = message_of(reply, "c", root=reply.parent)
    assert isinstance(record, MessageRecord)
    assert record.references == (reply.parent,)
    assert reply.parent.startswith("forum:")
    assert record.version == "2014-02-10T16:36:07.027000+00:00"


def test_recorded_members_come_with_their_ids_roles_and_days():
    page = read_page(sample("members"), number=1, first=1)
    people = [person_in(entry.node, "contributor") for entry in page.entries]
    assert [person.name for person in people if person] == ["Amina Example", "Bruno Example"]
    assert page.entries[0].text(SNX + "role") == "owner"
    assert text_of(page.node, SNX + "communityLastMod") == "1405417361250"
    assert page.next is None


def test_a_recorded_community_links_to_its_applications():
    page = read_page(sample("communities"), number=1, first=1)
    (community,) = page.entries
    assert community.text(SNX + "membercount") == "1"
    assert community.title() == "Water points"
    assert "http://www.ibm.com/xmlns/prod/sn/remote-applications" in links_in(page.node).values()
    assert page.next == 2


def test_recorded_blogs_give_local_times_and_a_comment_knows_its_post():
    (post,) = read_page(sample("posts"), number=0, first=0).entries
    (comment,) = read_page(sample("comments"), number=0, first=0).entries
    opening, answer = message_of(post, "c"), message_of(comment, "c")
    assert isinstance(opening, MessageRecord)
    assert isinstance(answer, MessageRecord)
    assert opening.references == ()
    assert opening.sent_at == datetime(2014, 7, 10, 12, 16, 14, tzinfo=UTC)
    assert opening.remote_id.startswith("blogs:entry-")
    assert answer.references == (opening.remote_id,)
    assert answer.text == "The new filters are here."


@pytest.mark.parametrize("name", ["topic_created", "reply_created"])
def test_what_was_posted_is_answered_with_the_entry(name):
    assert read_document(sample(name)).kind == f"forum-{name.removesuffix('_created')}"


def test_what_is_no_feed_is_a_bad_reply():
    with pytest.raises(LineError):
        read_page(sample("not_found"), number=1, first=1)
    with pytest.raises(LineError):
        read_document(sample("topics"))


@pytest.mark.parametrize(
    ("head", "number", "first", "after"),
    [
        ("<s:totalResults>11</s:totalResults><s:itemsPerPage>10</s:itemsPerPage>", 1, 1, 2),
        ("<s:totalResults>11</s:totalResults><s:itemsPerPage>10</s:itemsPerPage>", 0, 0, 1),
        ("<s:totalResults>10</s:totalResults><s:itemsPerPage>10</s:itemsPerPage>", 0, 0, None),
        ("<s:totalResults>10</s:totalResults><s:itemsPerPage>10</s:itemsPerPage>", 1, 1, None),
        ('<link rel="next" href="http://other.example.net/x?ps=10&amp;page=7"/>', 6, 1, 7),
        ('<link rel="next" href="http://other.example.net/x?page=1"/>', 3, 1, 4),
        ("<s:totalResults>-1</s:totalResults>", 1, 1, None),
    ],
)
def test_the_page_behind_is_known_from_its_link_or_the_counts(head, number, first, after):
    search = 'xmlns:s="http://a9.com/-/spec/opensearch/1.1/"'
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom" {search}>{head}<entry><id>1</id></entry></feed>'
    assert read_page(an_answer(feed), number=number, first=first).next == after


def test_an_empty_page_is_the_last_one_whatever_its_link_says():
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="?page=9"/></feed>'
    assert read_page(an_answer(feed), number=8, first=1).next is None


def test_without_a_date_of_the_server_the_feed_has_to_say_when_it_was_made():
    made = "<updated>2026-03-02T08:00:00Z</updated>"
    feed = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'
    assert read_page(an_answer(feed.format(made), None), number=1, first=1).served_at == SERVED
    with pytest.raises(LineError):
        read_page(an_answer(feed.format(""), None), number=1, first=1)


def test_people_are_known_by_id_and_free_text_is_no_address():
    entry = an_entry("<author><name> Forum Administrator </name><email>Forum Administrator</email></author>")
    person = person_in(entry.node, "author")
    assert person is not None
    assert person.address_key is None
    system = an_entry("<author><name>Admin</name><snx:userid>-Activities-ID-</snx:userid></author>")
    assert person_in(system.node, "author") == person_in(system.node, "author")
    assert getattr(person_in(system.node, "author"), "is_bot", None) is True
    assert person_in(an_entry("<author><email>x</email></author>").node, "author") is None
    assert person_in(entry.node, "contributor") is None


def test_a_reply_to_a_reply_names_both_it_and_the_topic():
    answers = '<thr:in-reply-to ref="urn:lsid:ibm.com:forum:9"/>'
    record = message_of(an_entry(WRITTEN + AUTHOR + REPLY + answers), "c", root="forum:7")
    assert isinstance(record, MessageRecord)
    assert record.references == ("forum:9", "forum:7")


def test_a_deleted_reply_is_gone():
    flag = '<category term="deleted" scheme="http://www.ibm.com/xmlns/prod/sn/flags"/>'
    assert message_of(an_entry(WRITTEN + AUTHOR + REPLY + flag), "c", root="forum:7") == GoneRecord("forum:1", "c")


def test_the_answer_of_a_question_is_flagged():
    flag = '<category term="answer" scheme="http://www.ibm.com/xmlns/prod/sn/flags"/>'
    answer = message_of(an_entry(WRITTEN + AUTHOR + REPLY + flag), "c", root="forum:7")
    other = message_of(an_entry(WRITTEN + AUTHOR + REPLY), "c", root="forum:7")
    assert isinstance(answer, MessageRecord)
    assert isinstance(other, MessageRecord)
    assert (answer.is_accepted, other.is_accepted) == (True, False)


def test_what_cannot_be_read_says_why():
    undated = an_entry("<id>urn:lsid:ibm.com:forum:1</id>" + AUTHOR)
    nobody = an_entry(WRITTEN)
    assert message_of(undated, "c") is None
    assert message_of(nobody, "c") is None
    assert [rejected(entry, "c", 0).code for entry in (undated, nobody)] == ["no_date", "no_author"]


def test_a_time_of_change_stands_for_a_missing_one_and_is_called_a_guess():
    record = message_of(an_entry("<id>1</id><updated>2026-03-01T10:00:00-04:00</updated>" + AUTHOR), "c")
    assert isinstance(record, MessageRecord)
    assert record.sent_at == datetime(2026, 3, 1, 14, tzinfo=UTC)
    assert record.sent_at_is_guess


@pytest.mark.parametrize(
    ("inside", "text", "html"),
    [
        ('<content type="html">\n &lt;p&gt;Two &lt;b&gt;boxes&lt;/b&gt;&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;\n</content>',
         "Two boxes", "<p>Two <b>boxes</b></p>"),
        ('<content type="html">1 &amp;lt; 2</content>', "1 < 2", None),
        ('<content type="text">1 &lt; 2</content>', "1 < 2", None),
        ('<content type="html"> </content><summary type="text">The beginning</summary>', "The beginning", None),
        ('<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Two <b>boxes</b></div></content>', "Two boxes", None),
        ("", "", None),
    ],
)  # fmt: skip
def test_words_are_read_from_every_kind_of_content(inside, text, html):
    assert words_of(an_entry(inside).node) == (text, html)


def test_a_title_may_be_html():
    assert an_entry('<title type="html">Pump &amp;amp; &lt;b&gt;well&lt;/b&gt;</title>').title() == "Pump & well"
    assert an_entry("").title() == ""


def test_milliseconds_go_there_and_back():
    moment = datetime(2026, 3, 1, 10, 0, 0, 123_000, tzinfo=timezone(timedelta(hours=2)))
    assert from_millis(millis(moment)) == moment
