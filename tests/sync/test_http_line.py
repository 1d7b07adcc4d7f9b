"""HttpLine: peers are looked at, certificates told apart, bytes counted, stuck lines dropped, cookies kept apart."""

import logging
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.sync import clients
from tests.sync.clients import BASE, NOW, OK, SECRET, as_json, ask, client_of, replies
from tests.sync.raw_server import RawServer
from workbench.clock import FixedClock
from workbench.errors import BadInputError, BudgetSpentError, CancelledError, LineError
from workbench.sync import web_address
from workbench.sync.api_client import ApiClient
from workbench.sync.gate import Cause, Expect
from workbench.sync.http_line import HttpLine
from workbench.sync.meter import Budget
from workbench.sync.pace import Pace
from workbench.sync.signing import Fixed

AtPort = Callable[..., ApiClient]


@pytest.fixture(name="at_port")
def _clients() -> Iterator[AtPort]:
    opened: list[ApiClient] = []

    def at_port(port: int, **options) -> ApiClient:
        opened.append(clients.at_port(port, **options))
        return opened[-1]

    yield at_port
    for client in opened:
        client.close()


# -- addresses and logs


def test_the_address_a_name_led_to_is_looked_at_before_a_byte_leaves(at_port: AtPort, monkeypatch: pytest.MonkeyPatch):
    def refuse(url: httpx2.URL, address: str) -> None:
        reason = f"{url.host} leads to {address}"
        raise BadInputError(reason)

    with RawServer([OK]) as server:
        client = at_port(server.port)
        monkeypatch.setattr("workbench.sync.web_address.refuse_peer", refuse)
        with pytest.raises(BadInputError, match=r"leads to 127\.0\.0\.1"):
            ask(client)
        monkeypatch.undo()
        assert ask(client) == b'{"a": 1}'
        assert len(server.asked) == 1


def test_no_log_holds_a_secret_an_address_or_a_query(at_port: AtPort, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG), RawServer([b"", OK]) as server:
        client = at_port(server.port, signer=Fixed({"Authorization": SECRET}))
        ask(client, sender="amina@example.org")
        assert SECRET.encode() in server.asked[0]
    assert SECRET not in caplog.text
    assert "amina" not in caplog.text


# -- bytes


def test_bytes_and_requests_of_every_attempt_are_counted(at_port: AtPort):
    with RawServer([b"HTTP/1.1 502 Bad\r\nContent-Length: 3\r\n\r\nbad", OK]) as server:
        client = at_port(server.port)
        ask(client, limit="1")
        traffic = client.take_traffic()
        assert traffic.requests == 2
        assert traffic.bytes_out == sum(len(request) for request in server.asked)
        assert traffic.bytes_in == pytest.approx(len(OK) + 44, rel=0.03)
    assert client.traffic.requests == 0


def test_a_body_that_breaks_off_is_a_cut_line_and_its_bytes_count(at_port: AtPort):
    with RawServer([OK[:-3]]) as server:
        client = at_port(server.port)
        with pytest.raises(LineError) as caught:
            client.get("api/", {}, expect=Expect.JSON, attempts=1)
        assert caught.value.details["cause"] == Cause.CUT
        assert client.traffic.bytes_in == len(OK) - 3 - len("\r\n") + 2


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n5\r\n[1,2",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\nContent-Type: application/json\r\n\r\n[1,2]",
    ],
)
def test_an_answer_that_is_not_whole_http_is_a_line_error(at_port: AtPort, answer: bytes):
    with RawServer([answer]) as server, pytest.raises(LineError):
        ask(at_port(server.port))


def test_nobody_there_is_a_line_error(at_port: AtPort):
    with RawServer([OK]) as server:
        port = server.port
    with pytest.raises(LineError) as caught:
        ask(at_port(port))
    assert caught.value.details["cause"] == Cause.NO_ANSWER


