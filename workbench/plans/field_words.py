"""Field words: what fields of a plan and their values are called by people, in previews of a merge and in conflicts."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum

from workbench.models.plan_parts import CheckItem, CheckpointMeasure, Evidence, Reading, Recurrence, RoleLine
from workbench.plans.views import Baseline, RecordKind

_TITLES: Mapping[str, str] = {
    "community_name": "Community",
    "community_place": "Place of the community",
    "starts_on": "Day 0",
    "starts": "From",
    "due": "Due",
    "done_on": "Done on",
    "is_archived": "Archived",
    "value_for_organisation": "Value for the organisation",
    "value_for_members": "Value for members",
    "weekly_hours": "Hours a week",
    "objective_id": "Objective",
    "promised_to": "Promised to",
    "came_of": "What came of it",
    "hand_unit": "Unit",
    "focus": "Works on",
    "recurrence": "Repeats",
    "locked_at": "Locked at",
    "locked_by": "Locked by",
    "follows": "Plan before",
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""As the rest of these words; what the system calls months depends on who started the program."""
_MANY: Mapping[str, str] = {
    "baseline": "Baseline",
    "reading": "Reading",
    "check": "Checklist",
    "evidence": "Evidence",
}
_NEW: Mapping[RecordKind, str] = {
    RecordKind.PLAN: "New plan",
    RecordKind.OBJECTIVE: "New objective",
    RecordKind.CARD: "New card",
    RecordKind.CHECKPOINT: "New checkpoint",
}
_VALUES: Mapping[str, str] = {
    "todo": "To do",
    "u_and_i": "U&I",
    "email": "E-mail",
    "page": "Intranet page",
}


def field_words(kind: RecordKind, name: str) -> str:
    """A field as people call it, such as "Owner" or "Title, time 3", counted from 1; "" is the record as a whole."""
    if not name:
        return _NEW[kind]
    time, _, own = name.rpartition("~")
    prefix, dot, rest = own.partition(".")
    if dot and prefix in _MANY:
        said = f"{_MANY[prefix]} of {_read_on(rest)}" if prefix == "reading" else _MANY[prefix]
    else:
        said = _TITLES.get(own) or own.replace("_", " ").capitalize()
    return f"{said}, time {int(time) + 1}" if time else said


def value_words(value: object, *, titles: Mapping[str, str]) -> str:
    """A value in words, "" for nothing; `titles` names the objectives that values point to."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "yes", False: "no"}[value]
    if isinstance(value, str) and not isinstance(value, Enum):
        return titles.get(value, value)
    if isinstance(value, int):
        return f"day {value}"
    if isinstance(value, tuple):
        return ", ".join(value_words(each, titles=titles) for each in value)
    for kind, words in _WORDS:
        if isinstance(value, kind):
            said: str = words(value)
            return said
    return str(value)


def _day(value: date) -> str:
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def _read_on(day: str) -> str:
    try:
        return _day(date.fromisoformat(day))
    except ValueError:
        return day  # whatever a partner's program wrote there


def _choice(value: Enum) -> str:
    said = str(value.value)
    return _VALUES.get(said) or said.replace("_", " ").capitalize()


def _check(item: CheckItem) -> str:
    return f"{item.text} (done)" if item.is_done else item.text


def _reading(reading: Reading) -> str:
    return f"{reading.value:g} ({reading.note})" if reading.note else f"{reading.value:g}"


def _measured(measure: CheckpointMeasure) -> str:
    return f"{measure.title}: {'not known' if measure.value is None else format(measure.value, 'g')}"


# A moment is a day, too: it comes first.
_WORDS: tuple[tuple[type, Callable[..., str]], ...] = (
    (Enum, _choice),
    (datetime, lambda value: f"{_day(value)}, {value:%H:%M}"),
    (date, _day),
    (float, lambda value: f"{value:g}"),
    (Recurrence, lambda value: f"every {value.every_days} days until day {value.until_day}"),
    (CheckItem, _check),
    (Evidence, lambda value: value.title or value.value),
    (Reading, _reading),
    (RoleLine, lambda value: f"{value.role}: {value.holder}"),
    (CheckpointMeasure, _measured),
    (Baseline, lambda value: "not known" if value.value is None else f"{value.value:g}"),
)
