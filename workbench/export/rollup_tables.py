"""The roll-up as a workbook or a table; how many offices stand behind it, and the date, are on every sheet and row."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

import xlsxwriter

from workbench.export.figures import WITHHELD, day_text, number_text
from workbench.export.rollup_report import OfficeLine, PlanLine, RollupReport
from workbench.export.to_csv import csv_bytes
from workbench.metrics.catalog import METRICS
from workbench.models.plan_parts import HAND_KEPT
from workbench.queries.rollup import ToldFigure
from workbench.queries.share_known import whole_percents

OFFICES = ("Office", "Country", "Heard", "Days ago", "Known until", "Plans", "Files", "What is missing")
PLANS = (
    "Office", "Country", "Plan", "Community", "Day 0", "Day", "To do", "Doing", "Done", "Late", "Hours planned",
    "Hours done", "Told on",
)  # fmt: skip
MEASURES = ("Office", "Plan", "Measure", "Baseline", "Now", "Target", "Standing", "Days known", "Told on")
WEEKS = ("Week from", "Offices that told", "Messages", "Threads", "Answered threads", "Contributors", "told by offices")
SILENT = "nothing came yet"
_TITLES = {metric.key: metric.title for metric in METRICS} | {HAND_KEPT: "Kept by hand"}


def rollup_csv(report: RollupReport) -> bytes:
    """One row for each plan, shared or not; an office without a plan, or that is silent, has a row that says so."""
    stamp = (report.coverage_words, report.as_of.date().isoformat())
    return csv_bytes((*PLANS, "Offices behind this", "As of"), ((*row, *stamp) for row in _plan_rows(report)))


def rollup_xlsx(report: RollupReport) -> bytes:
    """Offices, plans, measures and weeks, one sheet each; text stays text, numbers are numbers."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    day = datetime(report.as_of.year, report.as_of.month, report.as_of.day)  # noqa: DTZ001 - Excel keeps no time zones
    book.set_properties({"title": "Roll-up", "comments": report.coverage_words, "created": day})
    sheets: tuple[tuple[str, Sequence[str], Iterable[Sequence[object]]], ...] = (
        ("Offices", OFFICES, map(_office_row, report.offices)),
        ("Plans", PLANS, _plan_rows(report)),
        ("Measures", MEASURES, _measure_rows(report)),
        ("Weeks", WEEKS, _week_rows(report)),
    )
    bold, quiet = book.add_format({"bold": True}), book.add_format({"italic": True})
    for name, header, rows in sheets:
        sheet = book.add_worksheet(name)
        sheet.set_column(0, len(header) - 1, 18)
        sheet.write_string(0, 0, f"{report.coverage_words}. As of {day_text(report.as_of.date())}.", quiet)
        for column, title in enumerate(header):
            sheet.write_string(1, column, title, bold)
        sheet.freeze_panes(2, 1)
        for number, row in enumerate(rows, start=2):
            for column, cell in enumerate(row):
                if isinstance(cell, int | float):
                    sheet.write_number(number, column, cell)
                elif cell is not None:
                    sheet.write_string(number, column, str(cell))
    book.close()
    return buffer.getvalue()


def _office_row(office: OfficeLine) -> tuple[object, ...]:
    heard = SILENT if office.heard_at is None else day_text(office.heard_at.date())
    known = None if office.known_until is None else day_text(office.known_until)
    missing = "; ".join(trouble.words for trouble in office.troubles)
    # Nothing is no number: a silent office has no plans that could be counted.
    plans = None if office.heard_at is None else office.plans
    return (office.name, office.country, heard, office.age_days, known, plans, office.files, missing)


def _plan_rows(report: RollupReport) -> Iterable[tuple[str, ...]]:
    told: dict[str, list[PlanLine]] = {office.office_id: [] for office in report.offices}
    shares = {office_id for line in report.plans for office_id in line.office_ids}
    for line in report.plans:
        told[line.office.office_id].append(line)
    for office in report.offices:
        if office.office_id not in shares:
            why = SILENT if office.heard_at is None else "no plan"
            yield (office.name, office.country or "", why, *[""] * (len(PLANS) - 3))
        yield from (_plan_row(line) for line in told[office.office_id])


def _plan_row(line: PlanLine) -> tuple[str, ...]:
    plan = line.plan
    numbers = (plan.todo, plan.doing, plan.done, plan.late, plan.hours_planned, plan.hours_done)
    return (
        line.office_words,
        line.office.country or "",
        plan.name,
        plan.community,
        plan.starts_on.isoformat(),
        "archived" if plan.is_archived else line.day_words,
        *(f"{number:g}" for number in numbers),
        plan.as_of.date().isoformat(),
    )


def _measure_rows(report: RollupReport) -> Iterable[tuple[object, ...]]:
    for line in report.plans:
        for objective in line.objectives:
            yield (
                line.office_words,
                line.plan.name,
                measure_title(objective.measure),
                told_text(objective.baseline, objective.unit),
                told_text(objective.now, objective.unit),
                "" if objective.target is None else number_text(objective.target, objective.unit),
                objective.standing,
                "" if objective.now.coverage is None else f"{whole_percents(objective.now.coverage)}%",
                line.plan.as_of.date().isoformat(),
            )


def _week_rows(report: RollupReport) -> Iterable[tuple[object, ...]]:
    for week in report.weeks:
        yield (
            week.week.isoformat(), week.offices, week.messages, week.threads, week.replied_threads,
            week.contributors, week.contributors_from,
        )  # fmt: skip


def measure_title(key: str) -> str:
    """The words for a measure; a newer office may know one that has none here yet."""
    return _TITLES.get(key, key)


def told_text(figure: ToldFigure, unit: str) -> str:
    """A figure as people read it; no data and withheld are told apart."""
    return WITHHELD if figure.is_withheld else number_text(figure.value, unit)
