"""Reading: what the registers of a plan say, as views; the newest of concurrent values is the one shown."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from workbench.ids import CardId, ObjectiveId, PlanId
from workbench.models.kinds import CardColumn
from workbench.models.moments import from_micros
from workbench.plans.archiving import archive_conflicts
from workbench.plans.board import board_order
from workbench.plans.closed_days import NONE
from workbench.plans.fields import (
    BASELINE_PREFIX,
    CHECK_PREFIX,
    EVIDENCE_PREFIX,
    READING_PREFIX,
    TAGS,
    field_of,
    simple_fields,
)
from workbench.plans.horizon import CheckpointDay, due_date
from workbench.plans.occurrences import numbers, split_registers, time_id, time_of
from workbench.plans.register import Registers
from workbench.plans.views import (
    HAND_KEPT,
    Baseline,
    Candidate,
    CardView,
    CheckpointView,
    Conflict,
    ObjectiveTags,
    ObjectiveView,
    PlanView,
    Reading,
    RecordKind,
)

_DEFAULTS = {kind: {name: field.default for name, field in simple_fields(kind).items()} for kind in RecordKind}


@dataclass(frozen=True, slots=True)
class CardRecord:
    """What one record of a card shows: a view for each of its times, and for a series what these have in common."""

    times: tuple[CardView, ...]
    series: CardView | None


def value_of(kind: RecordKind, registers: Registers, name: str) -> Any:
    """The value shown for a field; its default where nobody wrote one. ValueError for what no version of us wrote."""
    field = field_of(kind, name)
    entries = registers.get(name)
    if field is None or not entries:
        return None if field is None else field.default
    return field.decode(entries[0].value)


def values_of(kind: RecordKind, registers: Registers) -> dict[str, Any]:
    """The value shown for every field a record has one of; ValueError for what no version of us wrote."""
    values = dict(_DEFAULTS[kind])
    fields = simple_fields(kind)
    for name, entries in registers.items():
        field = fields.get(name)
        if field is not None:
            values[name] = field.decode(entries[0].value)
    return values


def conflicts_of(
    kind: RecordKind, record_id: str, registers: Registers, *, occurrence: int | None = None
) -> tuple[Conflict, ...]:
    """The fields of one record whose concurrent values differ and were typed by somebody, by field name."""
    found: list[Conflict] = []
    for name in sorted(name for name, entries in registers.items() if len(entries) > 1):
        field, entries = field_of(kind, name), registers[name]
        if field is None or not field.asks:
            continue
        candidates: dict[object, Candidate] = {}
        for entry in entries:
            value = field.decode(entry.value)
            candidates.setdefault(value, Candidate(value, from_micros(entry.at), entry.author))
        if len(candidates) > 1:
            found.append(Conflict(kind, record_id, name, tuple(candidates.values()), occurrence))
    return tuple(found)


def card_conflicts(record_id: str, registers: Registers) -> tuple[Conflict, ...]:
    """The conflicts of a card's record: of its own fields, and of those changed for single times."""
    base, own = split_registers(registers)
    found = list(conflicts_of(RecordKind.CARD, record_id, base))
    for number in sorted(own):
        found += conflicts_of(RecordKind.CARD, time_id(record_id, number), own[number], occurrence=number)
    return (*found, *archive_conflicts(record_id, registers).values())


def read_cards(
    record_id: str, registers: Registers, *, starts_on: date, holidays: Container[date] = NONE
) -> CardRecord:
    """Every time of one record, in order; a plain card has one."""
    found = _read_cards(record_id, registers, starts_on=starts_on, holidays=holidays)
    kept = archive_conflicts(record_id, registers)
    if not kept:
        return found
    # Until somebody chooses, a card that was changed by one and archived by another stays where it can be seen.
    times = tuple(
        replace(card, is_archived=False, has_conflict=True) if None in kept or card.occurrence in kept else card
        for card in found.times
    )
    return replace(found, times=times)


def _read_cards(record_id: str, registers: Registers, *, starts_on: date, holidays: Container[date]) -> CardRecord:
    base, own = split_registers(registers)
    recurrence = value_of(RecordKind.CARD, base, "recurrence")
    # Once it comes back no more, times that somebody changed stay; one that only was the first is a plain card again.
    is_series = recurrence is not None or any(own)
    if not own and not is_series:
        return CardRecord((read_card(record_id, base, starts_on=starts_on, holidays=holidays),), None)
    times = tuple(
        replace(
            read_card(time_id(record_id, number), time_of(base, own, number), starts_on=starts_on, holidays=holidays),
            recurrence=recurrence,
            series_id=CardId(record_id) if is_series else None,
            occurrence=number,
            own=frozenset(own.get(number, ())),
            has_conflict=_asks(record_id, base if number == 0 else {}, own.get(number, {})),
        )
        for number in numbers(base, own, starts_on=starts_on)
    )
    if not is_series:
        return CardRecord(times, None)
    common = read_card(record_id, base, starts_on=starts_on, holidays=holidays)
    return CardRecord(times, replace(common, series_id=CardId(record_id)))


