"""DashboardViews: a web site on the dashboard: page views and users by week, the pages seen most, what is missing."""

from collections.abc import Sequence
from datetime import date, timedelta
from importlib import import_module
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.ids import CommunityId
from workbench.models.database import Database
from workbench.models.kinds import AccountKind
from workbench.models.moments import DayRange
from workbench.queries.web_traffic import WebPage, WebTraffic, web_traffic
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.dashboard_charts import notes_of
from workbench.ui.qt_models.rows_model import Column, RowsModel
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.chart import Chart
from workbench.ui.widgets.chart_data import ChartData, Gap, Series
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.table_view import TableView
from workbench.ui.widgets.take_along import Saved

_WEEK: Final = timedelta(days=6)
_VIEWS: Final = 1
_USERS: Final = 2
_TITLES: Final = {"views": "Page views per week", "users": "Visitors per week"}
_SUBTITLES: Final = {
    "views": "how often pages were opened",
    "users": "each counted once a week, who comes with two devices twice",
}
_FRONT: Final = "/"


class DashboardViews(QWidget):
    """Two charts beside one another, the table of pages below."""

    def __init__(self, context: Context, *, saved: Saved | None = None) -> None:
        super().__init__()
        theme = context.theme
        self._charts = {key: Chart(theme, title, told=context.tell, saved=saved) for key, title in _TITLES.items()}
        self._pages = RowsModel[WebPage](_COLUMNS, words=lambda row: row.page, parent=self)
        self._table = TableView(theme, name="Pages")
        self._table.setModel(self._pages)
        self._table.set_widths((0, 128, 128))
        self._table.setSortingEnabled(True)
        self._table.sortByColumn(_VIEWS, Qt.SortOrder.DescendingOrder)
        self._table.setMinimumHeight(theme.px(180))
        self._card = Card("Pages opened most", " ")
        self._empty = PlainLabel("No page was opened in this period, as far as is known", role="caption")
        self._card.body.addWidget(self._table, 1)
        self._card.body.addWidget(self._empty)
        self._card.body.addStretch(0)
        row = QHBoxLayout()
        row.setSpacing(16)
        for chart in self._charts.values():
            row.addWidget(chart, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(row)
        column.addWidget(self._card, 1)

    def show_traffic(self, traffic: WebTraffic) -> None:
        """Shows other numbers. Without any week whose users are known there is no chart of them."""
        for key, chart in self._charts.items():
            chart.show_data(chart_of(key, traffic))
        self._charts["users"].setVisible(any(week.users is not None for week in traffic.weeks))
        self._pages.set_rows(traffic.pages)
        # Those of its days do not add up, so that most often nobody can say: a column of dashes would say less.
        self._table.setColumnHidden(_USERS, all(page.users is None for page in traffic.pages))
        self._table.setVisible(bool(traffic.pages))
        self._empty.setVisible(not traffic.pages)
        self._card.set_subtitle(_span(traffic))

    def show_as_tables(self, *, shows: bool) -> None:
        """Tables in place of charts, or charts again."""
        for chart in self._charts.values():
            chart.show_as_table(is_table=shows)

    @property
    def is_drawn(self) -> bool:
        """Whether every chart that is shown has its picture."""
        return all(chart.is_drawn or chart.isHidden() for chart in self._charts.values())


def _page(row: WebPage) -> str:
    """The page as its address goes on after the host; the front page has no more than that."""
    return f"{_FRONT}  (front page)" if row.page == _FRONT else row.page


_COLUMNS: Final[Sequence[Column[WebPage]]] = (
    Column("Page", _page, lambda row: row.page, tip=lambda row: row.page),
    Column("Page views", lambda row: numbers.count(row.views), lambda row: row.views, is_number=True),
    Column("Visitors", lambda row: numbers.count(row.users), lambda row: row.users, is_number=True),
)


def read_traffic(
    database: Database, community_id: CommunityId, days: tuple[date, date] | None, *, today: date, shows_plots: bool
) -> WebTraffic:
    """Reads a site's numbers and, away from the window, loads what draws them."""
    with database.read() as reader:
        found = web_traffic(reader, community_id, days, today=today)
    if shows_plots:
        import_module("workbench.ui.widgets.plot")
    return found


def chart_of(key: str, traffic: WebTraffic) -> ChartData:
    """The chart of a key; days that are unknown or not complete are hatched, also where they have a number."""
    values = [week.views if key == "views" else week.users for week in traffic.weeks]
    return ChartData(
        title=_TITLES[key],
        subtitle=_SUBTITLES[key],
        starts=tuple(week.week for week in traffic.weeks),
        series=(Series("Page views" if key == "views" else "Visitors", tuple(values)),),
        text=numbers.count,
        gaps=tuple(Gap(gap.first, gap.last) for gap in traffic.gaps),
        gap_words="Not complete" if traffic.partial_days else "Not known",
        is_last_running=bool(traffic.weeks) and traffic.weeks[-1].week + _WEEK >= traffic.last,
        notes=notes_of(traffic.notes, is_one=True),
    )


def missing_words(traffic: WebTraffic, kind: AccountKind | None) -> tuple[str, str]:
    """What is missing in plain words, and the icon that goes with it."""
    days = (traffic.last - traffic.first).days + 1
    if traffic.known is None:
        return "No page views are here yet", "circle-dashed"
    if traffic.known.last < traffic.first or traffic.known.first > traffic.last:
        return f"Nothing is known of these days. What is here is about {_days(traffic.known)}.", "circle-dashed"
    said: list[str] = []
    if traffic.unknown_days == days:
        said.append("Here is one total for several days and no number for each of them, so no week can be drawn")
    elif traffic.unknown_days:
        said.append(f"{numbers.count(traffic.unknown_days)} of {numbers.plural(days, 'day', 'days')} are not known")
    if traffic.partial_days:
        why = _TOO_LOW if kind is AccountKind.ANALYTICS_FILE else _NOT_FINAL
        said.append(f"{numbers.plural(traffic.partial_days, 'day', 'days')} {why}")
    if not any(week.users is not None for week in traffic.weeks):
        said.append("Visitors of a week are not known: who came on two days would count twice")
    if not said:
        return f"All {numbers.plural(days, 'day', 'days')} of the period are complete", "check-circle"
    return " · ".join(said), "circle-half"


_TOO_LOW: Final = "may be too low: the file leaves pages out"
_NOT_FINAL: Final = "may still change: Google counts on for two days, and leaves out pages few people opened"


def _span(traffic: WebTraffic) -> str:
    """Which days the pages are about, where those are not the period itself."""
    over = traffic.pages_over
    if over is None:
        return " "
    is_period = (over.first, over.last) == (traffic.first, traffic.last)
    return "in this period" if is_period else f"{_days(over)}, all these days together"


def _days(days: DayRange) -> str:
    return f"{numbers.day(days.first)} to {numbers.day(days.last)}"
