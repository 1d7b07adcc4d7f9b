"""Microsoft: what cannot be had of a real provider, told by a function at the end of the line."""

import hashlib
import json
from base64 import urlsafe_b64encode
from dataclasses import replace
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx2
import pytest

from tests.sync.clients import as_json, as_page
from tests.sync.signin.desks import Asked, a_desk_at
from workbench.cancel import CancelToken
from workbench.errors import BadInputError, ForbiddenError, LineError, SignInError
from workbench.sync.signin import microsoft
from workbench.sync.signin.microsoft import MicrosoftSettings, Resource

BASE = "https://login.example.org/tenant"
TALK = Resource("talk", ("https://talk.example.org/user_impersonation",))
PEOPLE = Resource("people", ("Group.Read.All", "https://graph.microsoft.com/User.Read"))
SETTINGS = MicrosoftSettings("client-1", BASE, (TALK, PEOPLE))


class Entra:
    """Answers as Entra ID does; `answers` gives what the token endpoint says instead, one after the other."""

    def __init__(self):
        self.answers = []
        self.forms = []
        self.nonce = None
        self.host = BASE
        self.known = True
        self.breaks_at = 0

    def __call__(self, request):
        if request.method == "GET":
            return self._discovery()
        form = dict(parse_qsl(request.content.decode()))
        self.forms.append(form)
        if len(self.forms) == self.breaks_at:
            return as_page(502)
        if self.answers:
            return self.answers.pop(0)
        return as_json(json.dumps(self._token(form)).encode())

    def _discovery(self):
        if not self.known:
            return as_json(b'{"error": "invalid_tenant"}', status=400)
        told = {
            "authorization_endpoint": f"{BASE}/oauth2/v2.0/authorize",
            "token_endpoint": f"{self.host}/oauth2/v2.0/token",
            "device_authorization_endpoint": f"{BASE}/oauth2/v2.0/devicecode",
            "issuer": f"{BASE}/v2.0",
        }
        return as_json(json.dumps(told).encode())

    def _token(self, form):
        claims = {"sub": "amina", "oid": "amina", "tid": "tenant", "preferred_username": "amina@example.org"}
        if self.nonce is not None:
            claims["nonce"] = self.nonce
        body = ".".join(urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({}, claims, {}))
        number = len(self.forms)
        return {
            "access_token": f"access-{number}",
            "refresh_token": f"renewal-{number}",
            "expires_in": 3599,
            "id_token": body,
            "token_type": "Bearer",
        }


@pytest.fixture
def entra():
    return Entra()


@pytest.fixture
def desk(tmp_path, entra):
    made, _ = a_desk_at(tmp_path, entra)
    return made


def sign_in(desk, entra, *, nonce=None, **fields):
    def person(prompt):
        asked = {name: value for name, [value] in parse_qs(urlsplit(prompt.address).query).items()}
        entra.nonce = asked["nonce"] if nonce is None else nonce
        url = httpx2.URL(asked["redirect_uri"]).copy_with(host="127.0.0.1")
        answer = {"state": asked["state"], **(fields or {"code": "code-1"})}
        httpx2.post(url, data=answer)

    asked = Asked(person)
    return microsoft.sign_in_by_browser(desk, SETTINGS, show=asked, cancel=CancelToken()), asked


def test_each_service_has_its_own_list_of_permissions_and_its_own_token(desk, entra):
    opened, _ = sign_in(desk, entra)
    assert opened.granted == ("talk", "people")
    scopes = [set(form["scope"].split()) - {"openid", "profile", "offline_access"} for form in entra.forms]
    assert scopes == [set(TALK.scopes), set(PEOPLE.scopes)]
    signed = [microsoft.signer(desk, SETTINGS, name).headers()["Authorization"] for name in ("talk", "people")]
    assert signed == ["Bearer access-1", "Bearer access-2"]


def test_permissions_of_two_services_in_one_list_are_refused():
    mixed = Resource("both", ("Group.Read.All", "https://talk.example.org/user_impersonation"))
    with pytest.raises(BadInputError, match="one service"):
        MicrosoftSettings("client-1", BASE, (mixed,))


@pytest.mark.parametrize("nonce", ["", "another", hashlib.sha256(b"another").hexdigest()])
def test_an_identity_for_another_sign_in_is_not_taken(desk, entra, nonce):
    with pytest.raises(SignInError, match="does not belong"):
        sign_in(desk, entra, nonce=nonce)
    assert desk.names() == ()


