"""Token: what a platform gave to sign requests with, how long it lives, and when to ask for the next one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final, Self

from workbench.models.moments import from_micros, to_micros

RENEW_AT: Final = 0.8
"""The share of its life after which a token is renewed."""


@dataclass(frozen=True, slots=True)
class Token:
    """An access token with the token that renews it, which is empty where only a person can get the next one.

    `expires_at` is None where the platform does not say. `ended` is the platform's word for why it renews no more.
    """

    access: str = field(repr=False)
    got_at: datetime
    expires_at: datetime | None = None
    refresh: str = field(default="", repr=False)
    ended: str = ""

    @classmethod
    def of(cls, answer: Mapping[str, Any], *, now: datetime, refresh: str = "") -> Self:
        """The token in an OAuth answer (RFC 6749, section 5.1) that came at `now`.

        `refresh` is what renewed it: it stays in use where the answer brings no newer one.
        """
        seconds = answer.get("expires_in")
        expires_at = None
        # Some servers write the number as text.
        if isinstance(seconds, int | float | str) and str(seconds).isascii() and str(seconds).isdigit():
            expires_at = now + timedelta(seconds=min(int(seconds), 86_400 * 366))
        newer = answer.get("refresh_token")
        return cls(str(answer["access_token"]), now, expires_at, newer if isinstance(newer, str) and newer else refresh)

    def is_over(self, now: datetime) -> bool:
        """Whether it no longer signs anything."""
        return not self.access or (self.expires_at is not None and now >= self.expires_at)

    def is_due(self, now: datetime) -> bool:
        """Whether it is time for the next one: after four fifths of its life, or when the clock was put back."""
        if not self.refresh or self.is_over(now):
            return self.is_over(now)
        if self.expires_at is None:
            return False
        return now < self.got_at or now >= self.got_at + (self.expires_at - self.got_at) * RENEW_AT

    def headers(self) -> dict[str, str]:
        """What signs a request (RFC 6750)."""
        return {"Authorization": f"Bearer {self.access}"}

    def finished(self, word: str) -> Self:
        """The same token, which nothing renews any more; it signs to the end of its life."""
        return replace(self, refresh="", ended=word)

    def dump(self) -> str:
        """As text for the secret store."""
        expires = None if self.expires_at is None else to_micros(self.expires_at)
        return json.dumps([self.access, to_micros(self.got_at), expires, self.refresh, self.ended])

    @classmethod
    def load(cls, text: str) -> Self:
        """From the text of `dump`."""
        access, got_at, expires, refresh, ended = json.loads(text)
        return cls(access, from_micros(got_at), None if expires is None else from_micros(expires), refresh, ended)
