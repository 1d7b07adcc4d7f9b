"""The sentences that every format of the plan summary shares, so that no two documents tell it differently."""

from workbench.export.figures import basis_text, day_text, figure_text, moment_text, number_text
from workbench.export.summary import CardLine, MeasureLine, PlanSummary

MEASURE_HEADER = ("Objective", "Measure", "Baseline", "Now", "Target", "Standing")


def card_header(summary: PlanSummary) -> tuple[str, ...]:
    """Column titles of a table of cards; owners have no column when their names stay at home."""
    owner = () if summary.names is None else ("Owner",)
    return ("Card", "Pillar", *owner, "Due", "Hours", "State")


def board_header(summary: PlanSummary) -> tuple[str, ...]:
    """Column titles of the table of all cards."""
    return ("Column", *card_header(summary))


def fact_lines(summary: PlanSummary) -> tuple[tuple[str, str], ...]:
    """Label and text of the block under the title."""
    lines = [
        ("Community", summary.community or "none"),
        ("Owner", summary.owner),
        (
            "Period",
            f"{day_text(summary.starts_on, locale=summary.locale)} to "
            f"{day_text(summary.ends_on, locale=summary.locale)} · {summary.day_words} · {summary.phase}",
        ),
        ("Board", summary.standing_words),
        ("Hours", f"{number_text(summary.hours_done, 'hours')} done of {number_text(summary.hours_planned, 'hours')}"),
        ("BUILD balance", " · ".join(f"{title} {count}" for title, count in summary.pillars)),
    ]
    return tuple(lines)


def coverage_line(summary: PlanSummary) -> str:
    """How far the numbers can be trusted, and when they were taken."""
    known = (
        "the community has not been mirrored yet"
        if summary.known_until is None
        else f"known until {day_text(summary.known_until, locale=summary.locale)}"
    )
    share = "" if summary.coverage is None else f", {number_text(summary.coverage, 'share')} of the plan's days so far"
    return f"As of {moment_text(summary.as_of, locale=summary.locale)} · {known}{share}"


def names_line(summary: PlanSummary) -> str:
    """Why names are in the document, or that they are not."""
    if summary.names is None:
        return "Names of card owners are left out. Figures that count fewer than 5 people are withheld."
    return (
        f"Contains names of card owners, for {summary.names.recipient}, because: {summary.names.purpose}. "
        "Figures that count fewer than 5 people are withheld."
    )


def measure_cells(line: MeasureLine, *, locale: str) -> tuple[str, ...]:
    """One row under MEASURE_HEADER."""
    baseline = figure_text(line.baseline, locale=locale)
    if line.baseline_on is not None:
        baseline += f" ({day_text(line.baseline_on, locale=locale)})"
    now = figure_text(line.now, locale=locale)
    basis = basis_text(line.now, locale=locale)
    target = "none" if line.target is None else number_text(line.target, line.now.unit, locale=locale)
    return (line.objective, line.measure, baseline, f"{now} ({basis})" if basis else now, target, line.standing.value)


def card_cells(card: CardLine, summary: PlanSummary) -> tuple[str, ...]:
    """One row under `card_header`."""
    locale = summary.locale
    if card.done_on is not None:
        state = f"done {day_text(card.done_on, locale=locale)}"
    else:
        state = "late" if card.is_late else ""
    hours = "" if card.hours is None else number_text(card.hours, "hours", locale=locale)
    owner = () if summary.names is None else (card.owner,)
    return (card.title, card.pillar, *owner, day_text(card.due_on, locale=locale), hours, state)


def board_rows(summary: PlanSummary) -> tuple[tuple[str, ...], ...]:
    """Every card with its column, under `board_header`."""
    return tuple((column.title, *card_cells(card, summary)) for column in summary.columns for card in column.cards)


def checkpoint_lines(summary: PlanSummary) -> tuple[str, ...]:
    """Lines such as "Day 30: 13 June 2026 (past)"."""
    return tuple(
        f"Day {checkpoint.day}: {day_text(checkpoint.falls_on, locale=summary.locale)}"
        + (" (past)" if checkpoint.is_past else "")
        for checkpoint in summary.checkpoints
    )
