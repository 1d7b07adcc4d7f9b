"""Going back: the edits that make a plan look as it did in a kept copy, as new edits that merge like any other."""

from workbench.errors import BadInputError
from workbench.plans.document import PlanDocument
from workbench.plans.fields import BASELINE_PREFIX, field_of
from workbench.plans.occurrences import split_field, split_registers, time_of
from workbench.plans.preview import records, shown
from workbench.plans.register import Entry, Registers
from workbench.plans.views import FieldEdit, RecordKind


def edits_back(document: PlanDocument, copy: bytes) -> tuple[FieldEdit, ...]:
    """What has to be written so that `document` shows what `copy` showed; refuses another plan's copy.

    Nothing is removed: what is not in the copy is archived. Baselines and locked checkpoints stay, being readings and
    not edits, and so does day 0 under a locked checkpoint. A field whose values are the same in both, a waiting
    conflict too, is left alone.
    """
    old = PlanDocument.from_bytes(copy)
    if old.id != document.id:
        raise BadInputError(reason="This copy is of another plan.")
    edits: list[FieldEdit] = []
    is_locked = any(checkpoint.locked_at is not None for checkpoint in document.view().checkpoints)
    for kind, record_id in records(document.view()):
        was, now = old.registers(kind, record_id), document.registers(kind, record_id)
        if kind is RecordKind.CHECKPOINT and shown(kind, "locked_at", now.get("locked_at", ())) is not None:
            continue
        if not was and kind in {RecordKind.CARD, RecordKind.OBJECTIVE}:
            edits.append(FieldEdit(kind, record_id, "is_archived", value=True))
            continue
        edits += [
            edit
            for edit in _edits(kind, record_id, was, now)
            if not document.is_held(kind, record_id, edit.field) and not (is_locked and edit.field == "starts_on")
        ]
    return tuple(edits)


def _edits(kind: RecordKind, record_id: str, was: Registers, now: Registers) -> list[FieldEdit]:
    edits = []
    for name in sorted(was.keys() | now.keys()):
        old, new = was.get(name, ()), now.get(name, ())
        if field_of(kind, name) is None or name == "created_at" or name.startswith(BASELINE_PREFIX):
            continue
        if {entry.op for entry in old} != {entry.op for entry in new}:
            edits.append(FieldEdit(kind, record_id, name, shown(kind, name, old or _of_series(kind, name, was))))
    return edits


def _of_series(kind: RecordKind, name: str, was: Registers) -> tuple[Entry, ...]:
    """What one time of a series showed in a field it had not of its own."""
    number, field = split_field(name) if kind is RecordKind.CARD else (None, name)
    if number is None:
        return ()
    base, own = split_registers(was)
    return time_of(base, own, number).get(field, ())
