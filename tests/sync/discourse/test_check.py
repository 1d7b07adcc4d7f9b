"""The check of a forum: edits, deletions, moves and likes that no list of news shows are found and told."""

import json
from dataclasses import replace

import pytest

from tests.platforms.server import told
from tests.sync.connectors.discourse_site import (
    GROUP,
    a_forum,
    a_forum_mirror,
    asked,
    checked,
    expected,
    expected_likes,
    held_likes,
    held_members,
    held_messages,
    synced,
)
from workbench.sync.connector import UNSEEN


@pytest.fixture(name="forum")
def _forum(tmp_path):
    platform, mirrored = a_forum(groups=2), a_forum_mirror(tmp_path)
    assert synced(mirrored, platform).error is None
    return platform, mirrored


def shown(platform, *, answers: bool):
    return [said for said in platform.world.shown(11) if (said.id != said.root) == answers]


def test_an_edit_of_an_older_post_is_found(forum):
    platform, mirrored = forum
    platform.world.edit(shown(platform, answers=True)[-9].id, "Other words by now")
    synced(mirrored, platform)
    assert "Other words by now" not in held_messages(mirrored).values()
    checked(mirrored, platform)
    assert held_messages(mirrored) == expected(platform)


def test_deleted_posts_and_topics_are_found_whenever_they_were(forum):
    platform, mirrored = forum
    gone = [shown(platform, answers=True)[3], shown(platform, answers=True)[-3], shown(platform, answers=False)[2]]
    for said in gone:
        platform.world.remove(said.id)
    synced(mirrored, platform)
    checked(mirrored, platform)
    assert held_messages(mirrored) == expected(platform)


@pytest.mark.parametrize(("status", "is_kept"), [(404, True), (410, False)])
def test_a_topic_that_may_only_be_closed_to_us_stays_and_the_history_says_so(forum, status, is_kept):
    platform, mirrored = forum
    before = held_messages(mirrored)
    root = shown(platform, answers=False)[2]
    platform.world.remove(root.id)
    platform.after = lambda request, reply: replace(reply, status=status) if reply.status == 404 else reply
    result = checked(mirrored, platform, trusts_gone=False)
    assert result.error is None
    assert (held_messages(mirrored) == before) is is_kept
    assert (UNSEEN in mirrored.scalar("SELECT trace FROM syncrun ORDER BY id DESC LIMIT 1")) is is_kept


def test_a_post_moved_to_another_topic_is_told_once(forum):
    platform, mirrored = forum
    moved = shown(platform, answers=True)[-4]
    target = next(said for said in shown(platform, answers=False) if said.id != moved.root)
    platform.shelf.move(moved.id, platform.shelf.topic_of(target.id))
    checked(mirrored, platform)
    assert held_messages(mirrored) == expected(platform)


def test_a_topic_moved_to_another_category_leaves_this_one(forum):
    platform, mirrored = forum
    root = shown(platform, answers=False)[-2].id
    for said in platform.world.thread(root):
        said.group = 12
    checked(mirrored, platform)
    checked(mirrored, platform, "category-12")
    assert held_messages(mirrored) == expected(platform)
    assert held_messages(mirrored, "category-12") == expected(platform, 12)


def test_likes_given_and_taken_back_are_found(forum):
    platform, mirrored = forum
    said = shown(platform, answers=True)[-2]
    for person in range(1, 5):
        platform.world.like(said.id, person)
    liked = next(item for item in reversed(shown(platform, answers=True)) if item.likes and item.id != said.id)
    for person in list(liked.likes):
        platform.world.unlike(liked.id, person)
    checked(mirrored, platform)
    assert held_likes(mirrored) == expected_likes(platform)


def test_a_category_closed_to_us_keeps_what_we_have(forum):
    platform, mirrored = forum
    before = held_messages(mirrored)
    platform.world.groups[11].is_hidden = True
    result = checked(mirrored, platform)
    assert result.error is not None
    assert held_messages(mirrored) == before


def test_a_topic_closed_to_us_keeps_what_we_have(forum):
    platform, mirrored = forum
    before = held_messages(mirrored)
    platform.shelf.fill()
    topic = platform.shelf.topic_of(shown(platform, answers=False)[0].id)

    def closed(request, reply):
        if request.path == f"/t/{topic}.json":
            return told({"error_type": "invalid_access"}, status=403)
        if request.path.endswith("/l/latest.json"):
            value = json.loads(reply.body)
            listed = value["topic_list"]["topics"]
            value["topic_list"]["topics"] = [item for item in listed if item["id"] != topic]
            return told(value)
        return reply

    platform.after = closed
    checked(mirrored, platform)
    assert held_messages(mirrored) == before


def test_a_check_of_what_did_not_change_changes_nothing(forum):
    platform, mirrored = forum
    totals = checked(mirrored, platform).totals
    assert (totals.added, totals.changed) == (0, 0)
    platform.world.pass_time(days=200)
    before = len(platform.asked)
    checked(mirrored, platform)
    assert asked(platform, before) == ["/c/11/l/latest.json"]


def test_people_are_compared_whole(forum):
    platform, mirrored = forum
    platform.world.leave(11, next(iter(platform.world.groups[11].members)))
    checked(mirrored, platform, GROUP)
    assert held_members(mirrored) == {str(number) for number in platform.world.groups[11].members}
    assert checked(mirrored, platform, "everybody").error is None
