"""Seating: clients of a seat are signed, paced and counted; what counts is kept when it ends."""

import json
import socket
import threading
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from tests.builders import a_clock, a_workspace
from tests.sync.connectors.hyperkitty_site import FISHERS, NOW, FakeSite, history
from tests.sync.silent import a_full_port, a_silent_port
from tests.sync.wire import Wire
from workbench.cancel import CancelToken
from workbench.clock import FixedClock
from workbench.errors import BudgetSpentError, CancelledError, UnsettledError
from workbench.ids import AccountId
from workbench.models.kinds import AccountKind
from workbench.operations.run_watch import RunWatch
from workbench.operations.seating import Line, open_seat, platform_of, settings_of
from workbench.progress import Progress, Wait
from workbench.sync.accounts import AccountEntry, AccountLimits
from workbench.sync.gate import Expect
from workbench.sync.pace import Limit
from workbench.sync.records import CommunityRecord
from workbench.sync.secrets import SecretStore
from workbench.sync.signing import Basic
from workbench.workspace import Workspace

ROOT = "https://lists.example.org/archives/"
SLOW = Limit("slow", 1, 60.0)


@pytest.fixture
def clock() -> FixedClock:
    return a_clock(NOW)


@pytest.fixture
def workspace(tmp_path: Path, clock: FixedClock):
    with a_workspace(tmp_path, clock=clock) as workspace:
        yield workspace


def an_account(workspace: Workspace, **settings: object) -> AccountEntry:
    account_id = workspace.accounts.add(AccountKind.HYPERKITTY, "Fishers", ROOT, settings)
    workspace.mirror.ensure_community(account_id, CommunityRecord(FISHERS, "Fishers"))
    return workspace.accounts.get(account_id)


def a_line(**options) -> Line:
    site = FakeSite({FISHERS: history(9)})
    return Line(transport=Wire(site.answer), jitter=lambda: 0.0, **options)


def ask(seat, **options) -> None:
    seat.client(ROOT, **options).get("api/lists/", {}, expect=Expect.JSON)


def test_a_seat_puts_a_connector_to_work(workspace: Workspace):
    entry = an_account(workspace, list=FISHERS)
    with open_seat(workspace, entry, line=a_line()) as seat:
        (record,) = platform_of(entry).connect(seat).communities()
    assert (record.remote_id, record.messages) == (FISHERS, 9)
    ((requests, bytes_in, bytes_out),) = rows(workspace, "SELECT requests, bytes_in, bytes_out FROM trafficday")
    assert requests == 1
    assert bytes_in > bytes_out > 100


def rows(workspace: Workspace, sql: str) -> list[tuple[object, ...]]:
    with workspace.database.read() as reader:
        return reader.rows(sql)


def test_what_was_counted_is_kept_also_when_the_work_breaks(workspace: Workspace):
    entry = an_account(workspace, list=FISHERS)
    with suppress(ZeroDivisionError), open_seat(workspace, entry, line=a_line()) as seat:
        ask(seat)
        raise ZeroDivisionError
    assert rows(workspace, "SELECT requests FROM trafficday") == [(1,)]
    assert workspace.accounts.get(entry.id).pace is not None


@pytest.mark.parametrize("limits", [{"run_limit": 1}, {"daily_cap": 1}])
def test_limits_hold_before_a_request_is_made(workspace: Workspace, limits: dict[str, int]):
    entry = an_account(workspace, list=FISHERS)
    entry = replace(entry, limits=AccountLimits(daily_cap=limits.get("daily_cap")))
    with open_seat(workspace, entry, run_limit=limits.get("run_limit"), line=a_line()) as seat:
        ask(seat)
        with pytest.raises(BudgetSpentError):
            ask(seat)
    assert rows(workspace, "SELECT requests FROM trafficday") == [(1,)]


def test_calls_that_count_against_a_limit_are_remembered_over_a_restart(workspace: Workspace, clock: FixedClock):
    entry = an_account(workspace, list=FISHERS)
    waits: list[float] = []
    with open_seat(workspace, entry, line=a_line(sleep=waits.append)) as seat:
        ask(seat, limits=(SLOW,))
        ask(seat)
    assert waits == []
    assert sorted(json.loads(workspace.accounts.get(entry.id).pace or "")) == ["polite", "slow"]
    clock.advance(timedelta(seconds=20))
    told: list[Progress] = []
    watch = RunWatch(told.append, account=entry.name, clock=clock)
    with open_seat(workspace, workspace.accounts.get(entry.id), line=a_line(sleep=waits.append), watch=watch) as seat:
        ask(seat, limits=(SLOW,))
    assert waits == [pytest.approx(40.0)]
    until = (clock.now() + timedelta(seconds=40)).timestamp()
    assert [(one.wait, one.waits_until) for one in told] == [(Wait.PACE, pytest.approx(until))]
    assert watch._cost > 0
    kept = json.loads(workspace.accounts.get(entry.id).pace or "")
    assert "polite" in kept


def test_clients_that_name_the_same_limits_share_them(workspace: Workspace):
    entry = an_account(workspace, list=FISHERS)
    waits: list[float] = []
    with open_seat(workspace, entry, line=a_line(sleep=waits.append)) as seat:
        ask(seat, limits=(SLOW,))
        ask(seat, limits=(SLOW,))
    assert waits == [pytest.approx(60.0)]


def test_a_stop_ends_a_wait(workspace: Workspace):
    entry = an_account(workspace, list=FISHERS)
    cancel = CancelToken()
    busy = Line(transport=Wire(lambda request: httpx2.Response(429, headers={"Retry-After": "90"})))
    with open_seat(workspace, entry, cancel=cancel, line=busy) as seat:
        cancel.cancel()
        with pytest.raises(CancelledError):
            ask(seat)


