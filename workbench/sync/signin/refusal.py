"""Refusal: what a platform's OAuth error means for the person: sign in again, was refused, a wrong setting, later."""

import re
from collections.abc import Mapping
from typing import Any, Final

from workbench.errors import (
    BadInputError,
    ForbiddenError,
    PlatformBusyError,
    SignInError,
    WorkbenchError,
)
from workbench.sync import gate

NOBODY: Final = ""
OVER: Final = "login_required"
DECLINED: Final = "access_denied"
EXPIRED: Final = "expired_token"

# RFC 6749 sections 4.1.2.1 and 5.2, OpenID Connect Core section 3.1.2.6, RFC 8628 section 3.5, and what Entra ID adds.
_OVER: Final = frozenset((OVER, "invalid_grant", "interaction_required", "invalid_token"))
_DECLINED: Final = frozenset((DECLINED, "authorization_declined", "consent_required"))
_EXPIRED: Final = frozenset((EXPIRED, "code_expired", "bad_verification_code"))
_LATER: Final = frozenset(("server_error", "temporarily_unavailable"))
# Entra ID: no consent yet; an administrator's consent is needed; the service is not in this organisation's directory.
_CONSENT_CODES: Final = frozenset((65001, 65004, 90094, 90095, 500011, 650052, 650057))
_WORD: Final = re.compile(r"[a-z_]{1,40}")


def word_of(answer: Mapping[str, Any]) -> str:
    """The platform's code word for its refusal: never its sentence, which may hold names and addresses."""
    word = answer.get("error")
    if is_consent(answer):
        return "consent_required"
    return word if isinstance(word, str) and _WORD.fullmatch(word) else "unknown"


def is_consent(answer: Mapping[str, Any]) -> bool:
    """Whether what was refused is a permission, so that another resource of the same sign-in may still be open."""
    codes = answer.get("error_codes")
    numbers = {code for code in codes if isinstance(code, int)} if isinstance(codes, list) else set()
    return (
        str(answer.get("error")) in _DECLINED
        or answer.get("suberror") == "consent_required"
        or bool(numbers & _CONSENT_CODES)
    )


def refusal(word: str) -> WorkbenchError:
    """The error for one of the code words."""
    if word in _OVER:
        return SignInError("the platform ended this sign-in: sign in again", error=word)
    if word in _DECLINED:
        return SignInError("the permission was refused, by you or by an administrator of the platform", error=word)
    if word in _EXPIRED:
        return SignInError("the sign-in was not finished in time: sign in again", error=word)
    if word in _LATER:
        return gate.line(gate.Cause.SERVER, "the platform cannot sign anybody in just now")
    if word == "slow_down":
        return PlatformBusyError(error=word)
    return BadInputError("the platform does not accept the settings of this sign-in", error=word)


def closed(word: str) -> WorkbenchError:
    """The error for a resource that signs nothing: it was refused alone, or its sign-in is over."""
    if word in _DECLINED:
        return ForbiddenError("this part of the platform was refused to this account", error=word)
    return refusal(word) if word else SignInError("nobody is signed in to this account")
