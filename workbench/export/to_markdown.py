"""The plan summary as Markdown (CommonMark with tables)."""

from collections.abc import Iterable, Sequence

from workbench.export.charts import Raster
from workbench.export.figures import day_text, number_text
from workbench.export.summary import PlanSummary
from workbench.export.wording import (
    MEASURE_HEADER,
    board_header,
    board_rows,
    card_cells,
    card_header,
    checkpoint_lines,
    coverage_line,
    fact_lines,
    measure_cells,
    names_line,
)

SPECIAL = str.maketrans({character: f"\\{character}" for character in "\\`*_[]<>|#"} | {"\n": " ", "\r": " "})


class MarkdownExporter:
    """Text for wikis and mail; charts become tables."""

    key = "md"
    title = "Markdown"
    suffix = ".md"
    needs_raster = False

    def render(self, summary: PlanSummary, *, raster: Raster | None = None) -> bytes:
        """UTF-8 bytes with Unix line ends."""
        del raster
        locale = summary.locale
        parts = [
            f"# {_safe(summary.plan)}",
            _safe(summary.purpose),
            f"*{_safe(coverage_line(summary))}*",
            "\n".join(f"- **{label}:** {_safe(text)}" for label, text in fact_lines(summary)),
            "## Objectives and measures",
            _table(MEASURE_HEADER, (measure_cells(line, locale=locale) for line in summary.measures)),
            "## Next 30 days",
            _table(card_header(summary), (card_cells(card, summary) for card in summary.next_days))
            if summary.next_days
            else "No open card is due in the next 30 days.",
            "## Board",
            _table(board_header(summary), board_rows(summary)),
        ]
        for chart in summary.charts:
            parts.append(f"## {_safe(chart.title)}")
            rows = (
                (
                    day_text(point.week, locale=locale),
                    number_text(point.value, chart.unit, locale=locale) if point.is_known else "not known",
                )
                for point in chart.points
            )
            parts.append(_table(("Week from", "Value"), rows))
        parts += ["## Checkpoints", "\n".join(f"- {_safe(line)}" for line in checkpoint_lines(summary))]
        parts.append(f"{_safe(names_line(summary))} Made by {_safe(summary.program)}.")
        return ("\n\n".join(parts) + "\n").encode()


def _safe(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return text.translate(SPECIAL)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    lines += ["| " + " | ".join(_safe(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)
