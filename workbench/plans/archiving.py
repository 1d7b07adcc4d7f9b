"""Archiving: a card one person took off the plan while another was still changing it is not lost, but asks.

Whoever archives a card writes down every value of it they knew. A value that is not among them was typed without
knowing of the archiving, or the archiving without knowing of it: then the card stays, and a person chooses.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from workbench.models.moments import from_micros
from workbench.plans.fields import field_of
from workbench.plans.occurrences import split_registers, time_id
from workbench.plans.register import Entry, Registers
from workbench.plans.views import Candidate, Conflict, RecordKind

FIELD: Final = "is_archived"
_MARK: Final = "*"
"""Among what an archiving knew: says that it wrote down what it knew, which older versions did not."""


def known_to(record: Mapping[str, Any], field: str, value: object) -> list[str]:
    """What a write to `field` of a card's record has to remember beside what it replaces: every write there is."""
    is_archiving = value is True and (field == FIELD or field.endswith(f"~{FIELD}"))
    return [_MARK, *(key.rpartition(":")[2] for key in record)] if is_archiving else []


def archive_conflicts(record_id: str, registers: Registers) -> dict[int | None, Conflict]:
    """The archivings that met a change they did not know: of the record under None, of its times by their numbers."""
    if not any(name.endswith(FIELD) and entries[0].value is True for name, entries in registers.items()):
        return {}
    base, own = split_registers(registers)
    found: dict[int | None, Conflict] = {}
    if (whole := _conflict(record_id, registers, of=base)) is not None:
        found[None] = whole
    for number, fields in own.items():
        one = _conflict(time_id(record_id, number), fields, of=fields, occurrence=number)
        if one is not None:
            found[number] = one
    return found


def _conflict(record_id: str, registers: Registers, *, of: Registers, occurrence: int | None = None) -> Conflict | None:
    entries = of.get(FIELD, ())
    if not entries or any(entry.value is not True for entry in entries):
        return None  # two values side by side ask already
    known = {op for entry in entries for op in entry.seen} | {entry.op for entry in entries}
    unknown = list(_typed(registers, known)) if _MARK in known else []
    if not unknown:
        return None
    newest, archived = max(unknown, key=lambda entry: (entry.at, entry.op)), entries[0]
    stays = Candidate(value=False, at=from_micros(newest.at), author=newest.author)
    goes = Candidate(value=True, at=from_micros(archived.at), author=archived.author)
    return Conflict(RecordKind.CARD, record_id, FIELD, (stays, goes), occurrence)


def _typed(registers: Registers, known: set[str]) -> Iterable[Entry]:
    """The values somebody typed that an archiving did not know; a place on the board is nobody's words."""
    for name, entries in registers.items():
        field = field_of(RecordKind.CARD, name.rpartition("~")[2])
        if field is not None and field.asks and not name.endswith(FIELD):
            yield from (entry for entry in entries if entry.op not in known)
