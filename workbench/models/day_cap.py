"""DayCap: how many bytes an account may cost on a day: its usual limit, and another on the day it was raised for."""

from dataclasses import dataclass
from datetime import date

from workbench.models.moments import from_day


@dataclass(frozen=True, slots=True)
class DayCap:
    """Bytes both ways in one UTC day, None for no limit; `raised` holds on the day `raised_on` and on no other."""

    usual: int | None = None
    raised_on: date | None = None
    raised: int | None = None

    @classmethod
    def stored(cls, usual: int | None, raised_on: int | None, raised: int | None) -> "DayCap":
        """As the columns of an account say it, days since 1970."""
        return cls(usual, None if raised_on is None else from_day(raised_on), raised)

    def is_raised(self, day: date) -> bool:
        """Whether another limit than the usual one holds on a day."""
        return self.raised_on == day and self.usual is not None

    def on(self, day: date) -> int | None:
        """What holds on a day; a usual limit that was made larger since goes before what was raised."""
        if not self.is_raised(day):
            return self.usual
        return None if self.raised is None else max(self.raised, self.usual or 0)
