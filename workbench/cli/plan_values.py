"""Plan values: what a script says of a plan, its objectives and cards, in options or JSON, checked and made drafts.

JSON has the names of resources/schemas/plan.schema.json. What only an exported plan has (ids, places on the board, what
is done, frozen baselines) is passed over, so that parts of an export can be given back.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from workbench.errors import BadInputError, SourceError
from workbench.models.kinds import CardColumn, EvidenceKind
from workbench.operations.plans import MeasureChoice
from workbench.plans.drafts import CardDraft, ObjectiveDraft
from workbench.plans.fields import CHECK_PREFIX, EVIDENCE_PREFIX, READING_PREFIX, TAGS, field_of
from workbench.plans.horizon import LAST_DAY
from workbench.plans.views import CheckItem, Evidence, ObjectiveTags, Reading, RecordKind, Recurrence, RoleLine

STDIN = "-"
CARD_OPTIONS = (
    "title", "column", "kind", "pillar", "focus", "channel", "owner", "promised_to", "hours", "notes", "came_of",
)  # fmt: skip
OBJECTIVE_OPTIONS = ("title", "target", "kind", "horizon", "problem", "alignment")
_PASSED_OVER: Final = {
    RecordKind.CARD: {"id", "position", "done_on", "is_archived", "times"},
    RecordKind.OBJECTIVE: {"position", "baseline", "is_archived"},
    RecordKind.PLAN: {"id", "created_at", "is_archived"},
    RecordKind.CHECKPOINT: {"day", "counted_on", "falls_on", "measures", "locked_at", "locked_by"},
}
_DAYS: Final = {"due_on": "due", "due_day": "due", "starts_on": "starts", "starts_day": "starts"}
_LONGEST_INPUT = 64 << 20

Values = dict[str, Any]


def read_input(place: str) -> bytes:
    """What the file holds, or the standard input for -; SourceError where it cannot be read, or is too large."""
    try:
        if place == STDIN:
            if sys.stdin is None:  # whoever started us closed it
                message = "there is no standard input"
                raise SourceError(message, path=place)
            data = sys.stdin.buffer.read(_LONGEST_INPUT + 1)
        else:
            with Path(place).open("rb") as stream:
                data = stream.read(_LONGEST_INPUT + 1)
    except OSError as error:
        raise SourceError(error.strerror or "it cannot be read", path=place) from error
    if len(data) > _LONGEST_INPUT:
        raise BadInputError(reason="This is too large to be a plan.")
    return data


def json_in(options: argparse.Namespace) -> Any:
    """What --json-in names, as `json.loads` gives it; None where it is not given."""
    if options.json_in is None:
        return None
    try:
        return json.loads(read_input(options.json_in))
    except (ValueError, RecursionError) as error:
        raise BadInputError(reason="What --json-in names is not JSON.") from error


def entry(data: object, where: str) -> Mapping[str, Any]:
    """The names and values of a JSON object; BadInputError for anything else."""
    if not isinstance(data, Mapping):
        raise BadInputError(reason=f"In the JSON, {where} is not an object of names and values.")
    return data


def entries(data: object, where: str) -> list[Mapping[str, Any]]:
    """Objects, from a list of them or from a single one."""
    many = data if isinstance(data, list) else [data]
    return [entry(each, f"{where}[{number}]") for number, each in enumerate(many)]


def card_values(said: Mapping[str, Any], where: str) -> Values:
    """The fields of a card by their names in `CardDraft`; refuses what a card has not, and what cannot be."""
    values: Values = {}
    for name, value in _said(RecordKind.CARD, said):
        if name in _DAYS:
            values |= _day(said, name, where)
        elif name == "checklist":
            values[name] = tuple(_check(each, where) for each in _list(value, f"{where}.{name}"))
        elif name == "evidence":
            values[name] = tuple(_evidence(each, where) for each in _list(value, f"{where}.{name}"))
        elif name == "recurrence":
            found = None if value is None else entry(value, f"{where}.{name}")
            comes_back = found and Recurrence(found.get("every_days", 0), found.get("until_day", LAST_DAY))
            values[name] = _checked(RecordKind.CARD, name, comes_back, where)
        else:
            values[name] = _checked(RecordKind.CARD, name, value, where)
    if "column" in values:
        values["column"] = CardColumn(values["column"])
    return values


def card_options(options: argparse.Namespace) -> Values:
    """The same of the options that were given; the checklist and evidence are those to be added."""
    given = vars(options)
    values: Values = {name: given[name] for name in CARD_OPTIONS if name in given}
    for name in ("due", "starts"):
        if name in given:
            values |= _either(name, given[name])
    if "objective" in given:
        values["objective_id"] = given["objective"]
    if "every" in given:
        every = given["every"]
        comes_back = None if every is None else Recurrence(every, given.get("until", LAST_DAY))
        values["recurrence"] = _checked(RecordKind.CARD, "recurrence", comes_back, "")
    elif "until" in given:
        raise BadInputError(reason="A card that comes back takes both --every and --until.")
    if options.check:
        values["checklist"] = tuple(_check(each, "") for each in options.check)
    if options.evidence:
        values["evidence"] = tuple(_evidence({"kind": kind, "value": what}, "") for kind, what in options.evidence)
    return values


def card_draft(values: Values, where: str = "") -> CardDraft:
    """A card of these values; refuses one without a title."""
    _checked(RecordKind.CARD, "title", values.get("title", ""), where)
    return CardDraft(**values)


def objective_values(said: Mapping[str, Any], where: str) -> Values:
    """The fields of an objective by their names in `ObjectiveDraft`, its id as its key; refuses as `card_values`."""
    values: Values = {}
    for name, value in _said(RecordKind.OBJECTIVE, said):
        if name == "id":
            values["key"] = str(value)
        elif name in _DAYS:
            values |= {"due" if each == "due_on" else each: day for each, day in _day(said, name, where).items()}
        elif name == "tags":
            tags = entry(value, f"{where}.tags")
            values["tags"] = _tags({each: tags[each] for each in tags}, where)
        elif name == "readings":
            values[name] = tuple(_reading(each, where) for each in _list(value, f"{where}.{name}"))
        else:
            values[name] = _checked(RecordKind.OBJECTIVE, name, value, where)
    return values


def objective_options(options: argparse.Namespace) -> Values:
    """The same of the options that were given; tags that are not named are left as they are by the caller."""
    given = vars(options)
    values: Values = {name: given[name] for name in OBJECTIVE_OPTIONS if name in given}
    if "measure" in given:
        choice = measure_choice(given["measure"])
        values |= {"measure": choice.key} | ({} if choice.target is None else {"target": choice.target})
    if "unit" in given:
        values["hand_unit"] = given["unit"]
    if "due" in given:
        due = given["due"]
        values |= {"due_day": due} if isinstance(due, int) else {"due": due}
    if tags := {name: given[name] for name in TAGS if name in given}:
        values["tags"] = _tags(tags, "")
    return values


def objective_draft(values: Values, where: str = "") -> ObjectiveDraft:
    """An objective of these values; refuses one without a title or a measure."""
    for name in ("title", "measure"):
        _checked(RecordKind.OBJECTIVE, name, values.get(name, ""), where)
    return ObjectiveDraft(**values)


def plan_values(said: Mapping[str, Any]) -> Values:
    """The fields of a plan itself, by their names in `PlanView`; refuses what a plan has not, and what cannot be."""
    values: Values = {}
    for name, value in _said(RecordKind.PLAN, said):
        found = value
        if name == "roles":
            lines = (entry(each, "plan.roles") for each in _list(value, "plan.roles"))
            found = tuple(RoleLine(str(line.get("role", "")), str(line.get("holder", ""))) for line in lines)
        elif name == "starts_on":
            found = _calendar(value, "plan.starts_on")
        values[name] = _checked(RecordKind.PLAN, name, found, "plan")
    return values


def plan_options(options: argparse.Namespace) -> Values:
    """The same of --set NAME=VALUE and --role ROLE=WHO."""
    said: Values = dict(options.charter)
    if "weekly_hours" in said:
        try:
            said["weekly_hours"] = float(said["weekly_hours"])
        except ValueError as error:
            raise BadInputError(reason="weekly_hours takes a number.") from error
    if options.roles:
        said["roles"] = [{"role": role, "holder": holder} for role, holder in options.roles]
    return plan_values(said)


def checkpoint_values(said: Mapping[str, Any]) -> Values:
    """What was written at a checkpoint; its numbers follow from the mirror."""
    return {
        name: _checked(RecordKind.CHECKPOINT, name, value, "the checkpoint")
        for name, value in _said(RecordKind.CHECKPOINT, said)
    }


def measure_choice(text: str) -> MeasureChoice:
    """`reply_rate=0.58` → a measure with its target."""
    key, _, target = text.partition("=")
    try:
        return MeasureChoice(key.strip(), float(target) if target else None)
    except ValueError:
        message = f"“{target}” is not a number; write a target like reply_rate=0.58"
        raise BadInputError(message) from None


def _said(kind: RecordKind, said: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, value in said.items() if name not in _PASSED_OVER[kind])


def _checked(kind: RecordKind, name: str, value: Any, where: str) -> Any:
    """The value, where the field can be that."""
    field = field_of(kind, name)
    at = f"In the JSON, {where}: " if where else ""
    if field is None:
        raise BadInputError(reason=f"{at}There is no field named {name}.")
    try:
        field.encode(value)
    except BadInputError as error:
        raise BadInputError(reason=f"{at}{error.reason}") from error
    return value


def _day(said: Mapping[str, Any], name: str, where: str) -> Values:
    """One of the two ways to say a day; the count wins, since it moves with the plan."""
    kept = _DAYS[name]
    counted = said.get(f"{kept}_day")
    on = _calendar(said.get(f"{kept}_on"), f"{where}.{kept}_on") if counted is None else None
    return _either(kept, _checked(RecordKind.CARD, kept, on if counted is None else counted, where))


def _either(name: str, day: date | int | None) -> Values:
    return {f"{name}_day": day} if isinstance(day, int) else {f"{name}_on": day}


def _calendar(value: object, where: str) -> date | None:
    try:
        return None if value is None else date.fromisoformat(str(value))
    except ValueError as error:
        raise BadInputError(reason=f"In the JSON, {where} is not a day like 2026-03-02.") from error


def _check(said: object, where: str) -> str:
    text = said if isinstance(said, str) else entry(said, f"{where}.checklist").get("text", "")
    _checked(RecordKind.CARD, f"{CHECK_PREFIX}new", CheckItem("", text), where)
    return str(text)


def _evidence(said: object, where: str) -> Evidence:
    found = entry(said, f"{where}.evidence")
    shown = Evidence("", found.get("kind", ""), str(found.get("title", "")), str(found.get("value", "")))
    _checked(RecordKind.CARD, f"{EVIDENCE_PREFIX}new", shown, where)
    return Evidence("", EvidenceKind(shown.kind), shown.title, shown.value)


def _reading(said: object, where: str) -> Reading:
    found = entry(said, f"{where}.readings")
    on = _calendar(found.get("on"), f"{where}.readings")
    if on is None:
        raise BadInputError(reason=f"In the JSON, {where}: A reading takes a day and a number.")
    reading = Reading(on, found.get("value", None), str(found.get("note", "")))
    _checked(RecordKind.OBJECTIVE, READING_PREFIX + on.isoformat(), reading, where)
    return reading


def _tags(said: Mapping[str, Any], where: str) -> ObjectiveTags:
    if unknown := sorted(said.keys() - set(TAGS)):
        raise BadInputError(reason=f"There is no tag named {unknown[0]}; there are {', '.join(TAGS)}.")
    words = {name: tuple(_checked(RecordKind.OBJECTIVE, name, value, where)) for name, value in said.items()}
    return ObjectiveTags(**words)


def _list(value: object, where: str) -> Sequence[Any]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise BadInputError(reason=f"In the JSON, {where} is not a list.")
    return value
