"""ApiClient: secrets stay at their origin, addresses are checked, lines retried, waits honoured, bytes counted."""

import logging
import ssl
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

from tests.sync.raw_server import RawServer
from tests.sync.wire import Wire
from workbench.cancel import CancelToken
from workbench.clock import FixedClock
from workbench.errors import BadInputError, CancelledError, LineError, PlatformBusyError, SignInError, WorkbenchError
from workbench.sync.api_client import ApiClient, Bucket, refuse_peer, sleep_until_cancelled
from workbench.sync.gate import Cause, Expect

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
BASE = "https://lists.example.org/archives/"
SECRET = "hunter2-never-elsewhere"
OK = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\nConnection: close\r\n\r\n{"a": 1}'

Answer = Callable[[httpx2.Request], httpx2.Response]


def as_json(body: bytes = b"{}", status: int = 200, **headers: str) -> httpx2.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx2.Response(status, headers={"Content-Type": "application/json", **named}, content=body)


class Sleeps(list[float]):
    """Moves the clock instead of waiting, and remembers how far."""

    def __init__(self, clock: FixedClock) -> None:
        super().__init__()
        self._clock = clock

    def __call__(self, seconds: float) -> None:
        self.append(seconds)
        self._clock.advance(timedelta(seconds=seconds))


def client_of(answer: Answer, **options) -> tuple[ApiClient, Wire, Sleeps]:
    clock = options.pop("clock", FixedClock(NOW))
    wire, sleeps = Wire(answer), Sleeps(clock)
    return ApiClient(BASE, clock=clock, sleep=sleeps, jitter=lambda: 0.25, transport=wire, **options), wire, sleeps


OPENED: list[ApiClient] = []


def at_port(port: int, *, scheme: str = "http", host: str = "127.0.0.1", **options) -> ApiClient:
    client = ApiClient(f"{scheme}://{host}:{port}/", clock=FixedClock(NOW), sleep=lambda seconds: None, **options)
    OPENED.append(client)
    return client


@pytest.fixture(autouse=True)
def _hang_up() -> Iterator[None]:
    yield
    while OPENED:
        OPENED.pop().close()


def ask(client: ApiClient, path: str = "api/lists/", **query: str) -> bytes:
    return client.get(path, query, expect=Expect.JSON).body


def replies(*answers: httpx2.Response) -> Answer:
    left = list(answers)
    return lambda request: left.pop(0) if len(left) > 1 else left[0]


def test_a_path_and_its_query_are_asked_below_the_base():
    client, wire, _ = client_of(lambda request: as_json(b"[]"))
    assert ask(client, "api/list/a@example.org/emails/", limit="1") == b"[]"
    assert str(wire.asked[0].url) == f"{BASE}api/list/a@example.org/emails/?limit=1"


# -- addresses


@pytest.mark.parametrize(
    "address",
    [
        "http://lists.example.org/",
        "ftp://lists.example.org/",
        "lists.example.org",
        "https://",
        "https://somebody:password@lists.example.org/",
        "https://10.0.0.1/",
        "https://192.168.1.1:8443/",
        "https://172.16.5.5/",
        "https://169.254.169.254/latest/meta-data/",
        "http://169.254.169.254/",
        "https://100.64.0.1/",
        "https://0.0.0.0/",
        "https://[::]/",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://224.0.0.1/",
        "https://255.255.255.255/",
    ],
)
def test_an_address_that_is_not_safe_is_refused(address: str):
    with pytest.raises(BadInputError) as caught:
        ApiClient(address, clock=FixedClock(NOW))
    assert "password" not in str(caught.value.details)


@pytest.mark.parametrize(
    "address", ["https://lists.example.org/", "http://localhost:8000/", "http://127.0.0.1/", "http://[::1]:80/"]
)
def test_https_and_loopback_are_taken(address: str):
    ApiClient(address, clock=FixedClock(NOW))


def test_a_private_network_is_taken_where_it_was_allowed():
    ApiClient("https://10.0.0.1/", clock=FixedClock(NOW), allow_private=True)
    with pytest.raises(BadInputError):
        ApiClient("http://10.0.0.1/", clock=FixedClock(NOW), allow_private=True)


