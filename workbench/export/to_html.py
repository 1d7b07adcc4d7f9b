"""The plan summary as one HTML file that loads nothing from anywhere; also the source of the PDF."""

import base64
import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from workbench.export.charts import Raster, line_chart
from workbench.export.summary import MeasureLine, PlanSummary
from workbench.export.wording import (
    MEASURE_HEADER,
    card_table,
    checkpoint_lines,
    coverage_line,
    fact_lines,
    folded_table,
    measure_cells,
    names_line,
)

SCREEN_STYLE = """
body { font-family: "Noto Sans", "Segoe UI", Arial, sans-serif; color: #1B2129; max-width: 60rem; margin: 2rem auto;
       padding: 0 1.5rem; line-height: 1.45; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 1.6rem 0 .4rem; }
h3 { font-size: 1rem; margin: 1rem 0 .3rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: start; padding: .35rem .5rem;
       border-bottom: 1px solid #DADFE5; vertical-align: top; } th { color: #47515D; font-weight: 600; }
.second { color: #47515D; } .late { color: #B0271D; } figure { margin: .5rem 0; } svg { max-width: 100%; height: auto; }
@media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; } tr, figure { break-inside: avoid; } }
"""


_CARD_WIDTHS: Final = {"Pillar": 12, "Owner": 13, "Due": 18, "Hours": 9, "State": 13}
_LATE: Final = re.compile(r"(\d+ )?late")


class HtmlExporter:
    """One self-contained page: no script, no link, no picture from elsewhere."""

    key = "html"
    title = "Web page (HTML)"
    suffix = ".html"
    needs_raster = False

    def render(self, summary: PlanSummary, *, raster: Raster | None = None) -> bytes:
        """UTF-8 bytes; charts as inline SVG, so `raster` is not needed."""
        del raster
        charts = "".join(f"<figure>{line_chart(chart, locale=summary.locale)}</figure>" for chart in summary.charts)
        page = (
            f'<!doctype html><html lang="{escape(summary.locale)}"><head><meta charset="utf-8">'
            f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
            f"<title>{escape(summary.plan)}</title><style>{SCREEN_STYLE}</style></head>"
            f"<body>{body(summary, charts)}</body></html>"
        )
        return page.encode()


def print_page(summary: PlanSummary, *, raster: Raster, pixels: int) -> str:
    """The same body for Qt's rich text, whose HTML knows no SVG: charts are PNG pictures `pixels` wide."""
    charts = "".join(
        f'<p><img width="480" src="data:image/png;base64,'
        f'{base64.b64encode(raster(line_chart(chart, locale=summary.locale), pixels)).decode()}"></p>'
        for chart in summary.charts
    )
    return f"<html><body>{body(summary, charts)}</body></html>"


def body(summary: PlanSummary, charts: str) -> str:
    """Everything between the body tags; `charts` is ready-made markup."""
    locale = summary.locale
    parts = [
        f'<h1 dir="auto">{escape(summary.plan)}</h1>',
        f'<p dir="auto">{escape(summary.purpose)}</p>',
        f'<p class="second">{escape(coverage_line(summary))}</p>',
        _table((), fact_lines(summary)),
        "<h2>Objectives and measures</h2>",
        _table(
            MEASURE_HEADER,
            (measure_cells(line, locale=locale) for line in summary.measures),
            widths=(26, 14, 16, 22, 9, 13),
        ),
        "<p class='second'>"
        + " ".join(escape(f"{line.measure}: {line.formula}.") for line in _one_per_measure(summary))
        + "</p>",
        charts,
        "<h2>Next 30 days</h2>",
        _cards(card_table(summary.next_days, summary))
        if summary.next_days
        else "<p>No open card is due in the next 30 days.</p>",
        "<h2>Board</h2>",
    ]
    for column in summary.columns:
        parts.append(f"<h3>{escape(column.title)} ({len(column.cards)})</h3>")
        if column.cards:
            parts.append(_cards(folded_table(column.cards, summary)))
    parts += [
        "<h2>Checkpoints</h2>",
        f"<p>{' · '.join(escape(line) for line in checkpoint_lines(summary))}</p>",
        f'<p class="second">{escape(names_line(summary))}<br>Made by {escape(summary.program)}.</p>',
    ]
    return "".join(parts)


def _one_per_measure(summary: PlanSummary) -> list[MeasureLine]:
    seen: dict[str, MeasureLine] = {}
    for line in summary.measures:
        seen.setdefault(line.measure, line)
    return list(seen.values())


def _cards(table: tuple[Sequence[str], Iterable[Sequence[str]]]) -> str:
    """A table of cards; the title takes the room of columns that are left out."""
    header, rows = table
    rest = [_CARD_WIDTHS[title] for title in header[1:]]
    return _table(header, rows, widths=(100 - sum(rest), *rest))


def _table(header: Sequence[str], rows: Iterable[Sequence[str]], *, widths: Sequence[int] = ()) -> str:
    """A plain table; `dir="auto"` on every cell lets Arabic and Chinese stand right beside English.

    `widths` are per cent: the tables of one document line up instead of each finding its own measure.
    """
    shares = [f' width="{width}%"' for width in widths] or [""] * len(header)
    titles = "".join(f"<th{share}>{escape(cell)}</th>" for cell, share in zip(header, shares, strict=True))
    # Said to be a head, so that a page on which the table goes on begins with it.
    head = f"<thead><tr>{titles}</tr></thead>" if header else ""
    lines = []
    for row in rows:
        cells = [f'<td dir="auto"{_late(cell)}>{escape(cell)}</td>' for cell in row]
        if not header:
            cells[0] = f'<th width="16%">{escape(row[0])}</th>'
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table width="100%" cellspacing="0" cellpadding="4">{head}<tbody>{"".join(lines)}</tbody></table>'


def _late(cell: str) -> str:
    return ' class="late"' if _LATE.fullmatch(cell) else ""
