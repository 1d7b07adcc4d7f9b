"""OfficeSnapshot: what one office tells headquarters, and its form as lines of JSON. No person is named in any of it.

The first line is about the office, then comes one line for each plan (with its objectives and checkpoints) and one for
each community (with its weeks). What a reader does not know is left alone, so that a newer office can say more.
"""

import json
import math
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, timedelta
from functools import cache, partial
from typing import Any, Final

from workbench.errors import BadInputError, EnvelopeDamagedError

SCHEMA: Final = 1
OLDEST_SCHEMA: Final = 1
"""The number of this form, which stands in the header of its envelope, and of the oldest one that is read."""
OFFICE_SUFFIX: Final = ".cwoffice"
MINIMUM_PEOPLE: Final = 5
WHOLE_OFFICE: Final = ""
"""The key of the row that counts all communities of an office together."""
MOST_WEEKS: Final = 120
MOST_TEXT: Final = 1_000
MOST_CODE: Final = 40
_MOST_NUMBER = 1 << 53
_DIGITS = 6
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Told:
    """A figure as it may leave: `value` is None for no data, or withheld because it counts fewer than five people."""

    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    coverage: float | None = None
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class ObjectiveState:
    """A measure of a plan; what the objective says in words stays at home."""

    position: int
    measure: str
    unit: str
    standing: str
    now: Told
    target: float | None = None
    baseline: Told | None = None
    baseline_on: date | None = None
    is_by_hand: bool = False


@dataclass(frozen=True, slots=True)
class CheckpointState:
    """Day 30, 60 or 90: whether it was held, and how many decisions were written down."""

    day: int
    falls_on: date
    is_locked: bool = False
    decisions: int = 0


