"""The requests made to a Drupal site: who we are there, what may be filtered, and walks over changing lists."""

from dataclasses import replace

import pytest

from tests.platforms.open_social import OpenSocial
from tests.platforms.open_social_shapes import uuid_of, uuid_of_said
from tests.sync.connectors.open_social_site import BASE, GROUP, a_site, paths, visible
from tests.sync.seats import a_seat
from workbench.errors import ForbiddenError, NotFoundError, PlatformBusyError, RefusedError, SignInError
from workbench.sync.gate import Reply
from workbench.sync.open_social.shapes import COMMENT
from workbench.sync.open_social.site import Site, refusal

TOPIC = "node--topic"
FEW = {"page[limit]": "3"}


def site_at(platform: OpenSocial, *, wants_me: bool = True) -> Site:
    seat = a_seat(platform, base_url=BASE)
    return Site(seat.client(BASE, refusal=refusal), clock=seat.clock, path="/jsonapi/", wants_me=wants_me)


def reply(status: int, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, "https://a.example.org:443", "https://a.example.org:443", named, b"{}")


def test_who_we_are_is_asked_once_and_again_before_anything_counts_as_gone():
    platform = a_site()
    site = site_at(platform)
    site.begin()
    site.begin()
    assert (site.me, paths(platform)) == (uuid_of("user", 1), ["/jsonapi"])
    site.confirm()
    site.confirm()
    assert paths(platform) == ["/jsonapi"] * 2
    list(site.groups())
    platform.switches["wrong_password"] = True
    with pytest.raises(SignInError):
        site.confirm()


def test_who_never_signed_in_need_not_be_known():
    site = site_at(a_site(wrong_password=True), wants_me=False)
    site.begin()
    assert site.me is None


def test_an_empty_filtered_list_is_doubted_once_in_a_run():
    platform = a_site(no_filters=True)
    site = site_at(platform)
    ids = [uuid_of_said(said) for said in visible(platform) if said.parent is None][:3]
    assert {row.id for row in site.by_ids(TOPIC, ids).rows} == set(ids)
    start = len(platform.asked)
    assert {row.id for row in site.by_ids(TOPIC, ids).rows} == set(ids)
    assert len(platform.asked) - start == 1 + len(ids)


def test_an_empty_list_of_a_site_that_filters_is_believed():
    platform = a_site()
    site = site_at(platform)
    assert site.by_ids(TOPIC, [uuid_of("nothing", 1)]).rows == ()
    assert [page.rows for page, _ in site.comments([uuid_of("nothing", 1)])] == [()]


def test_entities_by_name_all_come_where_a_site_gives_fewer_rows_at_a_time(monkeypatch):
    platform = a_site()
    ids = [uuid_of_said(said) for said in visible(platform) if said.parent is None][:7]
    answer = platform.respond
    monkeypatch.setattr(platform, "respond", lambda asked: answer(replace(asked, query=asked.query | FEW)))
    assert {row.id for row in site_at(platform).by_ids(TOPIC, ids).rows} == set(ids)


@pytest.mark.parametrize("no_filters", [False, True])
def test_comments_begin_behind_the_last_number_and_after_a_date(no_filters):
    platform = a_site(messages=150, no_filters=no_filters)
    said = [one for one in visible(platform) if one.parent is not None]
    topics = sorted({uuid_of_said(platform.world.said[one.root]) for one in said})[:10]
    ours = [one for one in said if uuid_of_said(platform.world.said[one.root]) in topics]
    middle = ours[len(ours) // 2]

    def found(**bounds: int) -> set[str]:
        return {row.id for page, _ in site_at(platform).comments(topics, **bounds) for row in page.rows}

    assert found() == {uuid_of_said(one) for one in ours}
    assert found(since=int(middle.at.timestamp())) >= {uuid_of_said(one) for one in ours if one.at >= middle.at}
    if not no_filters:
        assert found(after=middle.id) == {uuid_of_said(one) for one in ours if one.id > middle.id}


def test_what_changed_is_fetched_once_for_several_groups():
    platform = a_site()
    site = site_at(platform)
    anchor = int(visible(platform)[-30].at.timestamp())
    first = [row.id for page, _ in site.changed(COMMENT, anchor) for row in page.rows]
    start = len(platform.asked)
    assert [row.id for page, _ in site.changed(COMMENT, anchor + 3600) for row in page.rows] == first
    assert len(platform.asked) == start


@pytest.mark.parametrize("no_filters", [False, True])
def test_the_anchor_that_follows_is_the_date_of_something_that_is_there(no_filters):
    platform = a_site(no_filters=no_filters)
    comments = [said for said in visible(platform) if said.parent is not None]
    newest = int(comments[-1].at.timestamp())
    for anchor in (newest - 86_400, newest, newest + 7200):
        *_, (_, following) = site_at(platform).changed(COMMENT, anchor)
        assert following == newest


def test_a_hidden_thing_is_forbidden_and_a_deleted_one_not_found():
    platform = a_site()
    topics = [said for said in visible(platform) if said.parent is None]
    platform.hidden.add(topics[0].id)
    platform.world.remove(topics[1].id)
    with pytest.raises(ForbiddenError):
        site_at(platform).single(TOPIC, uuid_of_said(topics[0]), "changed")
    with pytest.raises(NotFoundError):
        site_at(platform).single(TOPIC, uuid_of_said(topics[1]), "changed")


@pytest.mark.parametrize(
    "switch", [{}, {"hashed": True}, {"relationship": True}, {"hashed": True, "relationship": True}]
)
def test_types_that_tie_things_to_groups_are_found_under_any_name(switch):
    platform = a_site(**switch)
    site = site_at(platform)
    assert site.relation_type("flexible_group", "group_membership") == platform.members_type
    assert site.relation_type("flexible_group", "group_node-topic") == (
        f"{platform.relations}--flexible_group-group_node-topic"
    )
    assert site.relation_type("closed_group", "group_node-topic") is None


def test_people_tied_to_groups_come_with_their_names():
    platform = a_site()
    relations, page = site_at(platform).relations(platform.members_type, 0)
    group = platform.world.groups[GROUP]
    assert {relation.person.name for relation in relations if relation.person} == {
        platform.world.people[person].name for person in group.members
    }
    assert page.next is None


def test_errors_of_drupal_are_told_apart():
    refused, busy = refusal(reply(405)), refusal(reply(503, retry_after="7"))
    assert isinstance(refused, RefusedError)
    assert isinstance(busy, PlatformBusyError)
    assert busy.details["seconds"] == 300
    assert [refusal(reply(status)) for status in (400, 401, 403, 404, 409, 422, 500)] == [None] * 7
    assert refusal(reply(503, retry_after="3600")) is None
