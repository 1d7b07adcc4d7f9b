"""Sections: the plan summary as blocks in reading order, so that every format tells the same in the same order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from workbench.export.charts import ChartData
from workbench.export.figures import Figure, basis_text, day_text, figure_text, known_text, number_text
from workbench.export.summary import CardLine, CheckpointLine, MeasureLine, PlanSummary
from workbench.export.wording import (
    MEASURE_HEADER,
    card_table,
    checkpoint_lines,
    coverage_line,
    evidence_words,
    fact_lines,
    folded_table,
    late_count,
    measure_cells,
    measure_title,
    names_line,
    series_title,
)
from workbench.queries.coverage import MINIMUM_COVERAGE

BRIEF_CARDS: Final = 5
BRIEF_LATE: Final = 3
BRIEF_RISKS: Final = 3
BRIEF_CHARTS: Final = 2
"""What fits one page beside the objectives; whatever is left out is counted in words."""

CAME_OF: Final = "What came of it"

_CARD_WIDTHS: Final = {"Pillar": 12, "Owner": 13, "Due": 18, "Hours": 9, "State": 13}
_LEAST_KNOWN: Final = known_text(MINIMUM_COVERAGE)
_MEASURE_WIDTHS: Final = (22, 13, 22, 22, 8, 13)


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; `is_small` for what stands below the matter itself."""

    text: str
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their texts."""

    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `widths` in per cent of the line."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """Lines of a list."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """One chart."""

    chart: ChartData


Block = Words | Facts | Grid | Points | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (level 2 stands below level 1) with its blocks."""

    title: str
    blocks: tuple[Block, ...]
    level: int = 1


def head_blocks(summary: PlanSummary) -> tuple[Block, ...]:
    """What stands between the title and the first heading."""
    return (Words(summary.purpose), Words(coverage_line(summary), is_small=True), Facts(fact_lines(summary)))


def foot_line(summary: PlanSummary) -> str:
    """The last line of every document."""
    return f"{names_line(summary)} Made by {summary.program}."


def sections(summary: PlanSummary) -> tuple[Section, ...]:
    """Every section that has something in it; the short form leaves out the board and what stands behind measures."""
    return tuple(_brief(summary) if summary.is_one_page else _full(summary))


def _brief(summary: PlanSummary) -> Iterator[Section]:
    measures = tuple(_short_cells(line, summary.locale) for line in summary.measures)
    yield Section(
        "Objectives and measures", (Grid(("Objective", *MEASURE_HEADER[1:]), measures, (34, 18, 12, 12, 11, 13)),)
    )
    if summary.charts:
        charts = summary.charts[:BRIEF_CHARTS]
        yield Section("How it went", (*(Picture(chart) for chart in charts), *_trailing(charts)))
    if summary.risks:
        rest = len(summary.risks) - BRIEF_RISKS
        more = (f"and {rest} more",) if rest > 0 else ()
        yield Section("Risks", (Points((*summary.risks[:BRIEF_RISKS], *more)),))
    coming = _next(summary, summary.coming[:BRIEF_CARDS], left_out=max(0, len(summary.coming) - BRIEF_CARDS))
    late = (Words(_late_words(summary)),) if summary.late else ()
    yield Section(coming.title, (*coming.blocks, *late))
    held = [each for each in summary.checkpoints if each.locked_on is not None]
    said = () if not held else tuple(_frozen(held[-1], summary))
    yield Section("Checkpoints", (Words(" · ".join(checkpoint_lines(summary))), *said))


def _full(summary: PlanSummary) -> Iterator[Section]:
    charter = _charter(summary)
    if charter:
        yield Section("Charter", (Facts(charter),))
    yield Section(
        "Objectives and measures",
        (
            Grid(
                MEASURE_HEADER,
                tuple(measure_cells(line, locale=summary.locale) for line in summary.measures),
                _MEASURE_WIDTHS,
            ),
            *_behind(summary.measures, summary.locale),
            *(Picture(chart) for chart in summary.charts),
            *_trailing(summary.charts),
        ),
    )
    if summary.risks:
        yield Section("Risks", (Points(summary.risks),))
    if summary.late:
        yield Section("Late", (_cards(card_table(summary.late, summary)),))
    yield _next(summary, summary.coming, left_out=0)
    yield Section("Board", ())
    for column in summary.columns:
        yield Section(
            f"{column.title} ({len(column.cards)})",
            (_cards(folded_table(column.cards, summary)),) if column.cards else (),
            level=2,
        )
    shown = _came_of(summary)
    if shown is not None:
        yield Section(CAME_OF, (shown,))
    weeks = _weeks(summary)
    if weeks is not None:
        yield Section("Hours", (weeks,))
    yield Section("Checkpoints", (Points(checkpoint_lines(summary)),))
    for checkpoint in summary.checkpoints:
        if checkpoint.locked_on is not None:
            yield _held(checkpoint, summary)
    if summary.retrospective:
        yield Section("Looking back", (Facts(summary.retrospective),))


def _frozen(checkpoint: CheckpointLine, summary: PlanSummary) -> Iterator[Block]:
    """The last checkpoint that was locked: its numbers as they were then, and its words."""
    numbers = [f"{title} {_with_share(figure, summary.locale)}" for title, figure in checkpoint.measures]
    if numbers:
        locked = day_text(checkpoint.locked_on, locale=summary.locale)
        yield Words(f"Day {checkpoint.day}, locked on {locked}: {'; '.join(numbers)}")
    for label, text in _said(checkpoint):
        yield Words(f"{label}: {text}")


def _short_cells(line: MeasureLine, locale: str) -> tuple[str, ...]:
    target = "none" if line.target is None else number_text(line.target, line.now.unit, locale=locale)
    baseline, now = (_with_share(figure, locale) for figure in (line.baseline, line.now))
    return (line.objective, measure_title(line), baseline, now, target, line.standing.value)


