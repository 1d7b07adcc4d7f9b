"""Dashboard page: one community, several or all: how far known, headline numbers, charts, open questions by age."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from importlib import import_module
from typing import ClassVar, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QMenu, QPushButton, QScrollArea, QWidget
from typing_extensions import override

from workbench.ids import CommunityId
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.kinds import WEB_SITES, CommunityType
from workbench.queries.communities import find_community
from workbench.queries.scope import Scope
from workbench.queries.threads import ThreadFilter
from workbench.queries.web_traffic import WebTraffic
from workbench.ui import numbers
from workbench.ui.context import Context, PagePart
from workbench.ui.grids import emptied
from workbench.ui.pages.community_card_side import CardEdit, CommunityCardSide
from workbench.ui.pages.community_page import CommunityPage
from workbench.ui.pages.dashboard_charts import CHARTS, chart_data
from workbench.ui.pages.dashboard_data import DashboardData, WeeksData, read_dashboard, read_weeks
from workbench.ui.pages.dashboard_explained import DashboardExplained, ages_words
from workbench.ui.pages.dashboard_views import DashboardViews, missing_words, read_traffic
from workbench.ui.pages.dashboard_words import members_words, settled_words, stat_of
from workbench.ui.pages.known_note import known_words_on, show_known
from workbench.ui.pages.scorecard_words import FEW_LEFT_OUT
from workbench.ui.pages.table_file import TableFile
from workbench.ui.period import Period
from workbench.ui.qt_models.community_table import TYPE_TITLES
from workbench.ui.widgets.age_panel import AgePanel
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.chart import Chart
from workbench.ui.widgets.stat_card import StatCard
from workbench.ui.widgets.state_panel import Offer
from workbench.ui.widgets.take_along import TakeMenu, Taken

_CARDS: Final = 4
_NARROW: Final = 980
_TURN_MILLISECONDS: Final = 1
"""A shot after no time at all would still come in the same turn."""


class DashboardPage(CommunityPage):
    """Numbers come first and by themselves; charts, and the library that draws them, follow in a second job.

    Opened with a community's name it takes that as the scope too; with None it shows the scope in force.
    """

    KEY: ClassVar[str] = "dashboard"
    TITLE: ClassVar[str] = "Dashboard"
    ICON: ClassVar[str] = "chart-line"
    DEPENDS_ON: ClassVar[Changes] = CommunityPage.DEPENDS_ON | Changes.VIEWS | Changes.MARKS
    FIRST_USE: ClassVar[tuple[str, str]] = (
        "How a community is doing",
        "Once a community is here, this page shows who takes part and how soon questions are answered.",
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._data: DashboardData | None = None
        self._is_stacked: bool | None = None
        self._weeks: WeeksData | None = None
        self._asked_until = context.workspace.clock.now().date()
        self._cards = [StatCard(self.theme) for _ in range(_CARDS)]
        self.file = TableFile(context, self)
        theme, told, saved = self.theme, context.tell, self._save_csv
        self._charts = {key: Chart(theme, title, told=told, saved=saved) for key, title in CHARTS.items()}
        self.explained = DashboardExplained(context, self._charts, self)
        self.explained.changed.connect(self._on_explained)
        self.explained.failed.connect(self.show_part_error)
        self._ages = AgePanel(self.theme, opened=self._open_questions)
        self.taken = TakeMenu(theme, self._ages, taken=self._taken_ages, told=told, saved=self._save_ages)
        self._views: DashboardViews | None = None
        self._type = self._built_type_button()
        self.chips.addWidget(self._type)
        self.about = self._built_about()
        self.add_tables_button()
        self.add_tabs()
        self._numbers, self._below = QGridLayout(), QGridLayout()
        for grid in (self._numbers, self._below):
            grid.setSpacing(16)
        self.body.addLayout(self._numbers)
        self.body.addLayout(self._below, 1)
        self.turn_tables()
        self.arrange()

    @override
    def opened(self, argument: object) -> None:
        super().opened(argument)
        if argument is PagePart.COMMUNITY_CARD:
            if len(self.context.scope) == 1:
                self.about.open()
            else:
                self.context.tell("Choose one community at the top: its card is behind “About”.")
        elif isinstance(argument, str):
            database = self.context.workspace.database
            self.context.jobs.run(self, "find", partial(_find, database, argument), self._on_found)

    @override
    def refresh(self) -> None:
        workspace, now = self.context.workspace, self.context.workspace.clock.now()
        days, scope = self.context.period.days(now.date()), self.context.scope
        # Questions of today are counted too; what is known ends with yesterday.
        self._asked_until = days[1] if days is not None else now.date()
        self._weeks = None
        self.read(partial(read_dashboard, workspace.database, scope=scope, days=days, now=now), self._on_numbers)

    @override
    def is_complete(self) -> bool:
        if self._is_bare:
            is_drawn = True
        elif self._is_site:
            is_drawn = self._views is not None and self._views.is_drawn
        else:
            is_drawn = all(chart.is_drawn for chart in self._charts.values())
        return super().is_complete() and is_drawn

    @override
    def inspector(self) -> QWidget | None:
        about = self.about.widget()
        return self.explained.widget() if about is None else about

    @override
    def go_back(self) -> bool:
        if self.about.widget() is not None:
            self.about.shut()
        elif self.explained.widget() is not None:
            self.explained.shut()
        else:
            self.to_communities()
        return True

    def _on_numbers(self, data: DashboardData) -> None:
        self._data = data
        self._tables.setHidden(self._is_bare and not self._is_site)
        self._show_as_site(is_site=self._is_site)
        self.about.show_community(None if self._is_site else data.community_id)
        if self._is_site:
            self._ask_for_traffic(data)
            return
        if self._is_bare:
            self._type.hide()
            self.show_first_step(data.name)
            return
        self.set_title(data.name, members_words(data))
        self._type.setVisible(data.community_id is not None)
        self._type.setText(TYPE_TITLES[data.type] if data.type is not None else "Set type")
        show_known(self, data.known)
        # Four times "No data" says less than the line above and its offer.
        is_empty = data.known.ended_on is not None and all(one.now.value is None for one in data.headlines)
        for card, headline in zip(self._cards, data.headlines, strict=True):
            card.show_stat(stat_of(headline, data))
            card.setHidden(is_empty)
        self.explained.show_numbers(data)
        self._ages.explain(ages_words(data, asked_until=self._asked_until))
        known, settled = data.known, settled_words(data.settled)
        self._ages.show_counts(
            data.ages,
            is_known=known.has_known_days,
            is_whole=known.is_whole,
            days=(data.known.last - data.known.first).days + 1 if data.is_compared else None,
            settled=settled,
        )
        # Numbers are on screen before the charts' library is even asked for.
        job = partial(
            _weeks,
            self.context.workspace.database,
            self.context.scope,
            data,
            today=self.context.workspace.clock.now().date(),
            shows_plots=not self.context.shows_tables,
        )
        self.read_on("weeks", job, self._on_weeks)

    @property
    def _is_bare(self) -> bool:
        """Whether nothing has been brought in yet."""
        return self._data is not None and self._data.known.is_nothing and not self.context.scope

    @property
    def _is_site(self) -> bool:
        """Whether it shows a web site, which has neither members nor messages."""
        return self._data is not None and self._data.known.kind in WEB_SITES

    def _show_as_site(self, *, is_site: bool) -> None:
        """Puts page views where the numbers of a community are, or those back."""
        for widget in (*self._cards, *self._charts.values(), self._ages, self._type):
            widget.setHidden(is_site)
        if is_site and self._views is None:
            self._views = DashboardViews(self.context, saved=self._save_csv)
            self._views.show_as_tables(shows=self.context.shows_tables)
            self.body.addWidget(self._views, 1)
        if self._views is not None:
            self._views.setVisible(is_site)

    def _ask_for_traffic(self, data: DashboardData) -> None:
        self.set_title(data.name, "web site")
        today = self.context.workspace.clock.now().date()
        is_shown = not self.context.shows_tables
        if data.community_id is not None:
            days = None if self.context.period.days(today) is None else (data.known.first, data.known.last)
            database, community_id = self.context.workspace.database, data.community_id
            job = partial(read_traffic, database, community_id, days, today=today, shows_plots=is_shown)
            self.read_on("weeks", job, self._on_traffic)

    def _on_traffic(self, traffic: WebTraffic) -> None:
        self.finish()
        words, icon = missing_words(traffic, self._data.known.kind if self._data is not None else None)
        offer = None
        if traffic.known is not None and traffic.known.last < traffic.first:
            period = Period.last_known(traffic.known.last)
            offer = Offer("Show the last 90 known days", lambda: self.context.set_period(period), "calendar-blank")
        self.set_note(words, icon=icon, token="good" if icon == "check-circle" else "unknown", offer=offer)
        if self._views is not None:
            self._views.show_traffic(traffic)

    def _on_weeks(self, weeks: WeeksData) -> None:
        self._weeks = weeks
        self._draw_next(weeks, list(self._charts))

    def _draw_next(self, weeks: WeeksData, left: list[str]) -> None:
        """Draws one chart a turn, so that keys and mouse come in between; stops where newer weeks are asked for."""
        if weeks is not self._weeks:
            return
        self._charts[left[0]].show_data(chart_data(left[0], weeks, self._data))
        if left[1:]:
            QTimer.singleShot(_TURN_MILLISECONDS, self, partial(self._draw_next, weeks, left[1:]))
        else:
            self.finish()

    def _on_found(self, community_id: CommunityId | None) -> None:
        if community_id is not None:
            self.context.set_scope((community_id,))

    @override
    def show_tables(self, *, shows: bool) -> None:
        for chart in self._charts.values():
            chart.show_as_table(is_table=shows)
        if self._views is not None:
            self._views.show_as_tables(shows=shows)

    def _taken_ages(self) -> Taken | None:
        data = self._data
        if data is None or not self._ages.counts:
            return None
        known = known_words_on(data.known, today=self.context.workspace.clock.now().date())
        days = f"asked from {numbers.day(data.known.first)} to {numbers.day(self._asked_until)}"
        title = self._ages.accessibleName()
        name = f"{title} {data.name}"
        about = tuple(filter(None, (f"{data.name} · {days}", known, settled_words(data.settled))))
        return Taken(title, about, self._ages.csv(), self._ages.drawn, name)

    def _save_ages(self, taken: Taken) -> None:
        if self._data is not None:
            span = f"{self._data.known.first.isoformat()} to {self._asked_until.isoformat()}"
            self.file.choose(f"Save: {taken.title}", taken.name, taken.csv, span=span)

    def _save_csv(self, title: str, text: str) -> None:
        data = self._data
        if data is not None:
            shown = data.known if self._is_site else data.trend
            span = f"{shown.first.isoformat()} to {shown.last.isoformat()}"
            told = "" if self._is_site else FEW_LEFT_OUT
            self.file.choose(f"Save: {title}", f"{title} {data.name}", text, span=span, told=told)

    def _on_explained(self) -> None:
        if self.explained.widget() is not None:
            self.about.shut()
            # The side takes room: charts may have moved.
            QTimer.singleShot(0, self, self._keep_in_view)
        self.inspector_changed.emit()

    def _keep_in_view(self) -> None:
        button = self.explained.asked_from()
        if button is not None and isinstance(self._shown, QScrollArea):
            self._shown.ensureWidgetVisible(button)

    def _on_about(self) -> None:
        if self.about.widget() is not None:
            self.explained.shut()
        self.inspector_changed.emit()

    def _open_questions(self) -> None:
        self.context.open_page("conversations", ThreadFilter.UNANSWERED)

    def _built_about(self) -> CommunityCardSide:
        about = CommunityCardSide(self.context, self)
        about.changed.connect(self._on_about)
        about.failed.connect(self.show_part_error)
        self.follow(about.edits)
        for button in (about.missing, about.button):
            self.buttons.addWidget(button)
        return about

    def _built_type_button(self) -> QPushButton:
        button = push_button("Set type", theme=self.theme, kind="status", icon="tag")
        button.setToolTip("The type decides the targets beside the numbers")
        menu = QMenu(button)
        for kind, title in TYPE_TITLES.items():
            menu.addAction(title, partial(self._set_type, kind))
        button.setMenu(menu)
        return button

    def _set_type(self, kind: CommunityType) -> None:
        data = self._data
        if data is not None and data.community_id is not None and kind is not data.type:
            before = None if data.type is None else data.type.value
            self.about.edits.make(CardEdit(data.community_id, data.name, "type", before, kind.value))

    @override
    def arrange(self) -> None:
        """Four cards and three columns where there is room, two and two where there is not."""
        is_stacked = self.width() < self.theme.px(_NARROW)
        if is_stacked is self._is_stacked:
            return
        self._is_stacked = is_stacked
        _place(self._numbers, self._cards, columns=2 if is_stacked else 4)
        charts = list(self._charts.values())
        if is_stacked:
            _place(self._below, [charts[0], self._ages, *charts[1:]], columns=2)
            return
        emptied(self._below)
        self._below.addWidget(charts[0], 0, 0, 1, 4)
        self._below.addWidget(self._ages, 0, 4, 1, 2)
        for place, chart in enumerate(charts[1:]):
            self._below.addWidget(chart, 1, 2 * place, 1, 2)
        for column in range(6):
            self._below.setColumnStretch(column, 1)


def _place(grid: QGridLayout, widgets: Sequence[QWidget], *, columns: int) -> None:
    emptied(grid)
    for place, widget in enumerate(widgets):
        grid.addWidget(widget, place // columns, place % columns)
    for column in range(columns):
        grid.setColumnStretch(column, 1)


def _weeks(database: Database, scope: Scope, data: DashboardData, *, today: date, shows_plots: bool) -> WeeksData:
    """Reads the weeks and, away from the window, loads what draws them."""
    found = read_weeks(database, scope=scope, first=data.trend.first, last=data.trend.last, today=today)
    if shows_plots:
        import_module("workbench.ui.widgets.plot")
    return found


def _find(database: Database, name: str) -> CommunityId | None:
    with database.read() as reader:
        return find_community(reader, name)
