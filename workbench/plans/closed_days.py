"""Closed days: the public holidays of a country or a part of it, on which nothing of a plan is due."""

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from workbench.plans.codec import read_text, refused

NO_COUNTRY = ""
NONE: Container[date] = frozenset()
"""No holidays: weekends only."""
_CODE = re.compile(r"[A-Z]{2}(-[A-Za-z0-9_ .'-]{1,60})?")


def country_code(value: object) -> str:
    """The code of a country whose holidays are known ("CH"), or of a part of it ("CH-GE"); "" for weekends only."""
    if not isinstance(value, str):
        raise refused(reason="Holidays take the two letters of a country, as in CH or CH-GE.")
    code = value.strip()
    country, dash, part = code.partition("-")
    country = country.upper()
    if code and (country not in countries() or (dash and part not in countries()[country])):
        raise refused(
            reason=f"No holidays are known for “{code}”; give a country by its two letters, as in CH or CH-GE."
        )
    return country + dash + part


def read_country_code(value: object) -> str:
    """A code as `country_code` wrote it, here or with more countries known."""
    code = read_text(value)
    if code and not _CODE.fullmatch(code):
        message = "not the code of a country"
        raise ValueError(message)
    return code


@lru_cache(maxsize=1)
def countries() -> dict[str, tuple[str, ...]]:
    """The countries whose holidays are known, by their two letters, with the codes of their parts."""
    known: dict[str, Any] = _library().list_supported_countries()
    return {code: tuple(parts) for code, parts in known.items()}


@lru_cache(maxsize=8)
def closed_days(code: str) -> Container[date]:
    """The holidays of every year, by code; none for "" and for a country this version does not know."""
    country, _, part = code.partition("-")
    if not country:
        return NONE
    try:
        found: Container[date] = _library().country_holidays(country, subdiv=part or None)
    except NotImplementedError:  # what the library says of a place it does not know
        return NONE
    return found


@dataclass(frozen=True, slots=True)
class PlanDays:
    """From what the days of a plan are counted, and by which calendar."""

    starts_on: date
    country: str

    @property
    def holidays(self) -> Container[date]:
        """The holidays of the plan's country."""
        return closed_days(self.country)


def _library() -> Any:
    # 180 ms, and only for a plan that names a country: it must not load with the program.
    import holidays  # noqa: PLC0415 - see above

    return holidays
