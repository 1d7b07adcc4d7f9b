"""The Discourse stand-in: shapes and habits as its documents and source describe them."""

import base64
import json

import httpx2
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.platforms.discourse import Discourse
from tests.platforms.discourse_keys import KEY, USER_CODE
from tests.platforms.world import World, a_world


def ask(platform: Discourse, path: str, *, method: str = "GET", key: str | None = KEY, **more) -> httpx2.Response:
    headers = {} if key is None else {"User-Api-Key": key}
    with httpx2.Client(transport=platform.wire(), base_url="https://forum.example.org", headers=headers) as client:
        return client.request(method, path, **more)


def a_forum(messages: int = 120, **switches) -> Discourse:
    return Discourse(a_world(messages=messages, groups=1), **switches)


def numbers(reply: httpx2.Response) -> list[int]:
    return [post["id"] for post in reply.json()["latest_posts"]]


def test_all_posts_come_fifty_at_a_time_below_a_number():
    platform = a_forum()
    assert numbers(ask(platform, "/posts.json")) == list(range(1120, 1070, -1))
    assert numbers(ask(platform, "/posts.json?before=1071")) == list(range(1070, 1020, -1))
    assert numbers(ask(platform, "/posts.json?before=1001")) == []
    first = ask(platform, "/posts.json").json()["latest_posts"][0]
    assert {"raw", "cooked", "topic_title", "category_id", "post_number", "user_id", "version"} <= first.keys()


def test_older_servers_give_a_window_that_may_be_empty_before_the_end():
    platform = a_forum(messages=0, window=True)
    root = platform.world.say(11, 1, "How deep?", subject="Wells").id
    for number in range(119):
        platform.world.say(11, 1, f"Answer {number}", parent=root)
    for number in range(1031, 1081):
        platform.world.remove(number)
    assert numbers(ask(platform, "/posts.json")) == list(range(1120, 1080, -1))
    assert numbers(ask(platform, "/posts.json?before=1100")) == list(range(1100, 1080, -1))
    assert numbers(ask(platform, "/posts.json?before=1080")) == []
    assert numbers(ask(platform, "/posts.json?before=1030")) == list(range(1030, 1000, -1))


def test_a_topic_shows_twenty_posts_and_the_numbers_of_all():
    platform = a_forum(messages=0)
    root = platform.world.say(11, 1, "How deep?", subject="Wells & pumps").id
    for number in range(44):
        platform.world.say(11, 1, f"Answer {number}", parent=root)
    topic = platform.shelf.topic_of(root)
    page = ask(platform, f"/t/{topic}.json?include_raw=true").json()
    assert len(page["post_stream"]["posts"]) == 20
    assert len(page["post_stream"]["stream"]) == 45
    assert page["fancy_title"] == "Wells &amp; pumps"
    end = ask(platform, f"/t/{topic}.json?post_number=45").json()["post_stream"]["posts"]
    assert (len(end), end[-1]["post_number"], "raw" in end[-1]) == (20, 45, False)
    some = ask(platform, f"/t/{topic}/posts.json?post_ids[]={root}&post_ids[]={root + 7}").json()
    assert [post["post_number"] for post in some["post_stream"]["posts"]] == [1, 8]
    after = ask(platform, f"/t/{topic}/posts.json?post_number=40&asc=true").json()["post_stream"]["posts"]
    assert [post["post_number"] for post in after] == [41, 42, 43, 44, 45]


def test_pinned_topics_stand_before_the_latest():
    platform = a_forum(pinned=2, null_dates=True, tag_objects=True)
    topics = ask(platform, "/latest.json?per_page=5").json()["topic_list"]["topics"]
    assert [topic["pinned"] for topic in topics] == [True, True, False, False, False]
    assert topics[2]["bumped_at"] > topics[3]["bumped_at"] > topics[0]["bumped_at"]
    assert topics[0]["last_posted_at"] is None
    assert topics[0]["tags"][0]["name"] == "field"


def test_answers_bump_and_deletions_and_likes_do_not():
    platform = a_forum()
    (first, *_) = platform.world.shown()
    topic = platform.shelf.topic_of(first.id)
    platform.world.pass_time(days=1)
    said = platform.world.say(11, 1, "Bumping it", parent=first.id)
    (top, *_) = ask(platform, "/latest.json").json()["topic_list"]["topics"]
    assert top["id"] == topic
    platform.world.pass_time(days=1)
    platform.world.remove(said.id)
    platform.world.like(first.id, 3)
    (same, *_) = ask(platform, "/latest.json").json()["topic_list"]["topics"]
    assert (same["bumped_at"], same["posts_count"]) == (top["bumped_at"], top["posts_count"] - 1)
    assert same["highest_post_number"] == top["highest_post_number"]


