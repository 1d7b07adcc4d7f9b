"""A clock that is off never makes two posts of one: what arrived is found, whatever this computer takes for today."""

from datetime import timedelta

import pytest

from tests.platforms.server import Asked
from tests.rig.fake_net import GOOD, LineFault
from tests.rig.invariants import hold
from tests.rig.places import PLACES
from tests.rig.rig import Rig
from workbench.models.kinds import OutboxState
from workbench.operations.outbox import add_topic
from workbench.queries.outbox import OutboxRow, list_outbox

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CLOCKS = {
    "11 minutes ahead": (11 * MINUTE, timedelta()),
    "a day and an hour ahead": (DAY + HOUR, timedelta()),
    "two days ahead, then put right": (2 * DAY, -2 * DAY),
}
"""{what happened to the clock: (before it is sent, between the lost answer and the first look)}."""


@pytest.mark.parametrize("place", ["viva-engage", "discourse", "hcl-connections"])
@pytest.mark.parametrize(("before", "between"), CLOCKS.values(), ids=CLOCKS)
def test_what_stands_there_is_found_with_a_clock_that_is_off(place, before, between):
    text = "The pump at the north gate is mended; it took two days and a rope of nine metres."
    with Rig(PLACES[place], 3) as rig:
        rig.clock.jump(before)
        item = add_topic(rig.workspace, community=rig.states()[0].name, subject="The pump is mended", text=text)
        rig.items[item] = text
        rig.net.befalls = _loses_posts
        rig.sync()
        assert _item(rig).state is OutboxState.UNKNOWN
        kept = (_item(rig).clock_skew, rig.workspace.accounts.get(rig.account_id).clock_skew)
        assert all(skew is not None and abs(skew + before) < 2 * SECOND for skew in kept)
        rig.net.befalls = None
        rig.clock.jump(between)
        for _ in range(2):
            rig.wait(3 * MINUTE)
            rig.sync()
        assert _item(rig).state is OutboxState.SENT
        hold(rig)


def _loses_posts(asked: Asked) -> LineFault:
    return LineFault("answer lost", lose="answer") if b"north" in asked.body else GOOD


def _item(rig: Rig) -> OutboxRow:
    with rig.workspace.database.read() as reader:
        (row,) = list_outbox(reader)
    return row
