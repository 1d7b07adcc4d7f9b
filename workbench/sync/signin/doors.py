"""Doors: each kind of sign-in as one thing that lets in, signs, and lets out, told by what its platform declares."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import parse_qsl, urljoin

from typing_extensions import override

from workbench.cancel import CancelToken
from workbench.errors import BadInputError, SignInError
from workbench.sync.platforms import SignInKind, SignInWay
from workbench.sync.signin.desk import Desk
from workbench.sync.signin.prompt import Show

if TYPE_CHECKING:
    # Each of these loads a library of its own; a door imports what it needs when it is opened.
    from workbench.sync.signin.microsoft import MicrosoftSettings
    from workbench.sync.signin.oauth import OAuthSettings
    from workbench.sync.signin.user_api_key import KeySettings
    from workbench.sync.signing import Signer

USER: Final = "user"
PASSWORD: Final = "password"  # noqa: S105 - the name of a secret
CLIENT_ID: Final = "client_id"
CLIENT_SECRET: Final = "client_secret"  # noqa: S105 - the name of a secret
_BLANK: Final = re.compile(r"\{(\w+)\}")
_SCOPES: Final = "scopes"


@dataclass(frozen=True, slots=True)
class Told:
    """What one account's sign-in is told: the declared way, and what a person filled in."""

    desk: Desk
    way: SignInWay
    base_url: str
    settings: Mapping[str, str]

    def fact(self, name: str, default: str = "") -> str:
        """A fact of the way, with the settings it names filled in; refuses (BadInputError) where one is missing."""
        return _BLANK.sub(lambda blank: self.setting(blank[1]), self.way.facts.get(name, default))

    def setting(self, name: str) -> str:
        """A setting that has to be there, "address" for the account's own; BadInputError when it is empty."""
        declared = next((setting for setting in self.way.settings if setting.name == name), None)
        default = "" if declared is None else declared.default
        value = self.base_url.rstrip("/") if name == "address" else str(self.settings.get(name) or default).strip()
        if not value:
            title = name if declared is None else declared.title
            message = f"“{title}” ({name}) is missing among the details of this account; nobody can sign in without it"
            raise BadInputError(message, setting=name)
        return value

    def secret(self, name: str) -> str:
        """What a person typed in secret; "" where nothing was."""
        return self.desk.secrets.get(self.desk.account_id, name) or ""

    def scopes(self, resource: str = "") -> tuple[str, ...]:
        """The permissions to ask for, of one resource where there are several."""
        return tuple(self.fact(f"{_SCOPES} {resource}".strip()).split())

    def resources(self) -> tuple[str, ...]:
        """The services one sign-in opens, in the order they are declared."""
        return tuple(name.removeprefix(_SCOPES).strip() for name in self.way.facts if name.startswith(_SCOPES + " "))


class Door(Protocol):
    """One account's way in."""

    def sign_in(self, show: Show, cancel: CancelToken) -> Mapping[str, str]:
        """Lets the person in; answers the parts that were refused alone, with the platform's word for each."""
        ...

    def signer(self, resource: str) -> "Signer | None":
        """What signs requests from then on; refuses (SignInError) where nobody is in."""
        ...

    def revoke(self) -> bool:
        """Tells the platform that the sign-in is over, where anything is open there.

        False when it could not be told, or does not listen.
        """
        ...


class NoDoor:
    """A platform that wants no sign-in."""

    def __init__(self, told: Told) -> None:
        _ = told

    def sign_in(self, show: Show, cancel: CancelToken) -> Mapping[str, str]:
        """Nothing to do."""
        _ = show, cancel
        return {}

    def signer(self, resource: str) -> "Signer | None":
        """Nothing signs."""
        _ = resource
        return None

    def revoke(self) -> bool:
        """Nothing is open at the platform, so that nobody has to know."""
        return True


class BasicDoor(NoDoor):
    """A name and a password with each request; whether they are right shows at the first one."""

    def __init__(self, told: Told) -> None:
        super().__init__(told)
        self._told = told

    @override
    def sign_in(self, show: Show, cancel: CancelToken) -> Mapping[str, str]:
        """Refuses where the name or the password is missing."""
        self.signer("")
        return super().sign_in(show, cancel)

    @override
    def signer(self, resource: str) -> "Signer | None":
        """The header of HTTP Basic authentication."""
        from workbench.sync.signing import Basic  # noqa: PLC0415 - as said above

        _ = resource
        password = self._told.secret(PASSWORD)
        if not password:
            message = "nobody is signed in to this account"
            raise SignInError(message)
        return Basic(self._told.setting(USER), password)


class SessionDoor(NoDoor):
    """A form with a name and a password, which gives a cookie."""

    def __init__(self, told: Told) -> None:
        super().__init__(told)
        self._told = told

    @override
    def sign_in(self, show: Show, cancel: CancelToken) -> Mapping[str, str]:
        """Fills in the form, then forgets the password: the cookie is enough."""
        from workbench.sync.signin import session  # noqa: PLC0415 - as said above

        told = self._told
        # The form lies at the root of the site unless the declaration says otherwise.
        address = told.fact("login") or urljoin(told.base_url, "/accounts/login/")
        session.sign_in(told.desk, address, user=told.setting(USER), password=told.secret(PASSWORD))
        told.desk.secrets.forget(told.desk.account_id, PASSWORD)
        return super().sign_in(show, cancel)

    @override
    def signer(self, resource: str) -> "Signer | None":
        """The cookie."""
        from workbench.sync.signin import session  # noqa: PLC0415 - as said above

        _ = resource
        return session.signer(self._told.desk)

    @override
    def revoke(self) -> bool:
        """It stays open there until the cookie is too old."""
        return False