def _with_share(figure: Figure | None, locale: str) -> str:
    """A value with the share of its days that is known, in the short form."""
    said = figure_text(figure, locale=locale)
    if figure is None or figure.is_withheld or figure.coverage is None:
        return said
    return f"{said} ({known_text(figure.coverage, locale=locale)} known)"


def _charter(summary: PlanSummary) -> tuple[tuple[str, str], ...]:
    charter = summary.charter
    roles = "; ".join(f"{role}: {holder or 'held by nobody yet'}" for role, holder in charter.roles)
    lines = (
        ("Problem", charter.problem),
        ("Value for the organisation", charter.value_for_organisation),
        ("Value for members", charter.value_for_members),
        ("Strategic alignment", charter.alignment),
        ("Sponsor", charter.sponsor),
        ("Roles", roles),
    )
    return tuple(line for line in lines if line[1])


def _behind(measures: Sequence[MeasureLine], locale: str) -> Iterator[Block]:
    """What an objective is for, and how its measure is worked out, each said once."""
    for line in measures:
        parts = [part for part in (line.kind, ", ".join(line.tags), line.alignment) if part]
        if line.due_on is not None:
            parts.append(f"by {day_text(line.due_on, locale=locale)}")
        if parts:
            yield Words(f"{line.objective}: {' · '.join(parts)}", is_small=True)
    formulas = dict.fromkeys(
        f"{line.measure}: kept by hand, not from the mirror."
        if line.is_hand_kept
        else f"{line.measure}: {line.formula}."
        for line in measures
    )
    if formulas:
        yield Words(" ".join(formulas), is_small=True)


def _next(summary: PlanSummary, cards: Sequence[CardLine], *, left_out: int) -> Section:
    if not cards:
        return Section("Next 30 days", (Words("No open card is due in the next 30 days."),))
    more = (Words(f"and {left_out} more, in the full summary.", is_small=True),) if left_out else ()
    return Section("Next 30 days", (_cards(card_table(cards, summary)), *more))


def _trailing(charts: Sequence[ChartData]) -> Iterator[Words]:
    """Says how the points of some charts are taken, where there is one of these."""
    if any(chart.is_trailing for chart in charts):
        said = "A point of an objective covers the 90 days before it, as its baseline does."
        if any(chart.is_trailing and not all(point.is_known for point in chart.points) for chart in charts):
            said += f" It is left out where less than {_LEAST_KNOWN} of those days is known."
        yield Words(said, is_small=True)


def _late_words(summary: PlanSummary) -> str:
    """How many cards are late since when, and which of them the longest."""
    late = summary.late
    titles = "; ".join(card.title for card in late[:BRIEF_LATE])
    more = f"; and {len(late) - BRIEF_LATE} more" if len(late) > BRIEF_LATE else ""
    since = day_text(late[0].due_on, locale=summary.locale)
    return f"Late: {late_count(late)}, the oldest due on {since}: {titles}{more}"


def _cards(table: tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]) -> Grid:
    """A table of cards; the title takes the room of columns that are left out."""
    header, rows = table
    rest = tuple(_CARD_WIDTHS[title] for title in header[1:])
    return Grid(header, rows, (100 - sum(rest), *rest))


def _came_of(summary: PlanSummary) -> Grid | None:
    """What came of cards and what shows it, card by card as the board stands; one row for equal times of a series."""
    rows: dict[tuple[str, ...], None] = {}
    for column in summary.columns:
        for card in column.cards:
            if card.came_of or card.evidence:
                rows[(series_title(card.title), card.came_of, "; ".join(map(evidence_words, card.evidence)))] = None
    return Grid(("Card", CAME_OF, "Evidence"), tuple(rows), (34, 33, 33)) if rows else None


def _weeks(summary: PlanSummary) -> Grid | None:
    if not summary.weeks:
        return None
    rows = tuple(
        (
            day_text(line.week, locale=summary.locale),
            number_text(line.planned, "hours", locale=summary.locale),
            number_text(line.done, "hours", locale=summary.locale),
        )
        for line in summary.weeks
    )
    return Grid(("Week from", "Planned", "Done"), rows, (40, 30, 30))


def _held(checkpoint: CheckpointLine, summary: PlanSummary) -> Section:
    measured = Grid(
        ("Objective", f"On day {checkpoint.day}"),
        tuple((title, _frozen_words(figure, summary.locale)) for title, figure in checkpoint.measures),
        (60, 40),
    )
    locked = day_text(checkpoint.locked_on, locale=summary.locale)
    blocks: list[Block] = [Words(f"Held and locked on {locked}.", is_small=True)]
    blocks += [measured] if checkpoint.measures else []
    said = _said(checkpoint)
    blocks += [Facts(said)] if said else []
    return Section(f"Day {checkpoint.day}", tuple(blocks), level=2)


def _frozen_words(figure: Figure, locale: str) -> str:
    """A value as it was locked, with what stood behind it, and the caveat where too few of its days were known."""
    said, basis = figure_text(figure, locale=locale), basis_text(figure, locale=locale)
    is_thin = figure.coverage is not None and figure.coverage < MINIMUM_COVERAGE
    caveat = ", so nothing is claimed" if basis and is_thin else ""
    return f"{said} ({basis}{caveat})" if basis else said


def _said(checkpoint: CheckpointLine) -> tuple[tuple[str, str], ...]:
    lines = (
        ("What worked", checkpoint.what_worked),
        ("Decisions", checkpoint.decisions),
        ("Next", checkpoint.next_steps),
    )
    return tuple(line for line in lines if line[1])
