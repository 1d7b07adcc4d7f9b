"""Another day begins for a window that stays open."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import NOW, FixedClock
from tests.queries.network import a_message
from tests.ui.settled import settle
from workbench.models.kinds import AccountKind
from workbench.operations.today_marks import MarkState, mark
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord
from workbench.ui.day_watch import DayWatch
from workbench.ui.pages.today_data import tomorrow


@pytest.mark.parametrize(
    ("zone", "moment", "turns"),
    [
        ("UTC", (2024, 6, 15, 23, 59), False),
        ("UTC", (2024, 6, 16, 0, 1), True),
        ("America/Lima", (2024, 6, 16, 0, 1), True),  # 19:01 there, but the days of measures are UTC
        ("Pacific/Auckland", (2024, 6, 15, 12, 30), True),  # half past midnight there
        ("Pacific/Auckland", (2024, 6, 15, 18, 0), True),  # six in the morning there
        ("UTC", (2024, 6, 13, 12, 0), True),  # set back
    ],
)
def test_a_day_begins_here_by_utc_and_in_the_morning(context, in_zone, zone, moment, turns):
    in_zone(zone)
    clock = context.workspace.clock = FixedClock(datetime(2024, 6, 15, 11, 30, tzinfo=UTC))
    watch, told = DayWatch(context), []
    context.day_turned.connect(lambda: told.append(True))
    watch.look()
    clock.advance(datetime(*moment, tzinfo=UTC) - clock.now())
    watch.look()
    watch.look()
    assert told == [True] * turns


def test_what_was_put_off_is_there_in_the_morning(qtbot, workspace, window, context):
    account = workspace.accounts.add(AccountKind.TABLE, "Tables")
    community = workspace.mirror.ensure_community(account, CommunityRecord("wash", "WASH"))
    question = a_message("q", by="amina", at=NOW - timedelta(days=3), subject="Which pump?", text="Which pump?")
    workspace.mirror.apply(community, "events", Batch((question,)))
    context.open_page("today")
    settle(qtbot, context.jobs)
    (line,) = window.page().lines
    mark(workspace, keys=line.item.keys, state=MarkState.SNOOZED, until=tomorrow(NOW))
    window.page().mark_stale()
    qtbot.waitUntil(lambda: not window.page().lines)
    workspace.clock.advance(tomorrow(NOW) - NOW)
    window.conduct.days.look()
    qtbot.waitUntil(lambda: len(window.page().lines) == 1)