def test_a_huge_reply_is_dropped_on_the_way():
    def endless() -> Iterator[bytes]:
        while True:
            yield bytes(1_000_000)

    class Endless(httpx2.BaseTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            return httpx2.Response(200, headers={"Content-Type": "application/json"}, content=endless())

    client = ApiClient(BASE, clock=FixedClock(NOW), transport=Endless())
    with pytest.raises(LineError) as caught:
        ask(client)
    assert caught.value.details["cause"] == Cause.TOO_LARGE


def test_the_body_of_a_question_and_the_bytes_of_a_whole_session_are_counted(at_port: AtPort):
    answers = [OK.replace(b"8", b"5008", 1).replace(b"1}", b"1" + b" " * 5000 + b"}"), OK, OK[:-3], OK]
    budget = Budget(10_000_000)
    with RawServer(answers) as server:
        client = at_port(server.port, meter=budget, signer=Fixed({"Authorization": SECRET}))
        ask(client, limit="100")
        client.ask("api/query", {}, json={"words": "x" * 3000}, expect=Expect.JSON)
        ask(client)
        traffic = client.take_traffic()
        seen = sum(len(answer) for answer in answers), sum(len(request) for request in server.asked)
        assert traffic.requests == 4
        assert (traffic.bytes_in, traffic.bytes_out) == pytest.approx(seen, rel=0.03)
        assert budget.spent == traffic.bytes_in + traffic.bytes_out


def test_what_never_left_is_not_counted_as_sent(at_port: AtPort):
    with RawServer([OK]) as server:
        port = server.port
    client = at_port(port)
    with pytest.raises(LineError) as caught:
        ask(client)
    assert caught.value.details["left"] is False
    assert (client.traffic.requests, client.traffic.bytes_out) == (4, 0)


def test_a_spent_budget_stops_before_the_next_request_and_never_within_one():
    budget = Budget(100)
    client, wire, sleeps = client_of(lambda request: as_json(b" " * 200 + b"[]"), meter=budget)
    ask(client)
    with pytest.raises(BudgetSpentError):
        ask(client)
    assert (len(wire.asked), sleeps) == (1, [])


# -- lines that hang


def test_connections_are_dropped_after_the_machine_slept():
    class Waking(FixedClock):
        def sleep_the_machine(self, length: timedelta) -> None:
            self._moment += length  # the wall clock runs on, the other stands still

    clock = Waking(NOW)
    closed = []
    client, wire, _ = client_of(lambda request: as_json(), clock=clock)
    wire.close = lambda: closed.append(1)  # type: ignore[method-assign]  # what a pool does when it is dropped
    ask(client)
    clock.advance(timedelta(hours=1))
    ask(client)
    assert closed == []
    clock.sleep_the_machine(timedelta(minutes=2))
    ask(client)
    assert closed == [1]


def test_closing_in_another_thread_ends_what_hangs(at_port: AtPort):
    with RawServer([None]) as server:
        client = at_port(server.port)
        closing = threading.Thread(target=lambda: server.is_stuck.wait(10) and client.close())
        closing.start()
        with pytest.raises(LineError) as caught:
            client.get("api/", {}, expect=Expect.JSON, attempts=1)
        closing.join()
    assert caught.value.details["cause"] == Cause.CUT


def test_closing_in_another_thread_ends_what_hangs_under_tls(
    at_port: AtPort, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    context, authority = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    with RawServer([None], tls=context) as server:
        client = at_port(server.port, scheme="https", host="localhost")
        closing = threading.Thread(target=lambda: server.is_stuck.wait(10) and client.close())
        closing.start()
        with pytest.raises(LineError):
            client.get("api/", {}, expect=Expect.JSON, attempts=1)
        closing.join()


def a_line(base: str) -> HttpLine:
    clock = FixedClock(NOW)
    return HttpLine(
        web_address.base_of(base, allow_private=False),
        clock=clock,
        pace=Pace(clock),
        meter=None,
        allow_private=False,
        keeps_cookies=False,
        transport=None,
    )


def test_a_request_nobody_waits_for_never_leaves():
    stop, line = threading.Event(), a_line(BASE)
    stop.set()
    with pytest.raises(CancelledError):
        line.exchange("GET", httpx2.URL(BASE), headers={}, stop=stop)
    assert line.traffic.requests == 0


def test_a_line_closed_just_before_a_request_never_left():
    line = a_line(BASE)
    line._http().close()  # what `drop` of another thread does, at the worst moment
    with pytest.raises(LineError) as caught:
        line.exchange("GET", httpx2.URL(BASE), headers={})
    assert caught.value.details["left"] is False


def test_a_mistake_of_ours_is_not_called_a_bad_line():
    def fail(request: httpx2.Request) -> httpx2.Response:
        message = "a mistake"
        raise RuntimeError(message)

    client, _, _ = client_of(fail)
    with pytest.raises(RuntimeError, match="a mistake"):
        ask(client)


def test_a_connection_made_after_a_stop_is_closed_at_once(monkeypatch: pytest.MonkeyPatch):
    stop, connect = threading.Event(), socket.create_connection

    def connect_late(*args, **options) -> socket.socket:
        stop.set()
        return connect(*args, **options)

    with RawServer([OK]) as server:
        root = f"http://127.0.0.1:{server.port}/"
        line = a_line(root)
        monkeypatch.setattr(socket, "create_connection", connect_late)
        with pytest.raises(CancelledError):
            line.exchange("GET", httpx2.URL(root), headers={}, stop=stop)
        line.drop()
    assert server.asked == []


# -- cookies


def test_cookies_are_kept_only_where_they_are_wanted():
    answer = replies(as_json(Set_Cookie="session=abc; Path=/"), as_json())
    client, wire, _ = client_of(answer)
    ask(client)
    ask(client)
    assert "cookie" not in wire.asked[1].headers
    assert client.cookie("session") is None

    kept, wire, _ = client_of(replies(as_json(Set_Cookie="session=abc; Path=/"), as_json()), keeps_cookies=True)
    ask(kept)
    assert kept.cookie("session") == "abc"
    kept.close()
    ask(kept)
    assert wire.asked[1].headers["cookie"] == "session=abc"


def test_a_cookie_for_another_host_is_not_taken():
    foreign = as_json(Set_Cookie="session=abc; Domain=elsewhere.example.net")
    client, _, _ = client_of(replies(foreign, as_json()), keeps_cookies=True)
    ask(client)
    assert client.cookie("session") is None


# -- certificates


def certificate(
    folder: Path,
    *,
    host: str = "localhost",
    begins: timedelta = -timedelta(days=1),
    ends: timedelta = timedelta(days=1),
) -> tuple[ssl.SSLContext, Path]:
    """A server's TLS context and the file of the throw-away authority that signed it."""
    today = datetime.now(UTC)  # noqa: TID251 - OpenSSL looks at the machine's clock
    authority, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])
    root = (
        x509.CertificateBuilder().subject_name(issuer).issuer_name(issuer).public_key(authority.public_key())
        .serial_number(1).not_valid_before(today - timedelta(days=30)).not_valid_after(today + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(authority, hashes.SHA256())
    )  # fmt: skip
    names: list[x509.GeneralName] = [x509.DNSName(host)]
    if host == "127.0.0.1":
        names = [x509.IPAddress(ip_address(host))]
    leaf = (
        x509.CertificateBuilder().subject_name(x509.Name([])).issuer_name(issuer).public_key(key.public_key())
        .serial_number(2).not_valid_before(today + begins).not_valid_after(today + ends)
        .add_extension(x509.SubjectAlternativeName(names), critical=True)
        .sign(authority, hashes.SHA256())
    )  # fmt: skip
    pem = serialization.Encoding.PEM
    (folder / "ca.pem").write_bytes(root.public_bytes(pem))
    plain = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "server.pem").write_bytes(plain + leaf.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return context, folder / "ca.pem"


def test_a_good_certificate_is_trusted_where_the_system_trusts_its_authority(
    at_port: AtPort, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    context, authority = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    with RawServer([OK], tls=context) as server:
        assert ask(at_port(server.port, scheme="https", host="localhost")) == b'{"a": 1}'


@pytest.mark.parametrize(
    ("options", "is_trusted", "cause"),
    [
        ({"begins": timedelta(days=1), "ends": timedelta(days=2)}, True, Cause.TLS_NOT_YET_VALID),
        ({"begins": -timedelta(days=9), "ends": -timedelta(days=2)}, True, Cause.TLS_EXPIRED),
        ({"host": "elsewhere.example.net"}, True, Cause.TLS_WRONG_HOST),
        ({}, False, Cause.TLS_UNKNOWN_ISSUER),
    ],
)
def test_each_bad_certificate_has_its_own_cause_and_is_asked_once(
    at_port: AtPort,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    options: dict[str, object],
    is_trusted: bool,
    cause: Cause,
):
    context, authority = certificate(tmp_path, **options)
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    with RawServer([OK], tls=context) as server:
        client = at_port(server.port, scheme="https", host="localhost")
        with pytest.raises(LineError) as caught:
            ask(client)
        assert caught.value.details["cause"] == cause
        assert client.traffic.requests == 1
        assert server.asked == []


def test_a_server_without_tls_is_told_apart(at_port: AtPort, tmp_path: Path):
    with RawServer([OK]) as server, pytest.raises(LineError) as caught:
        ask(at_port(server.port, scheme="https", host="localhost"))
    assert str(caught.value.details["cause"]).startswith("tls")
