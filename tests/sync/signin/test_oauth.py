"""OAuth: what the browser and the token endpoint are told, and what is kept of their answers."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx2
import pytest

from tests.sync.clients import as_json, as_page
from tests.sync.signin.desks import Asked, a_desk_at
from workbench.cancel import CancelToken
from workbench.errors import BadInputError, LineError, SignInError
from workbench.sync.signin import oauth
from workbench.sync.signin.oauth import OAuthSettings
from workbench.sync.signin.token import Token

SETTINGS = OAuthSettings(
    "client-1",
    "https://accounts.example.org/authorize?flow=desktop",
    "https://login.example.org/token",
    ("https://example.org/analytics.readonly",),
    client_secret="typed-secret",
    extra={"access_type": "offline", "prompt": "consent"},
)
GIVEN = b'{"access_token": "access-1", "expires_in": 300, "refresh_token": "renewal-1", "token_type": "Bearer"}'


def told(address):
    return {name: value for name, [value] in parse_qs(urlsplit(address).query).items()}


def comes_back(**fields):
    """A person whose browser comes back with these fields and the state."""

    def walk(prompt):
        asked = told(prompt.address)
        httpx2.get(asked["redirect_uri"], params={"state": asked["state"], **fields})

    return Asked(walk)


def sign_in(desk, settings=SETTINGS, **fields):
    asked = comes_back(**(fields or {"code": "code-1"}))
    oauth.sign_in(desk, settings, show=asked, cancel=CancelToken())
    return asked


def sent(request):
    return dict(parse_qsl(request.content.decode()))


def test_the_browser_is_sent_with_proof_key_and_what_the_platform_wants_besides(tmp_path):
    desk, wire = a_desk_at(tmp_path, lambda request: as_json(GIVEN))
    address = told(sign_in(desk)[0].address)
    verifier = sent(wire.asked[0])["code_verifier"]
    assert address["code_challenge_method"] == "S256"
    assert (address["flow"], address["access_type"], address["prompt"]) == ("desktop", "offline", "consent")
    assert address["redirect_uri"].startswith("http://127.0.0.1:")
    assert len(verifier) >= 43
    assert verifier not in address["code_challenge"]
    assert "typed-secret" not in str(address)


def test_the_token_endpoint_gets_the_client_in_the_body_and_the_token_is_kept(tmp_path):
    desk, wire = a_desk_at(tmp_path, lambda request: as_json(GIVEN))
    address = told(sign_in(desk)[0].address)
    form = sent(wire.asked[0])
    assert (form["grant_type"], form["code"], form["redirect_uri"]) == (
        "authorization_code",
        "code-1",
        address["redirect_uri"],
    )
    assert (form["client_id"], form["client_secret"]) == ("client-1", "typed-secret")
    assert "Authorization" not in wire.asked[0].headers
    now = desk.clock.now()
    assert desk.token("token") == Token("access-1", now, now + timedelta(seconds=300), "renewal-1")


def test_a_client_without_a_secret_sends_none(tmp_path):
    desk, wire = a_desk_at(tmp_path, lambda request: as_json(GIVEN))
    sign_in(desk, replace(SETTINGS, client_secret=""))
    form = sent(wire.asked[0])
    assert (form["client_id"], "client_secret" in form) == ("client-1", False)


def test_tokens_of_five_minutes_are_renewed_after_four(tmp_path):
    answers = [GIVEN, b'{"access_token": "access-2", "expires_in": 300}']
    desk, wire = a_desk_at(tmp_path, lambda request: as_json(answers.pop(0)))
    sign_in(desk)
    signer = oauth.signer(desk, SETTINGS)
    desk.clock.advance(timedelta(seconds=239))
    assert signer.headers() == {"Authorization": "Bearer access-1"}
    desk.clock.advance(timedelta(seconds=1))
    assert signer.headers() == {"Authorization": "Bearer access-2"}
    assert (sent(wire.asked[1])["refresh_token"], desk.token("token").refresh) == ("renewal-1", "renewal-1")


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"error": "access_denied", "error_description": "Amina said no"}, SignInError),
        ({"error": "invalid_scope"}, BadInputError),
        ({"error": "server_error"}, LineError),
        ({"nothing": "useful"}, BadInputError),
    ],
)
def test_what_the_browser_brings_back_instead_of_a_code_is_said(tmp_path, fields, kind):
    desk, wire = a_desk_at(tmp_path, lambda request: as_json(GIVEN))
    with pytest.raises(kind) as caught:
        sign_in(desk, **fields)
    assert "Amina" not in str(caught.value)
    assert (wire.asked, desk.names()) == ([], ())


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (as_json(b'{"error": "invalid_grant"}', status=400), SignInError),
        (as_json(b'{"error": "invalid_client"}', status=401), BadInputError),
        (as_json(b'{"message": "no"}', status=404), LineError),
        (as_json(b'{"access_token": 7}'), LineError),
        (as_json(b'{"token_type": "Bearer"}'), LineError),
        (as_page(), LineError),
        (httpx2.Response(302, headers={"Location": "https://evil.example.org/"}), LineError),
    ],
)
def test_a_sign_in_that_fails_keeps_what_there_was(tmp_path, reply, kind):
    desk, _ = a_desk_at(tmp_path, lambda request: reply)
    desk.put(token="[before]")
    with pytest.raises(kind):
        sign_in(desk)
    assert desk.get("token") == "[before]"


def test_the_platform_is_told_that_a_sign_in_is_over_where_it_wants_to_know(tmp_path):
    desk, wire = a_desk_at(tmp_path, lambda request: as_json(GIVEN))
    settings = replace(SETTINGS, revoke_address="https://login.example.org/revoke")
    assert not oauth.revoke(desk, settings)
    sign_in(desk)
    assert not oauth.revoke(desk, SETTINGS)
    assert oauth.revoke(desk, settings)
    assert sent(wire.asked[-1]) == {"token": "renewal-1", "client_id": "client-1", "client_secret": "typed-secret"}


def test_a_platform_that_cannot_be_told_does_not_keep_anybody_in(tmp_path):
    answers = [as_json(GIVEN), as_page(500)]
    desk, _ = a_desk_at(tmp_path, lambda request: answers.pop(0))
    sign_in(desk)
    assert not oauth.revoke(desk, replace(SETTINGS, revoke_address="https://login.example.org/revoke"))


@pytest.mark.parametrize("address", ["http://accounts.example.org/", "javascript:alert(1)", "file:///etc/passwd", ""])
def test_no_browser_is_sent_to_an_address_that_is_not_safe(tmp_path, address):
    desk, wire = a_desk_at(tmp_path, lambda request: as_json(GIVEN))
    asked = Asked()
    with pytest.raises(BadInputError):
        oauth.sign_in(desk, replace(SETTINGS, authorize_address=address), show=asked, cancel=CancelToken())
    assert (asked, wire.asked) == ([], [])


def test_the_typed_secret_is_in_no_repr():
    assert "typed-secret" not in repr(SETTINGS)
