"""PlanList: every plan, with its day, how its cards stand and who owns it; Enter opens its board."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from workbench.plans.horizon import day_label, day_number
from workbench.queries.plans import PlanRow
from workbench.queries.scope import Scope
from workbench.ui import numbers
from workbench.ui.icons import icon
from workbench.ui.pages.plan_data import is_in
from workbench.ui.qt_models.rows_model import Column, RowsModel
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button, say
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.table_view import TableView
from workbench.ui.widgets.ticks import TickBox

_WIDTHS = (0, 224, 152, 80, 80, 80, 176)


class PlanList(QWidget):
    """`opened(id)` asks for the board of a plan; `archive_wanted(id, whether)` takes it out of use, or back into it.

    Archived plans are shown on wish; to be worked on, one is taken back first. So are plans that are not for the chosen
    communities.
    """

    opened = Signal(str)
    archive_wanted = Signal(str, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._today = date.min
        self._model: RowsModel[PlanRow] = RowsModel(self._columns(), words=_words, parent=self)
        self._table = TableView(theme, name="Plans")
        self._table.setModel(self._model)
        self._table.set_widths(_WIDTHS)
        self._table.setSortingEnabled(True)
        self._table.sortByColumn(0, self._table.horizontalHeader().sortIndicatorOrder().AscendingOrder)
        self._table.opened.connect(self._open)
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._table.customContextMenuRequested.connect(self._show_menu)
        self._theme = theme
        self._plans: Sequence[PlanRow] = ()
        self._archived: Sequence[PlanRow] = ()
        self.shows_archived = TickBox(theme, "Show archived plans")
        self.shows_archived.toggled.connect(self._fill)
        self._scope: Scope = ()
        self.shows_others = TickBox(theme, "Show the plans of all communities")
        self.shows_others.toggled.connect(self._fill)
        self.archive = push_button("Archive", theme=theme, kind="plain", icon="archive", clicked=self.archive_current)
        card = Card(padding=1)
        card.body.addWidget(self._table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(card)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self.shows_others)
        foot.addWidget(self.shows_archived)
        foot.addStretch(1)
        foot.addWidget(self.archive)
        column.addLayout(foot)
        self._table.selectionModel().currentRowChanged.connect(self._say_archive)
        self._model.modelReset.connect(self._say_archive)
        self.setFocusProxy(self._table)

    def show_plans(
        self, plans: Sequence[PlanRow], *, archived: Sequence[PlanRow] = (), scope: Scope = (), today: date
    ) -> None:
        """Shows the plans as of today; those for other communities than the chosen ones only on wish."""
        self._today, self._scope = today, scope
        self._plans, self._archived = plans, archived
        self.shows_archived.setVisible(bool(archived))
        others = sum(not is_in(plan, scope) for plan in plans)
        self.shows_others.setVisible(others > 0)
        self.shows_others.setText(f"Show the plans of all communities ({numbers.count(len(plans))})")
        self.shows_archived.setText(f"Show archived plans ({numbers.count(len(archived))})")
        self._fill()

    def archive_current(self) -> None:
        """Takes the plan the keyboard is on out of use, or back into it."""
        row = self.current()
        if row is not None:
            self.archive_wanted.emit(row.id, not row.is_archived)

    def current(self) -> PlanRow | None:
        """The plan the keyboard is on."""
        index = self._table.currentIndex()
        return self._model.row_at(index.row()) if index.isValid() else None

    def set_filter(self, text: str) -> int:
        """Shows plans that hold every typed word in name, community or owner; answers how many."""
        self._model.set_filter(text)
        return self._model.rowCount()

    def _fill(self) -> None:
        before = self.current()
        is_every = self.shows_archived.isChecked() or not self._plans
        found = [*self._plans, *self._archived] if is_every else list(self._plans)
        scope = () if self.shows_others.isChecked() else self._scope
        rows = [plan for plan in found if is_in(plan, scope)]
        self._model.set_rows(rows)
        if rows:
            place = self._model.place_of(lambda row: before is not None and row.id == before.id)
            self._table.selectRow(max(0, place))
        self._say_archive()

    def _open(self, place: int) -> None:
        row = self._model.row_at(place)
        if row.is_archived:
            self.archive_wanted.emit(row.id, False)  # noqa: FBT003 - a Qt signal carries it by position
        self.opened.emit(row.id)

    def _say_archive(self) -> None:
        row = self.current()
        self.archive.setVisible(row is not None)
        say(self.archive, "Take it back" if row is not None and row.is_archived else "Archive")

    def _show_menu(self, at: QPoint) -> None:
        index = self._table.indexAt(at)
        if not index.isValid():
            return
        self._table.selectRow(index.row())
        row, menu = self._model.row_at(index.row()), QMenu(self)
        menu.addAction(icon("target", self._theme), "Open", lambda: self._open(index.row()))
        words = "Take it back" if row.is_archived else "Archive"
        menu.addAction(icon("archive", self._theme), words, self.archive_current)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._table.viewport().mapToGlobal(at))

    def _columns(self) -> list[Column[PlanRow]]:
        return [
            Column("Plan", lambda row: row.name, lambda row: row.name.casefold(), tip=lambda row: row.purpose),
            Column("Community", _community, lambda row: row.community_name.casefold(), tip=_community),
            Column("Day", self._day, lambda row: day_number(row.starts_on, self._today), tip=_dates),
            Column("To do", lambda row: numbers.count(row.todo), lambda row: row.todo, is_number=True),
            Column("Doing", lambda row: numbers.count(row.doing), lambda row: row.doing, is_number=True),
            Column("Done", lambda row: numbers.count(row.done), lambda row: row.done, is_number=True),
            Column("Owner", lambda row: row.owner, lambda row: row.owner.casefold(), tip=lambda row: row.owner),
        ]

    def _day(self, row: PlanRow) -> str:
        if row.is_archived:
            return "Archived"
        words = day_label(row.starts_on, self._today)
        return words[0].upper() + words[1:]


def _community(row: PlanRow) -> str:
    # In a narrow column the name gives way.
    return row.community_name or "All communities" if row.is_here else f"Not mirrored here: {row.community_name}"


def _dates(row: PlanRow) -> str:
    return f"Day 0: {numbers.day(row.starts_on)}"


def _words(row: PlanRow) -> str:
    return f"{row.name} {row.community_name} {row.owner}"
