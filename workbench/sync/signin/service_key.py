"""Service key: a Google service account's key file as a sign-in; assertions signed here buy tokens of one hour.

The grant is that of RFC 7523: a JSON Web Token signed with the key (RS256) for the token address, sent in place of a
person's consent. The key never leaves this machine; it lies with the other secrets in the encrypted profile.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from workbench.errors import BadInputError, NeedsUserError, SignInError
from workbench.sync.signin.desk import Desk
from workbench.sync.signin.oauth import NAME, asked
from workbench.sync.signin.refreshing import Refreshing
from workbench.sync.signin.refusal import NOBODY
from workbench.sync.signin.token import Token

SECRET: Final = "service_key"  # noqa: S105 - the name of a secret
GRANT: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
LONGEST: Final = 20_000
_LIFE_SECONDS: Final = 3_600
_BY_KEY: Final = "by key"
"""Stands where other tokens have what renews them: the key does, which is kept once and not in each token."""


@dataclass(frozen=True, slots=True)
class ServiceKey:
    """What a key file says that is needed; `token_address` is the declared one, never one that a file names."""

    email: str
    key: str = field(repr=False)
    key_id: str = ""


def key_text(given: str) -> str:
    """What a person gave as the content of a key file: that itself, or the path of the file.

    Refuses (BadInputError) a file that cannot be read, and what is far too long to be one.
    """
    text = given.strip()
    if text and not text.startswith("{"):
        path = Path(text).expanduser()
        try:
            with path.open(encoding="utf-8") as file:
                text = file.read(LONGEST + 1)
        except (OSError, UnicodeDecodeError) as error:
            message = "the key file cannot be read; give its path, or paste what stands in it"
            raise BadInputError(message) from error
    if len(text) > LONGEST:
        raise BadInputError(_NO_KEY)
    return text


def read_key(text: str) -> ServiceKey:
    """The key in the text of a key file; refuses (BadInputError) anything else, without repeating any of it."""
    try:
        value = json.loads(text)
    except ValueError as error:
        raise BadInputError(_NO_KEY) from error
    held: Mapping[str, object] = value if isinstance(value, dict) else {}
    email, key, key_id = held.get("client_email"), held.get("private_key"), held.get("private_key_id")
    is_key = held.get("type") == "service_account" and isinstance(email, str) and isinstance(key, str)
    if not is_key or not email or "PRIVATE KEY" not in str(key):
        raise BadInputError(_NO_KEY)
    return ServiceKey(str(email), str(key), key_id if isinstance(key_id, str) else "")


_SIGNED_OUT: Final = "nobody is signed in to this account"
_NO_KEY: Final = (
    "this is not the key file of a service account; Google Cloud gives it as JSON when a key is added to the account"
)


def sign_in(desk: Desk, token_address: str, *, scopes: tuple[str, ...]) -> str:
    """Buys a first token, so that a wrong key shows at once; answers the account's address, which needs access.

    What was given as a path is kept as what stood in the file. Raises SignInError when Google refuses the key,
    BadInputError for what is no key, LineError.
    """
    text = key_text(desk.secrets.get(desk.account_id, SECRET) or "")
    key = read_key(text)
    with desk.signing_in(), desk.renewing():
        token = _bought(desk, token_address, key, scopes)
        desk.secrets.put_all(desk.account_id, {SECRET: text})
        desk.put(**{NAME: token.dump()})
    return key.email


def signer(desk: Desk, token_address: str, *, scopes: tuple[str, ...]) -> Refreshing:
    """Signs with the kept token and buys the next one with the key."""

    def renew(_token: Token) -> Token:
        text = desk.secrets.get(desk.account_id, SECRET) or ""
        if not text:
            raise SignInError(_SIGNED_OUT, error=NOBODY)
        return _bought(desk, token_address, read_key(text), scopes)

    return Refreshing(desk, NAME, renew)


def _bought(desk: Desk, token_address: str, key: ServiceKey, scopes: tuple[str, ...]) -> Token:
    form = {"grant_type": GRANT, "assertion": _assertion(desk, token_address, key, scopes)}
    with desk.wire(token_address) as wire:
        try:
            answer = asked(wire, token_address, form)
        except NeedsUserError:
            wire.check_clock()  # which explains more than the refusal does
            raise
        return Token.of(answer, now=desk.clock.now(), refresh=_BY_KEY)


def _assertion(desk: Desk, token_address: str, key: ServiceKey, scopes: tuple[str, ...]) -> str:
    from authlib.oauth2.rfc7523 import JWTBearerGrant  # noqa: PLC0415 - loads on the first sign-in
    from joserfc.errors import JoseError  # noqa: PLC0415 - as above
    from joserfc.jwk import RSAKey  # noqa: PLC0415 - as above

    issued_at = int(desk.clock.now().timestamp())
    header = {"alg": "RS256"} | ({"kid": key.key_id} if key.key_id else {})
    try:
        signed: str = JWTBearerGrant.sign(
            RSAKey.import_key(key.key),
            issuer=key.email,
            audience=token_address,
            issued_at=issued_at,
            expires_at=issued_at + _LIFE_SECONDS,
            claims={"scope": " ".join(scopes)},
            header=header,
        )
    except (ValueError, JoseError) as error:
        raise BadInputError(_NO_KEY) from error
    return signed
