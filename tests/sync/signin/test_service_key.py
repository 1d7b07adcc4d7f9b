"""Service keys: what is a key file, the assertion it signs, and tokens bought with it again and again."""

import json
from datetime import timedelta
from urllib.parse import parse_qsl

import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.builders import NOW, a_clock
from tests.sync.clients import as_json
from tests.sync.signin.desks import a_desk_at
from workbench.errors import BadInputError, SignInError
from workbench.sync.signin import service_key
from workbench.sync.signin.service_key import GRANT, LONGEST, SECRET

TOKEN = "https://login.example.org/token"
SCOPES = ("https://example.org/analytics.readonly",)
KEY = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
PEM = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
PUBLIC = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
FILE = {
    "type": "service_account",
    "client_email": "reader@project.example.org",
    "private_key": PEM,
    "private_key_id": "kid-1",
    "token_uri": "https://elsewhere.example.org/token",
}


def gives(*answers: bytes):
    left = list(answers)
    return lambda request: as_json(left.pop(0))


def token(number: int) -> bytes:
    return json.dumps({"access_token": f"access-{number}", "expires_in": 3_600}).encode()


def a_desk(tmp_path, answer, text: str = json.dumps(FILE), **fields):
    desk, wire = a_desk_at(tmp_path, answer, **fields)
    desk.secrets.put_all(desk.account_id, {SECRET: text})
    return desk, wire


def test_a_key_buys_a_token_with_an_assertion_that_its_public_half_confirms(tmp_path):
    desk, wire = a_desk(tmp_path, gives(token(1)))
    assert service_key.sign_in(desk, TOKEN, scopes=SCOPES) == "reader@project.example.org"
    (request,) = wire.asked
    assert str(request.url) == TOKEN
    form = dict(parse_qsl(request.content.decode()))
    assert form.keys() == {"grant_type", "assertion"}
    assert form["grant_type"] == GRANT
    read = jwt.decode(form["assertion"], RSAKey.import_key(PUBLIC))
    assert read.header["kid"] == "kid-1"
    assert (read.claims["iss"], read.claims["aud"], read.claims["scope"]) == (FILE["client_email"], TOKEN, SCOPES[0])
    assert read.claims["exp"] - read.claims["iat"] == 3_600
    assert read.claims["iat"] == int(NOW.timestamp())
    assert service_key.signer(desk, TOKEN, scopes=SCOPES).headers() == {"Authorization": "Bearer access-1"}


def test_the_next_token_is_bought_before_the_last_one_ends(tmp_path):
    clock = a_clock()
    desk, wire = a_desk(tmp_path, gives(token(1), token(2)), clock=clock)
    service_key.sign_in(desk, TOKEN, scopes=SCOPES)
    signer = service_key.signer(desk, TOKEN, scopes=SCOPES)
    clock.advance(timedelta(minutes=50))
    assert signer.headers() == {"Authorization": "Bearer access-2"}
    assert len(wire.asked) == 2


def test_a_path_stands_for_what_the_file_holds_and_only_that_is_kept(tmp_path):
    path = tmp_path / "key.json"
    path.write_text(json.dumps(FILE), encoding="utf-8")
    desk, _ = a_desk(tmp_path, gives(token(1)), str(path))
    service_key.sign_in(desk, TOKEN, scopes=SCOPES)
    assert json.loads(desk.secrets.get(desk.account_id, SECRET)) == FILE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no/such/file.json",
        "{",
        "[]",
        '{"type": "authorized_user"}',
        json.dumps(FILE | {"type": "user"}),
        json.dumps(FILE | {"private_key": "secret words"}),
        json.dumps(FILE | {"private_key": "-----BEGIN PRIVATE KEY-----\nsecret words\n-----END PRIVATE KEY-----"}),
        json.dumps(FILE | {"client_email": 5}),
        "{" + " " * LONGEST,
    ],
)
def test_what_is_no_key_is_refused_without_repeating_it_and_nothing_is_asked(tmp_path, text):
    desk, wire = a_desk(tmp_path, gives(), text)
    with pytest.raises(BadInputError) as refused:
        service_key.sign_in(desk, TOKEN, scopes=SCOPES)
    assert "secret words" not in f"{refused.value}{refused.value.details}"
    assert wire.asked == []
    assert desk.names() == ()


def test_a_key_that_was_taken_back_says_that_somebody_has_to_sign_in(tmp_path):
    desk, _ = a_desk(tmp_path, lambda request: httpx2.Response(400, json={"error": "invalid_grant"}))
    with pytest.raises(SignInError):
        service_key.sign_in(desk, TOKEN, scopes=SCOPES)


def test_a_signer_without_a_key_asks_for_a_sign_in(tmp_path):
    desk, _ = a_desk(tmp_path, gives(token(1)))
    service_key.sign_in(desk, TOKEN, scopes=SCOPES)
    desk.secrets.forget(desk.account_id, SECRET)
    signer = service_key.signer(desk, TOKEN, scopes=SCOPES)
    with pytest.raises(SignInError):
        signer.renew(signer.headers())


def test_a_key_does_not_show_itself():
    assert "PRIVATE" not in repr(service_key.read_key(json.dumps(FILE)))
