"""A Monday without internet: answers written, taken back and queued, cards moved; at four o'clock the line is there."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from tests.journeys.coordinator import CONTROL, Coordinator
from tests.journeys.forum import ACCOUNT, Forum, follow
from tests.platforms.server import Asked, Told
from tests.platforms.world import World, a_world
from tests.ui.plan_samples import a_plan, stored
from workbench.clock import SystemClock
from workbench.ids import EventId, PlanId
from workbench.models.kinds import CardColumn, OutboxState
from workbench.operations import outbox
from workbench.operations.sync import sync_accounts
from workbench.operations.today_items import Task
from workbench.queries.questions import QuestionState, count_questions
from workbench.ui.pages.conversations import ConversationsPage
from workbench.ui.pages.today import TodayPage
from workbench.workspace import Workspace

GROUPS = ("Data and maps", "School meals", "Water points")
FIRST = "Boil it for a minute, or use the blue filter."
SECOND = "Ask the district office; they keep a list."


@pytest.fixture
def forum(workspace: Workspace) -> Forum:
    """A forum all of which is in the profile, and that nobody reaches any more."""
    found = Forum(a_world(people=12, groups=3, messages=120, days=60, end=SystemClock().now()))
    with found:
        follow(workspace, found, *GROUPS, is_member=True)
        sync_accounts(workspace, name=ACCOUNT)
    found.heard.clear()
    return found


@pytest.fixture
def plan_id(workspace: Workspace) -> PlanId:
    return a_plan(workspace)


def unanswered(world: World) -> set[int]:
    """Questions nobody but who asked has written to."""
    roots = [said for said in world.shown() if said.id == said.root and "?" in said.subject + said.text]
    return {said.id for said in roots if len(world.thread(said.id)) == 1}


def the_conversation(coordinator: Coordinator) -> EventId:
    """The one that is open."""
    page = coordinator.page
    assert isinstance(page, ConversationsPage)
    thread = page._reader.shown
    assert thread is not None
    return thread.id


def answer_two(coordinator: Coordinator) -> dict[str, EventId]:
    """Writes two answers by keyboard: one is put away and edited, one is queued, recalled and queued again."""
    assert "2 pending" not in coordinator.words()
    first = the_conversation(coordinator)
    coordinator.press(Qt.Key.Key_R, CONTROL)
    coordinator.write("Boil it.")
    coordinator.press(Qt.Key.Key_Escape)
    assert [row.state for row in coordinator.outbox()] == [OutboxState.DRAFT]
    coordinator.press(Qt.Key.Key_R, CONTROL)
    coordinator.press(Qt.Key.Key_Backspace)
    coordinator.write(FIRST.removeprefix("Boil it"))
    coordinator.press(Qt.Key.Key_Return, CONTROL)
    coordinator.press(Qt.Key.Key_J)
    second = the_conversation(coordinator)
    coordinator.press(Qt.Key.Key_R, CONTROL)
    coordinator.write("Ask the district office")
    coordinator.press(Qt.Key.Key_Return, CONTROL)
    coordinator.click("Recall")
    coordinator.write(SECOND.removeprefix("Ask the district office"))
    coordinator.press(Qt.Key.Key_Return, CONTROL)
    assert [(row.state, row.text) for row in coordinator.outbox()] == [
        (OutboxState.QUEUED, FIRST),
        (OutboxState.QUEUED, SECOND),
    ]
    assert "2 pending" in coordinator.words()
    return {FIRST: first, SECOND: second}


def move_three_cards(coordinator: Coordinator) -> None:
    """Two are begun, one is done; by keys."""
    coordinator.press(Qt.Key.Key_Right, CONTROL)
    coordinator.press(Qt.Key.Key_Left)
    coordinator.press(Qt.Key.Key_Right, CONTROL)
    coordinator.press(Qt.Key.Key_End)
    coordinator.press(Qt.Key.Key_Right, CONTROL)


class Once:
    """Loses the first answer to something that was posted."""

    def __init__(self) -> None:
        self.is_over = False

    def __call__(self, asked: Asked, _reply: Told) -> bool:
        is_now = asked.method == "POST" and not self.is_over
        self.is_over = self.is_over or is_now
        return is_now


def test_what_was_written_without_a_line_goes_out_once(
    forum: Forum, plan_id: PlanId, coordinator: Coordinator, workspace: Workspace
):
    coordinator.go_to("conversations")
    coordinator.tab_to("All")
    coordinator.press(Qt.Key.Key_Right)
    waiting = len(unanswered(forum.world))
    assert waiting >= 2
    assert coordinator.button("Unanswered").isChecked()
    assert f"Conversations {waiting}" in coordinator.words()
    threads = answer_two(coordinator)

    coordinator.go_to("plans")
    move_three_cards(coordinator)
    assert stored(workspace, plan_id) == {
        CardColumn.TODO: [],
        CardColumn.DOING: ["Invite two partners", "Ask five schools for photos"],
        CardColumn.DONE: ["Hold the first call"],
    }

    # Four o'clock.
    forum.come_back()
    forum.lose = Once()
    coordinator.go_to("sync")
    with coordinator.a_sync():
        coordinator.press(Qt.Key.Key_F5)
    assert [row.state for row in coordinator.outbox()] == [OutboxState.UNKNOWN, OutboxState.SENT]
    assert "1 not sure" in coordinator.words()
    # Nobody waits two minutes in a test: the look is asked for, as the command line does it.
    outbox.retry(workspace, item_id=coordinator.outbox()[0].id)
    with coordinator.a_sync():
        coordinator.press(Qt.Key.Key_F5)
    forum.stop()

    assert [row.state for row in coordinator.outbox()] == [OutboxState.SENT] * 2
    assert not any(word in coordinator.words() for word in ("pending", "not sure", "refused"))
    mine = [said for said in forum.world.said.values() if said.text in threads]
    assert sorted(said.text for said in mine) == sorted(threads)
    for text, thread_id in threads.items():
        assert coordinator.thread_texts(thread_id).count(text) == 1
    coordinator.go_to("conversations")
    assert f"Conversations {waiting - 2}" in coordinator.words()
    assert not any(text in coordinator.words() for text in threads), "nothing waits under a conversation"
    assert coordinator.strays.seen == []


QUIET = timedelta(days=3)
"""So long the six questions have waited; more than the two days after which somebody has to see to them."""
OFFICE_PEOPLE = 5
WELCOME = "Hello, good that you are here. What are you working on?"


def six_questions_and_four_newcomers() -> World:
    """People who have been there for months: five of them asked something last week; one twice. Four came since."""
    now = SystemClock().now()
    world = World(now=now - timedelta(days=80))
    group = world.group("Water points", "A group made up for tests")
    old = [world.person().id for _ in range(OFFICE_PEOPLE)]
    for person in old:
        world.join(group.id, person)
        world.say(group.id, person, "I work on wells.", subject=f"Hello from {person}", at=world.now)
        world.now += timedelta(hours=1)
    for number in range(6):
        asked = now - QUIET - timedelta(hours=number)
        # The first of them is who sits at the window, whose own questions are not for them to answer.
        asker = old[1 + number % (OFFICE_PEOPLE - 1)]
        world.say(group.id, asker, f"Which pump fits well {number}?", subject=f"Pump {number}", at=asked)
    for number in range(4):
        someone = world.person(f"Newcomer Example {number}")
        world.join(group.id, someone.id)
        world.say(group.id, someone.id, "I have just begun here.", subject=f"New here {number}", at=now - QUIET)
    world.now = now
    return world


@pytest.fixture
def monday(workspace: Workspace) -> Forum:
    """The forum of that Monday, all of it in the profile, the line gone; and a plan that began today."""
    found = Forum(six_questions_and_four_newcomers())
    with found:
        follow(workspace, found, "Water points", is_member=True)
        sync_accounts(workspace, name=ACCOUNT)
    a_plan(workspace, starts_on=SystemClock().now().date())
    return found


def today(coordinator: Coordinator) -> dict[Task, int]:
    """How many of each kind are for today, those without a place included, and newcomers by head."""
    coordinator.go_to("today")
    page = coordinator.page
    assert isinstance(page, TodayPage)
    assert page._view is not None
    found = page._view.today
    counts = dict(found.more)
    for item in found.items:
        counts[item.task] = counts.get(item.task, 0) + max(1, len(item.people))
    return counts


def write(coordinator: Coordinator, text: str) -> None:
    """Writes into the box that opens, instead of what stands in it, and queues it."""
    coordinator.wait_for_box()
    coordinator.press(Qt.Key.Key_A, CONTROL)
    coordinator.write(text)
    coordinator.press(Qt.Key.Key_Return, CONTROL)


def test_a_monday_begins_at_today(monday: Forum, coordinator: Coordinator, workspace: Workspace):
    assert today(coordinator) == {Task.ANSWER: 6, Task.GREET: 4}
    for text in (FIRST, SECOND):
        today(coordinator)
        coordinator.press(Qt.Key.Key_Return)  # the keyboard is on the oldest question
        write(coordinator, text)
    assert today(coordinator)[Task.ANSWER] == 4

    coordinator.choose("Give it to somebody…", of="Done, later or not needed")
    assert coordinator.window.here() == "questions"
    coordinator.tab_to("Who is to see to it")
    coordinator.write("Dalia Example 4")
    coordinator.click("Route")
    with workspace.database.read() as reader:
        assert count_questions(reader, (), as_of=SystemClock().now())[QuestionState.ROUTED] == 1
    assert today(coordinator) == {Task.ANSWER: 3, Task.GREET: 4}

    coordinator.click("Greet: Greet 4 people who are new")
    coordinator.press(Qt.Key.Key_Return)  # the first of them
    write(coordinator, WELCOME)
    today(coordinator)
    coordinator.click("All 4 greeted")
    assert today(coordinator) == {Task.ANSWER: 3}

    coordinator.go_to("plans")
    move_three_cards(coordinator)
    assert "3 pending" in coordinator.words()

    # Four o'clock.
    monday.come_back()
    coordinator.go_to("sync")
    with coordinator.a_sync():
        coordinator.press(Qt.Key.Key_F5)
    monday.stop()
    assert [row.state for row in coordinator.outbox()] == [OutboxState.SENT] * 3
    assert "pending" not in coordinator.words()
    written = [said.text for said in monday.world.said.values() if said.text in {FIRST, SECOND, WELCOME}]
    assert sorted(written) == sorted((FIRST, SECOND, WELCOME))
    assert today(coordinator) == {Task.ANSWER: 3}
    assert coordinator.strays.seen == []
