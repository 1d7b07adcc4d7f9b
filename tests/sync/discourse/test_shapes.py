"""Discourse's JSON: recorded shapes with invented people, read into messages, topics and people."""

import json
from datetime import UTC, datetime

import pytest

from tests.sync.connectors.discourse_site import sample
from workbench.errors import LineError
from workbench.sync.discourse.shapes import (
    Post,
    Topic,
    Unread,
    author_of,
    is_liked_by_me,
    likes_of,
    message_id,
    moment,
    person,
    place_of,
    plain,
    read_posts,
    topics_of,
)


def posts() -> list[Post | Unread]:
    return list(read_posts(sample("posts")["latest_posts"], source="posts"))


def topic_posts() -> list[Post | Unread]:
    topic = Topic(id=57, title="A sandbox", category=13, posts=2, highest=5, bumped=0, is_pinned=True)
    return list(read_posts(sample("topic")["post_stream"]["posts"], source="topic", topic=topic))


def test_a_post_of_the_list_of_all_posts_is_a_message():
    answer, first = posts()[:2]
    assert isinstance(answer, Post)
    assert isinstance(first, Post)
    assert (answer.id, answer.topic, answer.category, answer.likes) == (15, 11, 1, 3)
    assert answer.record.remote_id == "11.2"
    assert answer.record.community == "category-1"
    assert answer.record.references == ("11.1",)
    assert answer.record.sent_at == datetime(2020, 1, 25, 2, 10, 7, 971000, tzinfo=UTC)
    assert answer.record.subject == "Pumps in the dry season"
    assert answer.record.text == "> hi there. Is it dry?\nYes, and the well too."
    assert answer.record.html is None
    assert (answer.record.author.handle, answer.record.author.name) == ("2", "Bruno Example")
    assert first.record.references == ()
    assert first.record.author.name == "aminaexample"
    assert first.record.version == "1 2020-01-25T00:58:35.475Z"


def test_the_system_has_a_negative_number_and_is_a_bot():
    system = posts()[2]
    assert isinstance(system, Post)
    assert (system.record.author.handle, system.record.author.is_bot) == ("-1", True)


def test_a_post_without_a_date_is_held_back_with_its_number():
    undated = posts()[3]
    assert isinstance(undated, Unread)
    assert undated.rejected is not None
    assert (undated.id, undated.rejected.code, undated.rejected.position) == (2, "no_date", 2)


def test_a_post_of_a_topic_has_its_words_from_html_where_nothing_was_typed():
    first, notice, last = topic_posts()
    assert isinstance(first, Post)
    assert first.record.text == "Welcome!\n\nHere is a sandbox.\n\nTry it."
    assert first.record.html is not None
    assert "tracker" not in first.record.html
    assert first.record.subject == "A sandbox"
    assert first.record.sent_at == datetime(2013, 2, 4, 20, 26, 26, 278000, tzinfo=UTC)
    assert first.likes == 0
    assert isinstance(notice, Unread)
    assert notice.rejected is None
    assert isinstance(last, Post)
    assert last.record.references == ("57.4", "57.1")
    assert last.record.author.name == "gone"


@pytest.mark.parametrize(
    "change", [{"deleted_at": "2020-01-25T00:58:35.475Z"}, {"user_deleted": True}, {"post_type": 4}]
)
def test_what_was_deleted_or_is_for_the_staff_is_no_message(change):
    (post,) = read_posts([sample("posts")["latest_posts"][1] | change], source="posts")
    assert isinstance(post, Unread)


def test_a_post_that_was_hidden_says_what_the_forum_says_instead():
    hidden = {"hidden": True, "cooked": "<p>This post was flagged.</p>"}
    (post,) = read_posts([sample("posts")["latest_posts"][1] | hidden], source="posts")
    assert isinstance(post, Post)
    assert post.record.text == "This post was flagged."


def test_what_is_no_post_is_held_back_and_the_others_come():
    items = [7, {"id": "x"}, *sample("posts")["latest_posts"][:1]]
    bad, worse, good = read_posts(items, source="posts")
    assert isinstance(bad, Unread)
    assert isinstance(worse, Unread)
    assert [item.rejected.code for item in (bad, worse) if item.rejected] == ["bad_post", "bad_post"]
    assert isinstance(good, Post)


