"""One day: late in the evening west of Greenwich and in the morning east of it, all of the program means the same day."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.builders import FixedClock
from tests.ui.plan_samples import a_page, a_plan
from workbench.cli import main
from workbench.models.kinds import CardColumn
from workbench.operations.weekly_note import weekly_note
from workbench.plans.drafts import CardDraft
from workbench.queries.plans import plan_cards
from workbench.ui.context import Context
from workbench.ui.pages.today_data import read_today
from workbench.workspace import Workspace

DAY = timedelta(days=1)


# The last evening of a week, when the next has begun by UTC, and the first morning of one that has not.
@pytest.fixture(
    params=[
        ("America/Lima", datetime(2026, 11, 23, 2, tzinfo=UTC), date(2026, 11, 22)),
        ("Pacific/Auckland", datetime(2026, 11, 22, 20, tzinfo=UTC), date(2026, 11, 23)),
    ],
    ids=["Lima", "Auckland"],
)
def day(request: pytest.FixtureRequest, in_zone, workspace: Workspace) -> date:
    """The day it is where the workspace's clock stands."""
    zone, now, day = request.param
    in_zone(zone)
    workspace.clock = FixedClock(now)
    return day


def test_plans_today_the_note_and_the_command_line_agree_on_the_day(qtbot, context: Context, day: date, capsys):
    workspace, now = context.workspace, context.workspace.clock.now()
    cards = [CardDraft("Call Luis", due_on=day, hours=1.0), CardDraft("Ask Mere", due_on=day, hours=2.0)]
    cards.append(CardDraft("Write it down", due_on=day + DAY, hours=2.0))
    plan_id = a_plan(workspace, cards=cards, starts_on=day - 20 * DAY)
    page = a_page(qtbot, context)
    items = {item.title: item for model in page.board.model.columns.values() for item in model.items}
    assert {title: item.due for title, item in items.items()} == {
        "Call Luis": "Today", "Ask Mere": "Today", "Write it down": "Tomorrow"
    }  # fmt: skip

    workspace.plans.open(plan_id).move_card(items["Call Luis"].id, to=CardColumn.DONE, index=0)
    with workspace.database.read() as reader:
        assert {card.done_on for card in plan_cards(reader, plan_id)} == {None, day}
        note = weekly_note(reader, as_of=now, day=day).splitlines()
    view = read_today(workspace.database, scope=(), now=now)
    assert (view.day, view.week.hours_done) == (day, 1.0)
    assert [(item.title, item.reason) for item in view.today.items] == [("Ask Mere", "Due today.")]
    assert note[0] == f"# Weekly note, {day}"
    assert "- Call Luis" in note
    assert f"- {day:%a %Y-%m-%d}: Ask Mere" in note

    where = ["--profile", str(workspace.profile), "--key-file", str(workspace.profile.parent / "key")]
    told = {}
    for verb in (("plan", "show", "Safe water"), ("today",)):
        assert main([*where, *verb, "--json"], clock=FixedClock(now)) == 0
        told[verb[0]] = json.loads(capsys.readouterr().out)
    assert told["plan"]["day"] == "day 20 of 90"
    assert [(item["title"], item["reason"]) for item in told["today"]["items"]] == [("Ask Mere", "Due today.")]
