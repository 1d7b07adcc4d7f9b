"""A real Mailman: answers we mail arrive once, held ones are told apart, owners see who is a member, members read."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.builders import a_workspace
from tests.platforms.mail_server import MailServer
from tests.rig.hyperkitty import ARCHIVER_KEY
from tests.rig.mailman import Mailman
from tests.sync.mirrored import Mirrored, a_mirror
from tests.sync.signin.desks import a_desk
from workbench.clock import FixedClock, SystemClock
from workbench.errors import ForbiddenError, NotFoundError, UnsettledError
from workbench.ids import EventId
from workbench.models.kinds import AccountKind, OutboxState, PostKind, RunState
from workbench.operations.outbox import item_named, queue_reply
from workbench.operations.sources import add_account
from workbench.operations.sync import sync_accounts
from workbench.sync.api_client import ApiClient
from workbench.sync.connectors.hyperkitty import PLATFORM, HyperkittyConnector
from workbench.sync.engine import RunResult, sync_community
from workbench.sync.people import address_key
from workbench.sync.posting import Posting
from workbench.sync.records import CommunityRecord, MemberRecord
from workbench.sync.seat import Seat
from workbench.sync.signin import session
from workbench.sync.signing import Signer

FISHERS, ELDERS = "fishers@example.org", "elders@example.org"
AMINA, LUIS, STRANGER = "amina@example.org", "luis@example.org", "stranger@example.org"
PASSWORD = "wells-and-pumps-77"
ROOT = (
    b"From: Luis Ejemplo <luis@example.org>\r\nTo: %b\r\nSubject: Nets\r\nMessage-ID: <root.%b>\r\n"
    b"Date: Mon, 09 Mar 2026 10:00:00 +0000\r\n\r\nWhich nets do you mend?\r\n"
)
Connect = Callable[..., HyperkittyConnector]


@pytest.fixture(scope="module")
def site(mailman: Mailman) -> Mailman:
    """An open and a private list: Amina owns the open one, Luis is a member of both, each of them can sign in."""
    mailman.ask("POST", "domains", {"mail_host": "example.org"})
    for address in (FISHERS, ELDERS):
        mailman.add_list(address)
        mailman.add_member(address, LUIS, name="Luis Ejemplo")
        mailman.post(LUIS, address, ROOT % (address.encode(), address.encode()))
    mailman.add_member(FISHERS, AMINA)
    mailman.add_member(FISHERS, AMINA, role="owner")
    mailman.add_users({"amina": AMINA, "luis": LUIS}, PASSWORD)
    mailman.wait_until(lambda: mailman.count(FISHERS) == mailman.count(ELDERS) == 1)
    mailman.make_private(ELDERS)
    return mailman


@pytest.fixture(name="post_office")
def mail_servers(site: Mailman) -> Iterator[MailServer]:
    """A person's own mail server, which passes everything on to the list server."""
    with MailServer() as server:
        server.deliver = lambda mail: site.post(mail.sender, mail.recipients[0], mail.content)
        yield server


@pytest.fixture(name="connector_for")
def connectors(site: Mailman, tmp_path: Path) -> Iterator[Connect]:
    """Makes connectors to a list, signed in as `user` if one is named, and hangs up after the test."""
    with ExitStack() as opened:

        def connect(address: str, *, user: str = "", **settings: str) -> HyperkittyConnector:
            own: Signer | None = None
            if user:
                desk = a_desk(tmp_path, clock=FixedClock(SystemClock().now()))
                login = f"http://127.0.0.1:{site.port}/accounts/login/"
                session.sign_in(desk, login, user=user, password=PASSWORD)
                own = session.signer(desk)

            def client(root: str, *, signer: Signer | None = None, **options: object) -> ApiClient:
                _ = options  # a real site of ours needs no limits
                return opened.enter_context(
                    ApiClient(root, clock=SystemClock(), sleep=lambda seconds: None, signer=signer or own)
                )

            secrets = {"core_password": ARCHIVER_KEY}
            found = PLATFORM.connect(
                Seat(
                    site.root,
                    SystemClock(),
                    client,
                    {"list": address, **settings},
                    secret=lambda name: secrets.get(name, ""),
                )
            )
            assert isinstance(found, HyperkittyConnector)
            return found

        yield connect