def test_topics_of_a_list_are_read_with_or_without_dates():
    pinned, lonely = topics_of(sample("latest"))[0]
    assert (pinned.id, pinned.posts, pinned.highest, pinned.is_pinned) == (57, 2, 5, True)
    assert datetime.fromtimestamp(pinned.bumped / 1e6, UTC).isoformat() == "2014-04-17T17:35:01.102000+00:00"
    assert (lonely.id, lonely.is_pinned) == (4, False)
    assert datetime.fromtimestamp(lonely.bumped / 1e6, UTC).date().isoformat() == "2020-01-25"
    assert topics_of(sample("latest"))[1] is True


def test_a_list_without_topics_is_refused():
    with pytest.raises(LineError):
        topics_of({"topic_list": {}})


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2020-01-25T02:10:07.971Z", datetime(2020, 1, 25, 2, 10, 7, 971000, tzinfo=UTC)),
        ("2013-02-04T15:26:25.977-05:00", datetime(2013, 2, 4, 20, 26, 25, 977000, tzinfo=UTC)),
        ("2025-01-31 10:20:30 UTC", datetime(2025, 1, 31, 10, 20, 30, tzinfo=UTC)),
        ("2025-01-31 10:20:30", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_times_come_in_three_forms(text, read):
    assert moment(text) == read


def test_likes_are_counted_where_there_is_a_count():
    assert likes_of({"actions_summary": [{"id": 3, "count": 9}, {"id": 2, "acted": True}]}) == 0
    assert likes_of({"actions_summary": [{"id": 2, "count": 4}]}) == 4
    assert likes_of({}) == 0
    assert is_liked_by_me({"actions_summary": [{"id": 2, "count": 1, "acted": True}]})
    assert not is_liked_by_me({"actions_summary": [{"id": 2, "count": 1, "can_act": True}]})
    assert not is_liked_by_me(None)


def test_a_name_leads_back_to_its_place():
    assert place_of(message_id(57, 2)) == (57, 2)
    for name in ("57", "57.", "a.b", ""):
        with pytest.raises(LineError):
            place_of(name)


def test_who_is_not_named_is_called_by_their_user_name():
    shown = sample("likers")["post_action_users"]
    assert [person(item["id"], item) for item in shown] == [
        author_of({"user_id": 1286, "name": "Iris Example"}),
        author_of({"user_id": -2, "name": None, "username": "discobot"}),
    ]


def test_a_post_names_those_whom_the_forum_lists():
    listed = [{"id": 9, "username": "chen9", "name": "Chen Example"}, {"username": "nobody"}, "x"]
    (post,) = read_posts([sample("posts")["latest_posts"][1] | {"mentioned_users": listed}], source="posts")
    assert isinstance(post, Post)
    assert [(whom.handle, whom.name) for whom in post.mentioned] == [("9", "Chen Example")]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Just words\r\nin lines", "Just words\nin lines"),
        ('[quote="amina, post:1, topic:2"]\nSaid before?\n[/quote]\nAnd so on', "> Said before?\nAnd so on"),
        ("[quote]\nouter\n[quote]\ninner\n[/quote]\n[/quote]\nmine", "> outer\n> > inner\nmine"),
        ("[quote]\nnever closed", "> never closed"),
        ("[/quote] alone", "[/quote] alone"),
    ],
)
def test_quotations_are_set_off(raw, text):
    assert plain(raw) == text


def test_half_characters_do_not_come_through():
    item = json.loads(json.dumps(sample("posts")["latest_posts"][1]).replace("hi there.", "hi \\ud800 there"))
    (post,) = read_posts([item], source="posts")
    assert isinstance(post, Post)
    assert post.record.text == "hi ? there"


def test_the_answer_the_forum_marks_is_told_and_a_first_post_is_none():
    items = sample("posts")["latest_posts"][:2]
    marked = list(read_posts([item | {"accepted_answer": True} for item in items], source="posts"))
    assert [post.record.is_accepted for post in marked] == [True, False]
    assert not any(post.record.is_accepted for post in posts()[:2])
