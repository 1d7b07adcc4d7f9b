"""Refreshing: bearer tokens that stay fresh, renewed by one thread of one process at a time.

A token is renewed at 80 % of its life, or when the platform itself refused it. Whoever gets the lock reads the store
again first, so that fifty refusals cost one renewal; the new token is stored before anybody uses it. A process killed
between the platform's answer and the store leaves the old renewal token behind: platforms that honour it again give the
next one, and those that count it as stolen ask for a new sign-in. Nothing else is lost either way.
"""

import threading
from collections.abc import Callable, Mapping
from typing import Final

from typing_extensions import override

from workbench.errors import ForbiddenError, NeedsUserError, RetryLaterError, SignInError
from workbench.sync.signin.desk import Desk
from workbench.sync.signin.refusal import NOBODY, closed
from workbench.sync.signin.token import Token

PATIENCE_SECONDS: Final = 60.0
"""How long a failed renewal ahead of time, or a renewed token that is refused again, is left alone."""

Renew = Callable[[Token], Token]
"""Gets the next token by the old one, in one try; raises what `refusal` gives, or LineError."""


class Refreshing:
    """A Signer of bearer tokens that are kept under `name`; `renew_by` asks the platform."""

    def __init__(self, desk: Desk, name: str, renew_by: Renew) -> None:
        self._desk, self._name, self._renew_by = desk, name, renew_by
        self._turn = threading.Lock()
        self._seen: Token | None = None
        self._not_before = float("-inf")
        self._cured_at = float("-inf")

    def headers(self) -> Mapping[str, str]:
        """What signs a request now; renews a token that is due, and goes on with the old one to its end if that fails.

        Raises SignInError when only a person can go on, ForbiddenError for a part that was refused alone.
        """
        token = self._seen or self._stored()
        now = self._desk.clock.now()
        if not token.is_due(now):
            self._seen = token
            return token.headers()
        if not token.is_over(now) and self._desk.clock.monotonic() < self._not_before:
            return token.headers()
        try:
            token = self._renewed(lambda stored: stored.is_due(now))
        except (RetryLaterError, NeedsUserError, ForbiddenError):
            if token.is_over(now):
                raise
            self._not_before = self._desk.clock.monotonic() + PATIENCE_SECONDS
        return token.headers()

    def renew(self, refused: Mapping[str, str]) -> bool:
        """Whether there is a newer token than the refused one, after asking for one if nobody did meanwhile.

        False when the token that was refused is itself fresh from such a renewal: another would be refused too.
        """
        before = self._seen
        now = self._desk.clock.monotonic()
        is_ours = before is not None and before.headers() == dict(refused)
        if is_ours and now - self._cured_at < PATIENCE_SECONDS:
            return False
        token = self._renewed(lambda stored: stored.headers() == dict(refused))
        self._cured_at = now
        return token.headers() != dict(refused)

    def _renewed(self, is_bad: Callable[[Token], bool]) -> Token:
        with self._turn, self._desk.renewing():
            token = self._stored()
            if is_bad(token):
                token = self._next(token)
            self._seen = token
            return token

    def _next(self, token: Token) -> Token:
        if not token.refresh:
            raise closed(token.ended)
        # Written once as it is: a full disk or a profile that cannot be written is met before the old one is spent.
        self._desk.put(**{self._name: token.dump()})
        try:
            newer = self._renew_by(token)
        except SignInError as error:
            # Only this says that there is no renewing any more: a wrong setting, a portal or a cut line do not.
            word = str(error.details.get("error", "unknown"))
            self._desk.put(**{self._name: token.finished(word).dump()})
            self._seen = None
            raise closed(word) from error
        self._desk.put(**{self._name: newer.dump()})
        return newer

    def _stored(self) -> Token:
        token = self._desk.token(self._name)
        if token is None:
            raise closed(NOBODY)
        return token

    @override
    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._name!r})"
