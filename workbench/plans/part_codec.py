"""Part codec: how the values that have parts of their own are written into the document and read back.

Encoders refuse with BadInputError in words for people; decoders raise ValueError for what no version of us wrote.
"""

from collections.abc import Sequence
from typing import Any

from workbench.ids import ObjectiveId
from workbench.models.kinds import EvidenceKind
from workbench.models.moments import to_micros
from workbench.plans.codec import (
    MAX_DAY,
    day,
    number,
    read_day,
    read_flag,
    read_moment,
    read_number,
    read_some_number,
    read_text,
    refused,
    text,
)
from workbench.plans.positions import normal
from workbench.plans.views import Baseline, CheckItem, CheckpointMeasure, Evidence, Reading, Recurrence, RoleLine

_MOST_ROLES = 200
_LONGEST_STEP = 365
_PLACE_PARTS = 3
_NO_AIMS: tuple[Any, ...] = (None, None, "", None, "")
"""Target, baseline, measure, due day and unit of a checkpoint from before they were kept."""


def place(value: object) -> list[str]:
    """What a platform calls a community: kind, site and id there; nothing where nobody knows."""
    if isinstance(value, str) or not isinstance(value, Sequence) or len(value) not in {0, _PLACE_PARTS}:
        raise refused(reason="The place of a community takes its platform, its site and its id there.")
    return [text(each) for each in value]


def read_place(value: object) -> tuple[str, ...]:
    """A place as `place` wrote it."""
    if not isinstance(value, list) or len(value) not in {0, _PLACE_PARTS}:
        raise _damage(what="the place of a community")
    return tuple(read_text(each) for each in value)


def baseline(value: object) -> list[float | int | None]:
    """A measure's numbers at one moment."""
    if not isinstance(value, Baseline):
        raise refused(reason="A baseline takes the numbers of a measure.")
    return [*_numbers(value), to_micros(value.at)]


def read_baseline(value: object) -> Baseline:
    """A baseline as `baseline` wrote it."""
    match value:
        case [amount, numerator, denominator, coverage, at]:
            return Baseline(
                value=read_number(amount),
                numerator=read_number(numerator),
                denominator=read_number(denominator),
                coverage=read_number(coverage),
                at=read_moment(at),
            )
        case _:
            raise _damage(what="a baseline")


def measures(value: object) -> list[Any]:
    """What was measured at a checkpoint."""
    if not isinstance(value, Sequence) or not all(isinstance(each, CheckpointMeasure) for each in value):
        raise refused(reason="A checkpoint takes the numbers of the plan's measures.")
    return [
        [text(each.objective_id), text(each.title), *_numbers(each), to_micros(each.at), *_aims(each)] for each in value
    ]


def read_measures(value: object) -> tuple[CheckpointMeasure, ...]:
    """Measures as `measures` wrote them."""
    if not isinstance(value, list):
        raise _damage(what="the measures of a checkpoint")
    return tuple(_read_measure(each) for each in value)


def _read_measure(value: object) -> CheckpointMeasure:
    match value:
        case [objective_id, title, amount, numerator, denominator, coverage, at, *aims] if len(aims) in {0, 2, 5}:
            known: list[Any] = [*aims, *_NO_AIMS[len(aims) :]]
            target, baseline, measure, due, unit = known
            return CheckpointMeasure(
                objective_id=ObjectiveId(read_text(objective_id)),
                title=read_text(title),
                value=read_number(amount),
                numerator=read_number(numerator),
                denominator=read_number(denominator),
                coverage=read_number(coverage),
                at=read_moment(at),
                target=read_number(target),
                baseline=read_number(baseline),
                measure=read_text(measure),
                due=read_day(due),
                unit=read_text(unit),
            )
        case _:
            raise _damage(what="a measure of a checkpoint")


def reading(value: object) -> list[Any] | None:
    """A reading taken by hand; its day is in the name of the field. None takes it away."""
    match value:
        case None:
            return None
        # As it is read back, when somebody chooses between two people's readings of one day.
        case Reading(value=said, note=note) | (said, note):
            amount = number(said)
        case _:
            raise refused(reason="A reading takes a day and a number.")
    if amount is None:
        raise refused(reason="A reading needs a number.")
    return [amount, text(note)]


def read_reading(value: object) -> tuple[float, str] | None:
    """The number and the note of a reading."""
    match value:
        case None:
            return None
        case [amount, note]:
            return read_some_number(amount), read_text(note)
        case _:
            raise _damage(what="a reading")