@dataclass(frozen=True, slots=True)
class PlanState:
    """A plan without a word of its cards: how many stand where, and the hours."""

    plan_id: str
    name: str
    community_key: str
    community: str
    community_type: str | None
    starts_on: date
    day: int
    is_archived: bool
    todo: int
    doing: int
    done: int
    late: int
    hours_planned: float
    hours_done: float
    objectives: tuple[ObjectiveState, ...] = ()
    checkpoints: tuple[CheckpointState, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekState:
    """A week (its Monday) of which `known_days` of seven are complete. `contributors` is None where it is withheld."""

    week: date
    known_days: int
    messages: int
    contributors: int | None
    threads: int
    replied_threads: int
    first_reply_hours: float | None = None
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class CommunityState:
    """A community, or the whole office under the key "", with the weeks of which something is known."""

    key: str
    name: str
    type: str | None
    weeks: tuple[WeekState, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeState:
    """The office, and which weeks (Mondays, both ends included) this snapshot states; others it leaves alone."""

    name: str
    country: str | None
    first_week: date
    last_week: date
    known_until: date | None

    @property
    def weeks(self) -> tuple[date, ...]:
        """Every Monday that is stated."""
        return mondays(self.first_week, self.last_week)


@dataclass(frozen=True, slots=True)
class OfficeSnapshot:
    """Everything one file says."""

    office: OfficeState
    plans: tuple[PlanState, ...] = ()
    communities: tuple[CommunityState, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """What stands in the header of the envelope in the clear."""
        weeks = sum(len(community.weeks) for community in self.communities)
        return {"plans": len(self.plans), "communities": len(self.communities), "weeks": weeks}


@dataclass(frozen=True, slots=True)
class ExpectedOffice:
    """An office that headquarters waits for."""

    office_id: str
    name: str
    country: str | None = None


def office_code(text: str) -> str:
    """The code of an office as it is compared, in small letters; BadInputError for none or a long one."""
    code = " ".join(text.split()).casefold()
    if not code or len(code) > MOST_CODE or not code.isprintable():
        message = f"The code of an office has 1 to {MOST_CODE} letters, such as ken or kenya-nairobi."
        raise BadInputError(message)
    return code


def mondays(first: date, last: date) -> tuple[date, ...]:
    """Every Monday from one to another, both included."""
    return tuple(first + number * _WEEK for number in range((last - first) // _WEEK + 1))


_LINES: Final[Mapping[str, type]] = {"office": OfficeState, "plan": PlanState, "community": CommunityState}


def to_lines(snapshot: OfficeSnapshot) -> bytes:
    """The payload of an envelope; the same snapshot gives the same bytes."""
    said: list[tuple[str, Any]] = [("office", snapshot.office)]
    said += [("plan", plan) for plan in snapshot.plans]
    said += [("community", community) for community in snapshot.communities]
    return "".join(f"{_json({'is': name, **_plain(value)})}\n" for name, value in said).encode()


def from_lines(payload: bytes) -> OfficeSnapshot:
    """The snapshot in a payload.

    Refuses with EnvelopeDamagedError what does not have this form, what cannot be (a Monday that is none, counts below
    zero), and a count of fewer than five people: an office that leaks one is not spread any further.
    """
    found: dict[str, list[Any]] = {name: [] for name in _LINES}
    try:
        for line in filter(None, payload.split(b"\n")):
            values = json.loads(line, parse_constant=_refuse_constant)
            name = values["is"]
            if name in found:
                found[name].append(_made(_LINES[name], values))
        (office,) = found["office"]
        snapshot = OfficeSnapshot(office, tuple(found["plan"]), tuple(found["community"]))
        _refuse_impossible(snapshot)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        message = "what the office told does not have the form it should have"
        raise EnvelopeDamagedError(message) from error
    return snapshot


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _plain(value: Any) -> Any:
    """As JSON takes it; what has its default value is left out, which is half of a small file."""
    if is_dataclass(value):
        return {
            field.name: _plain(there)
            for field in fields(value)
            if (there := getattr(value, field.name)) != field.default and there != ()
        }
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return round(value, _DIGITS)
    return value


_Read = Callable[[Any], Any]


@cache
def _fields(kind: Any) -> tuple[tuple[str, _Read, bool], ...]:
    """The fields of a class: name, how its value is read, whether it has to be there."""
    hints = typing.get_type_hints(kind)
    return tuple((field.name, _reader(hints[field.name]), field.default is MISSING) for field in fields(kind))


def _made(kind: Any, values: Any) -> Any:
    """An instance of a frozen class from an object of JSON; ValueError, TypeError or KeyError where it does not fit."""
    if not isinstance(values, dict):
        message = "an object was expected"
        raise TypeError(message)
    given = {name: read(values[name]) for name, read, is_needed in _fields(kind) if is_needed or name in values}
    return kind(**given)


def _reader(hint: Any) -> _Read:
    """How a value of this type is read; made once for each field, since a folder holds a million values."""
    if isinstance(hint, types.UnionType):
        (inner,) = (each for each in typing.get_args(hint) if each is not types.NoneType)
        read = _reader(inner)
        return lambda raw: None if raw is None else read(raw)
    if typing.get_origin(hint) is tuple:
        return partial(_several, _reader(typing.get_args(hint)[0]))
    if is_dataclass(hint):
        return partial(_made, hint)
    return date.fromisoformat if hint is date else partial(_simple, hint)


def _several(read: _Read, raw: Any) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        message = "a list was expected"
        raise TypeError(message)
    return tuple(map(read, raw))


def _simple(hint: type, raw: Any) -> Any:
    """A text, a whole number, a number or a yes or no; of a size that a column takes."""
    kind = type(raw)
    if hint is int and kind is int and abs(raw) < 1 << 31:
        return raw
    if hint is float and kind in {int, float} and math.isfinite(raw) and abs(raw) < _MOST_NUMBER:
        return float(raw)
    if hint is bool and kind is bool:
        return raw
    if hint is str and kind is str and len(raw) <= MOST_TEXT and "\0" not in raw:
        raw.encode()  # half a character is no text
        return raw
    message = f"no {hint.__name__}"
    raise ValueError(message)


def _refuse_constant(_text: str) -> float:
    message = "not a number"
    raise ValueError(message)


def _refuse_impossible(snapshot: OfficeSnapshot) -> None:
    office = snapshot.office
    mondays = set(office.weeks) if (office.last_week - office.first_week).days < MOST_WEEKS * 7 else set()
    keys = [community.key for community in snapshot.communities]
    plans = [plan.plan_id for plan in snapshot.plans]
    is_sound = (
        bool(mondays)
        and office.first_week.weekday() == office.last_week.weekday() == 0
        and len(set(keys)) == len(keys)
        and len(set(plans)) == len(plans)
        and all(_is_possible(community, mondays) for community in snapshot.communities)
        and all(min(plan.todo, plan.doing, plan.done, plan.late) >= 0 for plan in snapshot.plans)
        and all(_positions_differ(plan) for plan in snapshot.plans)
        and all(checkpoint.decisions >= 0 for plan in snapshot.plans for checkpoint in plan.checkpoints)
    )
    if not is_sound:
        message = "impossible"
        raise ValueError(message)


def _positions_differ(plan: PlanState) -> bool:
    places = [objective.position for objective in plan.objectives]
    days = [checkpoint.day for checkpoint in plan.checkpoints]
    return len(set(places)) == len(places) and len(set(days)) == len(days)


def _is_possible(community: CommunityState, mondays: set[date]) -> bool:
    weeks = [week.week for week in community.weeks]
    return len(set(weeks)) == len(weeks) and set(weeks) <= mondays and all(map(_is_counted, community.weeks))


def _is_counted(week: WeekState) -> bool:
    people = week.contributors
    return (
        0 <= week.known_days <= 7  # noqa: PLR2004 - days of a week
        and 0 <= week.replied_threads <= week.threads
        and week.messages >= 0
        and (people is None or people >= MINIMUM_PEOPLE or (people == 0 and week.messages == 0))
    )
