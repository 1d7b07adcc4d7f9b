"""Figures as people read them: one place that turns values, days and shares into text for every document."""

from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent

from workbench.queries.share_known import whole_percents

NOT_KNOWN = "not known"
NO_DATA = "no data"
WITHHELD = "fewer than 5 people"


@dataclass(frozen=True, slots=True)
class Figure:
    """One value with what makes it readable: numerator, denominator, share of the window that is complete.

    `value` is None when there is no data (a share with denominator 0) or when it is withheld because it counts
    fewer than five people; `coverage` is 0.0 to 1.0, None where it cannot be said.
    """

    value: float | None
    unit: str
    numerator: float | None = None
    denominator: float | None = None
    coverage: float | None = None
    is_withheld: bool = False


def number_text(value: float | None, unit: str, *, locale: str = "en") -> str:
    """`0.416, "share"` → "41.6 %"; hours with one decimal; counts without."""
    if value is None:
        return NO_DATA
    if unit == "share":
        text: str = format_percent(value, format="#,##0.#\N{NO-BREAK SPACE}%", locale=locale)
        return text
    if unit == "hours":
        return f"{format_decimal(round(value, 1), locale=locale)}\N{NO-BREAK SPACE}h"
    return str(format_decimal(round(value, 2), locale=locale))


def figure_text(figure: Figure | None, *, locale: str = "en") -> str:
    """The value alone; says so when it is not known or withheld."""
    if figure is None:
        return NOT_KNOWN
    if figure.is_withheld:
        return WITHHELD
    return number_text(figure.value, figure.unit, locale=locale)


def basis_text(figure: Figure | None, *, locale: str = "en") -> str:
    """What stands behind a figure: "212 of 548, 96 % of days known", or as much of it as there is."""
    if figure is None or figure.is_withheld:
        return ""
    parts = []
    if figure.unit == "share" and figure.numerator is not None and figure.denominator is not None:
        parts.append(
            f"{format_decimal(figure.numerator, locale=locale)} of {format_decimal(figure.denominator, locale=locale)}"
        )
    if figure.coverage is not None:
        parts.append(f"{known_text(figure.coverage, locale=locale)} of days known")
    return ", ".join(parts)


def known_text(share: float, *, locale: str = "en") -> str:
    """How much of the days is known, in whole per cent and never rounded up."""
    text: str = format_percent(whole_percents(share) / 100, format="#,##0\N{NO-BREAK SPACE}%", locale=locale)
    return text


def day_text(day: date | None, *, locale: str = "en") -> str:
    """A day such as 14 May 2026; "no date" for none."""
    return "no date" if day is None else str(format_date(day, "d MMM y", locale=locale))


def week_text(day: date, *, locale: str = "en") -> str:
    """The first day of a week for the axis of a chart, such as 14 May."""
    return str(format_date(day, "d MMM", locale=locale))


def weekday_text(day: date, *, locale: str = "en") -> str:
    """A day of the year by its name, such as Thursday 14 May."""
    return str(format_date(day, "EEEE d MMM", locale=locale))


def moment_text(moment: datetime, *, locale: str = "en") -> str:
    """A moment such as 14 May 2026, 07:30 UTC."""
    return f"{format_datetime(moment, 'd MMM y, HH:mm', locale=locale)} UTC"
