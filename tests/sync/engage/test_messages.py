"""What a page of Yammer messages says, in shapes of 2013 and of today, and what is wrong with some of them."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from workbench.errors import LineError
from workbench.models.kinds import EventKind
from workbench.sync.connector import Census, CensusOf
from workbench.sync.engage.messages import Feed, is_true, number_of, read_feed, read_moment
from workbench.sync.exchanges import Answer
from workbench.sync.people import address_key
from workbench.sync.records import ActRecord, MessageRecord

SAMPLES = Path(__file__).parents[1] / "connectors" / "viva_engage"
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
COMMUNITY = "2528"


def feed(value: Any, **options) -> Feed:
    return read_feed(Answer(200, json.dumps(value).encode(), NOW, {}), COMMUNITY, source="page", **options)


def sample() -> dict[str, Any]:
    value: dict[str, Any] = json.loads((SAMPLES / "messages.json").read_text())
    return value


def a_page(*messages: dict[str, Any], **meta: Any) -> dict[str, Any]:
    return {"messages": list(messages), "references": [], "meta": meta}


def a_message(number: int = 5, **fields: Any) -> dict[str, Any]:
    plain = {"parsed": "Words", "plain": "Words", "rich": "Words"}
    return {
        "id": number,
        "thread_id": number,
        "sender_id": 7,
        "created_at": "2022/11/11 20:59:56 +0000",
        "body": plain,
        **fields,
    }


def messages(page: Feed) -> dict[str, MessageRecord]:
    return {item.remote_id: item for item in page.records if isinstance(item, MessageRecord)}


def acts(page: Feed, kind: EventKind) -> list[ActRecord]:
    return [item for item in page.records if isinstance(item, ActRecord) and item.kind == kind]


def test_a_page_gives_its_messages_with_what_they_answer():
    found = messages(feed(sample()))
    assert set(found) == {"2000337749565441", "109001", "109077"}
    answer = found["2000337749565441"]
    assert (answer.references, answer.subject, answer.html) == (("109030", "109001"), "", None)
    assert answer.text == "Thank you Amina Example for the maps"
    assert answer.sent_at == datetime(2022, 11, 11, 21, 8, 48, tzinfo=UTC)
    assert (found["109001"].references, found["109001"].subject) == ((), "Who has maps")
    assert found["109001"].raw == '{"message_type": "announcement"}'


def test_answers_in_the_map_of_threads_are_read_and_do_not_lead_to_pages():
    page = feed(sample())
    assert messages(page)["109077"].references == ("109001",)
    assert 109077 not in page.ids


def test_without_plain_text_the_html_is_kept_and_read():
    record = messages(feed(sample()))["109001"]
    assert record.text == "Who has maps\nof the wells?"
    assert record.html is not None
    assert "<b>" in record.html


def test_messages_to_single_people_are_not_read():
    page = feed(sample())
    assert "109002" not in messages(page)
    assert 109002 in page.ids


@pytest.mark.parametrize("own", [{"system_message": "true"}, {"message_type": "system", "sender_id": None}])
def test_the_platforms_own_message_tells_of_nobody_here(own):
    page = feed(a_page(a_message(body={"plain": "Amina has changed the name of this community"}, **own)))
    assert not page.records
    assert page.ids
    assert not acts(feed(sample()), EventKind.JOIN)


def test_people_come_with_name_office_and_a_digest_of_their_address():
    page = feed(sample())
    amina = messages(page)["109001"].author
    assert (amina.handle, amina.name, amina.office) == ("1908", "Amina Example", "Nairobi")
    assert amina.address_key == address_key("amina@example.org")
    assert messages(page)["2000337749565441"].author.is_bot
    assert "@example.org" not in repr(page)


def test_likes_name_who_and_only_a_whole_list_takes_others_back():
    page = feed(sample())
    assert {(like.remote_id, like.person.handle) for like in acts(page, EventKind.REACTION)} == {
        ("like:2000337749565441:1908", "1908"),
        ("like:109001:1841", "1841"),
    }
    assert page.likes == (Census(CensusOf.REACTIONS, frozenset({"1908"}), root="2000337749565441"),)


def test_somebody_named_in_a_message_is_mentioned():
    (mention,) = acts(feed(sample()), EventKind.MENTION)
    assert mention.target_person is not None
    assert (mention.person.handle, mention.target_person.handle) == ("1841", "1908")


def test_somebody_it_was_sent_to_by_name_is_mentioned_once():
    body = {"parsed": "[[user:8]] and all", "plain": "Amina and all"}
    page = feed(a_page(a_message(body=body, notified_user_ids=[8, 9, "x", None])))
    mentions = acts(page, EventKind.MENTION)
    assert [item.remote_id for item in mentions] == ["mention:5:8", "mention:5:9"]
    assert {item.target for item in mentions} == {"5"}


def test_in_a_feed_over_communities_each_message_belongs_to_its_own():
    page = read_feed(
        Answer(
            200, json.dumps(a_page(a_message(5, group_id=1), a_message(6, group_id=2), a_message(7))).encode(), NOW, {}
        ),
        None,
        source="page",
    )
    assert {item.remote_id: item.community for item in messages(page).values()} == {"5": "1", "6": "2"}
    assert page.ids == (5, 6, 7)


def test_threads_tell_how_many_updates_they_have():
    page = feed(sample())
    assert page.updates == {109001: 3}
    assert page.threads[2000337749565441] == 109001


def test_the_realtime_token_is_in_nothing_that_was_read():
    assert "realtime-token" not in repr(feed(sample()))


@pytest.mark.parametrize(
    ("meta", "count", "goes_on"),
    [
        ({"older_available": True}, 3, True),
        ({"older_available": "true"}, 3, True),
        ({"older_available": False}, 20, False),
        ({}, 19, False),
        ({}, 20, True),
        ({"older_available": True}, 0, False),
    ],
)
def test_whether_a_page_goes_on(meta, count, goes_on):
    assert feed(a_page(*(a_message(number + 1) for number in range(count)), **meta)).goes_on == goes_on


def test_a_message_without_sender_or_community_is_still_read():
    item = a_message()
    del item["sender_id"]
    record = messages(feed(a_page(item)))["5"]
    assert record.author.name == "Unknown sender"


def test_a_message_of_another_community_is_not_taken():
    assert not feed(a_page(a_message(group_id=99))).records


def test_an_answer_without_what_it_answers_belongs_to_its_thread():
    record = messages(feed(a_page(a_message(9, thread_id=5, replied_to_id=None))))["9"]
    assert record.references == ("5",)


def test_a_long_first_line_is_cut_at_a_word():
    text = "Water " * 30
    record = messages(feed(a_page(a_message(body={"plain": text}))))["5"]
    assert record.subject == ("Water " * 13).strip() + "…"
    assert record.text == text


def test_a_message_without_text_has_what_else_there_is():
    record = messages(feed(a_page(a_message(body={"plain": None, "rich": None}, content_excerpt="Excerpt"))))["5"]
    assert record.text == "Excerpt"
    assert messages(feed(a_page(a_message(body=None))))["5"].text == ""


def test_what_cannot_be_read_is_held_back_and_the_rest_is_taken():
    page = feed(a_page(a_message(5), a_message(6, created_at="soon"), {"body": {}}))
    assert [(item.position, item.code) for item in page.rejected] == [(6, "no_date"), (0, "no_id")]
    assert set(messages(page)) == {"5"}
    assert page.ids == (5, 6)
    assert page.day_of(6) == date(2022, 11, 11)


@pytest.mark.parametrize(
    "value", [[], {}, {"messages": {}, "meta": {}}, {"messages": [7], "meta": {}}, {"messages": []}]
)
def test_what_is_no_page_is_refused(value):
    with pytest.raises(LineError):
        feed(value)


def test_a_page_without_a_date_of_its_own_is_refused():
    with pytest.raises(LineError):
        read_feed(Answer(200, b'{"messages": [], "meta": {}}', None, {}), COMMUNITY, source="page")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2022/11/11 20:59:56 +0000", datetime(2022, 11, 11, 20, 59, 56, tzinfo=UTC)),
        ("2022/11/11 20:59:56 -0230", datetime(2022, 11, 11, 23, 29, 56, tzinfo=UTC)),
        ("2024-04-10T12:16:18.0240578Z", datetime(2024, 4, 10, 12, 16, 18, 24057, tzinfo=UTC)),
        ("2024-04-10T12:16:18", None),
        ("yesterday", None),
        (None, None),
        (7, None),
    ],
)
def test_moments_are_read_in_both_forms(text, moment):
    assert read_moment(text) == moment


def test_flags_may_be_text_and_ids_are_long():
    assert is_true("true")
    assert not is_true("false")
    assert not is_true(1)
    assert number_of({"id": 2000337749565441}) == number_of({"id": "2000337749565441"}) == 2000337749565441
    assert number_of({"id": True}) is None
    assert number_of({"id": 1 << 63}) is None
