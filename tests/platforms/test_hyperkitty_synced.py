"""The HyperKitty stand-in through its connector: a mirror of it equals the world, and asks for little."""

from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from tests.builders import a_clock, a_workspace
from tests.platforms.hyperkitty import Hyperkitty
from tests.platforms.hyperkitty_asked import API, EXPORT, WELLS, a_site, ask, listed
from tests.platforms.hyperkitty_door import LOGIN, PASSWORD
from tests.platforms.hyperkitty_shelf import message_id_of
from tests.platforms.server import Asked
from tests.platforms.world import BEGINNING, World
from tests.sync.connector_suite import ConnectorSuite
from tests.sync.mirrored import Mirrored, a_mirror
from tests.sync.seats import a_seat
from tests.sync.signin.desks import a_desk
from workbench.clock import FixedClock
from workbench.errors import ForbiddenError, SignInError
from workbench.models.kinds import AccountKind, RunState
from workbench.models.moments import to_micros
from workbench.operations.seating import Line
from workbench.operations.sources import add_account, add_hyperkitty
from workbench.operations.sync import sync_accounts
from workbench.sync.connector import Connector
from workbench.sync.connectors.hyperkitty import PLATFORM
from workbench.sync.engine import AccountResult, SyncPlan, sync_account
from workbench.sync.records import MessageRecord
from workbench.sync.signin import session
from workbench.sync.signing import Fixed, Signer

SITE = "https://lists.example.org/hyperkitty/"


def a_long_list(messages: int) -> World:
    """A list of 900 days; every third mail opens a thread, and each of the two after it answers the one before."""
    world = World(now=BEGINNING - timedelta(days=900))
    for _ in range(12):
        world.person()
    last = group = world.group("Water points").id
    for number in range(messages):
        world.pass_time(days=900 / (messages + 1))
        if number % 3 == 0:
            last = world.say(group, number % 12 + 1, f"How deep is well {number}?", subject=f"Well {number}").id
        else:
            text = f"Answer {number}: it is deep. " * (number % 9)
            last = world.say(group, number % 12 + 1, text, parent=last).id
    world.now = BEGINNING
    return world


def a_connector(platform: Hyperkitty, *, signer: Signer | None = None, **settings) -> Connector:
    return PLATFORM.connect(a_seat(platform, base_url=f"{SITE}list/{WELLS}/", signer=signer or Fixed({}), **settings))


def synced(held: Mirrored, platform: Hyperkitty, *, signer: Signer | None = None, **settings) -> AccountResult:
    """A run of the engine over the list."""
    reader = a_connector(platform, signer=signer, **settings)
    return sync_account(reader, held.mirror, account_id=held.account_id, follows_all=True, plan=SyncPlan())


def expected(platform: Hyperkitty) -> set[tuple[object, ...]]:
    """What the world says stands in the list: id, parent, author, moment and words."""
    said = platform.world.said
    return {
        (
            message_id_of(one),
            None if one.parent is None else message_id_of(said[one.parent]),
            platform.world.people[one.author].name,
            to_micros(one.at.replace(microsecond=0)),
            one.subject or f"Re: {said[one.root].subject}",
            one.text.rstrip(),
        )
        for one in platform.world.shown(11)
    }


_HELD = """
SELECT e.remote_id, p.remote_id, h.name, e.at, b.subject, b.text FROM event e LEFT JOIN event p ON p.id = e.parent_id
JOIN handle h ON h.person_id = e.person_id JOIN body b ON b.event_id = e.id WHERE e.removed_at IS NULL
"""


def mirrored(held: Mirrored) -> set[tuple[object, ...]]:
    return set(held.rows(_HELD))


def requests(platform: Hyperkitty) -> list[Asked]:
    """What was asked since this was last called."""
    taken = platform.asked[:]
    platform.asked.clear()
    return taken


class TestTheConnectorOnTheStandIn(ConnectorSuite):
    community = WELLS

    def make(self) -> Connector:
        return a_connector(a_site(messages=300))


@pytest.mark.parametrize(
    ("switches", "settings", "again"),
    [
        ({}, {}, 1),
        ({"page_size": 10}, {}, 1),
        ({"html_only": 3}, {}, 1),
        ({"slow_windows": 25}, {}, 1),
        ({"cut_exports": 3}, {}, 1),
        ({"no_api": True}, {"has_api": "no"}, None),
        ({"bare_arrays_only": True}, {}, None),
    ],
    ids=["as it is", "small pages", "html alone", "slow windows", "cut exports", "no api", "bare arrays"],
)
def test_a_mirror_equals_the_world_and_asks_once_when_nothing_is_new(tmp_path: Path, switches, settings, again):
    platform, held = Hyperkitty(a_long_list(400), **switches), a_mirror(tmp_path)
    platform.world.say(11, 4, "It says:\nFrom here on, nothing.\nžena", subject="Wells")
    assert synced(held, platform, **settings).error is None
    assert mirrored(held) == expected(platform)
    requests(platform)
    second = synced(held, platform, **settings)
    assert (second.error, second.totals.added) == (None, 0)
    assert again is None or len(requests(platform)) == again


