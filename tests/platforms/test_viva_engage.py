"""The Viva Engage stand-in: shapes and habits as the platform's documents and public clients describe them."""

import base64
import json
from datetime import timedelta

import httpx2
import pytest

from tests.platforms.viva_engage import VivaEngage
from tests.platforms.viva_engage_shapes import REALTIME_TOKEN, group_guid, group_id, message_id, person_guid
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
