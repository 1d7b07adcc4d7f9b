"""One HCL Connections site: addresses, dialects, whole lists that move while they are read, and refusals."""

import httpx2
import pytest

from tests.platforms.hcl_shapes import DENIED_PAGE, LOGIN_PAGE, STOPPED_PAGE, post_id, user_id, uuid_of
from tests.sync.connectors.hcl_network import BASE, COMMUNITY, GROUP, a_site, a_topic
from tests.sync.seats import a_seat
from workbench.errors import LineError, NotFoundError, SignInError
from workbench.sync.gate import Cause, Reply
from workbench.sync.hcl.site import BLOGS, FORUMS, HclSite, missed, refusal


def a_hcl_site(platform, *, is_oauth: bool = False) -> HclSite:
    seat = a_seat(platform, base_url=BASE)
    return HclSite(seat.client(BASE, refusal=refusal), is_oauth=is_oauth)


def a_reply(status: int, body: bytes, kind: str = "text/html", **headers: str) -> Reply:
    return Reply(status, BASE, BASE, {"content-type": kind, **headers}, body)


def test_each_application_has_a_since_of_its_own():
    assert FORUMS.since(1_772_438_400_500) == "1772438400500"
    assert BLOGS.since(1_772_438_400_500) == "2026-03-02T08:00:00.500Z"
    assert (FORUMS.first, BLOGS.first) == (1, 0)


def test_communities_come_with_their_members_and_an_address_at_our_host():
    site = a_hcl_site(a_site(groups=2))
    first, second = site.mine()
    assert first.url == f"{BASE}/communities/service/html/communitystart?communityUuid={COMMUNITY}"
    assert (first.name, second.name) == ("Water points", "School meals")
    assert first.description == "A group made up for tests"
    assert site.told(COMMUNITY).members == first.members
    assert site.told("another").members is None


def test_the_blog_is_found_among_the_applications_of_a_community():
    site = a_hcl_site(a_site())
    assert site.blog_of(COMMUNITY) == f"blogs/roller-ui/rendering/feed/{uuid_of('blog', GROUP)}/entries/atom"
    assert a_hcl_site(a_site(no_blogs=True)).blog_of(COMMUNITY) is None
    assert site.blog_of("another") is None


def test_a_whole_list_has_every_entry_once():
    platform = a_site(messages=120, cap=7)
    found, is_whole = a_hcl_site(platform).whole(a_hcl_site(platform).topics(COMMUNITY))
    topics = [said for said in platform.world.shown(GROUP) if said.id == said.root and said.id not in platform.blogged]
    assert is_whole
    assert [entry.number for entry, _ in found] != []
    assert {entry.number for entry, _ in found} == {post_id(said.id) for said in topics}


def test_a_cache_that_shows_an_old_page_for_ever_ends_no_walk_in_a_circle():
    platform = a_site(messages=120, cap=5)
    site = a_hcl_site(platform)
    listing = site.topics(COMMUNITY)
    kept: list = []

    def remember(asked, reply):
        if asked.query.get("page") == "1":
            kept.append(reply)
            return kept[0]
        return reply

    platform.after = remember
    platform.before = lambda asked: platform.world.remove(a_topic(platform).id) if len(platform.asked) == 2 else None
    _, is_whole = site.whole(listing)
    assert not is_whole
    assert len(platform.asked) < 60


def test_pages_to_go_back_are_as_many_as_entries_went():
    platform = a_site(messages=120, cap=5)
    page = a_hcl_site(platform).page(a_hcl_site(platform).topics(COMMUNITY))
    total = page.total or 0
    assert [missed(page, total + more) for more in (-1, 0, 1, 5, 6)] == [0, 0, 1, 1, 2]
    assert missed(page, None) == 0


def test_who_we_are_is_told_unless_the_site_keeps_it_to_itself():
    assert a_hcl_site(a_site()).me() == user_id(1)
    assert a_hcl_site(a_site(no_me=True)).me() is None
    assert a_hcl_site(a_site(oauth=True), is_oauth=True).me() == user_id(1)


def test_a_question_can_ask_caches_to_let_it_through():
    platform = a_site()
    site = a_hcl_site(platform)
    site.page(site.topics(COMMUNITY), fresh=True)
    site.page(site.topics(COMMUNITY))
    assert [asked.headers.get("cache-control") for asked in platform.asked] == ["no-cache", None]


def test_a_page_with_a_form_for_a_password_is_the_sites_own_sign_in():
    site = a_hcl_site(a_site(login_page=True))
    with pytest.raises(SignInError):
        site.page(site.topics(COMMUNITY))


def test_a_sign_in_page_at_another_host_is_somebody_on_the_way():
    site = a_hcl_site(lambda request: httpx2.Response(302, headers={"Location": "https://login.example.net/"}))
    with pytest.raises(LineError) as caught:
        site.page(site.topics(COMMUNITY))
    assert caught.value.details["cause"] == Cause.PORTAL


def test_errors_in_the_sites_own_dress_are_recognised():
    realm = {"www-authenticate": "Basic"}
    assert isinstance(refusal(a_reply(401, b"<html>Error 401</html>", **realm)), SignInError)
    assert isinstance(refusal(a_reply(401, LOGIN_PAGE)), SignInError)
    assert isinstance(refusal(a_reply(403, LOGIN_PAGE)), SignInError)
    assert isinstance(refusal(a_reply(404, STOPPED_PAGE)), LineError)


def test_what_says_no_more_than_its_status_is_left_to_the_common_table():
    assert refusal(a_reply(401, b"<html>Welcome to our hotel</html>")) is None
    assert refusal(a_reply(403, DENIED_PAGE)) is None
    assert refusal(a_reply(404, b"<error><code>404</code></error>", "text/xml")) is None
    assert refusal(a_reply(404, b"")) is None


def test_a_topic_by_itself_is_a_document_or_not_found():
    platform = a_site()
    site, topic = a_hcl_site(platform), a_topic(platform)
    path = site.forums + "topic"
    assert site.document(path, {"topicUuid": post_id(topic.id)}).number == post_id(topic.id)
    platform.world.remove(topic.id)
    with pytest.raises(NotFoundError):
        site.document(path, {"topicUuid": post_id(topic.id)})
