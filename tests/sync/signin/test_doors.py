"""Doors: what a platform declares becomes the settings of a way in."""

import json
from dataclasses import replace

import pytest

from tests.builders import NOW
from tests.sync.clients import as_json
from tests.sync.signin.desks import Asked, a_desk, a_desk_at
from tests.sync.signin.test_service_key import FILE
from workbench.cancel import CancelToken
from workbench.errors import BadInputError, SignInError
from workbench.sync.platforms import Setting, SignInKind, SignInWay
from workbench.sync.signin.doors import Told, door
from workbench.sync.signin.token import Token

OAUTH = SignInWay(
    SignInKind.OAUTH,
    "Sign in with the browser",
    settings=(Setting("client_id", "Client id"), Setting("provider", "Provider", default="connections")),
    facts={
        "authorize": "{address}/oauth2/{provider}/authorize",
        "token": "{address}/oauth2/{provider}/token",
        "revoke": "{address}/oauth2/{provider}/revoke",
        "scopes": "openid read",
        "extra": "access_type=offline&prompt=consent",
    },
)


def told(folder, kind, *, settings=None, **facts):
    way = SignInWay(kind, "A way", facts=facts)
    return Told(a_desk(folder), way, "https://social.example.org/", settings or {})


def test_facts_name_settings_and_the_address(tmp_path):
    at = Told(a_desk(tmp_path), OAUTH, "https://social.example.org/", {"client_id": "c"})
    assert at.fact("token") == "https://social.example.org/oauth2/connections/token"
    assert replace(at, settings={"provider": " other "}).fact("token").endswith("/oauth2/other/token")
    assert (at.scopes(), at.fact("nothing")) == (("openid", "read"), "")


def test_a_setting_that_is_missing_is_named(tmp_path):
    with pytest.raises(BadInputError) as caught:
        Told(a_desk(tmp_path), OAUTH, "https://social.example.org/", {}).setting("client_id")
    assert caught.value.details["setting"] == "client_id"
    assert str(caught.value).startswith("“Client id” (client_id) is missing")


def test_services_stand_in_the_order_of_their_declaration(tmp_path):
    at = told(tmp_path, SignInKind.MICROSOFT, **{"scopes talk": "a b", "authority": "x", "scopes people": "c"})
    assert at.resources() == ("talk", "people")
    assert at.scopes("talk") == ("a", "b")


def test_a_platform_without_a_sign_in_signs_nothing(tmp_path):
    way_in = door(told(tmp_path, SignInKind.NOTHING))
    assert (way_in.sign_in(Asked(), CancelToken()), way_in.signer(""), way_in.revoke()) == ({}, None, True)


def test_a_name_and_a_password_sign_as_they_are(tmp_path):
    at = told(tmp_path, SignInKind.BASIC, settings={"user": "amina"})
    with pytest.raises(SignInError, match="nobody"):
        door(at).sign_in(Asked(), CancelToken())
    at.desk.secrets.put(at.desk.account_id, "password", "säkerhet")
    assert door(at).sign_in(Asked(), CancelToken()) == {}
    assert door(at).signer("").headers() == {"Authorization": "Basic YW1pbmE6c8Oka2VyaGV0"}


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (SignInKind.SESSION, {}),
        (SignInKind.USER_API_KEY, {"scopes": "read"}),
        (SignInKind.OAUTH, dict(OAUTH.facts)),
        (
            SignInKind.MICROSOFT,
            {"authority": "https://login.example.org/t", "scopes talk": "https://talk.example.org/a"},
        ),
        (
            SignInKind.MICROSOFT_CODE,
            {"authority": "https://login.example.org/t", "scopes talk": "https://talk.example.org/a"},
        ),
    ],
)
def test_every_kind_refuses_to_sign_for_nobody(tmp_path, kind, facts):
    at = told(tmp_path, kind, settings={"client_id": "c", "provider": "p"}, **facts)
    assert not door(at).revoke()
    with pytest.raises(SignInError, match="nobody"):
        door(at).signer("talk").headers()


def test_a_session_begins_at_the_root_of_the_site_and_the_password_is_forgotten(tmp_path):
    desk, wire = a_desk_at(tmp_path, lambda request: as_json(b"{}"))
    desk.secrets.put(desk.account_id, "password", "planted")
    at = Told(desk, SignInWay(SignInKind.SESSION, "A way"), "https://lists.example.org/archives/", {"user": "amina"})
    with pytest.raises(Exception, match="suspected"):
        door(at).sign_in(Asked(), CancelToken())
    assert str(wire.asked[0].url) == "https://lists.example.org/accounts/login/"
    assert desk.secrets.get(desk.account_id, "password") == "planted"


def test_a_browser_sign_in_is_told_what_was_declared_and_typed(tmp_path):
    desk, wire = a_desk_at(tmp_path, lambda request: as_json(b"{}"))
    desk.secrets.put(desk.account_id, "client_secret", "typed")
    desk.put(token=Token("a", NOW, NOW, "r").dump())
    at = Told(desk, OAUTH, "https://social.example.org", {"client_id": "client-1"})
    assert door(at).revoke()
    assert str(wire.asked[0].url) == "https://social.example.org/oauth2/connections/revoke"
    assert wire.asked[0].content == b"token=r&client_id=client-1&client_secret=typed"


def test_a_service_key_is_a_door_that_forgets_its_key_on_the_way_out(tmp_path):
    way = SignInWay(
        SignInKind.SERVICE_KEY, "Key file", facts={"token": "https://login.example.org/token", "scopes": "a b"}
    )
    desk, wire = a_desk_at(tmp_path, lambda request: as_json(b'{"access_token": "t", "expires_in": 60}'))
    desk.secrets.put_all(desk.account_id, {"service_key": json.dumps(FILE)})
    opened = door(Told(desk, way, "", {}))
    assert opened.sign_in(Asked(), CancelToken()) == {}
    assert opened.signer("").headers() == {"Authorization": "Bearer t"}
    assert len(wire.asked) == 1
    assert opened.revoke() is False
    assert desk.secrets.get(desk.account_id, "service_key") is None
