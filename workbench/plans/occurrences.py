"""Occurrences: the times of a card that comes back, read out of one record.

A series is one record. Its times have ids "<series>#<number>"; number 0 is the record itself. What was changed for one
time stands in the same record under "<number>~<field>", so two people never make the same record apart.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from workbench.ids import CardId
from workbench.plans.codec import MAX_DAY, read_plan_day
from workbench.plans.part_codec import read_recurrence
from workbench.plans.positions import beside
from workbench.plans.register import Entry, Registers
from workbench.plans.views import Conflict, FieldEdit, RecordKind, Recurrence

MOST_TIMES = 400
_TIME = re.compile(r"(0|[1-9][0-9]{0,2})~(.+)")
_CARD_ID = re.compile(r"(.+)#([1-9][0-9]{0,2})")
# What belongs to one time and not to the series. Days and places follow from those of the series, see `time_of`.
_NOT_SHARED = frozenset({"column", "done_on", "recurrence"})
_EVIDENCE, _CHECK = "evidence.", "check."


def split_id(card_id: str) -> tuple[CardId, int]:
    """The record a card is read from, and which of its times it is; 0 for one that is a record itself."""
    found = _CARD_ID.fullmatch(card_id)
    return (CardId(found[1]), int(found[2])) if found else (CardId(card_id), 0)


def time_id(series_id: str, number: int) -> CardId:
    """The id of one time of a series."""
    return CardId(f"{series_id}#{number}" if number else series_id)


def own_field(name: str, number: int) -> str:
    """Where a field that was changed for one time is kept."""
    return f"{number}~{name}"


def split_field(name: str) -> tuple[int | None, str]:
    """Which time a kept field is for, and the field; None for one of the record itself."""
    found = _TIME.fullmatch(name)
    return (int(found[1]), found[2]) if found else (None, name)


def split_registers(registers: Registers) -> tuple[Registers, dict[int, Registers]]:
    """The registers of the record itself, and those of each time that was changed on its own."""
    base: Registers = {}
    own: dict[int, Registers] = {}
    if not any("~" in name for name in registers):
        return registers, own
    for name, entries in registers.items():
        number, field = split_field(name)
        if number is None:
            base[name] = entries
        else:
            own.setdefault(number, {})[field] = entries
    return base, own


def recurrence_of(base: Registers) -> Recurrence | None:
    """How the card of these registers comes back; None where it does not."""
    entries = base.get("recurrence")
    return read_recurrence(entries[0].value) if entries else None


def numbers(base: Registers, own: dict[int, Registers], *, starts_on: date) -> list[int]:
    """The times a record has: those its days give, and every other one that somebody changed, so that none is lost."""
    found = {0, *own}
    every = recurrence_of(base)
    due = _day(base, "due")
    if every is not None and due is not None:
        first = due if isinstance(due, int) else (due - starts_on).days
        count = (every.until_day - first) // every.every_days + 1
        found.update(range(max(0, min(count, MOST_TIMES))))
    return sorted(found)


def time_of(base: Registers, own: dict[int, Registers], number: int) -> Registers:
    """The registers of one time: its own, before those of the series."""
    if number == 0:
        return base | own.get(0, {})
    every = recurrence_of(base)
    shared = dict(_shared(base))
    if every is not None:
        for name in ("starts", "due"):
            shared |= _moved(base, name, number * every.every_days)
    if position := base.get("position"):
        shared["position"] = (_told(beside(str(position[0].value), number)),)
    return shared | own.get(number, {})


def into_its_record(edit: FieldEdit) -> FieldEdit:
    """What is said of one time of a series by its id stands in the record of the series, never in one of its own."""
    card_id, number = split_id(edit.record_id) if edit.kind is RecordKind.CARD else (edit.record_id, 0)
    return replace(edit, record_id=card_id, field=own_field(edit.field, number)) if number else edit


def shown_for_one_time(edit: FieldEdit, registers: Registers) -> tuple[Entry, ...]:
    """What a time of a series shows in a field that was not changed for it alone."""
    number, name = split_field(edit.field) if edit.kind is RecordKind.CARD else (None, "")
    if number is None:
        return ()
    base, own = split_registers(registers)
    return time_of(base, own, number).get(name, ())


def place_of(conflict: Conflict) -> str:
    """The field of the record a conflict is about."""
    return conflict.field if conflict.occurrence is None else own_field(conflict.field, conflict.occurrence)


def _shared(base: Registers) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    for name, entries in base.items():
        if name.startswith(_CHECK):
            # The list is the series'; what is ticked off is each time's own.
            line = entries[0].value
            is_line = isinstance(line, list) and len(line) > 1
            yield name, (_told([line[0], False, *line[2:]]),) if is_line else entries
        elif name not in _NOT_SHARED and name not in {"due", "starts", "position"} and not name.startswith(_EVIDENCE):
            yield name, entries


def _moved(base: Registers, name: str, days: int) -> Registers:
    first = _day(base, name)
    if first is None:
        return {}
    if isinstance(first, int):
        return {name: (_told(f"{min(first + days, MAX_DAY):+d}"),)}
    return {name: (_told((first + timedelta(days=days)).isoformat()),)}


def _day(base: Registers, name: str) -> date | int | None:
    entries = base.get(name)
    return read_plan_day(entries[0].value) if entries else None


def _told(value: object) -> Entry:
    return Entry("", value, 0, "", ())
