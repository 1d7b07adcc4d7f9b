"""Session: the form of a mailing-list site, told by a function; a real one is asked in tests/rig."""

from datetime import timedelta
from urllib.parse import parse_qsl

import httpx2
import pytest

from tests.sync.clients import as_page
from tests.sync.signin.desks import a_desk_at
from workbench.errors import LineError, PlatformBusyError, SignInError
from workbench.sync.signin import session

LOGIN = "https://lists.example.org/accounts/login/"
FORM = (
    "<html><form action='/search'><input type=hidden name=q value=x></form>"
    "<form method=post><input type='hidden' name='csrfmiddlewaretoken' value='form-token'>{said}"
    "<input name=login><input type=password name=password><input type=hidden name=next value='/'></form>"
)


def page(said="", **headers):
    return httpx2.Response(200, headers={"Content-Type": "text/html", **headers}, content=FORM.format(said=said))


def moved(target, *cookies):
    return httpx2.Response(302, headers=[("Location", target), *(("Set-Cookie", cookie) for cookie in cookies)])


def sign_in(tmp_path, *answers):
    left = [page(**{"Set-Cookie": "csrftoken=cookie-token; Path=/"}), *answers]
    desk, wire = a_desk_at(tmp_path, lambda request: left.pop(0))
    session.sign_in(desk, LOGIN, user="amina", password="planted-password")
    return desk, wire


def test_the_form_is_filled_in_and_its_cookie_signs(tmp_path):
    desk, wire = sign_in(tmp_path, moved("/archives/", "sessionid=session-1; HttpOnly; Path=/"))
    sent = wire.asked[1]
    assert dict(parse_qsl(sent.content.decode())) == {
        "csrfmiddlewaretoken": "form-token",
        "login": "amina",
        "password": "planted-password",
        "remember": "on",
        "next": "/",
    }
    assert (sent.headers["Referer"], sent.headers["Cookie"]) == (LOGIN, "csrftoken=cookie-token")
    assert session.signer(desk).headers() == {"Cookie": "sessionid=session-1"}
    assert not session.signer(desk).renew(session.signer(desk).headers())
    assert all("planted-password" not in (desk.get(name) or "") for name in desk.names())


def test_a_wrong_password_is_a_page_and_is_not_sent_again(tmp_path):
    with pytest.raises(SignInError, match="name and password") as caught:
        sign_in(tmp_path, page("<p>The password for amina is not right.</p>"))
    assert "amina" not in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (as_page(), LineError),
        (moved("https://hotel.example.org/welcome"), LineError),
        (as_page(403), LineError),
        (as_page(429), PlatformBusyError),
        (as_page(500), LineError),
        (moved("/accounts/2fa/authenticate/", "sessionid=half; Path=/"), SignInError),
        (moved("/archives/"), SignInError),
    ],
)
def test_what_is_no_way_in_is_told_apart(tmp_path, answer, kind):
    with pytest.raises(kind):
        sign_in(tmp_path, answer)


def test_a_portal_instead_of_the_form_gets_no_password(tmp_path):
    desk, wire = a_desk_at(tmp_path, lambda request: as_page())
    with pytest.raises(LineError) as caught:
        session.sign_in(desk, LOGIN, user="amina", password="planted-password")
    assert (caught.value.details["cause"], len(wire.asked)) == ("portal", 1)


def test_a_cookie_runs_out(tmp_path):
    desk, _ = sign_in(tmp_path, moved("/archives/", "sessionid=session-1; Path=/"))
    assert session.is_open(desk)
    desk.clock.advance(timedelta(days=14))
    assert not session.is_open(desk)
    with pytest.raises(SignInError, match="ran out"):
        session.signer(desk)


def test_an_account_nobody_signed_in_to_says_so(tmp_path):
    desk, _ = a_desk_at(tmp_path, lambda request: as_page())
    assert not session.is_open(desk)
    with pytest.raises(SignInError, match="nobody"):
        session.signer(desk)