@pytest.mark.parametrize(
    ("form", "kind", "seconds"),
    [("ip", "text/plain", "7"), ("key", "application/json", "17"), ("search", "application/json", None)],
)
def test_too_often_has_three_forms(form, kind, seconds):
    reply = ask(a_forum(busy=form), "/search.json?q=pump")
    assert (reply.status_code, reply.headers["content-type"], reply.headers.get("retry-after")) == (429, kind, seconds)


def test_a_key_may_ask_so_often_in_a_minute():
    platform = a_forum(per_minute=2)
    assert [ask(platform, "/categories.json").status_code for _ in range(3)] == [200, 200, 429]
    platform.world.pass_time(seconds=61)
    assert ask(platform, "/categories.json").status_code == 200


def test_there_is_no_401_and_no_etag():
    platform = a_forum()
    reply = ask(platform, "/categories.json", key="unknown")
    assert (reply.status_code, reply.json()["error_type"]) == (403, "invalid_access")
    assert "etag" not in ask(platform, "/categories.json").headers
    closed = a_forum(login_required=True)
    assert ask(closed, "/latest.json", key=None).json()["error_type"] == "not_logged_in"
    assert ask(closed, "/site/basic-info.json", key=None).json()["login_required"] is True
    assert ask(platform, "/session/current.json").json()["current_user"]["id"] == 1
    assert ask(platform, "/session/current.json", key=None).status_code == 404


def test_what_is_posted_may_wait_and_the_same_words_are_taken_once():
    platform = a_forum()
    topic = platform.shelf.topic_of(1001)
    words = {"raw": "The pump is mended.", "topic_id": topic}
    post = ask(platform, "/posts.json", method="POST", json=words)
    assert (post.status_code, post.json()["topic_id"]) == (200, topic)
    assert ask(platform, "/posts.json", method="POST", json=words).status_code == 422
    platform.switches["enqueued"] = True
    waits = ask(platform, "/posts.json", method="POST", data={**words, "raw": "Another one of mine."})
    assert waits.json() == {"action": "enqueued", "success": True, "pending_count": 1}
    assert ask(platform, "/u/amina1.json").json()["user"]["pending_posts_count"] == 1
    before = len(platform.world.shown())
    platform.release()
    assert len(platform.world.shown()) == before + 1


def test_the_directory_and_members_have_their_limits():
    platform = Discourse(World())
    group = platform.world.group("Everybody here")
    for _ in range(620):
        platform.world.join(group.id, platform.world.person().id)
    assert len(ask(platform, "/directory_items.json?page=10").json()["directory_items"]) == 50
    assert ask(platform, "/directory_items.json?page=11").status_code == 400
    assert ask(platform, "/groups/everybody_here/members.json?limit=1001").status_code == 400
    page = ask(platform, "/groups/everybody_here/members.json?limit=1000&offset=600").json()
    assert (len(page["members"]), page["meta"]["total"]) == (20, 620)


@pytest.mark.parametrize("scheme", ["pkcs1", "oaep"])
def test_a_device_gets_a_key_that_is_told_once(scheme):
    platform = a_forum()
    pair = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = pair.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    assert ask(platform, "/user-api-key/new", method="HEAD", key=None).headers["auth-api-version"] == "4"
    wanted = {"application_name": "x", "client_id": "y", "scopes": "read,write", "nonce": "n", "padding": scheme}
    begun = ask(
        platform, "/user-api-key/device.json", method="POST", key=None, json={**wanted, "public_key": pem.decode()}
    ).json()
    assert begun["user_code"] == USER_CODE
    poll = {"method": "POST", "key": None, "json": {"device_code": begun["device_code"]}}
    assert ask(platform, "/user-api-key/device/poll.json", **poll).json() == {"status": "authorization_pending"}
    platform.desk.approve()
    sealed = base64.b64decode(ask(platform, "/user-api-key/device/poll.json", **poll).json()["payload"])
    assert ask(platform, "/user-api-key/device/poll.json", **poll).json() == {"status": "expired_token"}
    if scheme == "oaep":
        opened = pair.decrypt(sealed, padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None))
    else:
        opened = pair.decrypt(sealed, padding.PKCS1v15())
    key = json.loads(opened)["key"]
    assert json.loads(opened)["nonce"] == "n"
    assert ask(platform, "/session/current.json", key=key).status_code == 200
    ask(platform, "/user-api-key/revoke", method="POST", key=key)
    assert ask(platform, "/session/current.json", key=key).status_code == 403


def test_a_hidden_category_leaves_empty_pages_that_are_no_end():
    platform = a_forum()
    hidden = platform.world.group("For few")
    hidden.is_hidden = True
    platform.world.pass_time(minutes=1)
    root = platform.world.say(hidden.id, 1, "Hidden", subject="Hidden").id
    for number in range(60):
        platform.world.say(hidden.id, 1, f"Hidden {number}", parent=root)
    assert numbers(ask(platform, "/posts.json")) == []
    assert len(numbers(ask(platform, "/posts.json?before=1132"))) == 39
    assert ask(platform, f"/c/{hidden.id}/l/latest.json").status_code == 403
