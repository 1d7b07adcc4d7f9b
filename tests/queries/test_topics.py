"""Where threads can be begun, and the draft that is being written."""

from datetime import timedelta

from tests.builders import a_clock, a_database
from workbench.ids import CommunityId
from workbench.models.kinds import AccountKind
from workbench.queries.topics import community_places, topic_draft
from workbench.sync.accounts import AccountStore
from workbench.sync.mirror import MirrorStore
from workbench.sync.outbox import OutboxStore
from workbench.sync.records import CommunityRecord


def test_places_are_followed_communities_in_which_people_write(tmp_path):
    database, clock = a_database(tmp_path), a_clock()
    accounts, mirror = AccountStore(database, clock), MirrorStore(database, clock)
    forum = accounts.add(AccountKind.DISCOURSE, "Forum")
    site = accounts.add(AccountKind.GOOGLE_ANALYTICS, "Site")
    mirror.ensure_community(forum, CommunityRecord("category-2", "water", url="https://forum.example.org/c/2"))
    mirror.ensure_community(forum, CommunityRecord("category-1", "Cold chain"))
    mirror.ensure_community(forum, CommunityRecord("category-3", "Left out"), is_followed=False)
    mirror.ensure_community(site, CommunityRecord("1", "Web site"))
    with database.read() as reader:
        places = community_places(reader)
    assert [(place.community, place.url) for place in places] == [
        ("Cold chain", None), ("water", "https://forum.example.org/c/2"),
    ]  # fmt: skip
    assert {place.account_kind for place in places} == {AccountKind.DISCOURSE}


def test_the_draft_written_on_last_is_gone_on_with_unless_one_is_named(tmp_path):
    database, clock = a_database(tmp_path), a_clock()
    forum = AccountStore(database, clock).add(AccountKind.DISCOURSE, "Forum")
    community = MirrorStore(database, clock).ensure_community(forum, CommunityRecord("category-1", "Water"))
    with database.read() as reader:
        assert topic_draft(reader) is None
    outbox = OutboxStore(database, clock)
    first = outbox.save_topic(CommunityId(community), subject="One", text="1")
    clock.advance(timedelta(minutes=1))
    second = outbox.save_topic(CommunityId(community), subject="Two", text="2")
    clock.advance(timedelta(minutes=1))
    with database.read() as reader:
        assert topic_draft(reader).id == second
        assert topic_draft(reader, first).id == first
        assert topic_draft(reader, "none") is None
    outbox.save_topic(CommunityId(community), subject="One", text="1 more", item_id=first)
    with database.read() as reader:
        assert topic_draft(reader).id == first
    outbox.queue(first)
    with database.read() as reader:
        assert topic_draft(reader, first) is None
