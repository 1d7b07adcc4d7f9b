"""Microsoft: one sign-in at Entra ID, by msal, that opens several resources, of which each may be refused alone.

By the system's browser with PKCE, state and nonce, or by a code typed on another device. msal's cache holds what renews
all of them; it is stored after every change, together with the access token of the resource and before that is used.
"""

import secrets
import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from workbench.cancel import CancelToken
from workbench.errors import BadInputError, ForbiddenError, RetryLaterError, SignInError
from workbench.sync.signin.desk import Desk
from workbench.sync.signin.entra import App
from workbench.sync.signin.loopback import Loopback
from workbench.sync.signin.prompt import Prompt, PromptKind, Show
from workbench.sync.signin.refreshing import Refreshing
from workbench.sync.signin.refusal import EXPIRED, OVER, is_consent, refusal, word_of
from workbench.sync.signin.token import Token

if TYPE_CHECKING:
    import msal

CACHE: Final = "msal"
IN_CACHE: Final = "msal"
"""What a token says it is renewed by: the cache that all resources of the account share."""
CODES_SHOWN: Final = 3
_PENDING: Final = frozenset(("authorization_pending", "slow_down"))


@dataclass(frozen=True, slots=True)
class Resource:
    """One service behind the sign-in, known to us by `name`, with the permissions we ask of it."""

    name: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MicrosoftSettings:
    """A registered public client. The first resource is the one the person is asked for; the others come silently.

    Refuses (BadInputError) permissions of two services in one list: Entra ID gives one token for one service.
    """

    client_id: str
    authority: str
    resources: tuple[Resource, ...]

    def __post_init__(self) -> None:
        for resource in self.resources:
            # A permission without an address is one of Microsoft Graph.
            if len({urlsplit(scope).netloc or "graph.microsoft.com" for scope in resource.scopes}) != 1:
                message = "the permissions of one token must all belong to one service"
                raise BadInputError(message, resource=resource.name)


@dataclass(frozen=True, slots=True)
class Opened:
    """Which resources a sign-in opened, and the code word of the refusal for the others."""

    granted: tuple[str, ...]
    refused: Mapping[str, str]


def token_name(resource: str) -> str:
    """Where the token of a resource is kept."""
    return f"token.{resource}"


def sign_in_by_browser(desk: Desk, settings: MicrosoftSettings, *, show: Show, cancel: CancelToken) -> Opened:
    """Shows the address to open, waits for the answer, and keeps what it opens.

    Where the first resource is refused, the next one is asked for. Raises SignInError when none is opened, or nobody
    finished in five minutes; ClockError, before anything is shown; BadInputError for settings Entra ID does not know.
    """

    def ask(app: "msal.ClientApplication", resource: Resource) -> Mapping[str, Any]:
        with Loopback(begun := secrets.token_urlsafe(24), clock=desk.clock, host="localhost") as listener:
            flow = app.initiate_auth_code_flow(
                list(resource.scopes), redirect_uri=listener.address, state=begun, response_mode="form_post"
            )
            show(Prompt(PromptKind.OPEN, flow["auth_uri"]))
            answer = {**listener.wait(cancel), "state": begun}
        return _redeemed(app, flow, answer)

    return _sign_in(desk, settings, ask)


def sign_in_by_code(desk: Desk, settings: MicrosoftSettings, *, show: Show, cancel: CancelToken) -> Opened:
    """Shows a code to type at an address on any device, and a new one when it ran out, three in all (RFC 8628).

    Refuses as `sign_in_by_browser` does.
    """

    def ask(app: "msal.ClientApplication", resource: Resource) -> Mapping[str, Any]:
        answer: Mapping[str, Any] = {}
        for turn in range(CODES_SHOWN):
            answer = _one_code(desk, app, resource, show, cancel, note="The code before this one ran out." * bool(turn))
            if answer.get("error") not in {EXPIRED, "code_expired"}:
                break
        return answer

    return _sign_in(desk, settings, ask)


def signer(desk: Desk, settings: MicrosoftSettings, resource: str) -> Refreshing:
    """Signs requests to one resource and renews its token from the account's cache."""
    [wanted] = [known for known in settings.resources if known.name == resource]

    def renew(token: Token) -> Token:
        _ = token  # what renews it is in the cache
        with _app(desk, settings) as app:
            app.read(desk.get(CACHE) or "")
            answer = app.silent(wanted.scopes)
            newer = _token(desk, answer)
            desk.put(**{CACHE: app.cache.serialize(), token_name(resource): newer.dump()})
            return newer

    return Refreshing(desk, token_name(resource), renew)