class KeyDoor:
    """A forum that gives its members keys."""

    def __init__(self, told: Told) -> None:
        self._told = told

    def sign_in(self, show: Show, cancel: CancelToken) -> Mapping[str, str]:
        """By the easiest way the forum offers."""
        from workbench.sync.signin import user_api_key  # noqa: PLC0415 - as said above

        user_api_key.sign_in(self._told.desk, self._settings(), show=show, cancel=cancel)
        return {}

    def signer(self, resource: str) -> "Signer | None":
        """The key."""
        from workbench.sync.signin import user_api_key  # noqa: PLC0415 - as said above

        _ = resource
        return user_api_key.signer(self._told.desk)

    def revoke(self) -> bool:
        """Gives the key back."""
        from workbench.sync.signin import user_api_key  # noqa: PLC0415 - as said above

        return user_api_key.revoke(self._told.desk, self._settings())

    def _settings(self) -> "KeySettings":
        from workbench.sync.signin.user_api_key import KeySettings  # noqa: PLC0415 - as said above

        told = self._told
        return KeySettings(told.base_url, told.scopes() or ("read",), redirects=told.fact("redirects") == "yes")


class OAuthDoor:
    """Authorization code over the browser."""

    def __init__(self, told: Told) -> None:
        self._told = told

    def sign_in(self, show: Show, cancel: CancelToken) -> Mapping[str, str]:
        """Over the system's browser."""
        from workbench.sync.signin import oauth  # noqa: PLC0415 - as said above

        oauth.sign_in(self._told.desk, self._settings(), show=show, cancel=cancel)
        return {}

    def signer(self, resource: str) -> "Signer | None":
        """Bearer tokens."""
        from workbench.sync.signin import oauth  # noqa: PLC0415 - as said above

        _ = resource
        return oauth.signer(self._told.desk, self._settings())

    def revoke(self) -> bool:
        """Where the platform has an address for it."""
        from workbench.sync.signin import oauth  # noqa: PLC0415 - as said above

        return oauth.revoke(self._told.desk, self._settings())

    def _settings(self) -> "OAuthSettings":
        from workbench.sync.signin.oauth import OAuthSettings  # noqa: PLC0415 - as said above

        told = self._told
        return OAuthSettings(
            client_id=told.setting(CLIENT_ID),
            authorize_address=told.fact("authorize"),
            token_address=told.fact("token"),
            scopes=told.scopes(),
            client_secret=told.secret(CLIENT_SECRET),
            revoke_address=told.fact("revoke"),
            extra=dict(parse_qsl(told.fact("extra"))),
        )


class ServiceKeyDoor(NoDoor):
    """The key file of a service account, which an administrator made. It has no address to tell that it is over."""

    def __init__(self, told: Told) -> None:
        super().__init__(told)
        self._told = told

    @override
    def sign_in(self, show: Show, cancel: CancelToken) -> Mapping[str, str]:
        """Buys a first token with the key."""
        from workbench.sync.signin import service_key  # noqa: PLC0415 - as said above

        service_key.sign_in(self._told.desk, self._told.fact("token"), scopes=self._told.scopes())
        return super().sign_in(show, cancel)

    @override
    def signer(self, resource: str) -> "Signer | None":
        """Bearer tokens."""
        from workbench.sync.signin import service_key  # noqa: PLC0415 - as said above

        _ = resource
        return service_key.signer(self._told.desk, self._told.fact("token"), scopes=self._told.scopes())

    @override
    def revoke(self) -> bool:
        """Forgets the key; an administrator takes it back in Google Cloud."""
        from workbench.sync.signin.service_key import SECRET  # noqa: PLC0415 - as said above

        self._told.desk.secrets.forget(self._told.desk.account_id, SECRET)
        return False


class MicrosoftDoor(NoDoor):
    """Entra ID, by the browser or by a code. It has no address to tell that a sign-in is over."""

    def __init__(self, told: Told) -> None:
        super().__init__(told)
        self._told = told

    @override
    def sign_in(self, show: Show, cancel: CancelToken) -> Mapping[str, str]:
        """Opens every resource it can."""
        from workbench.sync.signin import microsoft  # noqa: PLC0415 - as said above

        is_code = self._told.way.kind is SignInKind.MICROSOFT_CODE
        ask = microsoft.sign_in_by_code if is_code else microsoft.sign_in_by_browser
        return ask(self._told.desk, self._settings(), show=show, cancel=cancel).refused

    @override
    def signer(self, resource: str) -> "Signer | None":
        """Bearer tokens of one resource."""
        from workbench.sync.signin import microsoft  # noqa: PLC0415 - as said above

        return microsoft.signer(self._told.desk, self._settings(), resource)

    @override
    def revoke(self) -> bool:
        """There is nobody to tell."""
        return False

    def _settings(self) -> "MicrosoftSettings":
        from workbench.sync.signin.microsoft import MicrosoftSettings, Resource  # noqa: PLC0415 - as said above

        told = self._told
        resources = tuple(Resource(name, told.scopes(name)) for name in told.resources())
        return MicrosoftSettings(told.setting(CLIENT_ID), told.fact("authority"), resources)


_DOORS: Final[Mapping[SignInKind, Callable[[Told], Door]]] = {
    SignInKind.NOTHING: NoDoor,
    SignInKind.BASIC: BasicDoor,
    SignInKind.SESSION: SessionDoor,
    SignInKind.USER_API_KEY: KeyDoor,
    SignInKind.OAUTH: OAuthDoor,
    SignInKind.SERVICE_KEY: ServiceKeyDoor,
    SignInKind.MICROSOFT: MicrosoftDoor,
    SignInKind.MICROSOFT_CODE: MicrosoftDoor,
}


def door(told: Told) -> Door:
    """The door of the declared kind."""
    return _DOORS[told.way.kind](told)
