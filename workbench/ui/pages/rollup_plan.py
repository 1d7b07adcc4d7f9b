"""RollupPlanView: one plan of one office as far as it was told: cards, measures against targets, checkpoints, weeks."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from workbench.queries.rollup import OfficeObjectiveRow, OfficeWeekRow, ToldFigure
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.qt_models.rollup_tables import cards_words, measure_title
from workbench.ui.theme import Meaning
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.chip import Chip
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.reading_column import ReadingColumn

if TYPE_CHECKING:
    from workbench.export.rollup_report import PlanDetail

WITHHELD: Final = "withheld: fewer than 5 people"
_WEEKS: Final = 13
_STANDINGS: Final = {
    "reached": Meaning.GOOD, "on the way": Meaning.NEUTRAL, "not yet moving": Meaning.WATCH,
    "moving away": Meaning.WATCH, "starting": Meaning.NEUTRAL, "not known": Meaning.UNKNOWN,
}  # fmt: skip


class RollupPlanView(ReadingColumn):
    """Filled with `show_plan`; nothing of it can be changed here, it is the office's own."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme, width=920)
        self._context, self._theme = context, context.theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Plan of an office")

    def show_plan(self, detail: "PlanDetail") -> None:
        """Shows another plan."""
        self.clear()
        for part in (self._built_head(detail), self._built_measures(detail), *self._built_rest(detail)):
            self.add(part)
        self.setAccessibleName(f"{detail.line.plan.name}, {detail.line.office.name}")

    def _built_head(self, detail: "PlanDetail") -> Card:
        line, plan = detail.line, detail.line.plan
        card = Card(padding=20)
        card.body.addWidget(PlainLabel(plan.name, role="title", wraps=True))
        where = " · ".join(filter(None, (line.office_words, plan.community, line.day_words)))
        card.body.addWidget(PlainLabel(where, role="second", wraps=True))
        told = f"As the office told it on {numbers.moment(plan.as_of)}"
        card.body.addWidget(PlainLabel(told, role="small", wraps=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        figures = (
            ("Cards done", cards_words(line)), ("In work", numbers.count(plan.doing)),
            ("Times of cards late", numbers.count(plan.late)),
            ("Hours done", f"{numbers.decimal(plan.hours_done)} of {numbers.decimal(plan.hours_planned)}"),
        )  # fmt: skip
        for place, (title, words) in enumerate(figures):
            grid.addWidget(PlainLabel(words, role="number"), 0, place)
            grid.addWidget(PlainLabel(title, role="small"), 1, place)
        grid.setColumnStretch(len(figures), 1)
        card.body.addLayout(grid)
        card.setAccessibleName(f"{plan.name}, {where}. " + ", ".join(f"{title}: {words}" for title, words in figures))
        return card

    def _built_measures(self, detail: "PlanDetail") -> Card:
        card = Card("Measures", "baseline, now and target")
        for each in detail.line.objectives:
            row = QHBoxLayout()
            row.setSpacing(12)
            title = measure_title(each.measure) + (" (kept by hand)" if each.is_by_hand else "")
            row.addWidget(PlainLabel(title, role="strong", wraps=True), 2)
            words = measure_words(each)
            row.addWidget(PlainLabel(words, role="second", wraps=True), 3)
            meaning = _STANDINGS.get(each.standing, Meaning.UNKNOWN)
            row.addWidget(Chip(self._theme, each.standing.capitalize(), meaning=meaning), 0, Qt.AlignmentFlag.AlignTop)
            holder = QWidget()
            row.setContentsMargins(0, 2, 0, 2)
            holder.setLayout(row)
            holder.setAccessibleName(f"{title}: {words}; {each.standing}")
            card.body.addWidget(holder)
        if not detail.line.objectives:
            card.body.addWidget(PlainLabel("The office told of no measure.", role="second"))
        return card

    def _built_rest(self, detail: "PlanDetail") -> list[Card]:
        checkpoints = Card("Checkpoints")
        for each in detail.line.checkpoints:
            held = numbers.plural(each.decisions, "decision", "decisions") if each.is_locked else "not held yet"
            words = f"Day {numbers.count(each.day)}, {numbers.day(each.falls_on)}: {held}"
            checkpoints.body.addWidget(PlainLabel(words, role="second", wraps=True))
        weeks = Card("The community, week by week", "weeks that were never told of are left out, not zero")
        for week in reversed(detail.weeks[-_WEEKS:]):
            weeks.body.addWidget(PlainLabel(week_words(week), role="second", wraps=True))
        if not detail.weeks:
            weeks.body.addWidget(PlainLabel("Nothing was told of it.", role="second"))
        return [each for each in (checkpoints if detail.line.checkpoints else None, weeks) if each is not None]


def measure_words(row: OfficeObjectiveRow) -> str:
    """Baseline, now and target in one line."""
    share = row.unit == "share"
    target = numbers.MISSING if row.target is None else figure(row.target, is_share=share)
    return f"{told(row.baseline, is_share=share)} → {told(row.now, is_share=share)}, target {target}"


def told(value: ToldFigure, *, is_share: bool) -> str:
    """A figure, or why there is none."""
    if value.is_withheld:
        return WITHHELD
    return "no data" if value.value is None else figure(value.value, is_share=is_share)


def figure(value: float, *, is_share: bool) -> str:
    """A number in its unit."""
    return numbers.percent(value) if is_share else numbers.decimal(value)


def week_words(week: OfficeWeekRow) -> str:
    """One week in a line."""
    people = WITHHELD if week.is_withheld else numbers.plural(week.contributors or 0, "person wrote", "people wrote")
    partly = "" if week.known_days == 7 else f", {numbers.count(week.known_days)} of 7 days known"  # noqa: PLR2004 - days of a week
    return (
        f"Week of {numbers.day(week.week)}: {numbers.plural(week.messages, 'message', 'messages')}, {people}, "
        f"{numbers.count(week.replied_threads)} of {numbers.count(week.threads)} threads answered{partly}"
    )