def test_a_name_that_leads_into_a_private_network_is_refused():
    for inside in ("10.1.2.3", "127.0.0.1", "169.254.169.254", "::1", "fe80::1%eth0", "::ffff:192.168.0.1"):
        with pytest.raises(BadInputError):
            refuse_peer(httpx2.URL("https://lists.example.org/"), inside)
    refuse_peer(httpx2.URL("https://lists.example.org/"), "93.184.215.14")


def test_the_address_a_name_led_to_is_looked_at_before_a_byte_leaves(monkeypatch: pytest.MonkeyPatch):
    def refuse(url: httpx2.URL, address: str) -> None:
        reason = f"{url.host} leads to {address}"
        raise BadInputError(reason)

    with RawServer([OK]) as server:
        client = at_port(server.port)
        monkeypatch.setattr("workbench.sync.api_client.refuse_peer", refuse)
        with pytest.raises(BadInputError, match=r"leads to 127\.0\.0\.1"):
            ask(client)
        monkeypatch.undo()
        assert ask(client) == b'{"a": 1}'
        assert len(server.asked) == 1


# -- secrets and redirects


@pytest.mark.parametrize("header", ["Authorization", "Private-Token", "X-Api-Key", "Cookie"])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example.net/",
        "//elsewhere.example.net/x",
        "http://lists.example.org/",
        "https://lists.example.org:8443/",
    ],
)
def test_a_secret_never_follows_a_redirect_to_another_origin(header: str, status: int, target: str):
    client, wire, _ = client_of(
        lambda request: httpx2.Response(status, headers={"Location": target}), authorize=lambda: (header, SECRET)
    )
    with pytest.raises(LineError) as caught:
        ask(client)
    assert caught.value.details["cause"] == Cause.PORTAL
    assert [request.url.host for request in wire.asked] == ["lists.example.org"]
    assert wire.asked[0].headers[header] == SECRET
    assert SECRET not in repr(caught.value.details)


def test_a_redirect_within_the_origin_is_followed_and_signed_again():
    moved = httpx2.Response(302, headers={"Location": "/archives/api/lists/?moved=1"})
    client, wire, _ = client_of(replies(moved, as_json(b"[]")), authorize=lambda: ("Authorization", SECRET))
    assert ask(client) == b"[]"
    assert [request.headers["Authorization"] for request in wire.asked] == [SECRET, SECRET]


def test_redirects_in_a_circle_are_refused():
    client, wire, _ = client_of(lambda request: httpx2.Response(302, headers={"Location": str(request.url)}))
    with pytest.raises(LineError):
        client.get("api/", {}, expect=Expect.JSON, attempts=1)
    assert len(wire.asked) == 6


def test_a_path_outside_the_origin_is_refused_unsigned():
    client, wire, _ = client_of(lambda request: as_json(), authorize=lambda: ("Authorization", SECRET))
    with pytest.raises(BadInputError):
        ask(client, "https://elsewhere.example.net/api/")
    assert wire.asked == []


def test_the_secret_is_asked_for_anew_each_time():
    tokens = iter(["one", "two"])
    client, wire, _ = client_of(lambda request: as_json(), authorize=lambda: ("Authorization", next(tokens)))
    ask(client)
    ask(client)
    assert [request.headers["Authorization"] for request in wire.asked] == ["one", "two"]


def test_no_log_holds_a_secret_an_address_or_a_query(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG), RawServer([b"", OK]) as server:
        client = at_port(server.port, authorize=lambda: ("Authorization", SECRET))
        ask(client, sender="amina@example.org")
        assert SECRET.encode() in server.asked[0]
    assert SECRET not in caplog.text
    assert "amina" not in caplog.text


# -- lines, waits, politeness


def test_a_bad_line_is_tried_again_with_growing_waits():
    def break_off(request: httpx2.Request) -> httpx2.Response:
        message = "reset"
        raise httpx2.ReadError(message, request=request)

    client, wire, sleeps = client_of(break_off)
    with pytest.raises(LineError):
        ask(client)
    assert len(wire.asked) == 4
    assert sleeps == [1.25, 2.25, 4.25]


