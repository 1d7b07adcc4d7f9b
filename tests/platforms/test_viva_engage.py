"""The Viva Engage stand-in: shapes and habits as the platform's documents and public clients describe them."""

import base64
import json
from datetime import timedelta

import httpx2
import pytest

from tests.platforms.viva_engage import VivaEngage
from tests.platforms.viva_engage_shapes import (
    REALTIME_TOKEN,
    group_guid,
    group_id,
    message_id,
    person_guid,
    person_id,
)
from tests.platforms.world import World, a_world


def asked(
    platform: VivaEngage, path: str, *, method: str = "GET", data: dict[str, str] | None = None
) -> httpx2.Response:
    with httpx2.Client(transport=platform.wire(), base_url="https://www.yammer.com") as client:
        return client.request(method, path, data=data)


def a_network(messages: int = 60, **switches) -> VivaEngage:
    return VivaEngage(a_world(messages=messages, groups=1), **switches)


FEED = f"/api/v1/messages/in_group/{group_id(11)}.json"


def ids(reply: httpx2.Response) -> list[int]:
    return [message["id"] for message in reply.json()["messages"]]


def test_a_feed_is_twenty_messages_newest_first_with_what_they_refer_to():
    page = asked(a_network(), FEED).json()
    numbers = [message["id"] for message in page["messages"]]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == 20
    assert {item["type"] for item in page["references"]} == {"user", "thread", "group"}
    assert page["meta"]["older_available"] is True
    assert page["meta"]["realtime"]["authentication_token"] == REALTIME_TOKEN


def test_older_pages_lead_down_to_the_first_message():
    platform, seen, query = a_network(), list[int](), ""
    while True:
        reply = asked(platform, FEED + query)
        seen += ids(reply)
        if not reply.json()["meta"]["older_available"]:
            break
        query = f"?older_than={seen[-1]}"
    assert seen == [message_id(number) for number in range(1060, 1000, -1)]


@pytest.mark.parametrize(("newer", "first"), [("newest", 1060), ("oldest", 1030)])
def test_of_many_newer_messages_the_newest_or_the_oldest_come(newer, first):
    reply = asked(a_network(newer=newer), f"{FEED}?newer_than={message_id(1010)}")
    assert ids(reply)[0] == message_id(first)


def test_it_can_leave_out_the_key_and_some_messages():
    assert "older_available" not in asked(a_network(no_older=True), FEED).json()["meta"]
    platform = a_network(messages=15, hide=40)
    assert len(ids(asked(platform, FEED))) < 15


def texts(platform: VivaEngage, path: str) -> set[str]:
    return {message["body"]["plain"] for message in asked(platform, f"/api/v1/{path}").json()["messages"]}


def test_feeds_over_communities_show_what_one_follows_all_that_is_public_or_what_one_received():
    world = World()
    me, other = world.person(), world.person()
    mine, theirs, closed = (world.group(name).id for name in ("Mine", "Theirs", "Closed"))
    world.groups[closed].is_hidden = True
    world.join(mine, me.id)
    world.join(closed, me.id)
    for number, text in ((mine, "here"), (theirs, "there"), (closed, "inside"), (mine, f"for @{me.username}")):
        world.say(number, other.id, text)
    platform = VivaEngage(world)
    platform.private[world.say(mine, other.id, "for you alone").id] = (me.id,)
    platform.copied[world.say(theirs, me.id, "a copy").id] = (me.id,)
    named = f"for {me.name}"
    assert texts(platform, "messages/following.json") == {"here", "inside", named}
    assert texts(platform, "messages.json") == {"here", "there", named, "a copy"}
    assert texts(platform, "messages/received.json") == {named, "for you alone", "a copy"}
    assert texts(platform, f"messages/in_group/{group_id(mine)}.json") == {"here", named}
    references = asked(platform, "/api/v1/messages/following.json").json()["references"]
    assert {item["id"] for item in references if item["type"] == "group"} == {group_id(mine), group_id(closed)}


