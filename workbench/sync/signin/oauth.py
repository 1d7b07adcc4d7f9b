"""OAuth: authorization code with PKCE over the system's browser, by authlib (Google, HCL Connections, Drupal)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from workbench.cancel import CancelToken
from workbench.errors import NeedsUserError, RetryLaterError
from workbench.sync import gate, web_address
from workbench.sync.signin.desk import Desk
from workbench.sync.signin.loopback import Loopback
from workbench.sync.signin.prompt import Prompt, PromptKind, Show
from workbench.sync.signin.refreshing import Refreshing
from workbench.sync.signin.refusal import refusal, word_of
from workbench.sync.signin.token import Token
from workbench.sync.signin.wire import Answer, Wire

if TYPE_CHECKING:
    from authlib.oauth2.client import OAuth2Client

NAME = "token"


@dataclass(frozen=True, slots=True)
class OAuthSettings:
    """A registered client of one platform. `extra` goes into the address the browser opens.

    Google's desktop clients have a `client_secret` that they must send and that is none: a person types it in.
    """

    client_id: str
    authorize_address: str
    token_address: str
    scopes: tuple[str, ...] = ()
    client_secret: str = field(default="", repr=False)
    revoke_address: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


def sign_in(desk: Desk, settings: OAuthSettings, *, show: Show, cancel: CancelToken) -> None:
    """Shows the address to open, waits for the answer, and keeps the token that it is worth.

    Raises SignInError when it was refused or not finished, ClockError, BadInputError for settings the platform does not
    know, LineError. What was stored before stays until there is something newer.
    """
    web_address.base_of(settings.authorize_address, allow_private=desk.allow_private)  # a browser opens anything
    with (
        desk.signing_in(),
        desk.wire(settings.token_address) as wire,
        Loopback(state := secrets.token_urlsafe(24), clock=desk.clock) as listener,
    ):
        verifier = secrets.token_urlsafe(48)
        client = _client(settings, wire, redirect=listener.address)
        address, _ = client.create_authorization_url(
            settings.authorize_address, state=state, code_verifier=verifier, **settings.extra
        )
        show(Prompt(PromptKind.OPEN, address))
        answer = listener.wait(cancel)
        if "code" not in answer:
            raise refusal(word_of(answer))
        _fetch(desk, settings, wire, client, code=answer["code"], verifier=verifier)


def signer(desk: Desk, settings: OAuthSettings) -> Refreshing:
    """Signs with the kept token and renews it."""

    def renew(token: Token) -> Token:
        with desk.wire(settings.token_address) as wire:
            answer = _asked(
                lambda: _client(settings, wire).refresh_token(settings.token_address, refresh_token=token.refresh)
            )
            return Token.of(answer, now=desk.clock.now(), refresh=token.refresh)

    return Refreshing(desk, NAME, renew)


def revoke(desk: Desk, settings: OAuthSettings) -> bool:
    """Tells the platform that the sign-in is over (RFC 7009); False when it could not be told."""
    token = desk.token(NAME)
    if token is None or not settings.revoke_address:
        return False
    with desk.wire(settings.revoke_address) as wire:
        form = {"token": token.refresh or token.access, "client_id": settings.client_id}
        if settings.client_secret:
            form["client_secret"] = settings.client_secret
        try:
            return wire.send("POST", settings.revoke_address, form=form).status == 200  # noqa: PLR2004 - a status
        except RetryLaterError:
            return False


def _fetch(
    desk: Desk, settings: OAuthSettings, wire: Wire, client: "OAuth2Client", *, code: str, verifier: str
) -> None:
    with desk.renewing():
        try:
            answer = _asked(
                lambda: client.fetch_token(
                    settings.token_address, grant_type="authorization_code", code=code, code_verifier=verifier
                )
            )
        except NeedsUserError:
            wire.check_clock()  # which explains more than the refusal does
            raise
        wire.check_clock()
        desk.put(**{NAME: Token.of(answer, now=desk.clock.now()).dump()})


def asked(wire: Wire, address: str, form: Mapping[str, str]) -> Mapping[str, Any]:
    """The answer of a token endpoint to a form of its own; raises as `sign_in` does."""
    answer: Mapping[str, Any] = _Response(wire.data("POST", address, form=form)).json()
    if "error" in answer:
        raise refusal(word_of(answer))
    return _with_token(answer)


def _asked(ask: Any) -> Mapping[str, Any]:
    """The answer of the token endpoint; its refusals as ours, without the platform's sentence."""
    from authlib.oauth2.base import OAuth2Error  # noqa: PLC0415 - loads on the first sign-in

    word = ""
    try:
        answer: Mapping[str, Any] = ask()
    except OAuth2Error as error:
        answer, word = {}, word_of({"error": error.error})
    if word:
        # Not from within the handler: what was caught holds the platform's sentence, which must not be shown.
        raise refusal(word)
    return _with_token(answer)


def _with_token(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    if not isinstance(answer.get("access_token"), str) or not answer["access_token"]:
        raise gate.line(gate.Cause.BAD_REPLY, "the reply holds no token")
    return answer


def _client(settings: OAuthSettings, wire: Wire, *, redirect: str = "") -> "OAuth2Client":
    from authlib.oauth2.client import OAuth2Client  # noqa: PLC0415 - as above

    return OAuth2Client(
        _Session(wire),
        client_id=settings.client_id,
        client_secret=settings.client_secret or None,
        # In the body: all three platforms read it there, and HCL Connections nowhere else.
        token_endpoint_auth_method="client_secret_post" if settings.client_secret else "none",
        scope=" ".join(settings.scopes),
        redirect_uri=redirect or None,
        code_challenge_method="S256",
    )


class _Session:
    """What authlib sends its requests by: our wire, which holds them to their origin and gates the answers."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def post(self, url: str, *, data: Mapping[str, str], headers: Mapping[str, str], auth: Any) -> "_Response":
        url, named, body = auth.prepare("POST", url, dict(headers), urlencode(dict(data)))
        named.pop("Content-Length", None)
        return _Response(self._wire.data("POST", url, form=body.encode(), headers=named))


class _Response:
    """The part of a reply that authlib looks at."""

    def __init__(self, answer: Answer) -> None:
        self.status_code, self._answer = answer.status, answer

    def json(self) -> dict[str, Any]:
        """A refusal without a code word of OAuth is no answer of a token endpoint."""
        value = self._answer.json()
        if self.status_code >= 400 and "error" not in value:  # noqa: PLR2004 - the class of statuses that refuse
            raise gate.line(gate.Cause.BAD_REPLY, "the reply is no answer to a sign-in")
        return value
