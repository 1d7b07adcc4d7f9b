"""Dashboard explained: what charts and questions by age say of themselves, on hover at once, at the side when asked."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from workbench.metrics.catalog import find_metric
from workbench.metrics.window import Window
from workbench.models.database import Database
from workbench.operations.kept import kept_measures
from workbench.operations.scorecard import ScoreLine, scorecard
from workbench.queries.scope import Scope
from workbench.ui.context import Context
from workbench.ui.pages.dashboard_data import DashboardData
from workbench.ui.pages.dashboard_words import known_lines, source_words
from workbench.ui.pages.scorecard_side import ScorecardSide
from workbench.ui.pages.scorecard_words import number_words, window_words
from workbench.ui.widgets.chart import Chart
from workbench.ui.widgets.explainer import Explainer

MEASURES: Final = {
    "messages": "messages",
    "people": "contributors",
    "replies": "reply_rate",
    "speed": "first_reply_hours",
}
"""Which measure each chart shows, week by week."""
_DAY: Final = timedelta(days=1)


class DashboardExplained(QObject):
    """`changed` when the side is shown or not any more, `failed(error)`; a measure is worked out when asked for."""

    changed = Signal()
    failed = Signal(Exception)

    def __init__(self, context: Context, charts: Mapping[str, Chart], parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._data: DashboardData | None = None
        self._chosen = ""
        self._is_shown = False
        self.side = ScorecardSide(context.theme)
        self.side.closed.connect(self.shut)
        self.side.threads_wanted.connect(self._open_thread)
        self.helps = {
            key: Explainer(context.theme, chart, opened=partial(self.ask, key)) for key, chart in charts.items()
        }

    def widget(self) -> QWidget | None:
        """The side while it says something."""
        return self.side if self._is_shown else None

    def asked_from(self) -> QWidget | None:
        """The button of the chart the side is about."""
        return self.helps[self._chosen].button if self._is_shown else None

    def show_numbers(self, data: DashboardData) -> None:
        """Says on hover what is known by now; what the side shows is read again."""
        self._data = data
        for key, helper in self.helps.items():
            helper.say(chart_words(key, data))
        if self._chosen:
            self.ask(self._chosen)

    def ask(self, key: str) -> None:
        """Reads what one chart's measure says of the whole window, and shows it at the side."""
        data, context = self._data, self._context
        if data is None:
            return
        self._chosen = key
        window = Window.between(data.known.first, data.known.last + _DAY)
        now, database = context.workspace.clock.now(), context.workspace.database
        job = partial(_read, database, MEASURES[key], scope=context.scope, window=window, now=now)
        context.jobs.run(self, "line", job, self._on_line, self.failed.emit)

    def shut(self) -> None:
        """Puts the side away; the keyboard goes back to what it was asked from."""
        key, self._chosen = self._chosen, ""
        if self._is_shown:
            self._is_shown = False
            self.changed.emit()
            self.helps[key].button.setFocus()

    def _on_line(self, line: ScoreLine) -> None:
        if self._chosen:
            self.side.show_line(line)
            if not self._is_shown:
                self._is_shown = True
                self.changed.emit()

    def _open_thread(self, ids: tuple[int, ...]) -> None:
        if ids:
            self._context.open_page("conversations", ids[0])


def chart_words(key: str, data: DashboardData) -> str:
    """What the measure of a chart of MEASURES is, over which days, how far they are known, and what it aims at."""
    metric = find_metric(MEASURES[key])
    target = metric.target(data.type)
    aim = () if target is None else (f"Target for this type: {number_words(target, metric.unit)}.",)
    formula, source = f"Formula: {metric.formula}.", source_words(metric.source)
    said = (formula, *aim, *known_lines(data), *drawn_lines(data), source, "Enter says more.")
    return "\n".join(said)


def drawn_lines(data: DashboardData) -> tuple[str, ...]:
    """Over which days a chart is drawn, where these are more than the period."""
    if data.known.first <= data.trend.first:
        return ()
    drawn = window_words(Window.between(data.trend.first, data.trend.last + _DAY))
    return (f"Drawn: {drawn}, by week. The bracket marks the period.",)


def ages_words(data: DashboardData, *, asked_until: date) -> str:
    """What the questions by age are: which of them, asked when, and how far these days are known."""
    formula = "questions that began a thread in the window and have no reply on their platform, by how long they wait"
    return "\n".join((f"Formula: {formula}.", *known_lines(data, until=asked_until), "Our own definition."))


def _read(database: Database, key: str, *, scope: Scope, window: Window, now: datetime) -> ScoreLine:
    with kept_measures(database) as (reader, kept):
        return scorecard(reader, scope=scope, window=window, as_of=now, keys=(key,), kept=kept).line(key)
