"""Signing: headers as they were given, and no secret in what a developer may print."""

from base64 import b64decode

from workbench.sync.signing import Basic, Fixed


def test_fixed_headers_stay_and_are_never_renewed():
    given = {"User-Api-Key": "k3y", "User-Api-Client-Id": "me"}
    signer = Fixed(given)
    given.clear()
    assert signer.headers() == {"User-Api-Key": "k3y", "User-Api-Client-Id": "me"}
    assert not signer.renew(signer.headers())


def test_a_name_and_password_are_sent_in_utf8():
    value = Basic("zoë", "p:ß").headers()["Authorization"]
    assert b64decode(value.removeprefix("Basic ")).decode() == "zoë:p:ß"


def test_no_secret_is_printed():
    assert repr(Fixed({"User-Api-Key": "k3y"})) == "Fixed(User-Api-Key)"
    assert "cDN" not in repr(Basic("amina", "p3n"))
    assert repr(Basic("amina", "p3n")) == "Basic(Authorization)"
