"""Sending to a forum: topics, answers, likes; what waits, what is refused, and finding what arrived unanswered."""

from datetime import timedelta

import pytest

from tests.platforms.server import Told, told
from tests.sync.connectors.discourse_site import CATEGORY, GROUP, a_forum, asked, connector, name_of
from workbench.errors import (
    BadInputError,
    ForbiddenError,
    NotFoundError,
    PlatformBusyError,
    RefusedError,
    SignInError,
    UnsettledError,
)
from workbench.models.kinds import PostKind
from workbench.sync.posting import Posting, Sent

WORDS = "The pump is mended.\n\nIt took two days."


def posting(platform, kind: PostKind, *, parent: int | None = None, text: str = WORDS, **fields) -> Posting:
    root = None if parent is None else name_of(platform, platform.world.said[parent].root)
    named = None if parent is None else name_of(platform, parent)
    queued = platform.world.now - timedelta(minutes=1)
    return Posting("3f0e", kind, CATEGORY, text, root=root, parent=named, since=queued, **fields)


def an_answer(platform):
    """An answer somebody gave, which is not the newest."""
    return next(said for said in platform.world.shown(11) if said.id != said.root)


def last(platform):
    return list(platform.world.said.values())[-1]


def test_a_topic_is_written_in_its_category():
    platform = a_forum()
    sent = connector(platform).send(posting(platform, PostKind.TOPIC, subject="Good news from the well"))
    said = last(platform)
    assert (said.group, said.subject, said.text, said.author) == (11, "Good news from the well", WORDS, 1)
    assert sent.remote_id == name_of(platform, said.id)
    assert sent.url == f"https://forum.example.org/t/{sent.remote_id.replace('.', '/')}"
    assert asked(platform) == ["/posts.json"]


def test_an_answer_hangs_on_what_it_answers():
    platform = a_forum()
    answered = an_answer(platform)
    sent = connector(platform).send(posting(platform, PostKind.REPLY, parent=answered.id))
    assert last(platform).parent == answered.id
    assert sent.remote_id == name_of(platform, last(platform).id)
    connector(platform).send(posting(platform, PostKind.REPLY, parent=answered.root, text="To all of you"))
    assert last(platform).parent == answered.root


def test_a_topic_needs_a_category():
    platform = a_forum()
    with pytest.raises(BadInputError):
        connector(platform).send(Posting("3f0e", PostKind.TOPIC, GROUP, WORDS, subject="Nowhere to stand"))


def test_what_waits_for_a_moderator_is_sent_and_held():
    platform = a_forum(enqueued=True)
    sent = connector(platform).send(posting(platform, PostKind.REPLY, parent=an_answer(platform).id))
    assert sent == Sent(None, None, is_held=True)


def test_an_answer_wrapped_in_its_action_is_read_too():
    platform = a_forum()

    def nested(request, reply):
        body = {"action": "create_post", "success": True, "post": {"id": 9, "topic_id": 57, "post_number": 2}}
        return told(body) if request.method == "POST" else reply

    platform.after = nested
    sent = connector(platform).send(posting(platform, PostKind.REPLY, parent=an_answer(platform).id))
    assert sent.remote_id == "57.2"


def test_a_text_the_forum_does_not_take_is_refused_with_its_words():
    platform = a_forum()
    with pytest.raises(RefusedError) as caught:
        connector(platform).send(posting(platform, PostKind.REPLY, parent=an_answer(platform).id, text="Ok"))
    assert caught.value.details["said"] == "Body is too short"


def test_a_topic_that_is_gone_and_one_that_is_closed_are_refused():
    platform = a_forum()
    item = posting(platform, PostKind.REPLY, parent=an_answer(platform).id)
    platform.before = lambda request: (
        told({"error_type": "invalid_access"}, status=403) if request.method == "POST" else None
    )
    with pytest.raises(RefusedError):
        connector(platform).send(item)
    platform.before = None
    platform.world.groups[11].is_hidden = True
    with pytest.raises(RefusedError):
        connector(platform).send(item)


def test_without_a_key_or_with_a_dead_one_nothing_is_sent():
    platform = a_forum()
    item = posting(platform, PostKind.REPLY, parent=an_answer(platform).id)
    for reader in (connector(platform, key=None), connector(platform, key="no longer good")):
        with pytest.raises(SignInError):
            reader.send(item)


