"""Posts, answers and likes on Viva Engage: sent once, and found again by their words."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.platforms.server import Told
from tests.platforms.viva_engage import VivaEngage
from tests.platforms.viva_engage_shapes import message_id
from tests.sync.connectors.engage_network import (
    COMMUNITY,
    GROUP,
    a_network,
    a_network_mirror,
    connector,
    synced,
)
from tests.sync.mirrored import Mirrored
from workbench.errors import RefusedError, UnsettledError
from workbench.models.kinds import PostKind
from workbench.sync.posting import Posting


@pytest.fixture(name="mirrored")
def _mirrored(tmp_path: Path) -> Mirrored:
    return a_network_mirror(tmp_path)


def a_posting(kind: PostKind, platform: VivaEngage, **fields) -> Posting:
    values = {"text": "A word from the field", "since": platform.world.now, **fields}
    return Posting(key="5b0c", kind=kind, community=COMMUNITY, **values)


def replying(platform: VivaEngage, **fields) -> Posting:
    said = next(item for item in platform.world.shown(GROUP) if item.parent is not None)
    return a_posting(
        PostKind.REPLY, platform, root=str(message_id(said.root)), parent=str(message_id(said.id)), **fields
    )


def test_a_topic_is_posted_to_its_community_with_its_subject_as_first_line():
    platform = a_network()
    sent = connector(platform).send(
        a_posting(PostKind.TOPIC, platform, subject="Pumps", text="Who has & knows = one?" * 200)
    )
    said = platform.world.shown(GROUP)[-1]
    assert sent.remote_id == str(message_id(said.id))
    assert (said.parent, said.text) == (None, "Pumps\n\n" + "Who has & knows = one?" * 200)
    assert platform.asked[-1].query == {}


def test_an_answer_goes_to_its_message_and_comes_back_as_an_answer(mirrored):
    platform = a_network()
    posting = replying(platform)
    sent = connector(platform).send(posting)
    synced(mirrored, platform)
    assert mirrored.parents()[sent.remote_id or ""] == posting.parent


def test_a_like_may_be_sent_again():
    platform = a_network()
    said = platform.world.shown(GROUP)[-1]
    posting = a_posting(PostKind.LIKE, platform, parent=str(message_id(said.id)))
    reader = connector(platform)
    assert posting.kind in reader.repeats_safely
    said.likes.clear()
    assert reader.find(posting) is None
    reader.send(posting)
    reader.send(posting)
    assert list(said.likes) == [platform.world.me]
    assert reader.find(posting) is not None


@pytest.mark.parametrize("status", [401, 403, 500])
def test_a_like_whose_answer_was_lost_stays_unsettled_where_the_message_cannot_be_seen(status):
    platform = a_network(cut_post=True)
    message = str(message_id(platform.world.shown(GROUP)[-1].id))
    platform.before = lambda asked: (
        Told(status, b"{}", "application/json") if asked.path.endswith(f"messages/{message}.json") else None
    )
    with pytest.raises(UnsettledError):
        connector(platform).send(a_posting(PostKind.LIKE, platform, parent=message))


@pytest.mark.parametrize("kind", [PostKind.TOPIC, PostKind.REPLY])
def test_what_was_cut_off_after_it_was_stored_is_found_by_its_words(kind):
    platform = a_network(cut_post=True)
    text = "See https://example.org/wells\nand  #water"
    posting = replying(platform, text=text) if kind is PostKind.REPLY else a_posting(kind, platform, text=text)
    reader = connector(platform)
    assert reader.find(posting) is None
    with pytest.raises(UnsettledError):
        reader.send(posting)
    found = reader.find(posting)
    assert found is not None
    assert found.remote_id == str(message_id(max(platform.world.said)))
    assert len([asked for asked in platform.asked if asked.method == "POST"]) == 1


def test_older_words_and_words_of_others_are_not_taken_for_ours():
    platform = a_network()
    posting = a_posting(PostKind.TOPIC, platform, text="Thank you")
    platform.world.say(GROUP, platform.world.me, "Thank you", at=platform.world.now - timedelta(hours=1))
    platform.world.say(GROUP, 2, "Thank you")
    platform.world.say(GROUP, platform.world.me, "Thank you", parent=platform.world.shown(GROUP)[0].id)
    assert connector(platform).find(posting) is None


@pytest.mark.parametrize("earlier", [":)", "https://example.org/wells"])
def test_words_without_a_letter_are_told_apart(earlier):
    platform = a_network()
    posting = replying(platform, text="👍")
    connector(platform).send(replace(posting, text=earlier))
    assert connector(platform).find(posting) is None
    connector(platform).send(posting)
    assert connector(platform).find(posting) is not None


def test_what_a_community_does_not_take_is_refused_with_its_words():
    platform = a_network(read_only=True)
    with pytest.raises(RefusedError) as caught:
        connector(platform).send(a_posting(PostKind.TOPIC, platform))
    assert caught.value.details["said"] == "Posting here is restricted."


def test_a_thread_can_be_opened_by_hand():
    platform = a_network()
    reader = connector(platform, web="https://engage.example.org/")
    assert (
        reader.link(a_posting(PostKind.REPLY, platform, root="77", parent="78"))
        == "https://engage.example.org/messages/77"
    )
    assert reader.link(a_posting(PostKind.TOPIC, platform)) == f"https://engage.example.org/groups/{COMMUNITY}"
