"""Entra: what msal is given of the line, and what it never gets to see."""

import pytest

from tests.sync.clients import as_json, as_page
from tests.sync.signin.desks import a_desk_at
from tests.sync.signin.test_microsoft import BASE, Entra
from workbench.errors import BadInputError, LineError, PlatformBusyError, SignInError
from workbench.sync.signin.entra import App


def test_its_endpoints_are_asked_for_once_and_nothing_else(tmp_path):
    desk, wire = a_desk_at(tmp_path, Entra())
    with App(desk, client_id="client-1", authority=f"{BASE}/") as app:
        assert app.msal.client_id == "client-1"
    assert [str(request.url) for request in wire.asked] == [f"{BASE}/v2.0/.well-known/openid-configuration"]


def test_without_anybody_in_the_cache_a_person_has_to_sign_in(tmp_path):
    desk, wire = a_desk_at(tmp_path, Entra())
    with App(desk, client_id="client-1", authority=BASE) as app:
        app.read("")
        with pytest.raises(SignInError):
            app.silent(["https://talk.example.org/.default"])
    assert len(wire.asked) == 1


def test_an_authority_on_this_machine_needs_no_certificate_and_is_asked_alone(tmp_path):
    here = Entra()
    here.host = "https://127.0.0.1:8765/tenant"
    desk, wire = a_desk_at(tmp_path, here)
    with App(desk, client_id="client-1", authority="http://127.0.0.1:8765/tenant") as app:
        app.msal.acquire_token_by_refresh_token("renewal", ["https://talk.example.org/.default"])
    assert {(request.url.scheme, request.url.host, request.url.port) for request in wire.asked} == {
        ("http", "127.0.0.1", 8765)
    }
    here.host = "https://127.0.0.1:8766/tenant"
    with (
        App(desk, client_id="client-1", authority="http://127.0.0.1:8765/tenant") as app,
        pytest.raises(BadInputError),
    ):
        app.msal.acquire_token_by_refresh_token("renewal", ["https://talk.example.org/.default"])
    with pytest.raises(BadInputError), App(desk, client_id="client-1", authority="http://login.example.org/tenant"):
        pass


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (as_json(b'{"error": "invalid_tenant"}', status=400), BadInputError),
        (as_json(b"{}"), BadInputError),
        (as_page(), LineError),
        (as_page(503), PlatformBusyError),
        (as_json(b"[]"), LineError),
    ],
)
def test_an_authority_that_is_none_is_not_signed_in_to(tmp_path, reply, kind):
    desk, _ = a_desk_at(tmp_path, lambda request: reply)
    with pytest.raises(kind), App(desk, client_id="client-1", authority=BASE):
        pass
