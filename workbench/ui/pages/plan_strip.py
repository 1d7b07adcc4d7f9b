"""PlanStrip: what a plan is for, who owns it, where its 90 days stand, and its objectives, in one card."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ids import ObjectiveId
from workbench.plans.horizon import day_label
from workbench.plans.hours import WeekHours
from workbench.queries.plans import ObjectiveRow, PlanRow
from workbench.ui import numbers
from workbench.ui.grids import emptied
from workbench.ui.pages.plan_data import ObjectiveData
from workbench.ui.pages.plan_words import gauge_words
from workbench.ui.theme import Meaning, Theme
from workbench.ui.widgets.chip import Chip
from workbench.ui.widgets.day_line import DayLine
from workbench.ui.widgets.hours_line import HoursLine
from workbench.ui.widgets.lines import LinesLabel
from workbench.ui.widgets.objective_gauge import GaugeWords, ObjectiveGauge
from workbench.ui.widgets.plain_label import PlainLabel

MOST_OBJECTIVES: Final = 3
_NARROW_BELOW: Final = 880


class PlanStrip(QFrame):
    """Charter first, then up to three gauges beside it, or under one another where the strip is narrow.

    Folded it is one line of day, purpose and too many hours; the plan sheet has the rest.
    `checkpoint_wanted(day)` when a checkpoint is clicked on the line of days.
    """

    checkpoint_wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._is_narrow: bool | None = None
        self._values: dict[ObjectiveId, GaugeWords] = {}
        self.setProperty("card", "true")
        self._owner = PlainLabel("", role="small", elides=True)
        self._purpose = LinesLabel(theme)
        self._days = DayLine(theme)
        self._days.checkpoint_wanted.connect(self.checkpoint_wanted)
        self.hours = HoursLine(theme)
        self._more = PlainLabel("", role="caption")
        self.gauges = [ObjectiveGauge(theme) for _ in range(MOST_OBJECTIVES)]
        self._rules = [_rule() for _ in range(MOST_OBJECTIVES)]
        self._charter = self._built_charter()
        self._whole = QWidget()
        # Its own from the start: a widget without a parent would flash up as a window.
        for widget in (self._charter, *self._rules, *self.gauges):
            widget.setParent(self._whole)
        self._line = self._built_line()
        self._line.hide()
        self._room = QVBoxLayout(self)
        self._room.setContentsMargins(16, 12, 16, 12)
        self._room.addWidget(self._whole)
        self._room.addWidget(self._line)
        self._grid = QGridLayout(self._whole)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        theme.changed.connect(self._arrange_anew)
        self._arrange()

    def show_plan(self, plan: PlanRow, objectives: Sequence[ObjectiveRow], *, today: date) -> None:
        """Shows charter and days at once; gauges keep the values they have, new ones show their titles alone."""
        self._owner.setText(f"Owner: {plan.owner}")
        self._purpose.set_text(plan.purpose)
        self._days.show_days(plan.starts_on, today=today)
        day = day_label(plan.starts_on, today)
        self._day.setText(day[0].upper() + day[1:])
        self._day.setAccessibleName(self._days.accessibleName())
        self._short_purpose.setText(plan.purpose)
        hidden = len(objectives) - MOST_OBJECTIVES
        self._more.setText(f"and {numbers.plural(hidden, 'objective', 'objectives')} more" if hidden > 0 else "")
        self._more.setVisible(hidden > 0)
        for place, gauge in enumerate(self.gauges):
            has_one = place < len(objectives)
            gauge.setVisible(has_one)
            self._rules[place].setVisible(has_one and not self._is_narrow)
            if not self._is_narrow:
                self._grid.setColumnStretch(2 + 2 * place, 4 if has_one else 0)
            if has_one:
                objective = objectives[place]
                gauge.show_words(self._values.get(objective.id) or _waiting(objective))

    def show_hours(self, hours: Sequence[WeekHours], weekly_hours: float, *, today: date) -> None:
        """Shows what this week asks of whom, against what one person gives a week."""
        self.hours.show_hours(hours, weekly_hours, today=today)
        warning = self.hours.warning
        self._too_much.show_text(warning, meaning=Meaning.WATCH)
        self._too_much.setVisible(bool(warning))
        self._too_much.setToolTip(self.hours.toolTip())
        self._too_much.setAccessibleName(self.hours.accessibleName())

    def fold(self, *, is_folded: bool) -> None:
        """Leaves one line where the cards below need the room."""
        self._whole.setVisible(not is_folded)
        self._line.setVisible(is_folded)
        margin = 6 if is_folded else 12
        self._room.setContentsMargins(16, margin, 16, margin)

    def show_objectives(self, objectives: Sequence[ObjectiveData]) -> None:
        """Fills the gauges."""
        self._values = {data.objective.id: gauge_words(data) for data in objectives}
        for gauge, words in zip(self.gauges, self._values.values(), strict=False):
            gauge.show_words(words)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _built_charter(self) -> QWidget:
        charter = QWidget()
        column = QVBoxLayout(charter)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(PlainLabel("Purpose", role="captionstrong"))
        head.addWidget(self._owner)
        head.addStretch(1)
        head.addWidget(self._more)
        column.addLayout(head)
        column.addWidget(self._purpose)
        column.addSpacing(2)
        column.addWidget(self._days)
        column.addWidget(self.hours)
        column.addStretch(1)
        return charter

    def _built_line(self) -> QWidget:
        line = QWidget()
        self._day = PlainLabel("", role="captionstrong")
        self._short_purpose = PlainLabel("", role="small", elides=True)
        self._too_much = Chip(self._theme, meaning=Meaning.WATCH)
        self._too_much.hide()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._day)
        row.addWidget(self._short_purpose)
        row.addStretch(1)
        row.addWidget(self._too_much)
        return line

    def _arrange_anew(self) -> None:
        self._is_narrow = None
        self._arrange()

    def _arrange(self) -> None:
        is_narrow = self.width() < self._theme.px(_NARROW_BELOW)
        if is_narrow is self._is_narrow:
            return
        self._is_narrow = is_narrow
        self._grid.setHorizontalSpacing(32 if is_narrow else 16)
        emptied(self._grid)
        charter_rows = MOST_OBJECTIVES if is_narrow else 1
        self._grid.addWidget(self._charter, 0, 0, charter_rows, 1)
        self._grid.setColumnStretch(0, 6)
        for place, (rule, gauge) in enumerate(zip(self._rules, self.gauges, strict=True)):
            gauge.set_narrow(is_narrow=is_narrow)
            rule.setVisible(not is_narrow and gauge.isVisibleTo(self._whole))
            if is_narrow:
                self._grid.addWidget(gauge, place, 1)
            else:
                self._grid.addWidget(rule, 0, 1 + 2 * place)
                self._grid.addWidget(gauge, 0, 2 + 2 * place)
                self._grid.setColumnStretch(2 + 2 * place, 4 if gauge.isVisibleTo(self._whole) else 0)
        if is_narrow:
            self._grid.setColumnStretch(1, 5)


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("rule", "true")
    rule.setFixedWidth(1)
    return rule


def _waiting(objective: ObjectiveRow) -> GaugeWords:
    """A gauge whose value is being worked out."""
    return GaugeWords(objective.title, "…", "", "", " ", "", "", Meaning.NEUTRAL, None, is_known=True, tip="")
