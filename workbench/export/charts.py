"""Charts as SVG text: one line over weeks, gaps hatched, the last value at the end of the line.

Only what SVG Tiny 1.2 can draw is used (no clip paths, no patterns), because that is what Qt turns into pictures;
hatching is therefore drawn line by line. Readable in grey print.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape
from math import floor, log10

from workbench.export.figures import day_text, number_text
from workbench.export.fit_text import fit

Raster = Callable[[str, int], bytes]
"""SVG text and a width in pixels → PNG bytes; handed in, because only Qt can do it."""

INK, SECOND, GRID, LINE, HATCH = "#1B2129", "#47515D", "#E6E9ED", "#175C97", "#A79FC0"
WIDTH, HEIGHT = 640, 200
SMALLEST = 1e-6
TARGET = "Target"
"""What the second series of a chart is called where programs show it."""
LEFT, RIGHT, TOP, BOTTOM = 44, 92, 34, 26
_LETTER_WIDTH = 8


@dataclass(frozen=True, slots=True)
class Point:
    """One week; `value` None and `is_known` False where days were never synced."""

    week: date
    value: float | None
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class ChartData:
    """What one chart shows; `unit` as in figures, `target` what the line is to reach, where there is one.

    Each point of a `is_trailing` one covers the 90 days before it.
    """

    title: str
    unit: str
    points: tuple[Point, ...]
    target: float | None = None
    is_trailing: bool = False


def day_heading(chart: ChartData) -> str:
    """What the day of a point is: the beginning of its week, or the end of the 90 days it covers."""
    return "90 days up to" if chart.is_trailing else "Week from"


def gap_words(chart: ChartData) -> str:
    """What a gap is; one of a trailing chart may lie in known days, since each point needs the 90 before it."""
    return "not known over the 90 days before" if chart.is_trailing else "not known"


def native_title(chart: ChartData) -> str:
    """The title with a word on gaps, which office programs cannot hatch, and on what the dashed line is."""
    remarks = ["dashed: target"] if chart.target is not None else []
    remarks += [f"gap: {gap_words(chart)}"] if any(not point.is_known for point in chart.points) else []
    return fit(f"{chart.title} ({'; '.join(remarks)})" if remarks else chart.title)


def line_chart(chart: ChartData, *, locale: str = "en") -> str:
    """SVG text of one chart, 640 × 200 units; zero is on the axis, the target a dashed line with its value."""
    highest = max((point.value or 0.0 for point in chart.points), default=0.0)
    top_value = _nice_top(max(highest, chart.target or 0.0), chart.unit)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="Noto Sans, Arial, sans-serif" font-size="12">',
        f'<text x="0" y="14" font-size="14" font-weight="bold" fill="{INK}">{escape(chart.title)}</text>',
    ]
    parts += _axis(chart, top_value, locale)
    parts += _gaps(chart)
    parts += _target(chart, top_value, locale)
    parts += _line(chart, top_value, locale)
    parts.append("</svg>")
    return "".join(parts)


def _x(index: int, count: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * (index / max(count - 1, 1))


def _y(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top


def _nice_top(value: float, unit: str) -> float:
    """The axis' end: 1, 2, 2.5 or 5 times a power of ten above the largest value; a share never beyond 100 %."""
    if value < SMALLEST:
        return 1.0
    if unit == "share" and value > 0.5:  # noqa: PLR2004 - half way up, the whole is the clearer frame
        return 1.0
    power = 10.0 ** floor(log10(value))
    # Rounding may put the power a hair beside the true one, so the largest step is always there.
    return next((power * step for step in (1, 2, 2.5, 5, 10) if power * step >= value), power * 20)


