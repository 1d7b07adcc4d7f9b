"""Desk: what one account keeps of its sign-in, and who may work on it."""

import pytest

from tests.builders import NOW
from tests.sync.signin.desks import a_desk, all_at_once
from tests.sync.signin.processes import context, hold
from workbench.errors import ProfileBusyError, StoreError
from workbench.sync.signin.token import Token


@pytest.fixture
def desk(tmp_path):
    return a_desk(tmp_path)


def test_what_a_sign_in_keeps_is_apart_from_what_a_person_typed(desk):
    desk.secrets.put(desk.account_id, "client_secret", "typed")
    desk.put(token=Token("a", NOW).dump(), way="oauth")
    assert desk.names() == ("token", "way")
    assert desk.token("token") == Token("a", NOW)
    assert desk.token("other") is None
    desk.clear()
    assert desk.names() == ()
    assert desk.secrets.get(desk.account_id, "client_secret") == "typed"


def test_one_at_a_time_renews(desk):
    inside = []

    def renew():
        with desk.renewing():
            inside.append(1)
            seen = len(inside)
            inside.pop()
            return seen

    assert all_at_once(20, renew) == [1] * 20


def test_a_second_sign_in_is_turned_away_until_the_first_ends(desk):
    with desk.signing_in(), desk.renewing():
        with pytest.raises(ProfileBusyError, match="another window"), desk.signing_in():
            pass
        assert [type(error) for error in all_at_once(1, lambda: desk.signing_in().__enter__())] == [ProfileBusyError]
    with desk.signing_in():
        pass


def test_a_process_that_dies_holds_up_nobody(desk, tmp_path):
    start = context()
    here, there = start.Pipe()
    child = start.Process(target=hold, args=(tmp_path, there))
    child.start()
    assert here.recv()
    with pytest.raises(ProfileBusyError), desk.signing_in():
        pass
    child.kill()
    child.join()
    with desk.signing_in(), desk.renewing():
        pass
    here.close()
    there.close()
    child.close()


def test_a_folder_that_cannot_be_written_says_so(desk, tmp_path):
    strange = type(desk)(desk.account_id, desk.secrets, desk.clock, tmp_path / "workbench.db")
    with pytest.raises(StoreError), strange.signing_in():
        pass
