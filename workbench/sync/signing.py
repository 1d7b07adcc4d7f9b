"""Signing: what gives a request the headers that say who asks, and gets newer ones when those are refused."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Protocol

from typing_extensions import override


class Signer(Protocol):
    """Signs the requests of one account. Both methods may be called from several threads at a time."""

    def headers(self) -> Mapping[str, str]:
        """The headers to send now, asked anew for each request; may raise SignInError or LineError."""
        ...

    def renew(self, refused: Mapping[str, str]) -> bool:
        """After the platform itself refused `refused`: whether there is now something newer to try with.

        True without a renewal of its own when another thread or process renewed meanwhile, that is when `headers()`
        no longer gives what was refused. May raise SignInError (a person has to sign in) or LineError.
        """
        ...


class Fixed:
    """Headers that stay as they are, such as a key in a header of its own; nothing newer ever comes."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._headers = dict(headers)

    def headers(self) -> Mapping[str, str]:
        """The headers as they were given."""
        return self._headers

    def renew(self, refused: Mapping[str, str]) -> bool:
        """Never."""
        _ = refused
        return False

    @override
    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self._headers)})"  # names only: values are secrets


class Basic(Fixed):
    """A name and a password by HTTP Basic authentication, in UTF-8."""

    def __init__(self, user: str, password: str) -> None:
        super().__init__({"Authorization": "Basic " + b64encode(f"{user}:{password}".encode()).decode()})
