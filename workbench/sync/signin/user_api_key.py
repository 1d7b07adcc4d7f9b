"""User API key: how a forum of the Discourse kind gives an ordinary member a key (its user API keys specification).

The forum encrypts the key for an RSA key pair that lives as long as the sign-in, and hands it over in one of three
ways: a code typed at the forum, a text the member copies, or a redirect to this computer where the forum allows that.
Giving a key again to the same client id destroys the older one, so each sign-in has a client id of its own; the older
key works until the new one is stored, and is then given back.
"""

import json
import queue
import secrets
from base64 import b64decode
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from workbench.cancel import CancelToken
from workbench.errors import BadInputError, RetryLaterError, SignInError
from workbench.ids import uuid7
from workbench.sync import gate
from workbench.sync.signin.desk import Desk
from workbench.sync.signin.loopback import Loopback
from workbench.sync.signin.prompt import Prompt, PromptKind, Show
from workbench.sync.signin.refusal import DECLINED, EXPIRED, refusal
from workbench.sync.signin.wire import Wire
from workbench.sync.signing import Fixed

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

NAME: Final = "key"
APPLICATION: Final = "Community Workbench"
PASTE_SECONDS: Final = 900.0
CODES_SHOWN: Final = 3
_JSON: Final = {"Content-Type": "application/json"}
_LOOK_SECONDS: Final = 0.2


class Handover(StrEnum):
    """How the key comes from the forum to us."""

    CODE = "code"
    PASTE = "paste"
    REDIRECT = "redirect"


@dataclass(frozen=True, slots=True)
class KeySettings:
    """A forum's address (it may lie in a sub-folder) and what we ask to be allowed; `redirects` where it lets us."""

    base_url: str
    scopes: tuple[str, ...] = ("read", "write")
    redirects: bool = False

    def at(self, path: str) -> str:
        """An address of the forum."""
        return f"{self.base_url.rstrip('/')}/{path}"


def handovers(wire: Wire, settings: KeySettings) -> tuple[Handover, ...]:
    """The ways this forum offers, the easiest first.

    Refuses (SignInError) a forum that gives its members no keys, and (LineError) what does not look like one.
    """
    answer = wire.send("HEAD", settings.at("user-api-key/new"))
    if answer.status == 404:  # noqa: PLR2004 - a status is its own name
        message = "this forum does not give keys to its members: ask its administrator to allow user API keys"
        raise SignInError(message)
    if "auth-api-version" not in answer.headers:
        raise gate.portal(settings.base_url)
    ways = [Handover.REDIRECT] if settings.redirects else []
    ways += [Handover.CODE] if answer.headers.get("auth-api-device-code", "").lower() == "true" else []
    return (*ways, Handover.PASTE)


def sign_in(
    desk: Desk, settings: KeySettings, *, show: Show, cancel: CancelToken, handover: Handover | None = None
) -> None:
    """Shows what the member has to do, waits for the key, keeps it, and gives the older one back.

    By `handover` if the forum offers it, else by the first it offers. Raises SignInError when it was refused or not
    finished in time, BadInputError for a pasted text that is none of this sign-in's, LineError, ClockError.
    """
    with desk.signing_in(), desk.wire(settings.base_url) as wire:
        offered = handovers(wire, settings)
        wire.check_clock()
        request = _Request(settings, uuid7(desk.clock))
        how = handover if handover in offered else offered[0]
        older = _kept(desk)
        if how is Handover.CODE:
            key = _by_code(desk, wire, request, show, cancel)
        elif how is Handover.REDIRECT:
            key = _by_redirect(desk, request, show, cancel)
        else:
            key = _by_paste(desk, request, show, cancel)
        desk.put(**{NAME: json.dumps({"key": key, "client": request.client})})
        if older is not None:
            # It stays in the member's own list at the forum, where it can be taken back by hand.
            with suppress(RetryLaterError):
                _give_back(wire, settings, older)


def signer(desk: Desk) -> Fixed:
    """Signs with the kept key; refuses (SignInError) where there is none."""
    kept = _kept(desk)
    if kept is None:
        message = "nobody is signed in to this account"
        raise SignInError(message)
    return Fixed(_headers(kept))


def revoke(desk: Desk, settings: KeySettings) -> bool:
    """Gives the key back to the forum; False when it could not be told."""
    kept = _kept(desk)
    if kept is None:
        return False
    with desk.wire(settings.base_url) as wire:
        try:
            return _give_back(wire, settings, kept)
        except RetryLaterError:
            return False