def mailing(server: MailServer, sender: str) -> dict[str, str]:
    return {
        "smtp_host": "127.0.0.1",
        "smtp_port": str(server.port),
        "smtp_security": "none",
        "smtp_from": sender,
        "smtp_name": "Amina Example",
    }


def an_answer(key: str, address: str = FISHERS) -> Posting:
    root = f"root.{address}"
    return Posting(key, PostKind.REPLY, address, "Señora, сети 网.\n.dot", subject="Nets", root=root, parent=root)


def synced(mirrored: Mirrored, connector: HyperkittyConnector, address: str) -> RunResult:
    community = CommunityRecord(remote_id=address, name=address)
    return sync_community(connector, mirrored.mirror, community=community, account_id=mirrored.account_id)


def handles(connector: HyperkittyConnector, address: str = FISHERS) -> dict[str, str]:
    batches = list(connector.pull(address, connector.streams[1], since=None))
    found = [record for batch in batches for record in batch.records if isinstance(record, MemberRecord)]
    (census,) = batches[-1].censuses
    assert census.ids == {member.person.handle for member in found}
    return {member.person.handle: member.person.name for member in found}


def test_an_answer_arrives_once_in_its_thread_and_is_known_when_it_is_sent_again(
    site: Mailman, post_office: MailServer, connector_for: Connect, tmp_path: Path
):
    connector = connector_for(FISHERS, **mailing(post_office, AMINA))
    answer, before = an_answer("0197-once"), site.count(FISHERS)
    assert connector.find(answer) is None
    sent = connector.send(answer)
    assert (sent.remote_id, sent.is_held) == ("0197-once@example.org", True)
    site.wait_until(lambda: connector.find(answer))
    again = connector.send(answer)
    assert (again.remote_id, again.is_held, again.url) == (sent.remote_id, False, sent.url)
    assert (len(post_office.mails), site.count(FISHERS)) == (1, before + 1)
    mirrored = a_mirror(tmp_path)
    assert synced(mirrored, connector, FISHERS).state is RunState.DONE
    assert mirrored.parents()["0197-once@example.org"] == f"root.{FISHERS}"
    (text,) = mirrored.rows(
        "SELECT b.text FROM event e JOIN body b ON b.event_id = e.id WHERE e.remote_id LIKE '0197-once%'"
    )
    assert text[0].strip() == answer.text


def test_an_answer_whose_receipt_was_lost_is_found_instead_of_sent_again(
    site: Mailman, post_office: MailServer, connector_for: Connect
):
    connector = connector_for(FISHERS, **mailing(post_office, AMINA))
    post_office.behaviour.hangs_up = "DOT"
    answer = an_answer("0197-lost")
    with pytest.raises(UnsettledError):
        connector.send(answer)
    site.wait_until(lambda: connector.find(answer))
    assert not connector.send(answer).is_held
    assert len(post_office.mails) == 1


def test_mail_of_a_stranger_is_held_until_an_owner_lets_it_through(
    site: Mailman, post_office: MailServer, connector_for: Connect
):
    connector = connector_for(FISHERS, **mailing(post_office, STRANGER))
    answer = an_answer("0197-held")
    assert connector.send(answer).is_held
    site.wait_until(lambda: site.ask("GET", f"lists/{FISHERS}/held/count")["count"])
    assert connector.find(answer) is None
    (held,) = site.ask("GET", f"lists/{FISHERS}/held")["entries"]
    site.ask("POST", f"lists/{FISHERS}/held/{held['request_id']}", {"action": "accept"})
    site.wait_until(lambda: connector.find(answer))


def test_both_ways_to_the_members_name_the_same_people(site: Mailman, connector_for: Connect):
    by_core = handles(connector_for(FISHERS, core=site.core, core_user=ARCHIVER_KEY))
    by_owner = handles(connector_for(FISHERS, user="amina", postorius=site.owners))
    assert by_core.keys() == by_owner.keys() == {address_key(AMINA), address_key(LUIS)}
    assert by_core[address_key(LUIS) or ""] == "Luis Ejemplo"