@contextmanager
def a_slow_platform(answer: Callable[[socket.socket], None]):
    """The address of a server that takes one request and leaves it to `answer` what to make of it."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            line, _ = server.accept()
            with line:
                line.recv(4096)
                answer(line)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        thread.join()


def test_a_stop_cuts_an_answer_that_does_not_come(workspace: Workspace):
    cancel = CancelToken()

    def keep_silent(line: socket.socket) -> None:
        cancel.cancel()
        while line.recv(4096):
            pass

    entry = an_account(workspace, list=FISHERS)
    with (
        a_slow_platform(keep_silent) as root,
        open_seat(workspace, entry, cancel=cancel) as seat,
        pytest.raises(CancelledError),
    ):
        seat.client(root).get("api/lists/", {}, expect=Expect.JSON)


def test_a_stop_ends_a_connect_that_hangs(workspace: Workspace):
    cancel = CancelToken()
    entry = an_account(workspace, list=FISHERS)
    with a_full_port() as port, open_seat(workspace, entry, cancel=cancel) as seat:
        client = seat.client(f"http://127.0.0.1:{port}/")
        cancel.cancel()
        with pytest.raises(CancelledError):
            client.get("api/lists/", {}, expect=Expect.JSON)


def test_a_stop_that_hears_no_answer_to_what_was_sent_leaves_it_unsettled(workspace: Workspace):
    cancel, heard = CancelToken(), threading.Event()

    def spares() -> bool:
        return True

    entry = an_account(workspace, list=FISHERS)
    with a_silent_port(heard) as port, open_seat(workspace, entry, cancel=cancel, spares=spares) as seat:
        client = seat.client(f"http://127.0.0.1:{port}/")
        threading.Thread(target=lambda: heard.wait(10) and cancel.cancel()).start()
        with pytest.raises(UnsettledError):
            client.send("POST", "posts/", {}, json={"text": "Aye."}, expect=Expect.JSON)


def test_a_stop_cuts_whatever_a_connector_hung_on_it(workspace: Workspace):
    cancel, is_cut = CancelToken(), threading.Event()
    entry = an_account(workspace, list=FISHERS)
    with open_seat(workspace, entry, cancel=cancel) as seat:
        seat.cuts(is_cut.set)
        cancel.cancel()
        assert is_cut.wait(10)


def test_a_stop_lets_what_is_being_sent_come_to_its_end(workspace: Workspace):
    cancel, is_spared = CancelToken(), threading.Event()

    def spares() -> bool:
        is_spared.set()
        return True

    def answer_after_the_stop(line: socket.socket) -> None:
        cancel.cancel()
        is_spared.wait()
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]")

    entry = an_account(workspace, list=FISHERS)
    with (
        a_slow_platform(answer_after_the_stop) as root,
        open_seat(workspace, entry, cancel=cancel, spares=spares) as seat,
    ):
        assert seat.client(root).get("api/lists/", {}, expect=Expect.JSON).body == b"[]"


def test_the_reach_is_the_accounts_own_unless_told_otherwise(workspace: Workspace):
    entry = replace(an_account(workspace, list=FISHERS), limits=AccountLimits(NOW.date(), is_text_only=True))
    with open_seat(workspace, entry, line=a_line()) as seat:
        assert (seat.reach.oldest, seat.reach.is_text_only) == (NOW.date(), True)


def test_settings_are_texts_and_those_of_the_first_version_still_count(workspace: Workspace):
    entry = an_account(workspace, has_api=False)
    assert settings_of(workspace, entry) == {"has_api": "no", "list": FISHERS}
    assert settings_of(workspace, replace(entry, settings={"list": "x@example.org", "has_api": True})) == {
        "list": "x@example.org", "has_api": "yes",
    }  # fmt: skip
    assert settings_of(workspace, replace(entry, id=AccountId(99), settings={})) == {}


def test_an_account_of_a_whole_site_is_not_taken_for_one_of_its_lists(workspace: Workspace):
    entry = an_account(workspace)
    assert settings_of(workspace, entry)["list"] == FISHERS
    workspace.mirror.ensure_community(entry.id, CommunityRecord("wells@example.org", "Wells"))
    assert "list" not in settings_of(workspace, entry)


def test_a_list_s_seat_has_the_secrets_the_meter_and_the_person_s_own_name(workspace: Workspace):
    entry = an_account(workspace, list=FISHERS)
    SecretStore(workspace.database, workspace.clock).put(entry.id, "smtp_password", "pump and well")
    with workspace.database.write() as session:
        session.connection().exec_driver_sql("INSERT INTO preference VALUES ('my_name', '\"Amina Example\"')")
    with open_seat(workspace, entry, line=a_line()) as seat:
        assert (seat.secret("smtp_password"), seat.secret("absent")) == ("pump and well", "")
        assert seat.settings["my_name"] == "Amina Example"
        assert seat.meter is not None
        seat.meter.note(1, 20, 300)
    assert rows(workspace, "SELECT requests, bytes_in, bytes_out FROM trafficday") == [(1, 20, 300)]
    assert "pump" not in repr(seat)


def test_a_second_service_is_asked_with_a_signer_of_its_own(workspace: Workspace):
    site = FakeSite({FISHERS: history(3)})
    with open_seat(workspace, an_account(workspace, list=FISHERS), line=Line(transport=Wire(site.answer))) as seat:
        ask(seat, signer=Basic("restadmin", "rain"))
        ask(seat)
    assert ["Authorization" in request.headers for request in site.asked] == [True, False]