@pytest.mark.parametrize("form", ["ip", "key", "action"])
def test_too_often_is_told_with_the_seconds(form):
    platform = a_forum()
    item = posting(platform, PostKind.REPLY, parent=an_answer(platform).id)
    platform.switches["busy"] = form
    with pytest.raises(PlatformBusyError) as caught:
        connector(platform).send(item)
    assert caught.value.details["seconds"] == (7 if form == "ip" else 17)


def test_a_backup_that_runs_leaves_it_open_until_later():
    platform = a_forum(read_only=True)
    with pytest.raises(PlatformBusyError):
        connector(platform).send(posting(platform, PostKind.REPLY, parent=an_answer(platform).id))


@pytest.mark.parametrize("kind", [PostKind.TOPIC, PostKind.REPLY])
def test_what_arrived_without_an_answer_is_found_by_its_words(kind):
    platform = a_forum(cut_post=True)
    parent = None if kind is PostKind.TOPIC else an_answer(platform).id
    item = posting(platform, kind, parent=parent, subject="Good news from the well" if parent is None else "")
    with pytest.raises(UnsettledError):
        connector(platform).send(item)
    for number in range(40):
        platform.world.say(11, 1, f"Something else of mine {number}", parent=1001)
    platform.world.said[last(platform).id].text = WORDS.replace("two", "three")
    arrived = next(said for said in platform.world.said.values() if said.text == WORDS)
    found = connector(platform).find(item)
    assert found is not None
    assert found.remote_id == name_of(platform, arrived.id)


def test_what_never_arrived_is_not_found():
    platform = a_forum()
    old = platform.world.say(11, 1, WORDS, parent=an_answer(platform).id)
    platform.world.pass_time(days=2)
    assert connector(platform).find(posting(platform, PostKind.REPLY, parent=old.id)) is None


def test_while_something_waits_for_a_moderator_nobody_says_that_it_did_not_arrive():
    platform = a_forum(enqueued=True, cut_post=True)
    item = posting(platform, PostKind.REPLY, parent=an_answer(platform).id)
    with pytest.raises(UnsettledError):
        connector(platform).send(item)
    with pytest.raises(UnsettledError):
        connector(platform).find(item)
    platform.release()
    found = connector(platform).find(item)
    assert found is not None
    assert found.remote_id == name_of(platform, last(platform).id)


def test_a_like_is_given_once_however_often_it_is_sent():
    platform = a_forum()
    liked = next(said for said in platform.world.shown(11) if 1 not in said.likes)
    item = posting(platform, PostKind.LIKE, parent=liked.id, text="")
    reader = connector(platform)
    assert reader.find(item) is None
    sent = reader.send(item)
    assert sent.remote_id == f"like:{name_of(platform, liked.id)}:1"
    assert 1 in liked.likes
    assert reader.send(item) == sent == reader.find(item)
    assert PostKind.LIKE in reader.repeats_safely


def test_a_like_is_not_given_where_nobody_says_whose_it_is():
    platform = a_forum()
    liked = next(said for said in platform.world.shown(11) if 1 not in said.likes)
    platform.before = lambda asked: (
        Told(403, b"{}", "application/json") if asked.path.endswith("session/current.json") else None
    )
    with pytest.raises(ForbiddenError):
        connector(platform).send(posting(platform, PostKind.LIKE, parent=liked.id, text=""))
    assert 1 not in liked.likes, "whoever is told that it did not go would believe it"


def test_a_like_that_is_not_allowed_is_refused_and_one_on_nothing_not_found():
    platform = a_forum()
    liked = next(said for said in platform.world.shown(11) if 1 not in said.likes)
    item = posting(platform, PostKind.LIKE, parent=liked.id, text="")
    platform.before = lambda request: (
        told({"error_type": "invalid_access"}, status=403) if request.method == "POST" else None
    )
    with pytest.raises(RefusedError):
        connector(platform).send(item)
    platform.world.remove(liked.id)
    with pytest.raises(NotFoundError):
        connector(platform).send(item)


def test_a_person_can_go_there_and_write_by_hand():
    platform = a_forum(folder="/forum")
    reader = connector(platform)
    answered = an_answer(platform)
    place = name_of(platform, answered.id).replace(".", "/")
    assert reader.link(posting(platform, PostKind.REPLY, parent=answered.id)) == (
        f"https://forum.example.org/forum/t/{place}"
    )
    assert reader.link(posting(platform, PostKind.TOPIC)) == "https://forum.example.org/forum/c/11"
    assert reader.link(Posting("3f0e", PostKind.TOPIC, GROUP, WORDS)) is None
