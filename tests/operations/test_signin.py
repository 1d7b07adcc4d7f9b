"""Sign-in as a person asks for it: in, out, and what signs the account's requests meanwhile."""

import threading

import pytest

from tests.builders import a_workspace
from tests.sync.clients import as_json
from tests.sync.signin.desks import Asked
from tests.sync.signin.test_session import FORM, moved, page
from tests.sync.silent import a_full_port, a_silent_port
from tests.sync.wire import Wire
from workbench.cancel import CancelToken
from workbench.errors import CancelledError, SignInError
from workbench.models.changes import Changes
from workbench.models.kinds import AccountKind
from workbench.operations import signin
from workbench.queries.sync_status import list_accounts
from workbench.sync.platforms import SignInKind, SignInWay
from workbench.sync.secrets import SecretStore

BASIC = SignInWay(SignInKind.BASIC, "Name and password")
SESSION = SignInWay(SignInKind.SESSION, "Name and password of the archive")
NOTHING = SignInWay(SignInKind.NOTHING, "No sign-in")
OAUTH = SignInWay(
    SignInKind.OAUTH, "Browser", facts={"authorize": "{address}/a", "token": "{address}/t", "revoke": "{address}/r"}
)


@pytest.fixture
def workspace(tmp_path):
    with a_workspace(tmp_path) as opened:
        yield opened


@pytest.fixture
def account(workspace):
    return workspace.accounts.add(
        AccountKind.OPEN_SOCIAL, "Site", "https://social.example.org", {"user": "amina", "client_id": "c"}
    )


@pytest.fixture
def secrets(workspace):
    return SecretStore(workspace.database, workspace.clock)


def test_a_name_and_a_password_sign_until_somebody_signs_out(workspace, account, secrets):
    assert not signin.is_signed_in(workspace, account)
    secrets.put(account, "password", "planted")
    asked = Asked()
    assert signin.sign_in(workspace, account, way=BASIC, show=asked).changes == Changes.ACCOUNTS
    assert (signin.is_signed_in(workspace, account), asked) == (True, [])
    assert "Authorization" in signin.signer(workspace, account, ways=(OAUTH, BASIC)).headers()
    signin.forget_refused(workspace, account)
    assert (signin.needs_sign_in(workspace, account), signin.secrets_kept(workspace, account)) == (True, {"signin.way"})
    secrets.put_all(account, {"password": "planted", "signin.way": "oauth"})
    signin.forget_refused(workspace, account)
    assert secrets.get(account, "password") == "planted", "another way did not send it"
    secrets.put(account, "signin.way", "basic")
    assert signin.sign_out(workspace, account, ways=(OAUTH, BASIC)), "nothing is left open at the platform"
    assert (signin.is_signed_in(workspace, account), secrets.get(account, "password")) == (False, None)
    with pytest.raises(SignInError):
        signin.signer(workspace, account, ways=(OAUTH, BASIC))


def test_a_password_typed_with_the_account_signs_without_more(workspace, account, secrets):
    secrets.put(account, "password", "planted")
    assert signin.is_signed_in(workspace, account, ways=(NOTHING, BASIC))
    assert not signin.is_signed_in(workspace, account, ways=(NOTHING, SESSION))
    assert "Authorization" in signin.signer(workspace, account, ways=(NOTHING, BASIC)).headers()
    assert signin.signer(workspace, account, ways=(NOTHING, SESSION)) is None


def test_a_session_counts_as_long_as_its_cookie(workspace, account, secrets):
    secrets.put(account, "password", "planted")
    answers = [page(), moved("/", "sessionid=s; Path=/")]
    signin.sign_in(workspace, account, way=SESSION, show=Asked(), transport=Wire(lambda request: answers.pop(0)))
    assert (signin.is_signed_in(workspace, account), secrets.get(account, "password")) == (True, None)
    assert signin.signer(workspace, account, ways=(SESSION,)).headers() == {"Cookie": "sessionid=s"}
    assert "form" in FORM


