"""A real HyperKitty mirrored through engine and mirror: whole, once, cheaply, and over a line that breaks."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.rig.hyperkitty import Hyperkitty
from tests.rig.relay import Relay
from tests.sync.connector_suite import ConnectorSuite
from tests.sync.mirrored import Mirrored, a_mirror, snapshot
from workbench.clock import SystemClock
from workbench.errors import ForbiddenError, NotFoundError
from workbench.models.kinds import RunState
from workbench.progress import Progress, silent
from workbench.sync.api_client import ApiClient
from workbench.sync.connector import Connector
from workbench.sync.connectors.hyperkitty import HyperkittyConnector
from workbench.sync.engine import RunResult, sync_community
from workbench.sync.records import CommunityRecord

PEOPLE = ("Amina Example", "Luis Ejemplón", "Моусса Образец", "例子梅")
THREADS, REPLIES = 40, 4
LAST = datetime(2026, 1, 10, tzinfo=UTC)
SEEDED = "fishers@example.org"
PRIVATE = "elders@example.org"


def mail(message_id: str, at: datetime, *, subject: str = "Nets", parent: str | None = None, by: int = 0) -> bytes:
    message = EmailMessage()
    message["From"] = f"{PEOPLE[by]} <person{by}@example.org>"
    message["To"] = SEEDED
    message["Subject"] = subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{message_id}>"
    if parent:
        message["In-Reply-To"] = f"<{parent}>"
    message.set_content(f"Words of {message_id}, señora.\nFrom the harbour, {PEOPLE[by]}\n" + "Nets and boats. " * 40)
    return bytes(message)


def archive() -> bytes:
    """A year of talk, a few mails a week, answers days after questions."""
    mails: list[tuple[datetime, bytes]] = []
    for thread in range(THREADS):
        at = LAST - timedelta(days=10 * (THREADS - thread))
        root = f"t{thread}@example.org"
        mails.append((at, mail(root, at, subject=f"Topic {thread}: сети 网", by=thread % 4)))
        for reply in range(REPLIES):
            at += timedelta(hours=31)
            name = f"t{thread}.{reply}@example.org"
            mails.append((at, mail(name, at, subject=f"Re: Topic {thread}", parent=root, by=(thread + reply) % 4)))
    return mbox(mails)


def mbox(mails: list[tuple[datetime, bytes]]) -> bytes:
    quoted = ((at, data.replace(b"\nFrom the", b"\n>From the")) for at, data in sorted(mails))
    return b"".join(b"From someone@example.org %b\n%b\n" % (f"{at:%c}".encode(), data) for at, data in quoted)


@pytest.fixture(scope="module")
def site(hyperkitty: Hyperkitty) -> Hyperkitty:
    """The server with one public list of a year and one private list."""
    hyperkitty.import_archive(SEEDED, archive())
    hyperkitty.deliver(PRIVATE, mail("secret@example.org", LAST))
    hyperkitty.make_private(PRIVATE)
    return hyperkitty


@pytest.fixture(name="own")
def own_list(site: Hyperkitty, request: pytest.FixtureRequest) -> str:
    """A list that one test may change, with thirty mails."""
    address = f"{request.node.name.replace('_', '-')[:60]}@example.org"
    days = [LAST - timedelta(days=12 * number) for number in range(30)]
    site.import_archive(address, mbox([(at, mail(f"own.{at:%j}@example.org", at)) for at in days]))
    return address


@pytest.fixture(name="relay")
def bad_line(site: Hyperkitty) -> Iterator[Relay]:
    with Relay(site.port) as relay:
        yield relay


Connect = Callable[..., HyperkittyConnector]


@pytest.fixture(name="connector_at")
def connectors() -> Iterator[Connect]:
    """Makes connectors to a port of this machine, and hangs up after the test."""
    with ExitStack() as opened:

        def connect(port: int, **options: bool) -> HyperkittyConnector:
            root = f"http://127.0.0.1:{port}/archives/"
            client = opened.enter_context(ApiClient(root, clock=SystemClock(), sleep=lambda seconds: None))
            return HyperkittyConnector(client, root=root, **options)

        yield connect


def synced(
    mirrored: Mirrored, connector: Connector, address: str, report: Callable[[Progress], None] = silent
) -> RunResult:
    community = CommunityRecord(remote_id=address, name=address)
    return sync_community(
        connector, mirrored.mirror, community=community, account_id=mirrored.account_id, report=report
    )


def ids(mirrored: Mirrored) -> set[str]:
    return {remote_id for (remote_id,) in mirrored.rows("SELECT remote_id FROM event")}


def bodies(mirrored: Mirrored) -> list[tuple[str, str]]:
    return mirrored.rows("SELECT e.remote_id, b.text FROM event e JOIN body b ON b.event_id = e.id ORDER BY 1")


class TestHyperkittyLive(ConnectorSuite):
    community = SEEDED

    @pytest.fixture(autouse=True)
    def _on(self, site: Hyperkitty, connector_at: Connect) -> None:
        self.make = lambda: connector_at(site.port)  # type: ignore[method-assign]  # needs the fixtures of the test


def test_an_archive_is_mirrored_whole_and_a_second_sync_is_one_request(
    site: Hyperkitty, connector_at: Connect, relay: Relay, tmp_path: Path
):
    mirrored = a_mirror(tmp_path)
    first = synced(mirrored, connector_at(relay.port), SEEDED)
    assert (first.state, first.totals.added, first.totals.rejected) == (RunState.DONE, THREADS * (REPLIES + 1), 0)
    assert first.totals.requests == relay.requests
    assert len(mirrored.rows("SELECT id FROM thread")) == THREADS
    assert "\nFrom the harbour" in bodies(mirrored)[0][1]
    relay.requests = 0
    second = synced(mirrored, connector_at(relay.port), SEEDED)
    assert (second.state, second.totals.records, relay.requests) == (RunState.DONE, 0, 1)
    assert second.totals.bytes_in < 2000


def test_mail_that_arrives_while_we_sync_is_there_after_the_next(
    site: Hyperkitty, connector_at: Connect, own: str, tmp_path: Path
):
    mirrored = a_mirror(tmp_path)
    arriving = iter(range(1000))

    def deliver(progress: Progress) -> None:
        number = next(arriving)
        site.deliver(own, mail(f"meanwhile.{number}@example.org", LAST - timedelta(days=number * 50)))

    synced(mirrored, connector_at(site.port), own, report=deliver)
    assert next(arriving) > 1
    assert synced(mirrored, connector_at(site.port), own).state is RunState.DONE
    assert len(ids(mirrored)) == site.count(own)


def test_mail_with_an_old_date_is_found_by_its_arrival(
    site: Hyperkitty, connector_at: Connect, own: str, relay: Relay, tmp_path: Path
):
    mirrored = a_mirror(tmp_path)
    synced(mirrored, connector_at(relay.port), own)
    site.deliver(own, mail("late.1@example.org", LAST - timedelta(days=4000)))
    site.deliver(own, mail("late.2@example.org", datetime(2099, 1, 1, tzinfo=UTC)))
    relay.requests = 0
    result = synced(mirrored, connector_at(relay.port), own)
    assert (result.totals.added, result.totals.unchanged) == (2, 0)
    assert {"late.1@example.org", "late.2@example.org"} <= ids(mirrored)
    assert relay.requests == 4


@pytest.mark.parametrize("every", [900, 6_000])
def test_a_line_that_breaks_in_the_middle_loses_nothing(
    site: Hyperkitty, connector_at: Connect, relay: Relay, tmp_path: Path, *, every: int
):
    (tmp_path / "whole").mkdir()
    (tmp_path / "cut").mkdir()
    whole, cut = a_mirror(tmp_path / "whole"), a_mirror(tmp_path / "cut")
    synced(whole, connector_at(site.port), SEEDED)
    relay.cuts = [every] * 40
    for _ in range(45):
        result = synced(cut, connector_at(relay.port), SEEDED)
        if result.state is RunState.DONE:
            break
    assert result.state is RunState.DONE
    assert relay.broken > 0
    assert ids(cut) == ids(whole)
    assert bodies(cut) == bodies(whole)
    assert snapshot(cut) == snapshot(whole)


def test_a_site_read_without_its_api_gives_the_same(site: Hyperkitty, connector_at: Connect, tmp_path: Path):
    (tmp_path / "whole").mkdir()
    (tmp_path / "windows").mkdir()
    whole, windows = a_mirror(tmp_path / "whole"), a_mirror(tmp_path / "windows")
    synced(whole, connector_at(site.port), SEEDED)
    assert synced(windows, connector_at(site.port, has_api=False), SEEDED).state is RunState.DONE
    assert bodies(windows) == bodies(whole)


@pytest.mark.parametrize("has_api", [True, False])
@pytest.mark.parametrize(("address", "error"), [("nobody@example.org", NotFoundError), (PRIVATE, ForbiddenError)])
def test_lists_we_may_not_read_are_told_apart(
    site: Hyperkitty, connector_at: Connect, tmp_path: Path, *, address: str, error: type[Exception], has_api: bool
):
    mirrored = a_mirror(tmp_path)
    result = synced(mirrored, connector_at(site.port, has_api=has_api), address)
    assert result.state is RunState.FAILED
    assert type(result.error) is error
    assert ids(mirrored) == set()


def test_private_lists_are_not_in_the_overview(site: Hyperkitty, connector_at: Connect):
    addresses = [record.remote_id for record in connector_at(site.port).communities()]
    assert SEEDED in addresses
    assert PRIVATE not in addresses