def _app(desk: Desk, settings: MicrosoftSettings) -> App:
    return App(desk, client_id=settings.client_id, authority=settings.authority)


def _sign_in(
    desk: Desk, settings: MicrosoftSettings, ask: Callable[["msal.ClientApplication", Resource], Mapping[str, Any]]
) -> Opened:
    with desk.signing_in(), _app(desk, settings) as app:
        app.wire.check_clock()  # before anything is shown; a renewal does without, because it works all the same
        refused: dict[str, str] = {}
        for number, resource in enumerate(settings.resources):
            answer = ask(app.msal, resource)
            if "error" not in answer:
                with desk.renewing():
                    return _keep(desk, app, settings, first=resource, answer=answer, refused=refused)
            # Whoever closes the page is not asked again.
            is_left = answer.get("error_subcode") == "cancel" or number + 1 == len(settings.resources)
            if is_left or not is_consent(answer):
                raise refusal(word_of(answer))
            refused[resource.name] = word_of(answer)
    raise refusal(OVER)  # there were no resources to ask for


def _keep(
    desk: Desk,
    app: App,
    settings: MicrosoftSettings,
    *,
    first: Resource,
    answer: Mapping[str, Any],
    refused: dict[str, str],
) -> Opened:
    """Stores what the first resource gave, then opens the others; one that the line keeps from us comes by itself."""
    now = desk.clock.now()
    waiting = Token("", now, now, IN_CACHE)
    tokens = {resource.name: waiting for resource in settings.resources if resource.name not in refused}
    tokens |= {name: waiting.finished(word) for name, word in refused.items()}
    tokens[first.name] = _token(desk, answer)
    _store(desk, app, tokens)
    for resource in settings.resources:
        if tokens[resource.name] is not waiting:
            continue
        try:
            tokens[resource.name] = _token(desk, app.silent(resource.scopes))
        except (SignInError, ForbiddenError, BadInputError) as error:
            refused[resource.name] = str(error.details.get("error", "unknown"))
            # For a person it is a part that was refused: the sign-in itself is a minute old.
            tokens[resource.name] = waiting.finished("consent_required")
        except RetryLaterError:
            continue
        _store(desk, app, tokens)
    return Opened(tuple(name for name, token in tokens.items() if token.refresh), refused)


def _store(desk: Desk, app: App, tokens: Mapping[str, Token]) -> None:
    kept = {token_name(name): token.dump() for name, token in tokens.items()}
    desk.put(**{CACHE: app.cache.serialize()}, **kept)


def _token(desk: Desk, answer: Mapping[str, Any]) -> Token:
    return replace(Token.of(answer, now=desk.clock.now()), refresh=IN_CACHE)


def _redeemed(app: "msal.ClientApplication", flow: dict[str, Any], answer: dict[str, str]) -> Mapping[str, Any]:
    """What the browser's answer is worth. msal compares state and nonce and sends the verifier."""
    found: Mapping[str, Any] = {}
    # A replayed answer, or one to another question; the text of the error holds what was sent.
    with suppress(ValueError, RuntimeError):
        found = app.acquire_token_by_auth_code_flow(flow, answer)
    # msal looks at the nonce only where there is an identity token.
    if "error" not in found and "nonce" not in found.get("id_token_claims", {}):
        message = "the answer does not belong to this sign-in"
        raise SignInError(message)
    return found


def _one_code(
    desk: Desk,
    app: "msal.ClientApplication",
    resource: Resource,
    show: Show,
    cancel: CancelToken,
    *,
    note: str,
) -> Mapping[str, Any]:
    flow = app.initiate_device_flow(list(resource.scopes))
    if "user_code" not in flow:
        raise refusal(word_of(flow))
    seconds = float(flow.get("expires_in", 900))
    ends_at = desk.clock.monotonic() + seconds
    until = desk.clock.now() + timedelta(seconds=seconds)
    show(Prompt(PromptKind.CODE, flow["verification_uri"], flow["user_code"], until, note))
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # msal counts the pause by the wall clock, which may be put back
            answer: Mapping[str, Any] = app.acquire_token_by_device_flow(flow, exit_condition=lambda _flow: True)
        if answer.get("error") not in _PENDING:
            return answer
        if desk.clock.monotonic() >= ends_at:
            return {"error": EXPIRED}
        desk.pause(float(flow.get("interval", 5)), cancel)
