"""SyncOrder: what a sync is to do beyond the usual, as it is asked for and as it travels to another process."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from workbench.sync.schedule import Link


@dataclass(frozen=True, slots=True)
class SyncOrder:
    """What a sync is to do beyond the usual.

    `community` restricts it to one, by name. `since` and `is_text_only` narrow this run, `budget` is bytes both ways
    for each account. With `is_scheduled` only accounts that are due by themselves run, as the schedule says for `link`.
    `trusts_gone`: a person looked, and what the platform no longer shows may go, however much it is. With
    `sends_for_all` what waits for any account goes out, also where only one is read.
    """

    community: str | None = None
    since: date | None = None
    budget: int | None = None
    is_text_only: bool = False
    is_scheduled: bool = False
    trusts_gone: bool = False
    sends_for_all: bool = False
    link: Link = Link.OPEN

    def packed(self) -> dict[str, Any]:
        """As it travels to another process."""
        return {
            "community": self.community,
            "since": None if self.since is None else self.since.isoformat(),
            "budget": self.budget,
            "is_text_only": self.is_text_only,
            "is_scheduled": self.is_scheduled,
            "trusts_gone": self.trusts_gone,
            "sends_for_all": self.sends_for_all,
            "link": self.link.value,
        }

    @classmethod
    def unpacked(cls, packed: Mapping[str, Any]) -> "SyncOrder":
        """The order that `packed` made."""
        since = packed["since"]
        values = dict(packed)
        values["since"] = None if since is None else date.fromisoformat(since)
        values["link"] = Link(packed["link"])
        return cls(**values)
