"""A story begins: a leader finds the question strangers answered in four hours and ten minutes, and sees the way it went."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from tests.journeys.coordinator import CONTROL, Coordinator
from tests.queries.network import a_member, a_message, a_person
from workbench.clock import SystemClock
from workbench.models.kinds import AccountKind, EventKind
from workbench.models.moments import DayRange
from workbench.queries.answer_path import Role
from workbench.sync.connector import Batch
from workbench.sync.records import ActRecord, CommunityRecord, Record
from workbench.ui.pages.conversations import ConversationsPage
from workbench.ui.pages.questions import QuestionsPage
from workbench.workspace import Workspace

OFFICES = {"amina": "Nairobi", "dana": "Amman", "bruno": "Dakar", "chidi": "Hanoi"}
DAYS = 60
QUESTION = "How do you keep a cold chain going without power?"


@pytest.fixture
def health(workspace: Workspace) -> None:
    """Amina asks at nine in the evening; Dana, whom she knows, names Bruno; he names Chidi. She knows neither."""
    asked = SystemClock().now() - timedelta(days=5)

    def said(name: str, by: str, text: str, *, minutes: float, to: str | None = None) -> Record:
        return a_message(name, by=by, at=asked + timedelta(minutes=minutes), text=text, subject=text[:40], to=to)

    def named(whom: str, by: str, inside: str, *, minutes: float) -> Record:
        at = asked + timedelta(minutes=minutes)
        return ActRecord(
            f"{inside}-names", "", EventKind.MENTION, a_person(by), at, target=inside, target_person=a_person(whom)
        )

    month = -30 * 24 * 60
    records = (
        *(a_member(name, office=office) for name, office in OFFICES.items()),
        said("before", "amina", "Who has the forms?", minutes=month),
        said("before-1", "dana", "They are in the library.", minutes=month + 60, to="before"),
        said("q", "amina", QUESTION, minutes=0),
        said("r1", "dana", "Bruno may know.", minutes=30, to="q"),
        named("bruno", "dana", "r1", minutes=30),
        said("r2", "bruno", "Chidi did this last year.", minutes=120, to="r1"),
        named("chidi", "bruno", "r2", minutes=120),
        said("a", "chidi", "With ice packs and a solar fridge, like this.", minutes=250, to="r2"),
    )
    account = workspace.accounts.add(AccountKind.TABLE, "Tables")
    community = workspace.mirror.ensure_community(account, CommunityRecord("health", "Health supply"))
    today = SystemClock().now().date()
    covered = (DayRange(today - timedelta(days=DAYS), today),)
    workspace.mirror.apply(community, "events", Batch(records=records, covered=covered))


def test_the_answer_of_strangers_is_found_and_its_way_is_drawn(health: None, coordinator: Coordinator):
    coordinator.go_to("conversations")
    coordinator.press(Qt.Key.Key_F, CONTROL)
    coordinator.write("cold chain")
    coordinator.settle()
    coordinator.tab_to("Messages found")
    for key in (Qt.Key.Key_Home, Qt.Key.Key_W):
        coordinator.press(key)

    page = coordinator.page
    assert isinstance(page, ConversationsPage)
    line = page._opened.way.line
    assert line.isVisible()
    told = line.accessibleName().replace("\N{NO-BREAK SPACE}", " ")
    assert "Chidi Example, not met here before, answered after 4 h 10." in told
    path = line.path
    assert path is not None
    assert [(step.role, step.office, step.is_stranger) for step in path.steps] == [
        (Role.ASKER, "Nairobi", False),
        (Role.REFERRER, "Amman", False),
        (Role.REFERRER, "Dakar", True),
        (Role.ANSWERER, "Hanoi", True),
    ]
    assert path.strangers == 2
    drawn = line.grab().toImage()
    accent = coordinator.context.theme.colour("accent").rgb()
    columns = [x for x in range(drawn.width()) if any(drawn.pixel(x, y) == accent for y in range(drawn.height()))]
    assert len(columns) > drawn.width() // 2, "one line from the question to the answer"

    coordinator.click("On the question board")
    assert coordinator.window.here() == "questions"
    board = coordinator.page
    assert isinstance(board, QuestionsPage)
    assert board.side.line.path == path
    assert coordinator.strays.seen == []