def read_card(card_id: str, registers: Registers, *, starts_on: date, holidays: Container[date] = NONE) -> CardView:
    """One card; a day counted from day 0 becomes a working day of this plan."""
    values = values_of(RecordKind.CARD, registers)
    due, starts, column, done_on = (values.pop(name) for name in ("due", "starts", "column", "done_on"))
    return CardView(
        id=CardId(card_id),
        column=column,
        due_on=_on(due, starts_on, holidays),
        due_day=due if isinstance(due, int) else None,
        # Two people can have moved a card at once, so the stamp may outlive the column it belongs to.
        done_on=done_on if column is CardColumn.DONE else None,
        has_conflict=bool(conflicts_of(RecordKind.CARD, card_id, registers)),
        starts_on=_on(starts, starts_on, holidays),
        starts_day=starts if isinstance(starts, int) else None,
        checklist=tuple(sorted(_many(registers, CHECK_PREFIX), key=lambda item: (item.position, item.id))),
        evidence=tuple(sorted(_many(registers, EVIDENCE_PREFIX), key=lambda each: each.id)),
        **values,
    )


def read_objective(
    objective_id: str, registers: Registers, *, starts_on: date | None = None, holidays: Container[date] = NONE
) -> ObjectiveView:
    """One objective with the baseline of the measure it has now; days counted from day 0 need `starts_on`."""
    values = values_of(RecordKind.OBJECTIVE, registers)
    due, measure = values.pop("due"), values["measure"]
    readings = tuple(_readings(registers))
    baseline = value_of(RecordKind.OBJECTIVE, registers, BASELINE_PREFIX + measure)
    if measure == HAND_KEPT:
        baseline = _hand_kept_baseline(readings, starts_on)
    return ObjectiveView(
        id=ObjectiveId(objective_id),
        baseline=baseline,
        tags=ObjectiveTags(**{name: values.pop(name) for name in TAGS}),
        due=_on(due, starts_on, holidays),
        due_day=due if isinstance(due, int) else None,
        readings=readings,
        **values,
    )


def read_checkpoint(day: CheckpointDay, registers: Registers) -> CheckpointView:
    """Day 30, 60 or 90 as it stands, or as it was locked."""
    values = values_of(RecordKind.CHECKPOINT, registers)
    # The days are written when it is locked, so that neither day 0 nor the holidays move it any more.
    counted_on, falls_on = values.pop("counted_on") or day.counted_on, values.pop("falls_on") or day.falls_on
    return CheckpointView(day=day.day, counted_on=counted_on, falls_on=falls_on, **values)


def read_plan(
    plan_id: PlanId,
    registers: Registers,
    *,
    objectives: list[ObjectiveView],
    cards: list[CardRecord],
    checkpoints: list[CheckpointView],
    conflicts: list[Conflict],
) -> PlanView:
    """The whole plan with its parts in order; `community_id` is not the document's to know and stays None."""
    return PlanView(
        id=plan_id,
        community_id=None,
        objectives=tuple(sorted(objectives, key=lambda each: (each.is_archived, each.position, each.id))),
        cards=tuple(sorted((card for record in cards for card in record.times), key=board_order)),
        conflicts=tuple(conflicts),
        checkpoints=tuple(checkpoints),
        series=tuple(sorted((record.series for record in cards if record.series is not None), key=board_order)),
        **values_of(RecordKind.PLAN, registers),
    )


def _on(day: date | int | None, starts_on: date | None, holidays: Container[date]) -> date | None:
    if isinstance(day, int):
        return None if starts_on is None else due_date(starts_on, day, holidays=holidays)
    return day


def _asks(record_id: str, *parts: Registers) -> bool:
    return any(conflicts_of(RecordKind.CARD, record_id, part) for part in parts)


def _many(registers: Registers, prefix: str) -> Iterator[Any]:
    """The parts that are kept one to a register; those taken away are left out."""
    for name in registers:
        if name.startswith(prefix) and (part := value_of(RecordKind.CARD, registers, name)) is not None:
            yield replace(part, id=name.removeprefix(prefix))


def _readings(registers: Registers) -> Iterator[Reading]:
    for name in sorted(registers):
        if name.startswith(READING_PREFIX) and (found := value_of(RecordKind.OBJECTIVE, registers, name)) is not None:
            yield Reading(date.fromisoformat(name.removeprefix(READING_PREFIX)), *found)


def _hand_kept_baseline(readings: tuple[Reading, ...], starts_on: date | None) -> Baseline | None:
    if not readings:
        return None
    known = [reading for reading in readings if starts_on is not None and reading.on <= starts_on]
    first = known[-1] if known else readings[0]
    return Baseline(first.value, None, None, None, datetime.combine(first.on, time(), UTC))
