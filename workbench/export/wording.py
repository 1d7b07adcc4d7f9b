"""The sentences that every format of the plan summary shares, so that no two documents tell it differently."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from workbench.clock import local_day
from workbench.export.figures import (
    basis_text,
    day_text,
    figure_text,
    known_text,
    moment_text,
    number_text,
    weekday_text,
)
from workbench.export.summary import CardLine, CheckpointLine, EvidenceLine, MeasureLine, PlanSummary
from workbench.plans.horizon import counted_day

MEASURE_HEADER = ("Objective", "Measure", "Baseline", "Now", "Target", "Standing")
_SERIES: Final = re.compile(r"(.+) \(\d+ of \d+\)")


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
        ("Objectives", summary.objective_words),
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
    share = (
        ""
        if summary.coverage is None
        else f", {known_text(summary.coverage, locale=summary.locale)} of the plan's days so far"
    )
    return f"As of {moment_text(summary.as_of, locale=summary.locale)} · {known}{share}"


def names_line(summary: PlanSummary) -> str:
    """Why names are in the document, or that they are not."""
    if summary.names is None:
        return (
            "Names of card owners, sponsor and role holders are left out; the plan's owner is named. "
            "Figures that count fewer than 5 people are withheld."
        )
    return (
        f"Contains names of card owners, for {summary.names.recipient}, because: {summary.names.purpose}. "
        "Figures that count fewer than 5 people are withheld."
    )


def measure_title(line: MeasureLine) -> str:
    """The measure by name, or nothing where the objective has that name already."""
    return "" if line.measure.casefold() == line.objective.casefold() else line.measure


def measure_cells(line: MeasureLine, *, locale: str) -> tuple[str, ...]:
    """One row under MEASURE_HEADER."""
    now = figure_text(line.now, locale=locale)
    basis = basis_text(line.now, locale=locale)
    target = "none" if line.target is None else number_text(line.target, line.now.unit, locale=locale)
    return (
        line.objective,
        measure_title(line),
        _baseline(line, locale),
        f"{now} ({basis})" if basis else now,
        target,
        line.standing.value,
    )


def _baseline(line: MeasureLine, locale: str) -> str:
    """The baseline with the days it covers, which are not the day on which somebody started the plan."""
    days = (line.baseline_on,) if line.baseline_days is None else line.baseline_days
    said = (" to ".join(day_text(day, locale=locale) for day in days if day), basis_text(line.baseline, locale=locale))
    remarks = "; ".join(filter(None, said))
    words = figure_text(line.baseline, locale=locale)
    return f"{words} ({remarks})" if remarks else words


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


def card_table(cards: Sequence[CardLine], summary: PlanSummary) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Header and rows of cards one under another; without the column State where no card has one."""
    return _without_state(card_header(summary), tuple(card_cells(card, summary) for card in cards))


def folded_table(
    cards: Sequence[CardLine], summary: PlanSummary
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """As `card_table`, with the cards of one series ("… (5 of 12)") in one row, where the first of them stands."""
    series: dict[str, list[CardLine]] = {}
    for place, card in enumerate(cards):
        counted = _SERIES.fullmatch(card.title)
        series.setdefault(f"s{counted[1]}" if counted else f"c{place}", []).append(card)
    rows = tuple(
        card_cells(found[0], summary) if len(found) == 1 else _series_cells(found, summary) for found in series.values()
    )
    return _without_state(card_header(summary), rows)


def _series_cells(cards: Sequence[CardLine], summary: PlanSummary) -> tuple[str, ...]:
    """One row for all cards of a series: how many, which comes next, until when, their hours together."""
    counted, locale, today = _SERIES.fullmatch(cards[0].title), summary.locale, local_day(summary.as_of)
    days = sorted(card.due_on for card in cards if card.due_on is not None)
    done = sorted(card.done_on for card in cards if card.done_on is not None)
    title = f"{counted[1] if counted else cards[0].title} · {len(cards)} cards"
    if days and not done:
        title += f", next {day_text(next((day for day in days if day >= today), days[0]), locale=locale)}"
    late = sum(card.is_late for card in cards)
    state = f"done {day_text(done[-1], locale=locale)}" if done else f"{late} late" if late else ""
    hours = [card.hours for card in cards if card.hours is not None]
    total = number_text(sum(hours), "hours", locale=locale) if hours else ""
    owner = () if summary.names is None else (_together(card.owner for card in cards),)
    until = (
        f"until {day_text(days[-1], locale=locale)}"
        if len(days) > 1
        else day_text(days[0] if days else None, locale=locale)
    )
    return (title, _together(card.pillar for card in cards), *owner, until, total, state)


def series_title(title: str) -> str:
    """The title of a card without which time of a series it is."""
    counted = _SERIES.fullmatch(title)
    return counted[1] if counted else title


def evidence_words(line: EvidenceLine) -> str:
    """One piece of evidence: "link: Minutes of May, https://example.org/minutes"."""
    return ": ".join(part for part in (line.kind, ", ".join(part for part in (line.title, line.place) if part)) if part)


def late_count(cards: Sequence[CardLine]) -> str:
    """How many cards: "3 cards"; each time of a series counts, which is said where there is one among them."""
    has_series = any(_SERIES.fullmatch(card.title) for card in cards)
    one, many = ("time of a card", "times of cards") if has_series else ("card", "cards")
    return f"{len(cards)} {one if len(cards) == 1 else many}"


def _together(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(word for word in words if word))


def _without_state(
    header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    return (header, rows) if any(row[-1] for row in rows) else (header[:-1], tuple(row[:-1] for row in rows))


def board_rows(summary: PlanSummary) -> tuple[tuple[str, ...], ...]:
    """Every card with its column, under `board_header`."""
    return tuple((column.title, *card_cells(card, summary)) for column in summary.columns for card in column.cards)


def checkpoint_lines(summary: PlanSummary) -> tuple[str, ...]:
    """Lines such as "Day 30: 13 Jun 2026 (checkpoint on Monday 15 Jun) (past)": the day itself, and where it moved."""
    return tuple(_checkpoint(checkpoint, summary) for checkpoint in summary.checkpoints)


def _checkpoint(checkpoint: CheckpointLine, summary: PlanSummary) -> str:
    counted = counted_day(summary.starts_on, checkpoint.day)
    moved = f" (checkpoint on {weekday_text(checkpoint.falls_on, locale=summary.locale)})"
    return (
        f"Day {checkpoint.day}: {day_text(counted, locale=summary.locale)}"
        + (moved if checkpoint.falls_on != counted else "")
        + (" (past)" if checkpoint.is_past else "")
    )
