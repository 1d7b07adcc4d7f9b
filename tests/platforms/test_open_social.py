"""The Open Social stand-in: shapes and habits as Drupal's code and recorded answers show them."""

from urllib.parse import unquote
from uuid import uuid4

import httpx2
import pytest

from tests.platforms.open_social import OpenSocial
from tests.platforms.open_social_shapes import MEDIA, Upload, uuid_of, uuid_of_said
from tests.platforms.world import a_world

SIGNED = {"Authorization": "Basic YW1pbmE6b3BlbiBzZXNhbWU="}
TOPICS = "/jsonapi/node/topic"
MEMBERS = "/jsonapi/group_content/flexible_group-group_membership"


def asked(platform: OpenSocial, path: str, *, signed: bool = True, **query: str) -> httpx2.Response:
    with httpx2.Client(transport=platform.wire(), base_url="https://social.example.org") as client:
        return client.get(path, headers=SIGNED if signed else {}, params=query or None)


def sent(platform: OpenSocial, path: str, data: dict, *, kind: str = MEDIA) -> httpx2.Response:
    with httpx2.Client(transport=platform.wire(), base_url="https://social.example.org") as client:
        return client.post(path, headers={**SIGNED, "Content-Type": kind}, json={"data": data})


def a_site(messages: int = 60, **switches) -> OpenSocial:
    return OpenSocial(a_world(messages=messages, groups=1), **switches)


def a_comment(platform: OpenSocial, **attributes) -> dict:
    said = platform.world.shown()[0]
    fields = {"field_comment_body": {"value": "<p>Hello</p>", "format": "basic_html"}, **attributes}
    ties = {"entity_id": {"data": {"type": "node--topic", "id": uuid_of_said(said)}}}
    return {"type": "comment--comment", "id": str(uuid4()), "attributes": fields, "relationships": ties}


def test_the_entry_point_names_types_and_whoever_is_signed_in():
    platform = a_site()
    page = asked(platform, "/jsonapi").json()
    assert page["links"]["node--topic"]["href"].endswith("/jsonapi/node/topic")
    assert page["meta"]["links"]["me"]["meta"]["id"] == uuid_of("user", 1)
    assert "meta" not in asked(platform, "/jsonapi", signed=False).json()


def test_a_wrong_password_is_answered_as_if_nobody_had_signed_in():
    reply = asked(a_site(wrong_password=True), "/jsonapi")
    assert (reply.status_code, "meta" in reply.json()) == (200, False)
    closed = asked(a_site(wrong_password=True), f"{TOPICS}/{uuid_of('node', 1001)}")
    assert (closed.status_code, closed.json()["errors"][0]["status"]) == (403, "403")


def test_files_are_told_with_their_topic_and_lie_at_an_address_of_the_site():
    platform = a_site()
    topic = platform.world.shown()[0]
    platform.attach(topic.id, Upload("a plan.pdf", b"%PDF-1.7"))
    query = {"include": "field_files", "fields[file--file]": "filename,uri"}
    page = asked(platform, TOPICS, sort="-changed", **query).json()
    (named,) = page["data"][0]["relationships"]["field_files"]["data"]
    (file,) = page["included"]
    assert (named["id"], set(file["attributes"])) == (file["id"], {"filename", "uri"})
    assert asked(platform, file["attributes"]["uri"]["url"]).content == b"%PDF-1.7"
    assert asked(a_site(no_files=True), TOPICS, **query).status_code == 400


def test_pages_are_clamped_at_fifty_and_link_to_the_next():
    page = asked(
        a_site(200), "/jsonapi/comment/comment", **{"page[limit]": "500", "sort": "drupal_internal__cid"}
    ).json()
    assert len(page["data"]) == 50
    assert "page[offset]=50" in unquote(page["links"]["next"]["href"])
    assert asked(a_site(), TOPICS, **{"page[limit]": "0"}).status_code == 400


