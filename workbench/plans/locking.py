"""Locking: what a locked checkpoint holds still, whatever was written without knowing of the lock.

Whoever locks a checkpoint writes its words and numbers, day 0 and the baselines anew, and every one of these writes
remembers the lock. Of values that stand side by side, the one that knows the earliest lock is shown; the other stays
beside it for everybody to see. So two laptops show the same, in whichever order they learn of each other.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from workbench.plans.fields import BASELINE_PREFIX
from workbench.plans.register import Entry, Registers
from workbench.plans.views import CheckpointView, FieldEdit, PlanView, RecordKind

LOCK: Final = "locked_at"
"""The field of a checkpoint whose write is the lock."""
DAY_0_STAYS: Final = "Day 0 stays where it is: a checkpoint is locked with numbers counted from it."
_BASELINE_STAYS: Final = "This baseline stays: a checkpoint is locked with numbers compared with it."
_WORDS_STAY: Final = "This checkpoint is locked: what it was locked with shows until somebody chooses."


def is_held(kind: RecordKind, field: str) -> bool:
    """Whether a lock holds this field of a plan, an objective or a checkpoint."""
    return (
        kind is RecordKind.CHECKPOINT
        or (kind is RecordKind.PLAN and field == "starts_on")
        or (kind is RecordKind.OBJECTIVE and field.startswith(BASELINE_PREFIX))
    )


def held_with(view: PlanView, checkpoint: CheckpointView) -> list[FieldEdit]:
    """What is written anew with the lock of a checkpoint: its day, day 0, and the baselines that were frozen."""
    day = str(checkpoint.day)
    edits = [
        FieldEdit(RecordKind.CHECKPOINT, day, "counted_on", checkpoint.counted_on, again=True),
        FieldEdit(RecordKind.CHECKPOINT, day, "falls_on", checkpoint.falls_on, again=True),
        FieldEdit(RecordKind.PLAN, "", "starts_on", view.starts_on, again=True),
    ]
    return edits + [
        FieldEdit(RecordKind.OBJECTIVE, each.id, BASELINE_PREFIX + each.measure, each.baseline, again=True)
        for each in view.objectives
        # That of a measure kept by hand follows from its readings.
        if each.baseline is not None and not each.readings
    ]


def locks_for(checkpoints: Mapping[str, Registers], kind: RecordKind, record_id: str) -> tuple[str, ...]:
    """The locks that count for a record, the earliest first: a checkpoint's own, those of all for anything else."""
    days = [record_id] if kind is RecordKind.CHECKPOINT else list(checkpoints)
    found = [entry for day in days for entry in checkpoints.get(day, {}).get(LOCK, ()) if entry.value is not None]
    return tuple(entry.op for entry in sorted(found, key=lambda entry: (entry.at, entry.op)))


def locked_first(kind: RecordKind, registers: Registers, locks: Sequence[str]) -> Registers:
    """The same registers; where a lock holds a field, the value that knows the earliest lock comes first."""
    if all(len(entries) < 2 or not is_held(kind, name) for name, entries in registers.items()):  # noqa: PLR2004 - one value has no order
        return registers
    return {
        name: tuple(sorted(entries, key=lambda each: (_rank(each, locks), -each.at, each.op)))
        if is_held(kind, name)
        else entries
        for name, entries in registers.items()
    }


def knows_lock(entry: Entry, locks: Sequence[str]) -> bool:
    """Whether a value was written with a lock or knowing of it."""
    return _rank(entry, locks) < len(locks)


def why_it_stays(kind: RecordKind) -> str:
    """One sentence on why a value that a lock holds stays what is shown."""
    if kind is RecordKind.CHECKPOINT:
        return _WORDS_STAY
    return DAY_0_STAYS if kind is RecordKind.PLAN else _BASELINE_STAYS


def _rank(entry: Entry, locks: Sequence[str]) -> int:
    return next((place for place, op in enumerate(locks) if op == entry.op or op in entry.seen), len(locks))
