"""Entra: msal's application over our wire, which holds it to its origin and gates what it reads."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Self
from urllib.parse import urlencode

from workbench.errors import BadInputError
from workbench.sync import gate
from workbench.sync.signin.desk import Desk
from workbench.sync.signin.refusal import OVER, refusal, word_of
from workbench.sync.signin.wire import Answer, Wire

_PLAIN: Final = "http://"
_SAFE: Final = "https://"


class App:
    """msal's application over our wire, opened for one sign-in or one renewal.

    Opening it refuses (BadInputError) an authority that does not know its organisation, and raises LineError. One on
    this very machine, where nobody has a certificate, may be asked without encryption; the wire refuses any other.
    """

    def __init__(self, desk: Desk, *, client_id: str, authority: str) -> None:
        self._desk, self._client_id, self._authority = desk, client_id, authority

    def __enter__(self) -> Self:
        import msal  # noqa: PLC0415 - loads on the first sign-in

        self.wire = self._desk.wire(self._authority)
        # msal knows addresses that begin with https only: it is told such a one, and the wire puts it back.
        authority = self._authority.rstrip("/")
        is_plain = authority.startswith(_PLAIN)
        named = authority.replace(_PLAIN, _SAFE, 1) if is_plain else authority
        self.cache = msal.SerializableTokenCache()
        try:
            # It asks the authority for its endpoints at once, which shows us its clock.
            self.msal = msal.PublicClientApplication(
                self._client_id,
                authority=named,
                instance_discovery=False,  # the authority is typed by a person, not taken from an answer
                token_cache=self.cache,
                http_client=_Http(self.wire, is_plain=is_plain),
            )
        except (ValueError, KeyError):
            self.wire.close()
            message = "the platform does not know this organisation"
            raise BadInputError(message) from None
        except BaseException:
            self.wire.close()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self.wire.close()

    def read(self, stored: str) -> None:
        """Takes what was stored, by whichever process."""
        self.cache.deserialize(stored)

    def silent(self, scopes: Sequence[str]) -> Mapping[str, Any]:
        """A new token for one service without asking the person; raises what the platform's refusal means."""
        known = self.msal.get_accounts()
        answer = (
            self.msal.acquire_token_silent_with_error(list(scopes), account=known[0], force_refresh=True)
            if known
            else None
        )
        if answer is None:
            raise refusal(OVER)
        if "error" in answer:
            raise refusal(word_of(answer))
        found: Mapping[str, Any] = answer
        return found


class _Http:
    """What msal sends its requests by: our wire. So no variable that `requests` heeds changes whom we trust."""

    def __init__(self, wire: Wire, *, is_plain: bool) -> None:
        self._wire, self._is_plain = wire, is_plain

    def get(self, url: str, params: Mapping[str, str] | None = None, **options: Any) -> "_Reply":
        address = self._address(url, params)
        return _Reply(self._wire.data("GET", address, headers=options.get("headers") or {}))

    def post(self, url: str, params: Mapping[str, str] | None = None, data: Any = None, **options: Any) -> "_Reply":
        address = self._address(url, params)
        form = data.encode() if isinstance(data, str) else dict(data or {})
        answer = self._wire.data("POST", address, form=form, headers=options.get("headers") or {})
        told = answer.json()
        # msal takes an answer without either for the end of the sign-in.
        if not any(isinstance(told.get(name), str) for name in ("access_token", "device_code", "error")):
            raise gate.line(gate.Cause.BAD_REPLY, "the reply is no answer to a sign-in")
        return _Reply(answer)

    def close(self) -> None:
        """The wire is closed by who opened it."""

    def _address(self, url: str, params: Mapping[str, str] | None) -> str:
        asked = url.replace(_SAFE, _PLAIN, 1) if self._is_plain else url
        return f"{asked}?{urlencode(params)}" if params else asked


class _Reply:
    """The part of a reply that msal looks at; the wire has already refused what is no JSON or a fault of the server."""

    def __init__(self, answer: Answer) -> None:
        self.status_code = answer.status
        self.text = answer.body.decode()
        self.headers = dict(answer.headers)

    def raise_for_status(self) -> None:
        if self.status_code >= 400:  # noqa: PLR2004 - the class of statuses that refuse
            raise gate.line(gate.Cause.BAD_REPLY, "the platform does not answer a sign-in")