@pytest.mark.parametrize("port_of", [a_full_port, a_silent_port])
def test_a_stop_ends_a_sign_in_at_a_site_that_does_not_answer(workspace, secrets, port_of):
    cancel, heard = CancelToken(), threading.Event()
    with a_full_port() if port_of is a_full_port else a_silent_port(heard) as port:
        root = f"http://127.0.0.1:{port}/"
        account = workspace.accounts.add(AccountKind.OPEN_SOCIAL, "Silent", root, {"user": "amina"})
        secrets.put(account, "password", "planted")
        if port_of is a_full_port:
            cancel.cancel()
        else:
            threading.Thread(target=lambda: heard.wait(10) and cancel.cancel()).start()
        with pytest.raises(CancelledError):
            signin.sign_in(workspace, account, way=SESSION, show=Asked(), cancel=cancel)
    assert not signin.is_signed_in(workspace, account)


def test_the_way_somebody_signed_in_is_known_until_they_sign_out(workspace, account, secrets):
    assert signin.way_used(workspace, account) is None
    signin.sign_in(workspace, account, way=NOTHING, show=Asked())
    assert signin.way_used(workspace, account) is SignInKind.NOTHING
    signin.sign_out(workspace, account, ways=(NOTHING,))
    assert signin.way_used(workspace, account) is None


def test_a_platform_without_a_sign_in_needs_none(workspace, account):
    assert signin.signer(workspace, account, ways=(NOTHING, BASIC)) is None


def test_signing_out_tells_the_platform_and_forgets_even_if_it_does_not_answer(workspace, account, secrets):
    for status, is_told in ((200, True), (500, False)):
        secrets.put_all(account, {"signin.way": "oauth", "signin.token": '["a", 0, null, "r", ""]'})
        assert signin.is_signed_in(workspace, account)
        line = Wire(lambda request, status=status: as_json(b"{}", status=status))
        assert signin.sign_out(workspace, account, ways=(OAUTH,), transport=line) is is_told
        assert not signin.is_signed_in(workspace, account)
        assert len(line.asked) == 1


def test_a_sign_in_that_is_over_is_told_from_one_that_is_not(workspace, account, secrets):
    over = '["a", 0, 1, "", "invalid_grant"]'
    secrets.put_all(account, {"signin.way": "oauth", "signin.token": over})
    assert not signin.is_signed_in(workspace, account)
    secrets.put(account, "signin.token.other", '["a", 0, null, "r", ""]')
    assert signin.is_signed_in(workspace, account)
    secrets.forget(account, "signin.token.other", "signin.token")
    secrets.put(account, "signin.key", '{"key": "k", "client": "c"}')
    assert signin.is_signed_in(workspace, account)


def test_whoever_was_signed_in_and_signs_out_is_not_read_for_as_a_stranger(workspace, account, secrets):
    signin.sign_out(workspace, account, ways=(NOTHING, BASIC))
    assert (found_error(workspace), signin.needs_sign_in(workspace, account)) == (None, True)
    secrets.put(account, "password", "planted")
    assert not signin.needs_sign_in(workspace, account)
    signin.sign_out(workspace, account, ways=(NOTHING, BASIC))
    assert found_error(workspace) == ("sign_in", signin.SIGNED_OUT)
    assert signin.needs_sign_in(workspace, account)
    with pytest.raises(SignInError, match=signin.SIGNED_OUT):
        signin.signer(workspace, account, ways=(NOTHING, BASIC))
    signin.sign_in(workspace, account, way=NOTHING, show=Asked())
    assert signin.signer(workspace, account, ways=(NOTHING, BASIC)) is None


def found_error(workspace):
    with workspace.database.read() as reader:
        (row,) = list_accounts(reader)
    return None if row.error_code is None else (row.error_code, row.error_reason)
