"""JSON reading: what a plan's JSON holds, as edits for a plan of its own; a refusal says where in the file it is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from workbench.errors import BadInputError
from workbench.ids import ObjectiveId
from workbench.plans.fields import BASELINE_PREFIX, CHECK_PREFIX, EVIDENCE_PREFIX, READING_PREFIX, TAGS, field_of
from workbench.plans.occurrences import own_field
from workbench.plans.positions import between
from workbench.plans.views import (
    HAND_KEPT,
    Baseline,
    CheckItem,
    CheckpointMeasure,
    Evidence,
    FieldEdit,
    Reading,
    RecordKind,
    Recurrence,
    RoleLine,
)

_Entry = Mapping[str, Any]
_NO_ID = ""


@dataclass(frozen=True, slots=True)
class PlanParts:
    """A plan that is not stored yet. `of_times` come after `edits`: they are what single times of series have."""

    name: str
    community_name: str
    community_place: tuple[str, ...]
    edits: tuple[FieldEdit, ...]
    of_times: tuple[FieldEdit, ...]


@dataclass(slots=True)
class _Reader:
    """Collects edits, and the new id of every old one."""

    new_id: Callable[[], str]
    edits: list[FieldEdit] = field(default_factory=list)
    of_times: list[FieldEdit] = field(default_factory=list)
    objectives: dict[str, str] = field(default_factory=dict)

    def put(self, kind: RecordKind, record_id: str, name: str, value: object, *, where: str) -> None:
        """Takes one value in; refuses what the field cannot be."""
        self._refuse(kind, name, value, where)
        self.edits.append(FieldEdit(kind, record_id, name, value))

    def put_own(self, card_id: str, number: int, name: str, value: object, *, where: str) -> None:
        """Takes in what one time of a series has of its own."""
        self._refuse(RecordKind.CARD, name, value, where)
        self.of_times.append(FieldEdit(RecordKind.CARD, card_id, own_field(name, number), value, again=True))

    def objective(self, said: object, where: str) -> str | None:
        """The new id of an objective of the file."""
        if said is None:
            return None
        if said not in self.objectives:
            raise _refused(where, reason="names an objective that is not in the file")
        return self.objectives[str(said)]

    def _refuse(self, kind: RecordKind, name: str, value: object, where: str) -> None:
        known = field_of(kind, name)
        if known is None:
            raise _refused(where, reason=f"has no field named {name}")
        try:
            known.encode(value)
        except BadInputError as error:
            raise BadInputError(reason=f"In this file, {where}: {error.reason}") from error
        except (ValueError, TypeError, AttributeError) as error:
            raise _refused(where, reason=f"has something in “{name}” that cannot stand there") from error


def read_parts(data: object, *, newest: int, new_id: Callable[[], str]) -> PlanParts:
    """The plan in the JSON values `data`; BadInputError says which entry cannot be, and why."""
    whole = _entry(data, "the file", {"format", "plan", "objectives", "cards", "checkpoints", "conflicts"})
    if not isinstance(whole.get("format"), int):
        raise BadInputError(reason="This file is not a plan.")
    if whole["format"] > newest:
        raise BadInputError(reason="This plan was written by a newer version of the program.")
    reader = _Reader(new_id)
    objectives = _list(whole, "objectives", "the file")
    if not objectives:
        raise BadInputError(
            reason="A plan needs at least one measure: without a number nobody can show what 90 days changed."
        )
    plan = _plan(reader, whole.get("plan"))
    last = ""
    for number, entry in enumerate(objectives):
        last = _objective(reader, entry, f"objectives[{number}]", last)
    last = ""
    for number, entry in enumerate(_list(whole, "cards", "the file")):
        last = _card(reader, entry, f"cards[{number}]", last)
    for number, entry in enumerate(_list(whole, "checkpoints", "the file")):
        _checkpoint(reader, entry, f"checkpoints[{number}]")
    return PlanParts(
        plan["name"],
        plan.get("community_name", ""),
        tuple(plan.get("community_place", ())),
        tuple(reader.edits),
        tuple(reader.of_times),
    )


def _plan(reader: _Reader, data: object) -> _Entry:
    entry = _entry(data, "plan", None)
    for name in ("name", "purpose", "owner", "starts_on"):
        if name not in entry:
            raise _refused(where="plan", reason=f"has no {name}")
    for name, value in entry.items():
        if name == "roles":
            value = tuple(  # noqa: PLW2901 - one of a few that are more than plain values
                RoleLine(str(line.get("role", "")), str(line.get("holder", "")))
                for line in (_entry(each, "plan.roles", {"role", "holder"}) for each in _list(entry, "roles", "plan"))
            )
        elif name == "starts_on":
            value = _day(value, "plan.starts_on")  # noqa: PLW2901 - as above
        elif name == "created_at":
            value = _moment(value, "plan.created_at")  # noqa: PLW2901 - as above
        elif name == "id":
            continue
        reader.put(RecordKind.PLAN, "", name, value, where=f"plan.{name}")
    return entry


_OBJECTIVE_PARTS = {"id", "position", "baseline", "tags", "due_on", "due_day", "readings"}


def _objective(reader: _Reader, data: object, where: str, last: str) -> str:
    entry = _entry(data, where, None)
    objective_id = reader.new_id()
    if "id" in entry:
        reader.objectives[str(entry["id"])] = objective_id
    for name in ("title", "measure"):
        if name not in entry:
            raise _refused(where, reason=f"has no {name}")

    def put(name: str, value: object) -> None:
        reader.put(RecordKind.OBJECTIVE, objective_id, name, value, where=where)

    for name in entry.keys() - _OBJECTIVE_PARTS:
        put(name, entry[name])
    position = str(entry.get("position") or between(last, None))
    put("position", position)
    put("due", _either(entry, "due_day", "due_on", where))
    for name, words in _entry(entry.get("tags", {}), f"{where}.tags", set(TAGS)).items():
        put(name, words)
    # The baseline of a measure kept by hand follows from its readings.
    if entry.get("baseline") is not None and entry["measure"] != HAND_KEPT:
        numbers = _numbers(entry["baseline"], f"{where}.baseline", set())
        put(f"{BASELINE_PREFIX}{entry['measure']}", Baseline(**numbers))
    for each in _list(entry, "readings", where):
        reading = _entry(each, f"{where}.readings", {"on", "value", "note"})
        on = _day(reading.get("on"), f"{where}.readings")
        if on is None:
            raise _refused(where=f"{where}.readings", reason="has no day")
        put(READING_PREFIX + on.isoformat(), Reading(on, reading.get("value", None), reading.get("note", "")))
    return max(last, position)


_CARD_PARTS = {
    "id", "position", "due_on", "due_day", "starts_on", "starts_day", "done_on", "objective_id", "checklist",
    "evidence", "recurrence", "times", "number",
}  # fmt: skip


def _card(reader: _Reader, data: object, where: str, last: str) -> str:
    entry = _entry(data, where, None)
    card_id = reader.new_id()
    if "title" not in entry:
        raise _refused(where, reason="has no title")
    position = str(entry.get("position") or between(last, None))
    reader.put(RecordKind.CARD, card_id, "position", position, where=where)
    parts: dict[str, str] = {}
    for name, value in _fields(reader, entry, where, parts):
        reader.put(RecordKind.CARD, card_id, name, value, where=where)
    every = entry.get("recurrence")
    if every is not None:
        found = _entry(every, f"{where}.recurrence", {"every_days", "until_day"})
        comes_back = Recurrence(found.get("every_days", 0), found.get("until_day", 0))
        reader.put(RecordKind.CARD, card_id, "recurrence", comes_back, where=where)
    for index, each in enumerate(_list(entry, "times", where)):
        at = f"{where}.times[{index}]"
        time = _entry(each, at, None)
        if not isinstance(time.get("number"), int):
            raise _refused(at, reason="has no number")
        if "position" in time:
            reader.put_own(card_id, time["number"], "position", str(time["position"]), where=at)
        for name, value in _fields(reader, time, at, parts):
            reader.put_own(card_id, time["number"], name, value, where=at)
    return max(last, position)


def _fields(reader: _Reader, entry: _Entry, where: str, parts: dict[str, str]) -> Iterator[tuple[str, object]]:
    """What a card, or one time of it, says, by field; `parts` keeps the new ids of its lines and evidence."""
    for name in entry.keys() - _CARD_PARTS:
        yield name, entry[name]
    for name, counted, fixed in (("due", "due_day", "due_on"), ("starts", "starts_day", "starts_on")):
        if counted in entry or fixed in entry:
            yield name, _either(entry, counted, fixed, where)
    if "done_on" in entry:
        yield "done_on", _day(entry["done_on"], f"{where}.done_on")
    if "objective_id" in entry:
        yield "objective_id", reader.objective(entry["objective_id"], where)
    last = ""
    for each in _list(entry, "checklist", where):
        item = _entry(each, f"{where}.checklist", {"id", "text", "is_done", "position", "is_removed"})
        last = str(item.get("position") or between(last, None))
        said = CheckItem(_NO_ID, item.get("text", ""), item.get("is_done") is True, last)
        yield CHECK_PREFIX + _part_id(reader, item, parts), None if item.get("is_removed") else said
    for each in _list(entry, "evidence", where):
        shown = _entry(each, f"{where}.evidence", {"id", "kind", "title", "value", "is_removed"})
        found = Evidence(_NO_ID, shown.get("kind", ""), shown.get("title", ""), shown.get("value", ""))
        yield EVIDENCE_PREFIX + _part_id(reader, shown, parts), None if shown.get("is_removed") else found


def _part_id(reader: _Reader, part: _Entry, parts: dict[str, str]) -> str:
    old = part.get("id")
    if old is None:
        return reader.new_id()
    return parts.setdefault(str(old), reader.new_id())


def _checkpoint(reader: _Reader, data: object, where: str) -> None:
    entry = _entry(data, where, None)
    day = str(entry.get("day"))
    if day not in {"30", "60", "90"}:
        raise _refused(where, reason="is not of day 30, 60 or 90")
    for name in entry.keys() - ({"day"} if entry.get("locked_at") else {"day", "counted_on", "falls_on"}):
        value = entry[name]
        if name in {"counted_on", "falls_on"}:
            value = _day(value, f"{where}.{name}")
        elif name == "locked_at":
            value = None if value is None else _moment(value, f"{where}.locked_at")
        elif name == "measures":
            value = tuple(
                _measure(reader, each, f"{where}.measures[{index}]")
                for index, each in enumerate(_list(entry, name, where))
            )
        reader.put(RecordKind.CHECKPOINT, day, name, value, where=where)


def _measure(reader: _Reader, data: object, where: str) -> CheckpointMeasure:
    entry = _entry(data, where, None)
    aims = ("target", "baseline")
    others = {"objective_id", "title", "measure", "due_on", "unit", *aims}
    numbers = _numbers(data, where, others) | {name: entry.get(name) for name in aims}
    objective_id = reader.objective(entry.get("objective_id"), where) or ""
    return CheckpointMeasure(
        ObjectiveId(objective_id),
        str(entry.get("title", "")),
        measure=str(entry.get("measure", "")),
        due=_day(entry.get("due_on"), f"{where}.due_on"),
        unit=str(entry.get("unit", "")),
        **numbers,
    )


def _numbers(data: object, where: str, others: set[str]) -> dict[str, Any]:
    names = ("value", "numerator", "denominator", "coverage")
    entry = _entry(data, where, {*names, "at", *others})
    return {name: entry.get(name) for name in names} | {"at": _moment(entry.get("at"), f"{where}.at")}


def _either(entry: _Entry, counted: str, fixed: str, where: str) -> date | int | None:
    """A day counted from day 0, else one by the calendar; the count wins, since it moves with the plan."""
    day = entry.get(counted)
    if day is not None and (isinstance(day, bool) or not isinstance(day, int)):
        raise _refused(where, reason=f"has no whole number in “{counted}”")
    return day if day is not None else _day(entry.get(fixed), f"{where}.{fixed}")


def _day(value: object, where: str) -> date | None:
    try:
        return None if value is None else date.fromisoformat(str(value))
    except ValueError as error:
        raise _refused(where, reason="is not a day like 2024-06-03") from error


def _moment(value: object, where: str) -> datetime:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise _refused(where, reason="is not a moment like 2024-06-03T09:00:00+00:00") from error
    if found.tzinfo is None:
        raise _refused(where, reason="is a moment without its offset from UTC")
    return found


def _entry(data: object, where: str, known: set[str] | None) -> _Entry:
    if not isinstance(data, Mapping):
        raise _refused(where, reason="is not an object of names and values")
    if known is not None and (strange := sorted(str(name) for name in data.keys() - known)):
        raise _refused(where, reason=f"has no field named {strange[0]}")
    return data


def _list(entry: _Entry, name: str, where: str) -> Sequence[Any]:
    found = entry.get(name, ())
    if isinstance(found, str) or not isinstance(found, Sequence):
        raise _refused(where=f"{where}.{name}", reason="is not a list")
    return found


def _refused(where: str, *, reason: str) -> BadInputError:
    return BadInputError(reason=f"In this file, {where} {reason}.")