def test_pages_come_short_and_say_what_was_left_out():
    platform = a_site(200, hide=90)
    page = asked(platform, "/jsonapi/comment/comment", sort="drupal_internal__cid").json()
    assert len(page["data"]) < 50
    assert "next" in page["links"]
    left_out = page["meta"]["omitted"]["links"]
    assert [name for name in left_out if name.startswith("item--")]


def test_there_is_no_order_without_one():
    rows = asked(a_site(), TOPICS).json()["data"]
    numbers = [row["attributes"]["drupal_internal__nid"] for row in rows]
    assert numbers != sorted(numbers)


def test_filters_on_types_of_groups_give_an_empty_list():
    platform = a_site()
    group = uuid_of("group", 11)
    assert asked(platform, MEMBERS).json()["data"]
    assert asked(platform, MEMBERS, **{"filter[gid.id]": group}).json()["data"] == []
    assert asked(platform, TOPICS, **{"filter[id]": uuid_of("node", 1001)}).json()["data"]


def test_dates_are_filtered_as_seconds():
    platform = a_site()
    newest = max(said.touched_at for said in platform.world.shown() if said.parent is None)
    query = {
        "filter[c][condition][path]": "changed",
        "filter[c][condition][operator]": ">=",
        "filter[c][condition][value]": str(int(newest.timestamp())),
    }
    assert len(asked(platform, TOPICS, **query).json()["data"]) == 1
    query["filter[c][condition][value]"] = newest.isoformat()
    assert asked(platform, TOPICS, **query).status_code == 400


def test_fields_and_included_authors_are_trimmed():
    query = {"fields[node--topic]": "title,uid", "include": "uid", "fields[user--user]": "display_name"}
    page = asked(a_site(), TOPICS, **query).json()
    assert {tuple(row["attributes"]) for row in page["data"]} == {("title",)}
    assert {tuple(row["attributes"]) for row in page["included"]} == {("display_name",)}


def test_links_pin_a_revision_and_may_have_a_language():
    row = asked(a_site(prefix=True), TOPICS).json()["data"][0]
    assert "/en/jsonapi/" in row["links"]["self"]["href"]
    assert "resourceVersion=id%3A" in row["links"]["self"]["href"]
    assert asked(a_site(), f"/en{TOPICS}").status_code == 200


def test_unknown_parameters_are_refused():
    assert asked(a_site(), TOPICS, _format="json").status_code == 400


def test_a_deleted_comment_takes_its_answers_along():
    platform = a_site()
    world = platform.world
    comment = world.say(11, 2, "One", parent=world.shown()[0].id)
    answer = world.say(11, 3, "Two", parent=comment.id)
    world.remove(comment.id)
    assert asked(platform, f"/jsonapi/comment/comment/{uuid_of_said(answer)}").status_code == 404


def test_writing_needs_the_media_type_and_knows_its_keys():
    platform = a_site()
    comment = a_comment(platform)
    path = "/jsonapi/comment/comment"
    assert sent(platform, path, comment, kind="application/json").status_code == 415
    assert sent(platform, path, comment).status_code == 201
    assert sent(platform, path, comment).status_code == 409
    assert sent(platform, path, {**comment, "id": "42"}).status_code == 422
    assert sent(platform, path, a_comment(platform, status=True)).status_code == 403
    assert sent(a_site(read_only=True), path, comment).status_code == 405


def test_tokens_are_good_for_three_hundred_seconds():
    platform = a_site(token_life=True)
    with httpx2.Client(transport=platform.wire(), base_url="https://social.example.org") as client:
        token = client.post("/oauth/token").json()["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        assert client.get("/jsonapi", headers=headers).status_code == 200
        platform.world.pass_time(seconds=301)
        assert client.get("/jsonapi", headers=headers).status_code == 401


@pytest.mark.parametrize(("switch", "status"), [("maintenance", 503), ("no_jsonapi", 404)])
def test_whole_sites_that_do_not_answer(switch, status):
    assert asked(a_site(**{switch: True}), "/jsonapi").status_code == status
