"""A new thread as an operation: where it can go, kept, queued, or posted by hand."""

from pathlib import Path

import pytest

from tests.builders import a_workspace
from workbench.errors import BadInputError
from workbench.ids import CommunityId
from workbench.models.kinds import AccountKind, OutboxState
from workbench.operations.outbox import outbox_rows
from workbench.operations.topics import keep_topic, queue_topic, topic_places, topic_posted
from workbench.sync.records import CommunityRecord
from workbench.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path):
    with a_workspace(tmp_path) as workspace:
        yield workspace


@pytest.fixture
def places(workspace: Workspace) -> dict[str, CommunityId]:
    forum = workspace.accounts.add(AccountKind.DISCOURSE, "Forum")
    mail = workspace.accounts.add(AccountKind.HYPERKITTY, "List")
    told = ((mail, "fishers@example.org", "Fishers"), (forum, "category-1", "Water"), (forum, "category-2", "Wells"),
            (forum, "group-staff", "Staff"), (forum, "everybody", "Everybody"))  # fmt: skip
    return {
        name: workspace.mirror.ensure_community(account, CommunityRecord(remote_id, name))
        for account, remote_id, name in told
    }


def stands(workspace: Workspace) -> list[tuple[str, str, str, OutboxState]]:
    return [(row.community, row.subject, row.text, row.state) for row in outbox_rows(workspace)]


def test_where_a_thread_can_be_sent_comes_before_where_it_goes_by_hand(workspace: Workspace, places):
    offered = topic_places(workspace.database)
    assert [(place.community, place.can_send) for place in offered] == [
        ("Water", True), ("Wells", True), ("Fishers", False),
    ]  # fmt: skip


def test_a_draft_is_kept_moved_and_dropped_and_never_two(workspace: Workspace, places):
    water, wells = places["Water"], places["Wells"]
    assert keep_topic(workspace, community_id=water, subject=" ", text="") is None
    item = keep_topic(workspace, community_id=water, subject="Pumps", text="")
    assert keep_topic(workspace, community_id=water, subject="Pumps", text="Which?", item_id=item) == item
    assert stands(workspace) == [("Water", "Pumps", "Which?", OutboxState.DRAFT)]
    moved = keep_topic(workspace, community_id=wells, subject="Pumps", text="Which?", item_id=item)
    assert stands(workspace) == [("Wells", "Pumps", "Which?", OutboxState.DRAFT)]
    assert keep_topic(workspace, community_id=wells, subject="", text="", item_id=moved) is None
    assert stands(workspace) == []


def test_a_thread_is_queued_once_with_what_is_written_last(workspace: Workspace, places):
    item = keep_topic(workspace, community_id=places["Water"], subject="Pumps", text="Which")
    queue_topic(workspace, community_id=places["Water"], subject="Pumps", text="Which one?", item_id=item)
    assert stands(workspace) == [("Water", "Pumps", "Which one?", OutboxState.QUEUED)]


@pytest.mark.parametrize(
    ("community", "subject", "text"),
    [("Water", "", "x"), ("Water", "x", " "), ("Water", "", ""), ("Fishers", "x", "x")],
)
def test_what_cannot_be_sent_is_refused_and_the_draft_stays(workspace: Workspace, places, community, subject, text):
    item = keep_topic(workspace, community_id=places["Water"], subject="Old", text="Old")
    with pytest.raises(BadInputError):
        queue_topic(workspace, community_id=places[community], subject=subject, text=text, item_id=item)
    assert stands(workspace) == [("Water", "Old", "Old", OutboxState.DRAFT)]


def test_what_was_posted_by_hand_is_kept_as_sent(workspace: Workspace, places):
    topic_posted(workspace, community_id=places["Fishers"], subject="Nets", text="New nets", item_id=None)
    assert stands(workspace) == [("Fishers", "Nets", "New nets", OutboxState.SENT)]
    with pytest.raises(BadInputError):
        topic_posted(workspace, community_id=places["Fishers"], subject="", text="", item_id=None)
