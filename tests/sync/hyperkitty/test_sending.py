"""Answers by mail: sent once, held until the archive has them, and never sent while they may be on their way."""

import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from functools import partial
from pathlib import Path

import httpx2
import pytest

from tests.platforms.mail_server import MailServer, Taken
from tests.sync.connectors.hyperkitty_site import FISHERS, NOW, ROOT, FakeSite, Mail, as_json, history, message_hash
from tests.sync.mirrored import a_message, a_mirror
from workbench.cancel import CancelToken
from workbench.clock import FixedClock
from workbench.errors import BadInputError, LineError, RefusedError, SignInError, UnsettledError
from workbench.models.kinds import OutboxState, PostKind
from workbench.queries.outbox import list_outbox
from workbench.sync.connectors.hyperkitty import HyperkittyConnector
from workbench.sync.cutting import cut_by
from workbench.sync.hyperkitty.sending import SETTINGS, ListSending
from workbench.sync.hyperkitty.site import HyperkittySite
from workbench.sync.meter import Budget
from workbench.sync.outbox import OutboxStore
from workbench.sync.platforms import SettingKind
from workbench.sync.posting import Posting
from workbench.sync.records import CommunityRecord
from workbench.sync.seat import Seat
from workbench.sync.sending import Sender

KEY = "0197a2-key"
SENT_AS = f"{KEY}@example.org"
PARENT = "nets.1@example.org"
ANSWER = Posting(
    KEY, PostKind.REPLY, FISHERS, "Señora, aye.", subject="Nets 0", root="nets.0@example.org", parent=PARENT
)
PASSWORD = "wells-and-pumps-77"


@pytest.fixture(name="server")
def mail_server() -> Iterator[MailServer]:
    with MailServer() as running:
        running.behaviour.logins = {"amina": PASSWORD}
        yield running


@pytest.fixture(name="site")
def archive() -> FakeSite:
    return FakeSite({FISHERS: history(3)})


def settings(server: MailServer, **others: str) -> dict[str, str]:
    return {
        "smtp_host": "127.0.0.1",
        "smtp_port": str(server.port),
        "smtp_security": "none",
        "smtp_user": "amina",
        "smtp_from": "amina@example.org",
        "my_name": "Amina Example",
        **others,
    }


def a_seat(site: FakeSite, given: dict[str, str], *, meter: Budget | None = None) -> Seat:
    return Seat(
        ROOT,
        FixedClock(NOW),
        lambda root, **options: site.client(),
        given,
        secret={"smtp_password": PASSWORD}.__getitem__,
        meter=meter,
    )


def sending(site: FakeSite, given: dict[str, str], *, meter: Budget | None = None) -> ListSending:
    archive = HyperkittySite(site.client(), root=ROOT, has_api=site.has_api)
    return ListSending(archive, a_seat(site, given, meter=meter))


def test_what_the_server_took_waits_for_the_list_and_is_counted(site: FakeSite, server: MailServer):
    meter = Budget(10**6)
    sent = sending(site, settings(server), meter=meter).send(ANSWER)
    assert (sent.remote_id, sent.is_held) == (SENT_AS, True)
    assert sent.url == f"{ROOT}list/{FISHERS}/message/{message_hash(SENT_AS)}/"
    (mail,) = server.mails
    assert (mail.sender, mail.recipients, mail.user) == ("amina@example.org", (FISHERS,), "amina")
    assert b"From: Amina Example <amina@example.org>" in mail.content
    assert f"In-Reply-To: <{PARENT}>".encode() in mail.content
    assert meter.spent > len(mail.content)


@pytest.mark.parametrize("has_api", [True, False])
def test_what_the_archive_has_is_found_and_not_sent_again(site: FakeSite, server: MailServer, has_api: bool):
    site.has_api = has_api
    ours = sending(site, settings(server))
    assert ours.find(ANSWER) is None
    ours.send(ANSWER)
    site.deliver(Mail(SENT_AS, NOW, NOW, parent=PARENT))
    found = ours.find(ANSWER)
    assert found is not None
    assert (found.remote_id, found.is_held) == (SENT_AS, False)
    assert ours.send(ANSWER) == found
    assert len(server.mails) == 1


def test_an_answer_that_was_lost_is_unsettled_and_found_later(site: FakeSite, server: MailServer):
    server.deliver = lambda mail: site.deliver(Mail(SENT_AS, NOW, NOW))
    server.behaviour.hangs_up = "DOT"
    ours = sending(site, settings(server))
    with pytest.raises(UnsettledError):
        ours.send(ANSWER)
    assert ours.find(ANSWER) is not None
    assert len(server.mails) == 1


@pytest.mark.parametrize(("place", "state"), [("RCPT", OutboxState.QUEUED), ("DOT", OutboxState.UNKNOWN)])
def test_a_stop_in_the_middle_of_a_mail_repeats_nothing_that_may_have_arrived(
    tmp_path: Path, site: FakeSite, server: MailServer, place: str, state: OutboxState
):
    server.behaviour.keeps_silent = place
    clock, cancel, cuts = FixedClock(NOW), CancelToken(), list[Callable[[], None]]()
    mirrored = a_mirror(tmp_path, community=CommunityRecord(FISHERS, "Fishers"))
    mirrored.apply(a_message("root@example.org"))
    store = OutboxStore(mirrored.database, clock)
    store.queue(store.save_reply(mirrored.scalar("SELECT id FROM event"), "Aye."))
    seat = replace(a_seat(site, settings(server)), cuts=cuts.append)
    poster = HyperkittyConnector(site.client(), root=ROOT, seat=seat)
    walk = partial(Sender, store, mirrored.database, poster, account_id=mirrored.account_id, clock=clock)
    threading.Thread(target=lambda: server.is_silent.wait(10) and cancel.cancel()).start()
    with cut_by(cancel, lambda: [cut() for cut in cuts], spares=lambda: True):
        walk().run(cancel)
    with mirrored.database.read() as reader:
        assert [row.state for row in list_outbox(reader)] == [state]
    server.behaviour.keeps_silent = ""
    clock.advance(timedelta(hours=1))
    walk().run()
    assert len(server.mails) == 1
    mirrored.database.close()