def test_who_leaves_is_gone_and_those_who_write_are_members(site: Mailman, connector_for: Connect, tmp_path: Path):
    mirrored, weavers = a_mirror(tmp_path), "weavers@example.org"
    site.add_list(weavers)
    people = [*(f"person{number}@example.org" for number in range(9)), LUIS]
    for person in people:
        site.add_member(weavers, person)
    site.post(LUIS, weavers, ROOT % (weavers.encode(), weavers.encode()))
    site.wait_until(lambda: site.count(weavers) == 1)

    def there() -> set[str]:
        statement = "SELECT p.name FROM member m JOIN person p ON p.id = m.person_id WHERE m.left_at IS NULL"
        return {name for (name,) in mirrored.rows(statement)}

    def read_again() -> None:
        connector = connector_for(weavers, core=site.core, core_user=ARCHIVER_KEY)
        for batch in connector.pull(weavers, connector.streams[1], since=None):
            mirrored.mirror.apply(mirrored.community_id, "members", batch)

    connector = connector_for(weavers, core=site.core, core_user=ARCHIVER_KEY)
    for stream in connector.streams:
        for batch in connector.pull(weavers, stream, since=None):
            mirrored.mirror.apply(mirrored.community_id, stream.name, batch)
    # The list server has no name for him; his mail has.
    assert there() == {*(f"person{number}" for number in range(9)), "Luis Ejemplo"}
    site.remove_member(weavers, "person4@example.org")
    read_again()
    assert "person4" not in there()
    assert len(there()) == 9


def test_members_read_a_private_archive_and_others_do_not(site: Mailman, connector_for: Connect, tmp_path: Path):
    mirrored = a_mirror(tmp_path)
    member = connector_for(ELDERS, user="luis")
    assert [record.messages for record in member.communities()] == [1]
    assert synced(mirrored, member, ELDERS).state is RunState.DONE
    assert f"root.{ELDERS}" in mirrored.parents()
    for connector in (connector_for(ELDERS, user="amina"), connector_for(ELDERS)):
        with pytest.raises(ForbiddenError):
            list(connector.communities())


def test_only_owners_and_administrators_see_the_members(site: Mailman, connector_for: Connect):
    for connector in (
        connector_for(FISHERS, user="luis", postorius=site.owners),
        connector_for(FISHERS, postorius=site.owners),
        connector_for(FISHERS, core=site.core, core_user="nobody"),
    ):
        with pytest.raises(ForbiddenError):
            handles(connector)
    with pytest.raises(NotFoundError):
        handles(connector_for("nobody@example.org", core=site.core, core_user=ARCHIVER_KEY), "nobody@example.org")


def test_an_answer_written_offline_goes_out_with_a_sync_and_comes_back_with_the_next(
    site: Mailman, post_office: MailServer, tmp_path: Path
):
    with a_workspace(tmp_path, clock=SystemClock()) as workspace:
        given = {"address": f"{site.root}list/{FISHERS}/", "core": site.core, "core_user": ARCHIVER_KEY}
        secrets = {"core_password": ARCHIVER_KEY}
        settings = {**given, **mailing(post_office, AMINA)}
        add_account(workspace, kind=AccountKind.HYPERKITTY, name="Fishers", settings=settings, secrets=secrets)
        assert [result.state for result in sync_accounts(workspace)] == [RunState.DONE]
        with workspace.database.read() as reader:
            found = reader.scalar("SELECT id FROM event WHERE remote_id = ?", (f"root.{FISHERS}",))
            listed = reader.scalar("SELECT count(*) FROM member WHERE is_listed AND left_at IS NULL")
        assert listed == 2
        before = site.count(FISHERS)
        item = queue_reply(workspace, message_id=EventId(found), text="Written on a boat.")
        sync_accounts(workspace)
        row = item_named(workspace, item)
        assert (row.state, row.remote_id) == (OutboxState.SENT, f"{row.key}@example.org")
        site.wait_until(lambda: site.count(FISHERS) == before + 1)
        sync_accounts(workspace)
        assert not item_named(workspace, item).is_held
        with workspace.database.read() as reader:
            text = "SELECT b.text FROM event e JOIN body b ON b.event_id = e.id WHERE e.remote_id = ?"
            assert reader.scalar(text, (row.remote_id,)).strip() == "Written on a boat."
        assert len(post_office.mails) == 1
