"""Communities page: every mirrored community with its key numbers; Enter opens its dashboard."""

from datetime import datetime
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from workbench.cancel import CancelToken
from workbench.ids import CommunityId
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.kinds import WEB_SITES
from workbench.operations.community_health import community_health
from workbench.queries.communities import CommunityRow, list_communities
from workbench.queries.community_card import coordinated_ids
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.page import Page
from workbench.ui.qt_models.community_health import CommunityStandings
from workbench.ui.qt_models.community_table import KNOWN, LAST, TREND, TYPE, CommunityTableModel
from workbench.ui.widgets.buttons import push_button, say
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.filter_box import FilterBox
from workbench.ui.widgets.state_panel import ways_in
from workbench.ui.widgets.table_view import TableView

_WIDTHS = (0, 184, 124, 112, 128, 168, 128, 144)


class CommunitiesPage(Page):
    """The table ignores the scope (it is where scopes are chosen) but marks the community in scope."""

    KEY: ClassVar[str] = "communities"
    TITLE: ClassVar[str] = "Communities"
    ICON: ClassVar[str] = "users-three"
    OWN_PERIOD: ClassVar[tuple[str, str]] = (
        "Last 90 days",
        "Who is active is counted over the last 90 days, the trend shows 26 weeks. The period chosen counts elsewhere.",
    )
    DEPENDS_ON: ClassVar[Changes] = (
        Changes.COMMUNITIES | Changes.EVENTS | Changes.MEMBERS | Changes.COVERAGE | Changes.NOTES
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._model = CommunityTableModel(self)
        self._filter = FilterBox(self.theme, hint="Filter communities")
        self._filter.textChanged.connect(self._on_filter)
        self._compare = push_button("Compare", theme=self.theme, icon="columns", clicked=self.compare)
        self._compare.setToolTip("Communities of one type side by side; choose some with Ctrl or Shift")
        self.buttons.addWidget(self._filter)
        self.buttons.addWidget(self._compare)
        self._table = TableView(self.theme, name="Communities")
        self._table.setModel(self._model)
        self._table.set_widths(_WIDTHS, gives_way=(KNOWN, LAST, TYPE, TREND))
        self._table.setSortingEnabled(True)
        self._table.sortByColumn(0, self._table.horizontalHeader().sortIndicatorOrder().AscendingOrder)
        self._table.setSelectionMode(TableView.SelectionMode.ExtendedSelection)
        self._table.opened.connect(self._on_opened)
        self._table.selectionModel().selectionChanged.connect(lambda *_rows: self._say_compared())
        card = Card(padding=1)
        card.body.addWidget(self._table)
        self.body.addWidget(card)
        self.setFocusProxy(self._table)

    @override
    def refresh(self) -> None:
        workspace = self.context.workspace
        now = workspace.clock.now()
        self._model.set_now(now)
        self.load(lambda: read_communities(workspace.database, now=now), self._on_rows)

    @override
    def find_here(self) -> None:
        self._filter.setFocus()
        self._filter.selectAll()

    def table(self) -> QWidget:
        """The table, for focus."""
        return self._table

    def compare(self) -> None:
        """Opens the comparison of the chosen communities; of those in the scope where fewer than two are chosen."""
        chosen = self._chosen()
        if len(chosen) > 1:
            self.context.set_scope(chosen)
        self.context.open_page("comparison")

    def _chosen(self) -> tuple[CommunityId, ...]:
        rows = self._table.selectionModel().selectedRows()
        return tuple(sorted(self._model.row_at(index.row()).id for index in rows))

    def _say_compared(self) -> None:
        chosen = len(self._table.selectionModel().selectedRows())
        say(self._compare, f"Compare {numbers.count(chosen)}" if chosen > 1 else "Compare")

    def _on_rows(self, rows: list[CommunityRow]) -> None:
        self._model.set_rows(rows)
        self._filter.setVisible(bool(rows))
        self._compare.setVisible(len(rows) > 1)
        if rows:
            workspace = self.context.workspace
            job = partial(read_standings, workspace.database, rows=rows, now=workspace.clock.now())
            self.context.jobs.run(self, "standings", job, self._on_standings, self.show_part_error)
        if not rows:
            self._say_first_use()
            return
        self._say_count()
        self._mark_scope()

    def _on_standings(self, standings: CommunityStandings) -> None:
        self._model.set_standings(standings)
        if not self._table.currentIndex().isValid():
            self._table.selectRow(0)

    def _say_first_use(self) -> None:
        actions = self.context.actions
        self.set_title(self.TITLE)
        self.show_first_use(
            "Bring in your first community",
            "A mailing list archive is enough to begin: its years of messages become charts, people and plans.",
            "Everything stays on this machine, encrypted. No account and no network are needed.",
            offers=ways_in(actions),
        )

    def _say_count(self) -> None:
        shown, total = self._model.rowCount(), self._model.total
        of_all = f"{numbers.count(shown)} of {numbers.count(total)}" if shown != total else numbers.count(total)
        self.set_title(self.TITLE, of_all)

    def _mark_scope(self) -> None:
        scope = self.context.scope
        place = self._model.place_of(lambda row: row.id in scope) if len(scope) == 1 else 0
        if place >= 0 and not self._table.currentIndex().isValid():
            self._table.selectRow(place)

    def _on_filter(self, text: str) -> None:
        self._model.set_filter(text)
        self._say_count()
        if self._model.rowCount() or not self._model.total:
            self.show_content()
        else:
            self.show_empty_by_filter(f"No community has “{text.strip()}” in its name or type.", self._filter.clear)
        if self._model.rowCount():
            self._table.selectRow(0)

    def _on_opened(self, row: int) -> None:
        self.context.open_page("dashboard", self._model.row_at(row).id)


def read_standings(
    database: Database, *, rows: list[CommunityRow], now: datetime, cancel: CancelToken
) -> CommunityStandings:
    """How the communities stand, those nobody can write in left out, and which have somebody who sees to them."""
    asked = [(row.id, row.type) for row in rows if row.platform not in WEB_SITES and not row.is_people_only]
    with database.read() as reader:
        health = community_health(reader, asked, as_of=now, cancel=cancel)
        return CommunityStandings(health, coordinated_ids(reader))


def read_communities(database: Database, *, now: datetime) -> list[CommunityRow]:
    """Every community with its key numbers, in one read."""
    with database.read() as reader:
        return list_communities(reader, as_of=now)