def test_what_the_server_refuses_is_told_in_its_words(site: FakeSite, server: MailServer):
    server.behaviour.says = {"RCPT": "550 5.1.1 no such list here"}
    with pytest.raises(RefusedError) as caught:
        sending(site, settings(server)).send(ANSWER)
    assert caught.value.details["said"] == "5.1.1 no such list here"


def test_an_archive_that_may_not_be_read_keeps_nobody_from_writing(site: FakeSite, server: MailServer):
    site.private = {FISHERS}
    ours = sending(site, settings(server))
    assert ours.send(ANSWER).is_held
    assert ours.find(ANSWER) is None
    site.fault = lambda request: as_json(b"{}", status=401)
    assert ours.send(ANSWER).is_held
    with pytest.raises(SignInError):
        ours.find(ANSWER)


def test_an_archive_that_does_not_answer_sends_nothing(site: FakeSite, server: MailServer):
    def dead(request: httpx2.Request) -> httpx2.Response:
        message = "gone"
        raise httpx2.ConnectError(message, request=request)

    site.fault = dead
    with pytest.raises(LineError) as caught:
        sending(site, settings(server)).send(ANSWER)
    assert caught.value.details["left"] is False
    assert server.connections == 0


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"smtp_host": ""}, "no mail server"),
        ({"smtp_from": ""}, "no address to send from"),
        ({"smtp_from": "amina"}, "not an address"),
        ({"smtp_port": "many"}, "cannot be read"),
        ({"smtp_security": "some"}, "cannot be read"),
        ({"smtp_host": "mail.example.org"}, "secure line only"),
    ],
)
def test_an_account_that_cannot_send_says_what_is_missing(
    site: FakeSite, server: MailServer, given: dict[str, str], words: str
):
    with pytest.raises(BadInputError, match=words):
        sending(site, settings(server, **given)).send(ANSWER)
    assert server.connections == 0


def test_a_name_of_its_own_is_what_the_list_sees(site: FakeSite, server: MailServer):
    sending(site, settings(server, smtp_name="Amina of the nets")).send(ANSWER)
    assert b"From: Amina of the nets <amina@example.org>" in server.mails[0].content


def test_the_link_is_the_page_of_the_answered_mail(site: FakeSite, server: MailServer):
    ours = sending(site, settings(server))
    assert ours.link(ANSWER) == f"{ROOT}list/{FISHERS}/message/{message_hash(PARENT)}/"
    assert ours.link(Posting(KEY, PostKind.TOPIC, FISHERS, "x")) == f"{ROOT}list/{FISHERS}/"


def test_every_setting_may_stay_empty_and_the_password_is_a_secret():
    assert not [setting.name for setting in SETTINGS if setting.is_required]
    assert [setting.name for setting in SETTINGS if setting.kind is SettingKind.SECRET] == ["smtp_password"]


def test_fifteen_answers_over_a_line_that_breaks_anywhere_arrive_once_each(
    site: FakeSite, server: MailServer, tmp_path: Path
):
    rng, clock = random.Random(7), FixedClock(NOW)
    mirrored = a_mirror(tmp_path, community=CommunityRecord(FISHERS, "Fishers"))
    mirrored.apply(a_message("root@example.org"))
    store = OutboxStore(mirrored.database, clock)
    root = mirrored.scalar("SELECT id FROM event")
    items = [store.save_reply(root, f"Answer {number}") for number in range(15)]
    for item in items:
        store.queue(item)
    places = ("GREETING", "EHLO", "MAIL", "RCPT", "DATA", "BODY", "DOT")

    def misbehave() -> None:
        server.behaviour.hangs_up = rng.choice(places) if rng.random() < 0.5 else ""
        server.behaviour.says = {rng.choice(places): "451 later"} if rng.random() < 0.2 else {}

    def archive_it(mail: Taken) -> None:
        name = message_from_bytes(mail.content)["Message-ID"].strip("<>")
        site.deliver(Mail(name, NOW, NOW))

    server.on_connect, server.deliver = misbehave, archive_it
    poster = HyperkittyConnector(site.client(), root=ROOT, seat=a_seat(site, settings(server)))
    for _ in range(200):
        sender = Sender(
            store, mirrored.database, poster, account_id=mirrored.account_id, clock=clock, jitter=lambda: 0.5
        )
        if sender.run().waiting == 0:
            break
        with mirrored.database.read() as reader:
            asked = [row.id for row in list_outbox(reader) if row.needs_decision]
        for item in asked:  # what broke in the middle is not there: a person looked
            store.send_again(item)
        clock.advance(timedelta(minutes=61))
    sent = [mail.message_id for mail in site.lists[FISHERS] if not mail.message_id.startswith("nets.")]
    assert len(sent) == len(set(sent)) == len(server.mails) == len(items)
    assert server.connections > len(items)
    with mirrored.database.read() as reader:
        assert {row.state for row in list_outbox(reader)} == {OutboxState.SENT}
    mirrored.database.close()