def recurrence(value: object) -> list[int] | None:
    """How a card comes back, or None for a card that does not."""
    if value is None:
        return None
    if not isinstance(value, Recurrence) or not (_is_whole(value.every_days) and _is_whole(value.until_day)):
        raise refused(reason="A card that comes back takes a number of days and a last day.")
    if not 1 <= value.every_days <= _LONGEST_STEP:
        raise refused(reason=f"A card comes back every 1 to {_LONGEST_STEP} days.")
    if abs(value.until_day) > MAX_DAY:
        raise refused(reason=f"A card comes back until a day within {MAX_DAY} days of day 0.")
    return [value.every_days, value.until_day]


def read_recurrence(value: object) -> Recurrence | None:
    """A recurrence as `recurrence` wrote it."""
    match value:
        case None:
            return None
        case [int() | float() as every, int() | float() as until] if (
            1 <= every <= _LONGEST_STEP and abs(until) <= MAX_DAY
        ):
            return Recurrence(int(every), int(until))
        case _:
            raise _damage(what="a recurrence")


def check(value: object) -> list[Any] | None:
    """A line of a checklist; its id is in the name of the field. None takes it away."""
    if value is None:
        return None
    if not isinstance(value, CheckItem):
        raise refused(reason="A checklist takes lines of text.")
    line = text(value.text).strip()
    if not line:
        raise refused(reason="A line of a checklist needs words.")
    return [line, bool(value.is_done), normal(value.position)]


def read_check(value: object) -> CheckItem | None:
    """A line of a checklist, its id still to be put in."""
    match value:
        case None:
            return None
        case [line, is_done, position]:
            return CheckItem("", read_text(line), read_flag(is_done), normal(read_text(position)))
        case _:
            raise _damage(what="a line of a checklist")


def evidence(value: object) -> list[str] | None:
    """What shows that a card was done; its id is in the name of the field. None takes it away."""
    if value is None:
        return None
    if not isinstance(value, Evidence):
        raise refused(reason="Evidence takes a thread, a file, a link or a number.")
    try:
        kind = EvidenceKind(value.kind)
    except ValueError as error:
        raise refused(reason="Evidence is a thread, a file, a link or a number.") from error
    shown = text(value.value).strip()
    if not shown:
        raise refused(reason="Evidence needs the thing itself: a thread, a file, an address or a number.")
    return [kind.value, text(value.title).strip(), shown]


def read_evidence(value: object) -> Evidence | None:
    """Evidence, its id still to be put in."""
    match value:
        case None:
            return None
        case [kind, title, shown]:
            return Evidence("", EvidenceKind(read_text(kind)), read_text(title), read_text(shown))
        case _:
            raise _damage(what="evidence")


def roles(value: object) -> list[list[str]]:
    """Who holds which role, in the order given; lines without words are left out."""
    if not isinstance(value, Sequence) or not all(isinstance(line, RoleLine) for line in value):
        raise refused(reason="Roles take lines of a role and who holds it.")
    lines = [[text(line.role).strip(), text(line.holder).strip()] for line in value]
    if len(lines) > _MOST_ROLES:
        raise refused(reason=f"A plan can have {_MOST_ROLES} roles at most.")
    return [line for line in lines if any(line)]


def read_roles(value: object) -> tuple[RoleLine, ...]:
    """Roles as `roles` wrote them."""
    if not isinstance(value, list):
        raise _damage(what="roles")
    return tuple(_read_role(line) for line in value)


def _read_role(line: object) -> RoleLine:
    match line:
        case [role, holder]:
            return RoleLine(read_text(role), read_text(holder))
        case _:
            raise _damage(what="a role")


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _numbers(value: Baseline | CheckpointMeasure) -> list[float | None]:
    return [number(part) for part in (value.value, value.numerator, value.denominator, value.coverage)]


def _aims(value: CheckpointMeasure) -> list[Any]:
    """What the number is compared with; as little as is known of it, as it was written before it was kept."""
    aims = [number(value.target), number(value.baseline)]
    if value.measure or value.due or value.unit:
        return [*aims, text(value.measure), day(value.due), text(value.unit)]
    return [] if aims == [None, None] else aims


def _damage(*, what: str) -> ValueError:
    return ValueError(f"not {what}")