def test_a_line_that_comes_back_is_not_noticed():
    client, _, sleeps = client_of(replies(as_json(status=502), as_json(b"[1"), as_json(b"[]")))
    assert ask(client) == b"[1"  # what is inside is for whoever parses it
    assert sleeps == [1.25]


def test_a_wait_the_platform_asks_for_is_kept():
    client, _, sleeps = client_of(replies(as_json(status=429, Retry_After="17"), as_json(b"[]")))
    assert ask(client) == b"[]"
    assert sleeps == [17.25]


def test_a_long_wait_is_handed_on_instead():
    client, wire, sleeps = client_of(lambda request: as_json(status=503, Retry_After="600"))
    with pytest.raises(PlatformBusyError) as caught:
        ask(client)
    assert caught.value.details["seconds"] == 600
    assert (len(wire.asked), sleeps) == (1, [])


@pytest.mark.parametrize("status", [401, 403, 404, 410, 418, 511])
def test_what_asking_again_cannot_mend_is_asked_once(status: int):
    client, wire, sleeps = client_of(lambda request: as_json(status=status))
    with pytest.raises(WorkbenchError):
        ask(client)
    assert (len(wire.asked), sleeps) == (1, [])


def test_a_sign_in_page_is_suspected_once_and_named():
    page = httpx2.Response(200, headers={"Content-Type": "text/html"}, content=b"<html>Welcome to our hotel</html>")
    client, wire, _ = client_of(lambda request: page)
    with pytest.raises(LineError, match="sign-in page suspected"):
        ask(client)
    assert len(wire.asked) == 1


def test_a_stop_ends_a_wait():
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        sleep_until_cancelled(cancel)(3600)


def test_a_stop_during_a_wait_ends_the_request():
    cancel = CancelToken()
    cancel.cancel()
    wire = Wire(lambda request: as_json(status=502))
    client = ApiClient(BASE, clock=FixedClock(NOW), sleep=sleep_until_cancelled(cancel), transport=wire)
    with pytest.raises(CancelledError):
        ask(client)
    assert len(wire.asked) == 1


def test_a_burst_is_let_through_and_then_slowed():
    clock = FixedClock(NOW)
    sleeps = Sleeps(clock)
    bucket = Bucket(clock, sleeps, per_second=5, burst=3)
    for _ in range(5):
        bucket.take()
    assert sleeps == pytest.approx([0.2, 0.2])
    clock.advance(timedelta(seconds=60))
    for _ in range(3):
        bucket.take()
    assert len(sleeps) == 2


def test_bytes_and_requests_of_every_attempt_are_counted():
    with RawServer([b"HTTP/1.1 502 Bad\r\nContent-Length: 3\r\n\r\nbad", OK]) as server:
        client = at_port(server.port)
        ask(client, limit="1")
        traffic = client.take_traffic()
        assert traffic.requests == 2
        assert traffic.bytes_out == sum(len(request) for request in server.asked)
        assert traffic.bytes_in == pytest.approx(len(OK) + 44, rel=0.03)
    assert client.traffic.requests == 0


def test_a_body_that_breaks_off_is_a_cut_line_and_its_bytes_count():
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
def test_an_answer_that_is_not_whole_http_is_a_line_error(answer: bytes):
    with RawServer([answer]) as server, pytest.raises(LineError):
        ask(at_port(server.port))


def test_nobody_there_is_a_line_error():
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


def test_the_distance_to_the_servers_clock_is_known():
    client, _, _ = client_of(lambda request: as_json(Date="Tue, 10 Mar 2026 12:07:00 GMT"))
    ask(client)
    assert client.skew == timedelta(minutes=7)


def test_401_is_for_a_person():
    client, _, _ = client_of(lambda request: as_json(status=401))
    with pytest.raises(SignInError):
        ask(client)


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
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, object], is_trusted: bool, cause: Cause
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


def test_a_server_without_tls_is_told_apart(tmp_path: Path):
    with RawServer([OK]) as server, pytest.raises(LineError) as caught:
        ask(at_port(server.port, scheme="https", host="localhost"))
    assert str(caught.value.details["cause"]).startswith("tls")
