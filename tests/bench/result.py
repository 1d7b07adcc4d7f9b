"""Result: one measured row, how it is printed and how it is kept as JSON."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Result:
    """`measured` against `limit` in the same unit; holds when their ratio (or `measured` itself) keeps the goal.

    `goal` is the largest ratio allowed; for `is_share` (a rate compared with a limit's rate) the smallest. With
    `absolute` the goal is a bound on `measured` itself and `limit` is there to compare with, or None.
    """

    name: str
    size: str
    measured: float
    unit: str
    goal: float
    limit: float | None = None
    is_share: bool = False
    absolute: bool = False

    @property
    def ratio(self) -> float | None:
        """Measured over limit."""
        return None if not self.limit else self.measured / self.limit

    @property
    def holds(self) -> bool:
        """Whether the goal is kept."""
        judged = self.measured if self.absolute or self.ratio is None else self.ratio
        return judged >= self.goal if self.is_share else judged <= self.goal


COLUMNS = ("what", "size", "measured", "limit", "ratio", "goal", "holds")


def table(results: Iterable[Result]) -> str:
    """The rows as text, one below the other."""
    lines = [COLUMNS]
    for result in results:
        sign = "≥" if result.is_share else "≤"
        goal = f"{sign} {result.goal:g}" + (f" {result.unit}" if result.absolute else " ×")
        lines.append(
            (
                result.name,
                result.size,
                f"{result.measured:,.1f} {result.unit}",
                "–" if result.limit is None else f"{result.limit:,.1f} {result.unit}",
                "–" if result.ratio is None else f"{result.ratio:.2f}",
                goal,
                "yes" if result.holds else "NO",
            )
        )
    widths = [max(len(line[place]) for line in lines) for place in range(len(COLUMNS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def write_json(path: Path, results: Iterable[Result]) -> None:
    """The rows beside the printed ones, for comparing runs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [asdict(result) | {"ratio": result.ratio, "holds": result.holds} for result in results]
    path.write_text(json.dumps(rows, indent=1), encoding="utf-8")