def test_an_answer_without_an_identity_is_not_taken(desk, entra):
    entra.answers = [as_json(b'{"access_token": "a", "token_type": "Bearer", "expires_in": 3599}')]
    with pytest.raises(SignInError, match="does not belong"):
        sign_in(desk, entra)


def test_a_service_the_line_keeps_from_us_opens_by_itself_later(desk, entra):
    entra.breaks_at = 2
    opened, _ = sign_in(desk, entra)
    assert (opened.granted, opened.refused) == (("talk", "people"), {})
    assert len(entra.forms) == 2
    assert microsoft.signer(desk, SETTINGS, "people").headers() == {"Authorization": "Bearer access-3"}


def test_somebody_who_closes_the_page_is_not_asked_again(desk, entra):
    with pytest.raises(SignInError, match="refused") as caught:
        sign_in(desk, entra, error="access_denied", error_subcode="cancel")
    assert caught.value.details["error"] == "consent_required"
    assert entra.forms == []


def test_a_permission_taken_back_later_closes_that_service_only(desk, entra):
    sign_in(desk, entra)
    talk, people = (microsoft.signer(desk, SETTINGS, name) for name in ("talk", "people"))
    entra.answers = [as_json(b'{"error": "invalid_grant", "suberror": "consent_required"}', status=400)]
    refused = people.headers()
    for _ in range(2):
        with pytest.raises(ForbiddenError):
            people.renew(refused)
    assert len(entra.forms) == 3
    assert talk.renew(talk.headers())


def test_a_token_endpoint_elsewhere_is_not_asked(desk, entra):
    entra.host = "https://evil.example.org/tenant"
    with pytest.raises(BadInputError, match="outside"):
        sign_in(desk, entra)
    assert entra.forms == []


def test_an_organisation_that_is_not_known_is_a_wrong_setting(desk, entra):
    entra.known = False
    with pytest.raises(BadInputError, match="organisation"):
        sign_in(desk, entra)


def test_a_renewal_stores_cache_and_token(desk, entra):
    sign_in(desk, entra)
    signer = microsoft.signer(desk, SETTINGS, "talk")
    assert signer.renew(signer.headers())
    [renewal] = json.loads(desk.get("msal"))["RefreshToken"].values()
    assert (renewal["secret"], desk.token("token.talk").access) == ("renewal-3", "access-3")


def test_a_renewal_that_breaks_off_leaves_everything_as_it_was(desk, entra):
    sign_in(desk, entra)
    before = [desk.get(name) for name in desk.names()]
    signer = microsoft.signer(desk, SETTINGS, "talk")
    entra.answers = [as_page(200)]
    with pytest.raises(LineError):
        signer.renew(signer.headers())
    assert [desk.get(name) for name in desk.names()] == before


def test_codes_of_another_device_wait_as_long_as_they_are_told(desk, entra):
    waited = []
    desk = replace(desk, pause=lambda seconds, cancel: waited.append(seconds))
    begun = {"device_code": "d", "user_code": "ABCD", "verification_uri": f"{BASE}/device", "expires_in": 900}
    entra.answers = [
        as_json(json.dumps({**begun, "interval": 5}).encode()),
        as_json(b'{"error": "authorization_pending"}', status=400),
        as_json(b'{"error": "slow_down"}', status=400),
        as_json(b'{"error": "authorization_declined"}', status=400),
        as_json(b'{"error": "unauthorized_client"}', status=400),
    ]
    asked = Asked()
    with pytest.raises(BadInputError):  # the second service is asked for, and not allowed by code
        microsoft.sign_in_by_code(desk, SETTINGS, show=asked, cancel=CancelToken())
    assert waited == [5.0, 10.0]
    assert [(prompt.code, prompt.address) for prompt in asked] == [("ABCD", f"{BASE}/device")]


def test_codes_that_run_out_three_times_end_the_sign_in(desk, entra):
    begun = as_json(
        json.dumps({"device_code": "d", "user_code": "ABCD", "verification_uri": BASE, "expires_in": 900}).encode()
    )
    ended = as_json(b'{"error": "expired_token"}', status=400)
    entra.answers = [begun, ended] * 3
    asked = Asked()
    with pytest.raises(SignInError, match="in time"):
        microsoft.sign_in_by_code(desk, SETTINGS, show=asked, cancel=CancelToken())
    assert [bool(prompt.note) for prompt in asked] == [False, True, True]
