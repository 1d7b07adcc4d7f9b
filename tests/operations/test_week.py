"""The days of a week against the hours there are."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import NOW, a_workspace
from workbench.models.kinds import CardColumn
from workbench.operations.week import HOURS, Week, week_of
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.workspace import Workspace

DAY = timedelta(days=1)
SATURDAY = NOW.date()
MONDAY = SATURDAY - 5 * DAY


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    found = a_workspace(tmp_path)
    yield found
    found.close()


def a_plan(workspace: Workspace, *cards: CardDraft, starts: int = -10) -> None:
    workspace.plans.create(
        name="Plan", purpose="p", owner="Amina", starts_on=SATURDAY + starts * DAY,
        objectives=(ObjectiveDraft("o", "reply_rate"),), cards=cards,
    )  # fmt: skip


def week(workspace: Workspace) -> Week:
    with workspace.database.read() as reader:
        return week_of(reader, day=SATURDAY)


def test_a_week_begins_on_monday_and_sums_hours_planned_and_done(workspace: Workspace):
    a_plan(
        workspace,
        CardDraft("Call", due_on=MONDAY, hours=1.5),
        CardDraft("Post", due_on=MONDAY + DAY, hours=2.0, column=CardColumn.DONE),
        CardDraft("No hours", due_on=SATURDAY),
        CardDraft("Next week", due_on=MONDAY + 7 * DAY, hours=8.0),
    )
    found = week(workspace)
    assert [one.day for one in found.days] == [MONDAY + number * DAY for number in range(7)]
    titles = [[card.title for card in one.cards] for one in found.days]
    assert titles == [["Call"], [], [], [], [], ["No hours", "Post"], []]  # what is done stands on the day it was done
    assert (found.hours_planned, found.hours_done, found.without_hours) == (3.5, 2.0, 1)
    assert found.hours_there_are == HOURS


def test_cards_of_others_are_theirs_once_the_coordinator_has_a_name(workspace: Workspace):
    a_plan(
        workspace,
        CardDraft("Mine", due_on=MONDAY, owner="amina"),
        CardDraft("Nobody's", due_on=MONDAY),
        CardDraft("Theirs", due_on=MONDAY, owner="Bashir"),
    )
    assert len(week(workspace).days[0].cards) == 3
    workspace.notes.set_preference("my_name", '"Amina"')
    assert [card.title for card in week(workspace).days[0].cards] == ["Mine", "Nobody's"]


def test_checkpoints_stand_on_their_day(workspace: Workspace):
    a_plan(workspace, starts=-33)
    found = [(one.day, point.day) for one in week(workspace).days for point in one.checkpoints]
    assert found == [(SATURDAY - 3 * DAY, 30)]
