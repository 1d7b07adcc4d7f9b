"""Keys: what signs our requests at a stand-in, and what the platform thinks of it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from unittest.mock import patch

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from typing_extensions import override

from tests.platforms.discourse import Discourse
from tests.platforms.server import Asked, StandIn, Told, told
from tests.rig.places import Place
from workbench.ids import AccountId
from workbench.operations.signin import WAY
from workbench.sync.platforms import SignInKind
from workbench.sync.secrets import SecretStore
from workbench.sync.signin import doors, oauth, service_key
from workbench.sync.signin.desk import Desk
from workbench.sync.signin.refreshing import Refreshing
from workbench.sync.signin.token import Token
from workbench.workspace import Workspace

TOKENS = "/tokens"
LIFE_SECONDS = 3_600


@cache
def _key_file() -> str:
    """The key file of a service account, made once a process."""
    made = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    text = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return json.dumps({"type": "service_account", "client_email": "rig@example.org", "private_key": text})


class SavedKeys:
    """One account's keys. `issued` is every secret there ever was; `ended_by_platform` where a person must sign in."""

    def __init__(self, place: Place, platform: StandIn) -> None:
        self._place, self._platform = place, platform
        self._number = 0
        self._access = self._refresh = ""
        self._good: set[str] = set()
        """Renewal tokens that are honoured: the newest, and those whose successor was never seen in use."""
        self.issued: set[str] = set()
        self.ended_by_platform = False
        self.stolen = False
        """Whether an old renewal token came back, upon which the platform ends the sign-in: only our mistake does that."""
        if place.renews:
            platform.before = self._guard

    def sign_in(self, workspace: Workspace, account_id: AccountId) -> None:
        """What a person gets who signs in."""
        desk = _desk(workspace, account_id)
        self.ended_by_platform = False
        if self._place.way is SignInKind.NOTHING:
            desk.put(**{WAY: self._place.way.value})
            return
        self._next()
        if self._has_key:
            desk.secrets.put_all(account_id, {service_key.SECRET: _key_file()})
            self.issued.add(_key_file()[100:160])
        if self._place.renews:
            desk.put(**{WAY: self._place.way.value, oauth.NAME: self._token(workspace).dump()})
            return
        assert isinstance(self._platform, Discourse)
        self._platform.desk.keys = {self._access}
        desk.put(**{WAY: self._place.way.value, "key": json.dumps({"key": self._access, "client": "rig"})})

    def revoke(self) -> None:
        """The platform ends the sign-in, if there is one."""
        if self._place.way is SignInKind.NOTHING:
            return
        self.ended_by_platform = True
        self._access, self._good = "", set()
        if isinstance(self._platform, Discourse):
            self._platform.desk.keys = set()

    def renew_beside(self, workspace: Workspace, account_id: AccountId) -> None:
        """The token there was is refused, and another process of ours was quicker to get the next one."""
        if not self._place.renews or self.ended_by_platform:
            return
        self._next()
        self._good = {self._refresh}
        _desk(workspace, account_id).put(**{oauth.NAME: self._token(workspace).dump()})

    @contextmanager
    def shared(self) -> Iterator[None]:
        """While a copy of the profile uses the same keys: what it renews, is not counted against the profile.

        A platform that ends a sign-in because two copies used one renewal token is right, and a person signs in again.
        """
        before = (self._access, self._refresh, set(self._good), self.stolen)
        yield
        self._access, self._refresh, self._good, self.stolen = before

    def are_kept(self, workspace: Workspace, account_id: AccountId) -> bool:
        """Whether what signs our requests is still stored, and nobody wrote it off."""
        desk = _desk(workspace, account_id)
        if self._place.way is SignInKind.NOTHING:
            return True
        if not self._place.renews:
            return desk.get("key") is not None
        token = desk.token(oauth.NAME)
        return token is not None and bool(token.refresh)

    def _next(self) -> None:
        self._number += 1
        self._access, self._refresh = f"secret-access-{self._number}", f"secret-refresh-{self._number}"
        self._good.add(self._refresh)
        self.issued |= {self._access, self._refresh}

    @property
    def _has_key(self) -> bool:
        return self._place.way is SignInKind.SERVICE_KEY

    def _token(self, workspace: Workspace) -> Token:
        refresh = service_key._BY_KEY if self._has_key else self._refresh
        return Token.of(_grant(self._access, refresh), now=workspace.clock.now())

    def _guard(self, asked: Asked) -> Told | None:
        """Stands before a platform whose own stand-in looks at no token."""
        if asked.path == TOKENS:
            return self._renew(asked)
        if self._access and asked.headers.get("authorization") == f"Bearer {self._access}":
            self._good = {self._refresh}
            return None
        if asked.path.startswith("/v1beta/"):
            return told({"error": {"code": 401, "message": "No.", "status": "UNAUTHENTICATED"}}, status=401)
        if asked.path.startswith("/v1.0/"):
            return told({"error": {"code": "InvalidAuthenticationToken", "message": "No."}}, status=401)
        return told({"response": {"message": "Token not found.", "code": 16, "stat": "fail"}}, status=401)

    def _renew(self, asked: Asked) -> Told:
        """A renewal token is good for one time; and again for who never heard of what it gave. A key always is."""
        if self._has_key and asked.form.get("grant_type") == service_key.GRANT and not self.ended_by_platform:
            self._next()
            return told({name: value for name, value in _grant(self._access, "").items() if value})
        if asked.form.get("refresh_token", "") in self._good:
            self._next()
            return told(dict(_grant(self._access, self._refresh)))
        if not self.ended_by_platform and not self._has_key:
            self.stolen = True
            self._access, self._good = "", set()
        return told({"error": "invalid_grant"}, status=400)


@contextmanager
def rig_doors(place: Place) -> Iterator[None]:
    """Microsoft's door leads to a token endpoint beside the stand-in: its own addresses are fixed, and not ours."""

    class _Door(doors.OAuthDoor):
        def _settings(self) -> oauth.OAuthSettings:
            return oauth.OAuthSettings("rig", f"{place.root}/authorize", f"{place.root}{TOKENS}", ("all",))

    class _KeyDoor(doors.ServiceKeyDoor):
        @override
        def signer(self, resource: str) -> Refreshing:
            return service_key.signer(self._told.desk, f"{place.root}{TOKENS}", scopes=("all",))

    ours = {SignInKind.MICROSOFT: _Door, SignInKind.OAUTH: _Door, SignInKind.SERVICE_KEY: _KeyDoor}
    with patch.dict(doors._DOORS, ours):
        yield


def _grant(access: str, refresh: str) -> Mapping[str, object]:
    return {"token_type": "Bearer", "access_token": access, "refresh_token": refresh, "expires_in": LIFE_SECONDS}


def _desk(workspace: Workspace, account_id: AccountId) -> Desk:
    return Desk(account_id, SecretStore(workspace.database, workspace.clock), workspace.clock, workspace.profile)
