"""Lanes: announcements beside talk; what lies in the Library untouched."""

from datetime import timedelta

from tests.queries.network import NOW, START, a_message, a_reaction
from workbench.queries.lanes import Lane, LaneCount, lane_counts, lane_threads, stale_items
from workbench.sync.records import AttachmentRecord


def test_a_thread_is_talk_once_two_people_wrote(network):
    water = network.community("Water")
    network.apply(
        water,
        a_message("n1", subject="News"),
        a_message("n2", to="n1", hours=1),
        a_message("t1", subject="Talk", hours=2),
        a_message("t2", by="bruno", to="t1", hours=3),
    )
    with network.read() as reader:
        both = {Lane.BILLBOARD: LaneCount(1, 2), Lane.DIALOGUE: LaneCount(1, 2)}
        assert lane_counts(reader, ()) == lane_counts(reader, (water,)) == both
        assert [row.subject for row in lane_threads(reader, (), Lane.BILLBOARD, limit=5)] == ["News"]
        period = (START + timedelta(hours=2), NOW)
        assert lane_counts(reader, (), period=period)[Lane.BILLBOARD] == LaneCount(0, 0)
        assert [row.subject for row in lane_threads(reader, (water,), Lane.DIALOGUE, limit=5, period=period)] == [
            "Talk"
        ]


def test_files_and_links_without_activity_are_listed(network):
    water = network.community("Water")
    long_ago = NOW - timedelta(days=300)
    guide = AttachmentRecord("f1", "guide.pdf")
    network.apply(
        water,
        a_message("f", at=long_ago, subject="Guide", attachments=(guide,)),
        a_message("l", at=long_ago - timedelta(days=1), text="Read https://example.org/page, please."),
        a_message("l2", at=long_ago, text="Read https://example.org/other"),
        a_message("t", at=long_ago, text="No link."),
        a_message("new", at=NOW - timedelta(days=3), text="https://example.org/new"),
        a_reaction("like", to="l2", hours=(NOW - START).total_seconds() / 3600 - 1),
    )
    with network.read() as reader:
        items = stale_items(reader, (water,), as_of=NOW)
        assert items == stale_items(reader, (), as_of=NOW)
        assert [(item.name, item.is_file) for item in items] == [
            ("guide.pdf", True),
            ("https://example.org/page", False),
        ]
        assert stale_items(reader, (), as_of=NOW, untouched=timedelta(days=400)) == []


def test_links_of_a_small_community_are_found_behind_those_of_a_large_one(network):
    water, field = network.community("Water"), network.community("Field")
    long_ago = NOW - timedelta(days=300)
    network.apply(water, a_message("w", at=long_ago, text="Read https://example.org/water"))
    network.apply(field, *(a_message(f"f{number}", at=long_ago, text="https://example.org/f") for number in range(3)))
    with network.read() as reader:
        for scope, found in (((water,), ["https://example.org/water"]), ((field,), 2 * ["https://example.org/f"])):
            assert [item.name for item in stale_items(reader, scope, as_of=NOW, links=2)] == found
        assert len(stale_items(reader, (), as_of=NOW, links=2)) == len(stale_items(reader, (), as_of=NOW, limit=2)) == 2