def _axis(chart: ChartData, top: float, locale: str) -> list[str]:
    parts = []
    for share in (0.0, 0.5, 1.0):
        y = _y(top * share, top)
        parts.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="{GRID}"/>')
        label = escape(number_text(top * share, chart.unit, locale=locale))
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" fill="{SECOND}">{label}</text>')
    count = len(chart.points)
    for index in sorted({0, count // 2, count - 1} if count else set()):
        anchor = "start" if index == 0 else "middle"
        parts.append(
            f'<text x="{_x(index, count):.1f}" y="{HEIGHT - 8}" text-anchor="{anchor}" fill="{SECOND}">'
            f"{escape(day_text(chart.points[index].week, locale=locale))}</text>"
        )
    return parts


def _gaps(chart: ChartData) -> list[str]:
    """A hatched block over every run of weeks that are not known, with words in it where they fit."""
    parts: list[str] = []
    count, start = len(chart.points), None
    for index, point in enumerate((*chart.points, Point(date.max, None))):
        if not point.is_known and start is None:
            start = index
        elif point.is_known and start is not None:
            half = (WIDTH - LEFT - RIGHT) / max(count - 1, 1) / 2
            left, right = max(_x(start, count) - half, LEFT), min(_x(index - 1, count) + half, WIDTH - RIGHT)
            parts += _hatch(left, right)
            words = gap_words(chart)
            if right - left > _LETTER_WIDTH * len(words):
                parts.append(
                    f'<text x="{(left + right) / 2:.1f}" y="{(TOP + HEIGHT - BOTTOM) / 2:.1f}" text-anchor="middle" '
                    f'fill="{INK}">{escape(words)}</text>'
                )
            start = None
    return parts


def _hatch(left: float, right: float) -> list[str]:
    top, bottom = float(TOP), float(HEIGHT - BOTTOM)
    parts = [
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{bottom - top:.1f}" fill="none" '
        f'stroke="{HATCH}"/>'
    ]
    offset = left - (bottom - top)
    while offset < right:
        # The stroke runs from bottom left to top right; cut it where it leaves the block.
        x1, y1 = max(offset, left), bottom - max(left - offset, 0.0)
        reach = min(right - x1, y1 - top)
        parts.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x1 + reach:.1f}" y2="{y1 - reach:.1f}" stroke="{HATCH}"/>'
        )
        offset += 7
    return parts


def _target(chart: ChartData, top: float, locale: str) -> list[str]:
    """A dashed line at the target, named at its beginning, where the line of values is farthest from it."""
    if chart.target is None or chart.target < 0:
        return []
    y = _y(chart.target, top)
    label = escape(f"target {number_text(chart.target, chart.unit, locale=locale)}")
    return [
        f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="{SECOND}" stroke-dasharray="5 4"/>',
        f'<text x="{LEFT + 6}" y="{y - 4:.1f}" font-size="11" fill="{SECOND}">{label}</text>',
    ]


def _line(chart: ChartData, top: float, locale: str) -> list[str]:
    """Pieces of line between the gaps, and the last known value in words at the end."""
    pieces: list[list[tuple[float, float]]] = [[]]
    last: tuple[float, float, float] | None = None
    count = len(chart.points)
    for index, point in enumerate(chart.points):
        if point.value is None or not point.is_known:
            pieces.append([])
            continue
        x, y = _x(index, count), _y(point.value, top)
        pieces[-1].append((x, y))
        last = (x, y, point.value)
    parts = [
        f'<polyline fill="none" stroke="{LINE}" stroke-width="1.5" points="'
        + " ".join(f"{x:.1f},{y:.1f}" for x, y in piece)
        + '"/>'
        for piece in pieces
        if len(piece) > 1
    ]
    parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.8" fill="{LINE}"/>' for piece in pieces for x, y in piece]
    if last is None:
        # Where all is hatched, its own words say why.
        if not chart.points or any(point.is_known for point in chart.points):
            parts.append(f'<text x="{LEFT + 8}" y="{TOP + 20}" fill="{SECOND}">no data</text>')
    else:
        label = escape(number_text(last[2], chart.unit, locale=locale))
        parts.append(
            f'<text x="{last[0] + 8:.1f}" y="{last[1] + 4:.1f}" font-weight="bold" fill="{LINE}">{label}</text>'
        )
    return parts
