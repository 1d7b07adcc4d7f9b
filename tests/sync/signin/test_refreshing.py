"""Refreshing: one renewal at a time, by one thread of one process; stored before it is used; nobody signed out by a line."""

from datetime import timedelta

import pytest

from tests.builders import NOW, a_database
from tests.sync.signin.desks import a_desk, all_at_once
from tests.sync.signin.processes import LIFE, Platform, a_token, context, renew
from workbench.errors import BadInputError, LineError, ReadOnlyError, SignInError
from workbench.sync.signin.refreshing import Refreshing
from workbench.sync.signin.refusal import refusal
from workbench.sync.signin.token import Token


@pytest.fixture
def desk(tmp_path):
    made = a_desk(tmp_path)
    made.put(token=a_token(0).dump())
    return made


@pytest.fixture
def platform(desk):
    return Platform(desk)


@pytest.fixture
def signer(desk, platform):
    return Refreshing(desk, "token", platform)


def test_it_signs_with_what_is_stored_and_asks_nobody(signer, platform):
    assert signer.headers() == {"Authorization": "Bearer access-0"}
    assert platform.count == 0


def test_fifty_refusals_of_one_token_cost_one_renewal(desk, signer, platform):
    refused = signer.headers()
    assert all_at_once(50, lambda: signer.renew(refused)) == [True] * 50
    assert platform.count == 1
    assert desk.token("token").access == "access-1"


def test_fifty_signers_that_start_late_cost_one_renewal(desk, platform):
    desk.clock.advance(LIFE)
    signers = [Refreshing(desk, "token", platform) for _ in range(50)]
    given = all_at_once(50, lambda: signers.pop().headers()["Authorization"])
    assert set(given) == {"Bearer access-1"}
    assert platform.count == 1


def test_six_processes_cost_one_renewal(desk, tmp_path, signer, platform):
    start = context()
    begin, refused = start.Barrier(6), dict(signer.headers())
    ends = [start.Pipe(duplex=False) for _ in range(6)]
    children = [start.Process(target=renew, args=(tmp_path, refused, begin, said)) for _, said in ends]
    for child in children:
        child.start()
    assert [heard.recv() for heard, _ in ends] == [True] * 6
    for child in children:
        child.join()
        child.close()
    for end in (end for pair in ends for end in pair):
        end.close()
    assert platform.count == 1
    assert desk.token("token").access == "access-1"


def test_what_another_process_renewed_is_taken_without_asking(desk, signer, platform):
    refused = signer.headers()
    desk.put(token=a_token(7).dump())
    assert signer.renew(refused)
    assert signer.headers() == {"Authorization": "Bearer access-7"}
    assert platform.count == 0


def test_a_renewed_token_that_is_refused_again_is_not_renewed_in_a_circle(desk, signer, platform):
    assert signer.renew(signer.headers())
    assert not signer.renew(signer.headers())
    assert platform.count == 1
    desk.clock.advance(timedelta(seconds=61))
    assert signer.renew(signer.headers())


def test_a_new_token_is_stored_before_it_is_used(desk, signer, platform):
    desk.clock.advance(LIFE * 0.8)
    assert signer.headers() == {"Authorization": "Bearer access-1"}
    assert desk.token("token").headers() == signer.headers()


def test_a_line_that_fails_ahead_of_time_is_left_alone_for_a_minute(desk, signer, platform):
    platform.error = LineError("cut")
    desk.clock.advance(LIFE * 0.8)
    assert [signer.headers()["Authorization"] for _ in range(5)] == ["Bearer access-0"] * 5
    assert platform.count == 1
    desk.clock.advance(timedelta(seconds=60))
    signer.headers()
    assert platform.count == 2
    desk.clock.advance(LIFE)
    with pytest.raises(LineError):
        signer.headers()


@pytest.mark.parametrize("error", [LineError("portal"), BadInputError("settings")])
def test_what_says_nothing_of_the_sign_in_ends_no_sign_in(desk, signer, platform, error):
    platform.error = error
    refused = signer.headers()
    with pytest.raises(type(error)):
        signer.renew(refused)
    assert desk.token("token").refresh == "renewal-0"
    platform.error = None
    desk.put(token=Token("access-0", NOW, NOW + LIFE, "renewal-1").dump())
    assert signer.renew(refused)


def test_a_dead_renewal_is_asked_once_and_then_only_a_person_goes_on(desk, signer, platform):
    platform.error = refusal("invalid_grant")
    refused = signer.headers()
    given = all_at_once(20, lambda: signer.renew(refused))
    assert {type(error) for error in given} == {SignInError}
    assert platform.count == 1
    assert (desk.token("token").refresh, desk.token("token").ended) == ("", "invalid_grant")
    with pytest.raises(SignInError, match="sign in again"):
        Refreshing(desk, "token", platform).renew(refused)
    assert platform.count == 1


def test_a_renewal_that_dies_ahead_of_time_lets_the_token_live_to_its_end(desk, signer, platform):
    platform.error = refusal("interaction_required")
    desk.clock.advance(LIFE * 0.9)
    assert signer.headers() == {"Authorization": "Bearer access-0"}
    assert signer.headers() == {"Authorization": "Bearer access-0"}
    assert platform.count == 1
    desk.clock.advance(LIFE)
    with pytest.raises(SignInError):
        signer.headers()


def test_a_sign_in_by_another_window_is_taken_up(desk, signer, platform):
    platform.error = refusal("invalid_grant")
    with pytest.raises(SignInError):
        signer.renew(signer.headers())
    desk.put(token=a_token(5).dump())
    assert signer.headers() == {"Authorization": "Bearer access-5"}


def test_a_profile_that_cannot_be_written_spends_no_renewal(desk, tmp_path, platform):
    database = a_database(tmp_path, writable=False)
    reading = type(desk)(desk.account_id, type(desk.secrets)(database, desk.clock), desk.clock, tmp_path)
    signer = Refreshing(reading, "token", platform)
    with pytest.raises(ReadOnlyError):
        signer.renew(signer.headers())
    assert platform.count == 0
    database.close()


def test_an_account_nobody_signed_in_to_says_so(desk, platform):
    desk.clear()
    with pytest.raises(SignInError, match="nobody"):
        Refreshing(desk, "token", platform).headers()


def test_it_shows_its_name_only(signer):
    signer.headers()
    assert repr(signer) == "Refreshing('token')"
