"""The plan summary as Markdown (CommonMark with tables)."""

from collections.abc import Iterable, Sequence

from workbench.export.charts import ChartData, day_heading
from workbench.export.figures import NOT_KNOWN, day_text, number_text
from workbench.export.sections import Block, Facts, Grid, Picture, Points, Words, foot_line, head_blocks, sections
from workbench.export.summary import PlanSummary

SPECIAL = str.maketrans({character: f"\\{character}" for character in "\\`*_[]<>|#"} | {"\n": " ", "\r": " "})


class MarkdownExporter:
    """Text for wikis and mail; charts become tables."""

    key = "md"
    title = "Markdown"
    suffix = ".md"

    def render(self, summary: PlanSummary) -> bytes:
        """UTF-8 bytes with Unix line ends."""
        parts = [f"# {_safe(summary.plan)}", *(_block(block, summary) for block in head_blocks(summary))]
        for section in sections(summary):
            parts.append(f"{'#' * (section.level + 1)} {_safe(section.title)}")
            parts += [_block(block, summary) for block in section.blocks]
        parts.append(_safe(foot_line(summary)))
        return ("\n\n".join(parts) + "\n").encode()


def _block(block: Block, summary: PlanSummary) -> str:
    match block:
        case Words(text, is_small):
            return f"*{_safe(text)}*" if is_small else _safe(text)
        case Facts(lines):
            return "\n".join(f"- **{label}:** {_safe(text)}" for label, text in lines)
        case Points(lines):
            return "\n".join(f"- {_safe(line)}" for line in lines)
        case Grid(header, rows, _widths):
            return _table(header, rows)
        case Picture(chart):
            return f"**{_safe(chart.title)}**\n\n{_table((day_heading(chart), 'Value'), _weeks(chart, summary.locale))}"


def _weeks(chart: ChartData, locale: str) -> Iterable[tuple[str, str]]:
    for point in chart.points:
        value = number_text(point.value, chart.unit, locale=locale) if point.is_known else NOT_KNOWN
        yield day_text(point.week, locale=locale), value


def _safe(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return text.translate(SPECIAL)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    lines += ["| " + " | ".join(_safe(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)
