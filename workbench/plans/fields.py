"""Fields: what a plan, an objective and a card can hold, how each value is written into the document and read back."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workbench.errors import BadInputError
from workbench.models.kinds import CardColumn, Pillar
from workbench.models.moments import from_micros, to_micros
from workbench.plans.positions import normal
from workbench.plans.views import Baseline, RecordKind

BASELINE_PREFIX = "baseline."
_MAX_TEXT = 100_000
_MAX_HOURS = 10_000
_MAX_DUE_DAY = 3_650
_FIRST_YEAR, _LAST_YEAR = 1990, 2200


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `encode` refuses with BadInputError, `decode` raises ValueError for what no version of us wrote.

    `asks` is False for values nobody typed (a place on the board): concurrent ones settle by themselves, newest first.
    """

    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]
    default: Any
    asks: bool = True


def _refuse(*, reason: str) -> BadInputError:
    return BadInputError(reason=reason)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _refuse(reason="This field takes text.")
    if len(value) > _MAX_TEXT:
        raise _refuse(reason=f"Text here can have {_MAX_TEXT} characters at most.")
    # A lone surrogate (half a character, from a broken clipboard) cannot be stored as UTF-8.
    return value.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def _required(reason: str) -> Callable[[object], str]:
    def encode(value: object) -> str:
        text = _text(value).strip()
        if not text:
            raise _refuse(reason=reason)
        return text

    return encode


def _read_text(value: object) -> str:
    if not isinstance(value, str) or "\0" in value:
        message = "not text"
        raise ValueError(message)
    return value


def _read_flag(value: object) -> bool:
    if not isinstance(value, bool):
        message = "not a yes or no"
        raise ValueError(message)  # noqa: TRY004 - a wrong kind of value is damage, like any other wrong value
    return value


def _number(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _refuse(reason="This field takes a number.")
    return float(value)


def _hours(value: object) -> float | None:
    hours = _number(value)
    if hours is not None and not 0 <= hours <= _MAX_HOURS:
        raise _refuse(reason="Hours cannot be negative, nor more than 10,000.")
    return hours


def _read_number(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        message = "not a number"
        raise ValueError(message)
    return float(value)


def _day(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise _refuse(reason="This field takes a day.")
    return value.isoformat()


def _start(value: object) -> str:
    day = _day(value)
    if day is None:
        raise _refuse(reason="A plan needs a first day, from which its 90 days are counted.")
    if not _FIRST_YEAR <= int(day[:4]) <= _LAST_YEAR:
        raise _refuse(reason=f"A plan can start from {_FIRST_YEAR} to {_LAST_YEAR}.")
    return day


def _read_start(value: object) -> date:
    day = date.fromisoformat(_read_text(value))
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        message = "not a first day"
        raise ValueError(message)
    return day


def _read_day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(_read_text(value))


def _due(value: object) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        if abs(value) > _MAX_DUE_DAY:
            raise _refuse(reason=f"A day counted from day 0 lies within {_MAX_DUE_DAY} days of it.")
        return f"{value:+d}"
    return _day(value)


def _read_due(value: object) -> date | int | None:
    if isinstance(value, str) and value[:1] in {"+", "-"}:
        day = int(value)
        if abs(day) > _MAX_DUE_DAY:
            message = "not a day of a plan"
            raise ValueError(message)
        return day
    return _read_day(value)


def _read_moment(value: object) -> datetime:
    number = _read_number(value)
    if number is None:
        message = "not a moment"
        raise ValueError(message)
    return from_micros(int(number))


def _column(value: object) -> str:
    try:
        return CardColumn(str(value)).value
    except ValueError as error:
        raise _refuse(reason="The board has the columns todo, doing and done.") from error


def _pillar(value: object) -> str | None:
    try:
        return None if value is None else Pillar(str(value)).value
    except ValueError as error:
        raise _refuse(reason="The BUILD pillars are billboard, u_and_i, library and dialogue.") from error


def _read_pillar(value: object) -> Pillar | None:
    return None if value is None else Pillar(_read_text(value))


def _baseline(value: object) -> list[float | int | None]:
    if not isinstance(value, Baseline):
        raise _refuse(reason="A baseline takes the numbers of a measure.")
    numbers = [_number(part) for part in (value.value, value.numerator, value.denominator, value.coverage)]
    return [*numbers, to_micros(value.at)]


def _read_baseline(value: object) -> Baseline:
    match value:
        case [amount, numerator, denominator, coverage, at]:
            return Baseline(
                value=_read_number(amount),
                numerator=_read_number(numerator),
                denominator=_read_number(denominator),
                coverage=_read_number(coverage),
                at=_read_moment(at),
            )
        case _:
            message = "not a baseline"
            raise ValueError(message)


_TEXT = Field(_text, _read_text, "")
_FLAG = Field(bool, _read_flag, default=False)
_POSITION = Field(normal, lambda value: normal(_read_text(value)), "", asks=False)
_BASELINE = Field(_baseline, _read_baseline, None)
_EPOCH = from_micros(0)

_PLAN: Mapping[str, Field] = {
    "name": Field(_required("A plan needs a name, by which people and reports call it."), _read_text, ""),
    "purpose": Field(
        _required("A plan needs a purpose: without one nobody can say after 90 days whether it worked."), _read_text, ""
    ),
    "owner": Field(
        _required("A plan needs an owner: work that belongs to nobody is not done by anybody."), _read_text, ""
    ),
    "community_name": _TEXT,
    "starts_on": Field(_start, _read_start, _EPOCH.date()),
    "is_archived": _FLAG,
    "created_at": Field(to_micros, _read_moment, _EPOCH, asks=False),
}
_OBJECTIVE: Mapping[str, Field] = {
    "title": Field(_required("An objective needs a title."), _read_text, ""),
    "measure": Field(
        _required("An objective needs a measure: a goal without a number cannot be shown to have been reached."),
        _read_text,
        "",
    ),
    "target": Field(_number, _read_number, None),
    "position": _POSITION,
    "is_archived": _FLAG,
}
_CARD: Mapping[str, Field] = {
    "title": Field(_required("A card needs a title."), _read_text, ""),
    "column": Field(_column, lambda value: CardColumn(_read_text(value)), CardColumn.TODO),
    "position": _POSITION,
    "pillar": Field(_pillar, _read_pillar, None),
    "owner": _TEXT,
    "due": Field(_due, _read_due, None),
    "hours": Field(_hours, _read_number, None),
    "notes": _TEXT,
    "done_on": Field(_day, _read_day, None, asks=False),
    "is_archived": _FLAG,
}
_FIELDS = {RecordKind.PLAN: _PLAN, RecordKind.OBJECTIVE: _OBJECTIVE, RecordKind.CARD: _CARD}


def field_of(kind: RecordKind, name: str) -> Field | None:
    """The field of that name, or None for one this version does not know (a newer one may)."""
    if kind is RecordKind.OBJECTIVE and name.startswith(BASELINE_PREFIX):
        return _BASELINE
    return _FIELDS[kind].get(name)
