"""Handing mail over: what arrives is what was given, and after every fault it is certain whether it was taken."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import trustme

from tests.platforms.mail_server import MailServer as StandIn
from tests.sync.silent import a_full_port, a_silent_port
from workbench.errors import (
    BadInputError,
    BudgetSpentError,
    LineError,
    PlatformBusyError,
    RefusedError,
    SignInError,
    UnsettledError,
    WorkbenchError,
)
from workbench.sync.causes import Cause
from workbench.sync.mail_line import REPLIES_CAP, Hook, MailServer, Security, submit
from workbench.sync.meter import Budget, Meter

MAIL = b"From: amina@example.org\r\nSubject: Pumps\r\n\r\n.one\r\n..two\r\nthree\r\n" + b"Nets and boats. \r\n" * 1000
SENDER, LIST = "amina@example.org", "fishers@example.org"
PASSWORD = "señal-and-wells-77"


@pytest.fixture(name="server")
def stand_in() -> Iterator[StandIn]:
    with StandIn() as running:
        yield running


@pytest.fixture(name="authority", scope="module")
def certificates() -> trustme.CA:
    return trustme.CA()


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def serving(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*(names or ("localhost", "127.0.0.1"))).configure_cert(context)
    return context


def hand_over(
    server: StandIn,
    *,
    host: str = "127.0.0.1",
    security: Security = Security.NONE,
    user: str = "",
    password: str = PASSWORD,
    meter: Meter | None = None,
    context: ssl.SSLContext | None = None,
    mail: bytes = MAIL,
    hook: Hook | None = None,
) -> None:
    place = MailServer(host, server.port, security, user, password)
    submit(place, mail, sender=SENDER, recipient=LIST, meter=meter, context=context, hook=hook)


def test_a_mail_arrives_as_it_was_given_with_its_dots(server: StandIn):
    meter = Budget(10**9)
    hand_over(server, meter=meter)
    (taken,) = server.mails
    assert (taken.sender, taken.recipients, taken.content, taken.is_secure) == (SENDER, (LIST,), MAIL, False)
    assert len(MAIL) < meter.spent < len(MAIL) + 500


def test_a_mail_without_an_end_of_line_gets_one(server: StandIn):
    hand_over(server, mail=b"Subject: x\r\n\r\nlast")
    assert server.mails[0].content == b"Subject: x\r\n\r\nlast\r\n"


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_the_line_is_secure_before_anything_is_said(authority: trustme.CA, security: Security):
    with StandIn(context=serving(authority), starts_secure=security is Security.TLS) as server:
        server.behaviour.logins = {"amina": PASSWORD}
        hand_over(server, host="localhost", security=security, user="amina", context=trusting(authority))
        (taken,) = server.mails
        assert (taken.user, taken.is_secure, taken.content) == ("amina", True, MAIL)
        before = server.heard[: server.heard.index("AUTH")]
        assert before == (["EHLO"] if security is Security.TLS else ["EHLO", "STARTTLS", "EHLO"])


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
@pytest.mark.parametrize("wrong", ["unknown issuer", "another host"])
def test_a_wrong_certificate_ends_it_before_a_word(authority: trustme.CA, security: Security, wrong: str):
    names = ("mail.example.net",) if wrong == "another host" else ()
    trust = trusting(authority) if wrong == "another host" else None
    with StandIn(context=serving(authority, *names), starts_secure=security is Security.TLS) as server:
        with pytest.raises(LineError) as caught:
            hand_over(server, host="localhost", security=security, user="amina", context=trust)
        assert (caught.value.details["cause"], caught.value.details["left"]) == (Cause.TLS, False)
        assert "AUTH" not in server.heard


def test_a_server_that_offers_no_secure_line_gets_no_password(server: StandIn):
    with pytest.raises(LineError, match="offers no secure line"):
        hand_over(server, security=Security.STARTTLS, user="amina")
    assert server.heard == ["EHLO"]


def test_an_open_line_is_for_this_machine_only():
    for host in ("mail.example.org", "192.0.2.1"):
        with pytest.raises(BadInputError, match="secure line only"):
            MailServer(host, 25, Security.NONE)
    assert PASSWORD not in repr(MailServer("localhost", 25, Security.NONE, "amina", PASSWORD))


@pytest.mark.parametrize("ways", ["AUTH PLAIN LOGIN", "AUTH LOGIN"])
def test_a_name_and_a_password_of_any_letters_sign_in(server: StandIn, ways: str):
    server.behaviour.features, server.behaviour.logins = (ways,), {"amina": PASSWORD}
    hand_over(server, user="amina")
    assert server.mails[0].user == "amina"
    with pytest.raises(SignInError) as caught:
        hand_over(server, user="amina", password="wrong")
    assert "wrong" not in f"{caught.value} {caught.value.details}"
    with pytest.raises(SignInError, match="wants a name"):
        hand_over(server)


def test_a_server_that_takes_no_sign_in_says_so(server: StandIn):
    server.behaviour.features = ()
    with pytest.raises(SignInError, match="takes no name"):
        hand_over(server, user="amina")


FAULTS: dict[tuple[str, str], type[WorkbenchError]] = {
    ("GREETING", "421 too busy"): PlatformBusyError,
    ("GREETING", "554 no mail here"): LineError,
    ("EHLO", "502 what?"): LineError,
    ("MAIL", "451 later"): PlatformBusyError,
    ("MAIL", "550 5.7.1 not you"): RefusedError,
    ("RCPT", "450 4.2.0 greylisted, come back"): PlatformBusyError,
    ("RCPT", "550 5.1.1 no such list"): RefusedError,
    ("DATA", "452 no room"): PlatformBusyError,
    ("DATA", "554 no"): RefusedError,
    ("DATA", "250 odd"): LineError,
    ("DOT", "451 the scanner is down"): PlatformBusyError,
    ("DOT", "554 5.7.1 looks like spam"): RefusedError,
    ("DOT", "no code at all"): UnsettledError,
}


@pytest.mark.parametrize(("place", "words"), FAULTS)
def test_every_answer_says_what_is_certain(server: StandIn, place: str, words: str):
    server.behaviour.says = {place: words}
    with pytest.raises(FAULTS[place, words]) as caught:
        hand_over(server)
    assert server.mails == []
    if isinstance(caught.value, RefusedError):
        assert caught.value.details["said"] == words.partition(" ")[2]
    if type(caught.value) is LineError:
        assert caught.value.details["left"] is False


@pytest.mark.parametrize("place", ["GREETING", "EHLO", "MAIL", "RCPT", "DATA", "BODY"])
def test_a_line_that_breaks_before_the_last_dot_leaves_nothing_behind(server: StandIn, place: str):
    server.behaviour.hangs_up = place
    # Larger than what lies in the buffers on the way: else the break is only met at the dot, where nothing is certain.
    with pytest.raises(LineError) as caught:
        hand_over(server, mail=MAIL * (24_000_000 // len(MAIL)))
    assert (caught.value.details["left"], server.mails) == (False, [])


def test_an_answer_lost_after_the_last_dot_is_unsettled(server: StandIn):
    server.behaviour.hangs_up = "DOT"
    with pytest.raises(UnsettledError):
        hand_over(server)
    assert len(server.mails) == 1


@contextmanager
def cutting(begun: threading.Event) -> Iterator[Hook]:
    """A hook that is cut from another thread, again and again as a stop does, once something `begun`."""
    hook, over = Hook(), threading.Event()

    def cut() -> None:
        begun.wait(10)
        while not over.wait(0.01):
            hook.cut()

    thread = threading.Thread(target=cut)
    thread.start()
    try:
        yield hook
    finally:
        over.set()
        thread.join()


@pytest.mark.parametrize("place", ["GREETING", "EHLO", "AUTH", "MAIL", "RCPT", "DATA"])
def test_a_talk_cut_before_the_last_dot_left_nothing(server: StandIn, place: str):
    server.behaviour.keeps_silent, server.behaviour.logins = place, {"amina": PASSWORD}
    with cutting(server.is_silent) as hook, pytest.raises(LineError) as caught:
        hand_over(server, user="amina", hook=hook)
    assert caught.value.details["left"] is False
    assert server.mails == []


def test_a_talk_cut_after_the_last_dot_is_unsettled(server: StandIn):
    server.behaviour.keeps_silent = "DOT"
    with cutting(server.is_silent) as hook, pytest.raises(UnsettledError):
        hand_over(server, hook=hook)
    assert len(server.mails) == 1


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_talk_over_a_secure_line_is_cut_as_well(authority: trustme.CA, security: Security):
    with StandIn(context=serving(authority), starts_secure=security is Security.TLS) as server:
        server.behaviour.keeps_silent = "DOT"
        with cutting(server.is_silent) as hook, pytest.raises(UnsettledError):
            hand_over(server, security=security, context=trusting(authority), hook=hook)


def test_a_mail_server_that_takes_no_line_is_given_up():
    begun = threading.Event()
    begun.set()
    with a_full_port() as port, cutting(begun) as hook, pytest.raises(LineError) as caught:
        submit(MailServer("127.0.0.1", port, Security.NONE), MAIL, sender=SENDER, recipient=LIST, hook=hook)
    assert caught.value.details["left"] is False


def test_a_handshake_that_hangs_is_given_up(authority: trustme.CA):
    heard = threading.Event()
    context = trusting(authority)
    with a_silent_port(heard) as port, cutting(heard) as hook, pytest.raises(LineError) as caught:
        submit(MailServer("127.0.0.1", port), MAIL, sender=SENDER, recipient=LIST, context=context, hook=hook)
    assert caught.value.details["left"] is False


def test_nobody_at_home_is_a_line_error():
    with StandIn() as gone:
        pass
    with pytest.raises(LineError) as caught:
        hand_over(gone)
    assert (caught.value.details["cause"], caught.value.details["left"]) == (Cause.NO_ANSWER, False)


def test_a_server_that_does_not_stop_talking_is_left(server: StandIn):
    server.behaviour.never_ends = True
    meter = Budget(10**9)
    with pytest.raises(LineError):
        hand_over(server, meter=meter)
    assert REPLIES_CAP < meter.spent < 2 * REPLIES_CAP


def test_what_is_too_long_for_the_server_is_not_sent(server: StandIn):
    server.behaviour.features = (f"SIZE {len(MAIL) - 1}",)
    with pytest.raises(RefusedError, match="longer"):
        hand_over(server)
    assert "MAIL" not in server.heard


def test_a_spent_budget_opens_no_line(server: StandIn):
    with pytest.raises(BudgetSpentError):
        hand_over(server, meter=Budget(10, spent=10))
    assert server.connections == 0
