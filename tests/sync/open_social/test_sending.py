"""Topics and comments sent to a site that knows our keys: there once, whatever breaks on the way."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.platforms.open_social import OpenSocial
from tests.platforms.server import Told
from tests.sync.connectors.open_social_site import (
    COMMUNITY,
    GROUP,
    a_site,
    community,
    connector,
    paths,
    remote_id,
    visible,
)
from workbench.errors import (
    BadInputError,
    ConflictError,
    PlatformBusyError,
    RefusedError,
    SignInError,
    UnsettledError,
    WorkbenchError,
)
from workbench.models.kinds import PostKind
from workbench.sync.open_social.sending import markup
from workbench.sync.posting import Posting, Sent

TEXT = "Boil it first.\nThen filter.\n\nIs that <all> & enough?"


def a_topic(*, group: int = 12, **fields) -> Posting:
    return Posting(str(uuid4()), PostKind.TOPIC, community(group), TEXT, subject="Clean water", **fields)


def an_answer(platform: OpenSocial, *, to_comment: bool = False) -> Posting:
    root = next(said for said in visible(platform) if said.parent is None and len(platform.world.thread(said.id)) > 1)
    parent = platform.world.thread(root.id)[1] if to_comment else root
    return Posting(str(uuid4()), PostKind.REPLY, COMMUNITY, TEXT, root=remote_id(root), parent=remote_id(parent))


def mine(platform: OpenSocial, posting: Posting) -> list:
    return [said for said in platform.standing() if said.key == posting.key]


def writes(platform: OpenSocial) -> list[str]:
    return [asked.path for asked in platform.asked if asked.method != "GET"]


@pytest.mark.parametrize("to_comment", [False, True])
def test_an_answer_arrives_where_it_belongs(to_comment):
    platform = a_site()
    posting = an_answer(platform, to_comment=to_comment)
    sent = connector(platform).send(posting)
    (said,) = mine(platform, posting)
    assert sent == Sent(remote_id(said), f"https://social.example.org/comment/{said.id}")
    assert (said.text, remote_id(platform.world.said[said.parent])) == (TEXT, posting.parent)


def test_a_topic_arrives_in_its_group():
    platform = a_site(groups=2)
    posting = a_topic()
    sent = connector(platform).send(posting)
    (said,) = mine(platform, posting)
    assert sent == Sent(remote_id(said), f"https://social.example.org/node/{said.id}")
    assert (said.group, said.subject, said.id in platform.loose) == (12, "Clean water", False)
    assert writes(platform) == ["/jsonapi/node/topic", "/jsonapi/group_content/flexible_group-group_node-topic"]


def test_what_was_sent_is_read_back_under_the_same_id():
    platform = a_site()
    sent = connector(platform).send(an_answer(platform))
    reader = connector(platform)
    found = {
        getattr(record, "remote_id", None)
        for stream in reader.streams
        for batch in reader.pull(COMMUNITY, stream, since=None)
        for record in batch.records
    }
    assert sent.remote_id in found


@pytest.mark.parametrize("cut", [1, 2, True])
@pytest.mark.parametrize("switches", [{}, {"auto_group": True}, {"relationship": True}])
def test_a_topic_whose_answer_was_lost_is_there_once_after_sending_it_again(cut, switches):
    platform = a_site(groups=2, cut_post=cut, **switches)
    posting = a_topic(group=11 if switches.get("auto_group") else 12)
    for _ in range(4):
        try:
            sent = connector(platform).send(posting)
            break
        except UnsettledError:
            continue
    (said,) = mine(platform, posting)
    assert sent.remote_id == remote_id(said)
    assert (said.group, platform.loose) == (12 if posting.community == community(12) else 11, set())


def test_an_answer_whose_answer_was_lost_is_known_by_its_key():
    platform = a_site(cut_post=True)
    posting = an_answer(platform)
    with pytest.raises(UnsettledError):
        connector(platform).send(posting)
    sent = connector(platform).send(posting)
    (said,) = mine(platform, posting)
    assert sent.remote_id == remote_id(said)
    assert connector(platform).find(posting) == sent


def test_a_topic_that_stands_outside_of_its_group_is_not_found_until_it_is_inside():
    platform = a_site(groups=2, cut_post=1)
    posting = a_topic()
    with pytest.raises(UnsettledError):
        connector(platform).send(posting)
    assert connector(platform).find(posting) is None
    platform.switches["cut_post"] = None
    connector(platform).send(posting)
    found = connector(platform).find(posting)
    assert found is not None
    assert found.remote_id == remote_id(mine(platform, posting)[0])


@pytest.mark.parametrize(
    ("status", "headers"),
    [(503, {"Retry-After": "7"}), (401, {}), (500, {}), (302, {"Location": "https://x.example.net/"})],
)
def test_whatever_stops_the_second_request_leaves_the_whole_unsettled(status, headers):
    platform = a_site(groups=2)
    posting = a_topic()
    platform.before = lambda asked: (
        Told(status, b"{}", "application/json", headers)
        if asked.method == "POST" and "group_content" in asked.path
        else None
    )
    with pytest.raises(UnsettledError):
        connector(platform).send(posting)
    platform.before = None
    connector(platform).send(posting)
    assert [said.group for said in mine(platform, posting)] == [12]


def test_a_group_that_takes_no_topics_refuses_and_nothing_is_left_behind():
    platform = a_site(groups=2, no_group_rights=True)
    posting = a_topic()
    with pytest.raises(RefusedError, match="put topics into this group") as caught:
        connector(platform).send(posting)
    assert "create group_node:topic" in str(caught.value.details["said"])
    assert mine(platform, posting) == []


def test_a_topic_whose_taking_back_had_no_answer_is_refused_and_not_made_a_second_time():
    platform = a_site(groups=2, no_group_rights=True)
    posting = a_topic()
    platform.after = lambda asked, reply: Told(500, b"{}", "application/json") if asked.method == "DELETE" else reply
    with pytest.raises(RefusedError, match="put topics into this group"):
        connector(platform).send(posting)
    assert [said.removed_at is not None for said in platform.world.said.values() if said.key == posting.key] == [True]


@pytest.mark.parametrize("status", [401, 404, 429, 500])
@pytest.mark.parametrize("is_new", [True, False])
def test_a_look_that_fails_after_it_was_made_never_says_that_it_did_not_arrive(is_new, status):
    platform = a_site(groups=2, no_group_rights=True)
    posting = a_topic()
    if not is_new:  # an earlier try made it: its key is taken
        platform.world.say(11, platform.world.me, TEXT, subject="Clean water", key=posting.key)
    platform.before = lambda asked: (
        Told(status, b"{}", "application/json")
        if asked.method == "GET" and ("/node/topic/" in asked.path or "group_content" in asked.path)
        else None
    )
    with pytest.raises(UnsettledError):
        connector(platform).send(posting)
    assert len(mine(platform, posting)) == 1


def test_a_topic_that_cannot_be_taken_back_is_told():
    platform = a_site(groups=2, no_group_rights=True)
    platform.before = lambda asked: Told(403, b"{}", "application/json") if asked.method == "DELETE" else None
    with pytest.raises(RefusedError, match="nor take it back"):
        connector(platform).send(a_topic())


def test_what_waits_for_a_moderator_is_held_and_not_sent_again():
    platform = a_site(approval=True)
    posting = an_answer(platform)
    sent = connector(platform).send(posting)
    (said,) = mine(platform, posting)
    assert (sent.remote_id, sent.is_held) == (remote_id(said), True)
    again = connector(platform).send(posting)
    assert (again.remote_id, again.is_held) == (None, True)
    assert len(mine(platform, posting)) == 1
    found = connector(platform).find(posting)
    assert found is not None
    assert found.is_held


def test_a_site_that_only_lets_programs_read_says_so():
    platform = a_site(read_only=True)
    for posting in (a_topic(group=GROUP), an_answer(platform)):
        with pytest.raises(RefusedError, match="only lets programs read") as caught:
            connector(platform).send(posting)
        assert "only read operations" in str(caught.value.details["said"])


def test_nothing_is_sent_while_the_site_takes_us_for_nobody():
    platform = a_site(wrong_password=True)
    with pytest.raises(SignInError):
        connector(platform).send(an_answer(platform))
    assert writes(platform) == []


def test_a_key_that_belongs_to_somebody_else_is_not_taken_for_ours():
    platform = a_site()
    posting = an_answer(platform)
    platform.world.say(GROUP, 2, "Not ours", parent=1001, key=posting.key)
    with pytest.raises(ConflictError):
        connector(platform).send(posting)
    assert connector(platform).find(posting) is None


def test_a_text_format_the_site_does_not_offer_is_refused_in_its_words():
    platform = a_site()
    with pytest.raises(RefusedError) as caught:
        connector(platform, format="full_html").send(an_answer(platform))
    assert "not a valid choice" in str(caught.value.details["said"])


def test_a_kind_of_topic_is_chosen_by_its_name():
    platform = a_site()
    connector(platform, topic_type="discussion").send(a_topic(group=GROUP))
    sent = next(asked for asked in platform.asked if asked.method == "POST")
    content = sent.json["data"]
    assert content["attributes"]["field_content_visibility"] == "group"
    assert content["relationships"]["field_topic_type"]["data"]["type"] == "taxonomy_term--topic_types"
    with pytest.raises(BadInputError):
        connector(platform, topic_type="Riddle").send(a_topic(group=GROUP))


@pytest.mark.parametrize(
    "posting",
    [
        Posting("k", PostKind.LIKE, COMMUNITY, ""),
        Posting("k", PostKind.REPLY, COMMUNITY, "Words"),
        Posting("k", PostKind.TOPIC, "elsewhere", "Words"),
    ],
)
def test_what_cannot_be_sent_is_bad_input_and_asks_nothing_to_be_written(posting):
    platform = a_site()
    with pytest.raises(BadInputError):
        connector(platform).send(posting)
    assert writes(platform) == []


def test_a_busy_site_has_not_taken_it():
    platform = a_site(maintenance=True)
    with pytest.raises(PlatformBusyError):
        connector(platform).send(an_answer(a_site()))
    assert writes(platform) == []


def test_links_lead_to_the_topic_or_to_its_group():
    platform = a_site()
    posting = an_answer(platform)
    number = (posting.root or "").split(":")[1]
    assert connector(platform).link(posting) == f"https://social.example.org/node/{number}"
    assert connector(platform).link(a_topic(group=GROUP)) == "https://social.example.org/group/11/topics"
    assert connector(platform).link(Posting("k", PostKind.TOPIC, "", "")) is None
    assert paths(platform) == []


def test_what_is_looked_for_and_was_never_sent_is_not_there():
    platform = a_site()
    platform.world.pass_time(seconds=timedelta(minutes=1).total_seconds())
    assert connector(platform).find(an_answer(platform)) is None
    assert connector(platform).find(a_topic(group=GROUP)) is None


def test_text_becomes_paragraphs_that_mean_nothing_else():
    assert markup(TEXT) == "<p>Boil it first.<br />\nThen filter.</p>\n<p>Is that &lt;all&gt; &amp; enough?</p>\n"
    assert markup("\n\n") == ""


def test_an_answer_that_cannot_be_read_leaves_it_unsettled():
    platform = a_site()
    platform.after = lambda asked, reply: (
        Told(201, b"[]", "application/vnd.api+json") if asked.method == "POST" else reply
    )
    posting = an_answer(platform)
    with pytest.raises(WorkbenchError) as caught:
        connector(platform).send(posting)
    assert isinstance(caught.value, UnsettledError)
    platform.after = None
    assert connector(platform).find(posting) is not None
