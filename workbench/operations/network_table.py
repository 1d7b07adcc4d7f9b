"""Groups against offices: who works together beside where they sit, as a table for the screen and one for a file."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import floor
from typing import Final

from workbench.metrics.disclosure import MINIMUM_PEOPLE
from workbench.metrics.suppression import suppress
from workbench.operations.network import NetworkLook

NOT_KNOWN: Final = ""
"""The office of people of whom none is known."""
WITHHELD: Final = "withheld"
_MOSTLY: Final = 0.5


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group: its number from 1, its people, how many of them sit in each office of the table, and its ties."""

    number: int
    people: int
    offices: tuple[int, ...]
    inside: int
    outside: int


@dataclass(frozen=True, slots=True)
class GroupTable:
    """Every group of three people or more; `offices` in order of names, the unknown last."""

    offices: tuple[str, ...]
    rows: tuple[GroupRow, ...]


def group_table(look: NetworkLook) -> GroupTable:
    """The table of a network."""
    found = {one.office for one in look.people if one.cluster is not None}
    offices = (*sorted(found - {NOT_KNOWN}, key=str.casefold), *([NOT_KNOWN] if NOT_KNOWN in found else []))
    counts = [Counter[str]() for _ in range(look.clusters)]
    for one in look.people:
        if one.cluster is not None:
            counts[one.cluster][one.office] += 1
    inside, outside = Counter[int](), Counter[int]()
    for end, other in zip(look.edges.ends, look.edges.others, strict=True):
        first, second = look.people[end].cluster, look.people[other].cluster
        if first is not None and first == second:
            inside[first] += 1
        else:
            outside.update(cluster for cluster in (first, second) if cluster is not None)
    rows = (
        GroupRow(
            number=cluster + 1,
            people=counts[cluster].total(),
            offices=tuple(counts[cluster][office] for office in offices),
            inside=inside[cluster],
            outside=outside[cluster],
        )
        for cluster in range(look.clusters)
    )
    return GroupTable(offices, tuple(rows))


def group_words(table: GroupTable, row: GroupRow) -> str:
    """What a group is called: its number, and the office that half of it or more sits in."""
    known = {office: count for office, count in zip(table.offices, row.offices, strict=True) if office != NOT_KNOWN}
    most = max(known, key=lambda office: known[office], default="")
    if most and known[most] >= _MOSTLY * row.people:
        return f"Group {row.number}, mostly {most}"
    return f"Group {row.number}, mixed" if sum(count > 0 for count in known.values()) > 1 else f"Group {row.number}"


def table_csv(look: NetworkLook) -> bytes:
    """The table as CSV for others: counts of fewer than five people are withheld, with what would give them away."""
    from workbench.export.to_csv import csv_bytes  # noqa: PLC0415 - documents load with the first export

    table = group_table(look)
    until = "nothing" if look.known_until is None else look.known_until.isoformat()
    last = look.window.end_on - timedelta(days=1)
    rows = [
        ["From", look.window.start_on.isoformat(), "To", last.isoformat()],
        ["Days known", f"{floor(look.known * 100)}%", "Known until", until],
        [WITHHELD, f"counts of fewer than {MINIMUM_PEOPLE} people, and what would give them away"],
        [],
        ["Group", "People", *(office or "Office not known" for office in table.offices)],
        *([str(row.number), *_told(row.offices, row.people)] for row in table.rows),
    ]
    return csv_bytes(["Network of", look.name], rows)


def _told(cells: Sequence[int], total: int) -> list[str]:
    hidden = suppress(cells, total)
    told = [WITHHELD if place in hidden.cells else str(count) for place, count in enumerate(cells)]
    return [WITHHELD if hidden.total else str(total), *told]
