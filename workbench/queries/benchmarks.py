"""Benchmarks: numbers from elsewhere that were typed in beside measures."""

from dataclasses import dataclass
from datetime import date

from workbench.models.database import Reader
from workbench.models.kinds import CommunityType


@dataclass(frozen=True, slots=True)
class BenchmarkRow:
    """A number in the unit of its measure (a share is a fraction), who published it, and of which day it is."""

    measure: str
    value: float
    source: str
    day: date


def benchmarks(reader: Reader, kind: CommunityType | None) -> dict[str, BenchmarkRow]:
    """{measure: benchmark} for communities of a type, or for those without one."""
    statement = "SELECT measure, value, source, day FROM benchmark WHERE type = ? ORDER BY measure"
    rows = reader.rows(statement, ("" if kind is None else kind.value,))
    return {row[0]: BenchmarkRow(row[0], row[1], row[2], date.fromisoformat(row[3])) for row in rows}