class _Request:
    """What one sign-in asks with: a key pair, a nonce and a client id that nobody used before."""

    def __init__(self, settings: KeySettings, client: str) -> None:
        from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415 - loads on the first sign-in

        self.settings, self.client = settings, client
        self.nonce = secrets.token_urlsafe(24)
        self._pair: RSAPrivateKey = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def fields(self) -> dict[str, str]:
        """The fields of the request, the same in each way."""
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - as above

        public = self._pair.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return {
            "application_name": APPLICATION,
            "client_id": self.client,
            "scopes": ",".join(self.settings.scopes),
            "nonce": self.nonce,
            "public_key": public.decode(),
            "padding": "oaep",
        }

    def address(self, **more: str) -> str:
        """What the browser opens."""
        return f"{self.settings.at('user-api-key/new')}?{urlencode({**self.fields(), **more})}"

    def opened(self, payload: str) -> str:
        """The key in an encrypted answer; refuses (BadInputError) one that is damaged or of another sign-in."""
        told = self._decrypted("".join(payload.split()))
        key = told.get("key")
        if not isinstance(key, str) or not key or not secrets.compare_digest(str(told.get("nonce")), self.nonce):
            message = "this text does not belong to the sign-in that is open: copy all of the newest one"
            raise BadInputError(message)
        return key

    def _decrypted(self, text: str) -> Mapping[str, Any]:
        from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - as above
        from cryptography.hazmat.primitives.asymmetric import padding  # noqa: PLC0415 - as above

        # Forums that do not know the newer padding use the older one without a word.
        newer = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)  # noqa: S303 - the forum's choice
        for kind in (newer, padding.PKCS1v15()):
            with suppress(
                ValueError
            ):  # not base64, another padding, or not JSON: the next kind, then the refusal above
                told = json.loads(self._pair.decrypt(b64decode(text, validate=True), kind))
                if isinstance(told, dict):
                    return told
        return {}


def _by_redirect(desk: Desk, request: _Request, show: Show, cancel: CancelToken) -> str:
    with Loopback(state := secrets.token_urlsafe(24), clock=desk.clock) as listener:
        # The forum adds its answer to the address it was given, so that the state comes back with it.
        show(Prompt(PromptKind.OPEN, request.address(auth_redirect=f"{listener.address}/?state={state}")))
        answer = listener.wait(cancel)
    if "payload" not in answer:
        raise refusal(DECLINED)
    return request.opened(answer["payload"])


def _by_paste(desk: Desk, request: _Request, show: Show, cancel: CancelToken) -> str:
    pasted: queue.Queue[str] = queue.Queue()
    ends_at = desk.clock.monotonic() + PASTE_SECONDS
    until = desk.clock.now() + timedelta(seconds=PASTE_SECONDS)
    show(Prompt(PromptKind.PASTE, request.address(), until=until, give=pasted.put))
    while desk.clock.monotonic() < ends_at:
        cancel.check()
        with suppress(queue.Empty):
            return request.opened(pasted.get(timeout=_LOOK_SECONDS))
    raise refusal(EXPIRED)


def _by_code(desk: Desk, wire: Wire, request: _Request, show: Show, cancel: CancelToken) -> str:
    note = ""
    for _ in range(CODES_SHOWN):
        payload, note = _one_code(desk, wire, request, show, cancel, note=note)
        if payload:
            return request.opened(payload)
    raise refusal(EXPIRED)


def _one_code(
    desk: Desk, wire: Wire, request: _Request, show: Show, cancel: CancelToken, *, note: str
) -> tuple[str, str]:
    """The encrypted key, or "" and the reason for a new code."""
    begun = _posted(wire, request.settings, "user-api-key/device.json", request.fields())
    ends_at = desk.clock.monotonic() + float(begun.get("expires_in", 600))
    until = desk.clock.now() + timedelta(seconds=float(begun.get("expires_in", 600)))
    address = gate.take(begun, "verification_uri", str)
    show(Prompt(PromptKind.CODE, address, gate.take(begun, "user_code", str), until, note))
    device = {"device_code": gate.take(begun, "device_code", str)}
    while desk.clock.monotonic() < ends_at:
        try:
            polled = _posted(wire, request.settings, "user-api-key/device/poll.json", device)
        except RetryLaterError:
            # The forum gives its answer once: if it was this one, it is lost, and the poll after it says so.
            desk.pause(float(begun.get("interval", 5)), cancel)
            continue
        status = polled.get("status")
        if status == "authorized":
            return gate.take(polled, "payload", str), ""
        if status == "access_denied":
            raise refusal(DECLINED)
        if status != "authorization_pending":
            break
        desk.pause(float(begun.get("interval", 5)), cancel)
    return "", "The code before this one ran out, or the line broke just when the key came. Here is a new one."


def _posted(wire: Wire, settings: KeySettings, path: str, fields: Mapping[str, str]) -> dict[str, Any]:
    answer = wire.data("POST", settings.at(path), form=json.dumps(fields).encode(), headers=_JSON)
    if answer.status != 200:  # noqa: PLR2004 - a status is its own name
        message = "the forum does not give a key to this account"
        raise SignInError(message, status=answer.status)
    return answer.json()


def _kept(desk: Desk) -> Mapping[str, str] | None:
    text = desk.get(NAME)
    return None if text is None else json.loads(text)


def _headers(kept: Mapping[str, str]) -> dict[str, str]:
    return {"User-Api-Key": kept["key"], "User-Api-Client-Id": kept["client"]}


def _give_back(wire: Wire, settings: KeySettings, kept: Mapping[str, str]) -> bool:
    return wire.send("POST", settings.at("user-api-key/revoke"), headers=_headers(kept)).status == 200  # noqa: PLR2004 - a status
