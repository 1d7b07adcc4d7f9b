"""A list of welcomes over a bad line: each goes out once, whatever becomes of the others."""

from dataclasses import dataclass
from typing import Final

import pytest
from PySide6.QtCore import Qt

from tests.journeys.coordinator import CONTROL, Coordinator
from tests.journeys.forum import ACCOUNT, Forum, LineIsGoneError, follow
from tests.platforms.server import Asked, Told, told
from tests.platforms.world import a_world
from workbench.clock import SystemClock
from workbench.models.kinds import OutboxState
from workbench.operations import outbox
from workbench.operations.sync import sync_accounts
from workbench.queries.messages import list_messages
from workbench.sync.accounts import AccountLimits
from workbench.workspace import Workspace

GROUPS: Final = ("School meals", "Water points")
PLACES: Final = ("Nairobi", "La Paz", "Dhaka", "Suva", "Geneva")
TOO_SHORT: Final = "Hi"
HELD: Final = "Welcome; please read our rules before you post."
TOPICS: Final = tuple(f"Welcome to the office in {place}: tell us what you work on." for place in PLACES)
REPLIES: Final = tuple(f"Good to have you with us, number {number}." for number in range(1, 7))
ALL: Final = (*TOPICS, *REPLIES, HELD)
SUBJECTS: Final = {text: f"Welcome, part {number}" for number, text in enumerate((*TOPICS, HELD, TOO_SHORT), 1)}
NEVER_ARRIVED, LOST_ANSWER, NOT_YET = TOPICS[1], REPLIES[1], REPLIES[5]


@dataclass(eq=False, slots=True)
class BadLine:
    """Strikes every fifth post, beginning with the third, and every fifth other question.

    In turn a post never arrives, its answer is lost, or the forum is busy.
    """

    forum: Forum
    posts: int = 0
    reads: int = 0
    loses: bool = False

    def comes(self, asked: Asked) -> Told | None:
        """What befalls a question."""
        if asked.method != "POST":
            self.reads += 1
            if self.reads % 5 == 0:
                raise LineIsGoneError
            return None
        self.posts += 1
        self.forum.switches["enqueued"] = HELD.encode() in asked.body
        turn, place = divmod(self.posts - 3, 5)
        if place:
            return None
        if turn % 3 == 0:
            raise LineIsGoneError
        self.loses = turn % 3 == 1
        return None if self.loses else told({"errors": ["Too often"]}, status=429, Retry_After="17")

    def goes(self, _asked: Asked, _reply: Told) -> bool:
        """Whether the answer is lost."""
        loses, self.loses = self.loses, False
        return loses


@pytest.fixture
def forum(workspace: Workspace) -> Forum:
    """A forum all of whose texts are in the profile, at the end of a line that is away just now."""
    found = Forum(a_world(people=12, groups=2, messages=40, days=30, end=SystemClock().now()))
    with found:
        account_id = follow(workspace, found, *GROUPS, is_member=True)
        workspace.accounts.set_limits(account_id, AccountLimits(None, is_text_only=True))
        sync_accounts(workspace, name=ACCOUNT)
    return found


def queue_by_list(workspace: Workspace) -> None:
    """As the command line does it: topics, two of which will not go through, and answers."""

    def topic(text: str) -> None:
        outbox.add_topic(workspace, community=GROUPS[len(text) % 2], subject=SUBJECTS[text], text=text)

    for text in (TOPICS[0], TOO_SHORT, TOPICS[1], HELD, TOPICS[2], TOPICS[3]):
        topic(text)
    with workspace.database.read() as reader:
        messages = list_messages(reader, (), limit=len(REPLIES) - 1)
    for text, message in zip(REPLIES[:-1], messages, strict=True):
        outbox.queue_reply(workspace, message_id=message.id, text=text)
    topic(TOPICS[4])


def answer_by_hand(coordinator: Coordinator) -> None:
    """One more answer, in the window."""
    coordinator.go_to("conversations")
    coordinator.press(Qt.Key.Key_R, CONTROL)
    coordinator.write(REPLIES[-1])
    coordinator.press(Qt.Key.Key_Return, CONTROL)
    assert f"{len(ALL) + 1} pending" in coordinator.words()


def sync(coordinator: Coordinator) -> dict[str, OutboxState]:
    """Syncs by hand; what is not sent then, by its text.

    Nobody waits minutes in a test: what has to wait for its time is asked for at once, as the command line does it.
    """
    for row in coordinator.outbox():
        if row.state in {OutboxState.QUEUED, OutboxState.UNKNOWN} and not row.needs_decision:
            outbox.retry(coordinator.context.workspace, item_id=row.id)
    with coordinator.a_sync():
        coordinator.press(Qt.Key.Key_F5)
    return {row.text: row.state for row in coordinator.outbox() if row.state is not OutboxState.SENT}


def test_each_welcome_is_sent_once_whatever_becomes_of_the_others(
    forum: Forum, coordinator: Coordinator, workspace: Workspace
):
    queue_by_list(workspace)
    answer_by_hand(coordinator)
    line = BadLine(forum)
    forum.fault, forum.lose = line.comes, line.goes
    forum.come_back()
    refused, unknown = {TOO_SHORT: OutboxState.REFUSED}, {NEVER_ARRIVED: OutboxState.UNKNOWN}

    left = sync(coordinator)
    assert left == {**refused, **unknown, LOST_ANSWER: OutboxState.UNKNOWN, NOT_YET: OutboxState.QUEUED}
    assert "1 pending · 2 not sure · 1 refused" in coordinator.words()
    # While the forum has something of ours before a moderator it cannot say of another that it never came.
    assert sync(coordinator) == {**refused, **unknown}
    coordinator.go_to("sync")
    coordinator.press(Qt.Key.Key_Right)
    assert "The platform did not accept it: “Body is too short”." in coordinator.words()
    assert "Sent; it waits there for a moderator." in coordinator.words()
    forum.release()
    for _ in range(2):
        assert sync(coordinator) == {**refused, **unknown}
    assert "Sent; it waits there for a moderator." not in coordinator.words()
    assert "Sent; it is in the thread." in coordinator.words()
    # It was looked for twice and is not there: now a person says that it may go out again.
    coordinator.click(f"Send again: Not sure, New topic: {SUBJECTS[NEVER_ARRIVED]}")
    assert sync(coordinator) == refused
    forum.stop()

    said = [said.text for said in forum.world.said.values() if said.text in ALL]
    assert sorted(said) == sorted(ALL)
    assert sorted(text for text in coordinator.texts() if text in ALL) == sorted(ALL)
    assert coordinator.strays.seen == []
