"""The plan summary as one HTML file that loads nothing from anywhere; also the source of the PDF."""

import base64
import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Final

from workbench.export.charts import ChartData, Raster, line_chart
from workbench.export.sections import Block, Facts, Grid, Picture, Points, Words, foot_line, head_blocks, sections
from workbench.export.summary import PlanSummary

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


_SECOND: Final = ' class="second"'
_FULL_PICTURE, _BRIEF_PICTURE = 480, 320
_LATE: Final = re.compile(r"(\d+ )?late")


class HtmlExporter:
    """One self-contained page: no script, no link, no picture from elsewhere."""

    key = "html"
    title = "Web page (HTML)"
    suffix = ".html"

    def render(self, summary: PlanSummary) -> bytes:
        """UTF-8 bytes; charts as inline SVG."""

        def picture(chart: ChartData) -> str:
            return f"<figure>{line_chart(chart, locale=summary.locale)}</figure>"

        page = (
            f'<!doctype html><html lang="{escape(summary.locale)}"><head><meta charset="utf-8">'
            f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
            f"<title>{escape(summary.plan)}</title><style>{SCREEN_STYLE}</style></head>"
            f"<body>{body(summary, picture)}</body></html>"
        )
        return page.encode()


def print_page(summary: PlanSummary, *, raster: Raster, pixels: int) -> str:
    """The same body for Qt's rich text, whose HTML knows no SVG: charts are PNG pictures `pixels` wide."""

    def picture(chart: ChartData) -> str:
        drawn = base64.b64encode(raster(line_chart(chart, locale=summary.locale), pixels)).decode()
        width = _BRIEF_PICTURE if summary.is_one_page else _FULL_PICTURE
        return f'<img width="{width}" src="data:image/png;base64,{drawn}">'

    return f"<html><body>{body(summary, picture)}</body></html>"


def body(summary: PlanSummary, picture: Callable[[ChartData], str]) -> str:
    """Everything between the body tags; `picture` gives the markup of a chart."""
    parts = [f'<h1 dir="auto">{escape(summary.plan)}</h1>', _blocks(head_blocks(summary), picture)]
    for section in sections(summary):
        level = section.level + 1
        parts.append(f"<h{level}>{escape(section.title)}</h{level}>{_blocks(section.blocks, picture)}")
    parts.append(f'<p class="second">{escape(foot_line(summary))}</p>')
    return "".join(parts)


def _blocks(blocks: Sequence[Block], picture: Callable[[ChartData], str]) -> str:
    parts = [_block(block) for block in blocks if not isinstance(block, Picture)]
    charts = [picture(block.chart) for block in blocks if isinstance(block, Picture)]
    # Charts come last in their section and stand together, so that two small ones share a line.
    return "".join(parts) + (f"<p>{' '.join(charts)}</p>" if charts else "")


def _block(block: Words | Facts | Grid | Points) -> str:
    match block:
        case Words(text, is_small):
            return f'<p dir="auto"{_SECOND if is_small else ""}>{_lines(text)}</p>'
        case Facts(lines):
            return _table((), lines)
        case Points(lines):
            return "<ul>" + "".join(f'<li dir="auto">{escape(line)}</li>' for line in lines) + "</ul>"
        case Grid(header, rows, widths):
            return _table(header, rows, widths=widths)


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


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
        cells = [f'<td dir="auto"{_late(cell)}>{_lines(cell)}</td>' for cell in row]
        if not header:
            cells[0] = f'<th width="16%">{escape(row[0])}</th>'
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table width="100%" cellspacing="0" cellpadding="4">{head}<tbody>{"".join(lines)}</tbody></table>'


def _late(cell: str) -> str:
    return ' class="late"' if _LATE.fullmatch(cell) else ""
