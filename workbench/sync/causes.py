"""Causes: the few ways a line or a reply can be bad, and the errors that say which one it was."""

from enum import StrEnum

from workbench.errors import LineError


class Cause(StrEnum):
    """Why a LineError happened, kept in `details["cause"]`: it decides whether trying again may help."""

    NO_ANSWER = "no_answer"
    CUT = "cut"
    SERVER = "server"
    BAD_REPLY = "bad_reply"
    TOO_LARGE = "too_large"
    PORTAL = "portal"
    TLS = "tls"
    TLS_NOT_YET_VALID = "tls_not_yet_valid"
    TLS_EXPIRED = "tls_expired"
    TLS_UNKNOWN_ISSUER = "tls_unknown_issuer"
    TLS_WRONG_HOST = "tls_wrong_host"


PASSING = frozenset((Cause.NO_ANSWER, Cause.CUT, Cause.SERVER, Cause.BAD_REPLY))
"""The causes that the same request a little later may not meet."""


def line(cause: Cause, reason: str) -> LineError:
    """A LineError that says which of the few causes it has."""
    return LineError(reason, cause=cause)


def portal(origin: str) -> LineError:
    """The error for an answer that came from somebody between us and the platform."""
    return LineError("sign-in page suspected", cause=Cause.PORTAL, host=origin)
