"""The link: one state for everything the system may say, and what a try adds to it."""

from itertools import product

import pytest

from workbench.errors import LineError, SourceError
from workbench.sync import schedule
from workbench.sync.causes import portal
from workbench.ui.link import FOR_SCHEDULE, Link, LinkWatch, Told, link_of


def test_every_state_says_what_runs_by_itself():
    assert set(FOR_SCHEDULE) == set(Link)
    assert {link for link, allowed in FOR_SCHEDULE.items() if allowed is schedule.Link.NONE} == {
        Link.PORTAL,
        Link.OFFLINE,
    }


@pytest.mark.parametrize(
    ("connected", "portal_told", "metered", "cellular", "met_portal"),
    list(product((None, True, False), *[(False, True)] * 4)),
)
def test_one_state_for_everything_the_system_may_say(connected, portal_told, metered, cellular, met_portal):
    told = Told(connected, is_behind_portal=portal_told, is_metered=metered, is_cellular=cellular)
    found = link_of(told, met_portal=met_portal)
    if connected is False:
        assert found is Link.OFFLINE
    elif portal_told or met_portal:
        assert found is Link.PORTAL
    elif connected is None:
        assert found is Link.UNKNOWN
    else:
        assert found is (Link.METERED if metered or cellular else Link.ONLINE)


def test_watching_tells_the_state_at_once_and_then_only_what_is_new(qtbot):
    told = [Told(is_connected=True)]
    watch = LinkWatch(ask=lambda: told[-1])
    assert watch.state is Link.UNKNOWN
    with qtbot.waitSignal(watch.changed) as first:
        watch.start()
    assert first.args == [Link.ONLINE]
    with qtbot.assertNotEmitted(watch.changed):
        watch.look()
    told.append(Told(is_connected=False))
    with qtbot.waitSignal(watch.changed) as second:
        watch.look()
    assert second.args == [Link.OFFLINE]


def test_what_the_system_says_is_understood_whatever_backend_there_is(qtbot):
    watch = LinkWatch()
    with qtbot.waitSignal(watch.changed) as first:
        watch.start()
    assert first.args == [watch.state]
    watch.start()


def test_a_try_that_met_a_sign_in_page_is_believed_until_one_went_through_or_the_link_changed():
    told = [Told()]
    watch = LinkWatch(ask=lambda: told[-1])
    watch.heard(portal("https://forum.example.org"))
    assert watch.state is Link.PORTAL
    watch.heard(SourceError("odd"))
    watch.heard(LineError("cut", cause="cut"))
    assert watch.state is Link.PORTAL
    watch.heard(None)
    assert watch.state is Link.UNKNOWN
    watch.heard(portal("https://forum.example.org"))
    told.append(Told(is_connected=True))
    watch.look()
    assert watch.state is Link.ONLINE