def test_ten_thousand_mails_come_in_a_few_requests():
    platform = Hyperkitty(a_long_list(10_000))
    reader = a_connector(platform)
    names = [
        record.remote_id
        for batch in reader.pull(WELLS, reader.streams[0], since=None)
        for record in batch.records
        if isinstance(record, MessageRecord)
    ]
    assert (len(names), len(set(names))) == (10_000, 10_000)
    assert len(requests(platform)) <= 20


def test_new_late_held_and_misdated_mail_is_found(tmp_path: Path):
    platform, held = a_site(messages=300), a_mirror(tmp_path)
    world = platform.world
    synced(held, platform)
    waits = world.say(11, 3, "Held by a moderator", subject="Held")
    waits.shown_from = BEGINNING + timedelta(days=20)
    world.pass_time(days=1)
    world.say(11, 2, "New", subject="New")
    world.say(11, 2, "Written offline", subject="Late", at=BEGINNING - timedelta(days=70))
    world.say(11, 2, "A clock ahead", subject="Ahead", at=BEGINNING + timedelta(hours=30))
    assert synced(held, platform).totals.added == 3
    assert mirrored(held) == expected(platform)
    world.pass_time(days=21)
    assert synced(held, platform).totals.added == 1
    assert mirrored(held) == expected(platform)


def test_a_site_that_lets_nothing_be_downloaded_says_so(tmp_path: Path):
    held = a_mirror(tmp_path)
    (result,) = synced(held, a_site(export_disabled=True)).results
    assert isinstance(result.error, ForbiddenError)
    assert mirrored(held) == set()


def test_owners_read_the_members(tmp_path: Path):
    platform, held = a_site(), a_mirror(tmp_path)
    signer = Fixed({"Cookie": f"sessionid={platform.door.open(1)}"})
    assert synced(held, platform, signer=signer, postorius="https://lists.example.org/postorius/").error is None
    assert held.scalar("SELECT count(*) FROM member WHERE is_listed") == len(platform.world.groups[11].members)
    assert ask(platform, "/postorius/lists/water-points.lists.example.org/csv_view/").status_code == 302


def test_accounts_sync_with_it_over_a_real_line(tmp_path: Path):
    platform = a_site(messages=200, groups=2)
    with platform, a_workspace(tmp_path, clock=a_clock(BEGINNING)) as workspace:
        head = httpx2.head(platform.address + EXPORT)
        assert (head.status_code, head.headers["transfer-encoding"]) == (200, "chunked")
        assert "content-length" not in head.headers
        add_hyperkitty(workspace, url=f"{platform.address}/hyperkitty/list/{WELLS}/", name="Wells")
        quick = Line(jitter=lambda: 0.0, sleep=lambda seconds: None)
        (first,) = sync_accounts(workspace, line=quick)
        platform.world.say(11, 2, "New", subject="New")
        (second,) = sync_accounts(workspace, line=quick)
        requests(platform)
        (third,) = sync_accounts(workspace, line=quick)
        assert len(requests(platform)) == 1
        assert [one.state for one in (first, second, third)] == [RunState.DONE] * 3
        shown = len(platform.world.shown(11))
        assert (first.totals.added, second.totals.added, third.totals.added) == (shown - 1, 1, 0)
        whole = f"{platform.address}/hyperkitty/"
        add_account(workspace, kind=AccountKind.HYPERKITTY, name="All", settings={"address": whole})
        results = sync_accounts(workspace, name="All", line=quick)
        assert sum(result.totals.added for result in results) == len(platform.world.shown())


def test_a_private_list_opens_to_its_members_who_fill_in_the_form(tmp_path: Path):
    platform = a_site(private=True)
    assert ask(platform, API).json() == {"detail": "Authentication credentials were not provided."}
    assert ask(platform, f"{API}emails/").json()["detail"].startswith("You do not have permission")
    assert (ask(platform, EXPORT).status_code, listed(platform, "/hyperkitty/api/lists/")) == (403, [])
    forged = ask(platform, LOGIN, method="POST", data={"login": "amina1", "password": PASSWORD})
    assert forged.status_code == 403
    desk = a_desk(tmp_path, clock=FixedClock(platform.world.now), transport=platform.wire())
    address = f"https://lists.example.org{LOGIN}"
    with pytest.raises(SignInError, match="name and password"):
        session.sign_in(desk, address, user="amina1", password="wrong")
    session.sign_in(desk, address, user="amina1", password=PASSWORD)
    held = a_mirror(tmp_path)
    assert synced(held, platform, signer=session.signer(desk)).error is None
    assert mirrored(held) == expected(platform)
    with pytest.raises(SignInError, match="second step"):
        session.sign_in(
            a_desk(tmp_path, clock=desk.clock, transport=a_site(second_step=True).wire()),
            address,
            user="amina1",
            password=PASSWORD,
        )