def test_who_is_named_stands_in_the_words_and_among_those_told():
    platform = a_network(messages=0)
    whom = platform.world.people[3]
    said = platform.world.say(11, 2, f"Ask @{whom.username}, not @nobody")
    platform.copied[said.id] = (4,)
    (message,) = asked(platform, FEED).json()["messages"]
    assert message["body"]["parsed"] == f"Ask [[user:{person_id(3)}]], not @nobody"
    assert message["notified_user_ids"] == [person_id(3), person_id(4)]


def test_feeds_over_communities_can_be_closed():
    platform = a_network(no_feeds=403)
    assert asked(platform, "/api/v1/messages/following.json").status_code == 403
    assert asked(platform, FEED).status_code == 200


@pytest.mark.parametrize(
    ("bounds", "first", "last"),
    [("both", 1029, 1011), ("newer_than", 1060, 1041), ("older_than", 1029, 1010), ("oldest", 1029, 1011)],
)
def test_of_two_bounds_both_may_count_or_one(bounds, first, last):
    query = f"?newer_than={message_id(1010)}&older_than={message_id(1030)}"
    found = ids(asked(a_network(bounds=bounds), FEED + query))
    assert (found[0], found[-1]) == (message_id(first), message_id(last))


def test_ten_calls_in_thirty_seconds_are_allowed():
    platform = a_network(limit="told")
    assert [asked(platform, FEED).status_code for _ in range(11)] == [200] * 10 + [429]
    platform.world.pass_time(seconds=31)
    assert asked(platform, FEED).status_code == 200


def test_communities_come_fifty_a_page_and_end_with_an_empty_one():
    world = World()
    me = world.person()
    for number in range(50):
        world.join(world.group(f"Group {number}").id, me.id)
    platform = VivaEngage(world)
    assert len(asked(platform, "/api/v1/groups.json?page=1").json()) == 50
    assert asked(platform, "/api/v1/groups.json?page=2").json() == []


def test_posting_needs_a_place_and_answers_with_the_message():
    platform = a_network()
    reply = asked(
        platform, "/api/v1/messages.json", method="POST", data={"body": "Hello", "group_id": str(group_id(11))}
    )
    assert reply.status_code == 201
    assert reply.json()["messages"][0]["body"]["plain"] == "Hello"
    assert asked(platform, "/api/v1/messages.json", method="POST", data={"body": "Hello"}).status_code == 404


def test_a_community_id_holds_its_number():
    item = asked(a_network(), "/v1.0/employeeExperience/communities").json()["value"][0]
    padded = item["id"] + "=" * (-len(item["id"]) % 4)
    assert json.loads(base64.urlsafe_b64decode(padded)) == {"_type": "Group", "id": str(group_id(11))}


def test_a_delta_link_tells_changes_for_seven_days():
    platform = a_network()
    start = f"/v1.0/groups/delta?$deltatoken=latest&$filter=id eq '{group_guid(11)}'"
    link = asked(platform, start).json()["@odata.deltaLink"].removeprefix("https://graph.microsoft.com")
    platform.world.pass_time(days=1)
    newcomer = platform.world.person()
    platform.world.join(11, newcomer.id)
    (changed,) = asked(platform, link).json()["value"]
    assert [item["id"] for item in changed["members@delta"]] == [person_guid(newcomer.id)]
    platform.world.now += timedelta(days=7)
    late = asked(platform, link)
    assert (late.status_code, "Location" in late.headers) == (410, True)


def test_the_token_endpoints_answer_a_device_code():
    platform = a_network()
    code = asked(platform, "/organizations/oauth2/v2.0/devicecode", method="POST", data={"client_id": "x"}).json()
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": code["device_code"]}
    path = "/organizations/oauth2/v2.0/token"
    assert asked(platform, path, method="POST", data=form).json()["error"] == "authorization_pending"
    assert asked(platform, path, method="POST", data=form).json()["token_type"] == "Bearer"
