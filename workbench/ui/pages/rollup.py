"""Roll-up page: what offices told headquarters: offices, plans and measures, with what is missing named."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu, QStackedWidget, QTabBar, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.models.changes import Changes
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.page import NO_PERIOD, Page
from workbench.ui.pages.rollup_data import expect_list, read_plan, read_report, write_tables
from workbench.ui.pages.rollup_forget import RollupForgetPanel
from workbench.ui.pages.rollup_import import RollupImportPanel
from workbench.ui.pages.rollup_plan import RollupPlanView
from workbench.ui.pages.rollup_send import OfficeSendPanel
from workbench.ui.pages.rollup_store import RollupStorePanel
from workbench.ui.qt_models.rollup_tables import (
    MEASURE_WIDTHS,
    OFFICE_GIVES_WAY,
    OFFICE_WIDTHS,
    PLAN_GIVES_WAY,
    PLAN_WIDTHS,
    MeasureTableModel,
    OfficeTableModel,
    PlanLineTableModel,
)
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.filter_box import FilterBox
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.state_panel import Offer, StateWords
from workbench.ui.widgets.table_view import TableView
from workbench.ui.words import error_words

if TYPE_CHECKING:
    from workbench.export.rollup_report import PlanDetail, RollupReport

PLANS, OFFICES, MEASURES = range(3)
_TITLES: Final = ("Plans", "Offices", "Measures")
_NAMED: Final = 8
IMPORT, SEND, STORE = "import", "send", "store"


class RollupPage(Page):
    """Opened with `import` or `import:FOLDER`, `send` for an office, `store` for where the tables lie, else the tables.

    Enter on a plan opens it; Delete on an office asks whether what it told shall be forgotten.
    """

    KEY: ClassVar[str] = "rollup"
    TITLE: ClassVar[str] = "Roll-up"
    ICON: ClassVar[str] = "buildings"
    OWN_PERIOD: ClassVar[tuple[str, str]] = NO_PERIOD
    DEPENDS_ON: ClassVar[Changes] = Changes.ROLLUP

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._report: RollupReport | None = None
        self._texts = ["" for _title in _TITLES]
        self._part: QWidget | None = None
        self.plans, self.offices, self.measures = PlanLineTableModel(), OfficeTableModel(), MeasureTableModel()
        self.importing, self.sending, self.plan = (
            RollupImportPanel(context),
            OfficeSendPanel(context),
            RollupPlanView(context),
        )
        self.store, self.forgetting = RollupStorePanel(context), RollupForgetPanel(context)
        self.missing = Notice(self.theme, icon="circle-dashed")
        self.filter = FilterBox(self.theme, hint="Filter")
        self._tabs = QTabBar()
        self._tabs.setAccessibleName("Parts of this page")
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        for title in _TITLES:
            self._tabs.addTab(title)
        self._build()
        self._listen()

    # What the window asks for

    @override
    def refresh(self) -> None:
        self.load(partial(read_report, self.context.workspace), self._on_report)

    @override
    def opened(self, argument: object) -> None:
        wanted, _, rest = argument.partition(":") if isinstance(argument, str) else ("", "", "")
        if wanted == IMPORT:
            self.importing.start()
            self._show(self.importing)
            if rest:
                self.importing.take(Path(rest))
        elif wanted == SEND:
            self.sending.start()
            self._show(self.sending)
        elif wanted == STORE:
            self.store.start()
            self._show(self.store)
        elif self._part is not None and self._part is not self.importing:
            self._show(None)

    @override
    def is_settled(self) -> bool:
        return super().is_settled() and self.importing.is_settled() and self.store.is_settled()

    @override
    def take_focus(self) -> None:
        for part in (self.importing, self.sending, self.store, self.forgetting):
            if self._part is part:
                part.take_focus()
                return
        if self._part is not None:
            self._part.setFocus()
        else:
            self._views[self._tables.currentIndex()].setFocus()

    @override
    def go_back(self) -> bool:
        if self._part is None:
            return False
        self._show(None)
        return True

    @override
    def show_error(self, error: Exception) -> None:
        words, details = error_words(error)
        # What was read before says nothing of now.
        self._report = None
        self._say_title()
        offers = (
            Offer("Try again", self.refresh, "arrow-clockwise"),
            Offer("Where the tables lie…", partial(self.opened, STORE), "database"),
        )
        self.show_state(StateWords(words[0], tuple(words[1:]), "warning-circle", offers, details))

    @override
    def find_here(self) -> None:
        self._show(None)
        self.filter.setFocus()

    # What people do

    def turn_to(self, place: int) -> None:
        """Shows one of the tables."""
        self._tabs.setCurrentIndex(place)

    def open_plan(self, row: int) -> None:
        """Shows one plan of one office."""
        plan = self.plans.row_at(row).plan
        job = partial(read_plan, self.context.workspace, plan.office_id, plan.plan_id)
        self.context.jobs.run(self, "plan", job, self._on_plan, self._on_failed)

    def open_office(self, row: int) -> None:
        """Shows the plans of one office."""
        name = self.offices.row_at(row).name
        self.turn_to(PLANS)
        self.filter.setText(name)

    def ask_to_forget(self) -> None:
        """Names what goes with the office that is chosen in its table, and asks."""
        row = self._views[OFFICES].currentIndex().row()
        office = self.offices.row_at(row) if row >= 0 else None
        if self._tabs.currentIndex() != OFFICES or office is None or office.heard_at is None:
            self.turn_to(OFFICES)
            self.context.tell("Choose an office that told something, then forget it.")
            return
        self.forgetting.ask(office.office_id)
        self._show(self.forgetting)

    def export(self, out: Path) -> None:
        """Writes the tables; the ending says in which form."""
        job = partial(write_tables, self.context.workspace, out)
        self.context.jobs.run(self, "export", job, self._on_exported, self._on_failed, title=f"Saving {out.name}")

    def expect(self, path: Path) -> None:
        """Puts the offices of a list on the list of those waited for."""
        job = partial(expect_list, self.context.workspace, path)
        self.context.jobs.run(self, "expect", job, self._on_expected, self._on_failed)

    # Frame

    def _build(self) -> None:
        self._tables = QStackedWidget()
        self._views: list[TableView] = []
        for model, name, widths, gives_way in (
            (self.plans, "Plans of offices", PLAN_WIDTHS, PLAN_GIVES_WAY),
            (self.offices, "Offices", OFFICE_WIDTHS, OFFICE_GIVES_WAY),
            (self.measures, "Measures", MEASURE_WIDTHS, ()),
        ):
            view = TableView(self.theme, name=name)
            view.setModel(model)
            view.setSortingEnabled(True)
            view.sortByColumn(0, view.horizontalHeader().sortIndicatorOrder().AscendingOrder)
            view.set_widths(widths, gives_way=gives_way)
            self._tables.addWidget(view)
            self._views.append(view)
        table = QWidget()
        column = QVBoxLayout(table)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._tabs)
        column.addWidget(self.missing)
        column.addWidget(self._tables, 1)
        self._table = table
        self._inner = QStackedWidget()
        for part in (table, self.importing, self.sending, self.plan, self.store, self.forgetting):
            self._inner.addWidget(part)
        self.body.addWidget(self._inner, 1)
        self._up = push_button("Roll-up", theme=self.theme, kind="link", clicked=partial(self._show, None))
        self._up.hide()
        self.lead.addWidget(self._up)
        self._take = push_button("Take in a folder…", theme=self.theme, kind="primary", icon="folder-open")
        self._take.clicked.connect(lambda: self.opened(IMPORT))
        self._more = push_button("More", theme=self.theme, icon="dots-three")
        menu = QMenu(self._more)
        for title, act in (
            ("Save as a workbook (.xlsx)…", partial(self._choose_out, "xlsx")),
            ("Save the plans as a table (.csv)…", partial(self._choose_out, "csv")),
            ("Read the list of offices (.csv)…", self._choose_list),
            ("Forget what this office told…", self.ask_to_forget),
            ("Where the tables lie…", partial(self.opened, STORE)),
        ):
            menu.addAction(title).triggered.connect(act)
        self._more.setMenu(menu)
        for widget in (self.filter, self._more, self._take):
            self.buttons.addWidget(widget)

    def _listen(self) -> None:
        self._tabs.currentChanged.connect(self._on_tab)
        self.filter.textChanged.connect(self._on_filter)
        self._views[PLANS].opened.connect(self.open_plan)
        self._views[OFFICES].opened.connect(self.open_office)
        for panel in (self.importing, self.store, self.forgetting):
            panel.left.connect(partial(self._show, None))
        self.store.chosen.connect(self._on_store)
        forget = QShortcut(QKeySequence(Qt.Key.Key_Delete), self._views[OFFICES])
        forget.setContext(Qt.ShortcutContext.WidgetShortcut)
        forget.activated.connect(self.ask_to_forget)
        self.importing.imported.connect(self.mark_stale)
        self.sending.partners_wanted.connect(lambda: self.context.open_page("exchange", "partners"))

    def _show(self, panel: QWidget | None) -> None:
        self._part = panel
        self._inner.setCurrentWidget(panel or self._table)
        is_empty = self._report is None or not self._report.offices
        self._up.setVisible(panel is not None and not (panel is self.sending and is_empty))
        self._say_title()
        if panel is None and self._report is not None:
            self._say_state(self._report)
        else:
            self.show_content()
        self.take_focus()

    def _say_title(self) -> None:
        titles: dict[QWidget | None, str] = {
            self.importing: "Take in office files",
            self.sending: "Send to headquarters",
            self.plan: "Plan",
            self.store: "Where the tables lie",
            self.forgetting: "Forget an office",
        }
        has_offices = self._report is not None and bool(self._report.offices)
        is_table = self._part is None and has_offices
        words = self._report.coverage_words if self._report is not None and is_table else ""
        self.set_title(titles.get(self._part, self.TITLE))
        self.set_note(words, icon="buildings", token="second")
        for widget in (self.filter, self._more, self._take):
            widget.setVisible(is_table)

    # Reading

    def _on_report(self, report: "RollupReport") -> None:
        is_first, self._report = self._report is None, report
        self.plans.set_rows([line for line in report.plans if not line.plan.is_archived])
        self.offices.set_rows(report.offices)
        self.measures.set_rows(report.measures)
        self._tabs.setTabText(PLANS, f"Plans ({numbers.count(self.plans.total)})")
        self._tabs.setTabText(OFFICES, f"Offices ({numbers.count(self.offices.total)})")
        self.missing.say(missing_words(report))
        self._say_title()
        if is_first and not self.plans.total:
            self.turn_to(OFFICES)
        if self._part is None:
            self._say_state(report)

    def _say_state(self, report: "RollupReport") -> None:
        model, text = (self.plans, self.offices, self.measures)[self._tables.currentIndex()], self.filter.text()
        if report.offices and text and not model.rowCount():
            self.show_empty_by_filter(f"Nothing in this table holds “{text}”.", self.filter.clear)
            return
        if report.offices:
            self.show_content()
            return
        self.show_first_use(
            "Roll up what offices send",
            "Each office sends one small sealed file a week: counts and the state of its plans, no names. Put them "
            "into one folder and take it in. Partner files are exchanged first: only files of partners are taken in.",
            "With a list of offices, what did not come is named and never taken for zero.",
            offers=(
                Offer("Take in a folder…", partial(self.opened, IMPORT), "folder-open"),
                Offer("Read the list of offices…", self._choose_list, "list-bullets"),
                Offer("Where the tables lie…", partial(self.opened, STORE), "database"),
            ),
        )

    def _on_plan(self, detail: "PlanDetail") -> None:
        self.plan.show_plan(detail)
        self._show(self.plan)
        self.set_title("Plan", f"{detail.line.plan.name}, {detail.line.office.name}")

    def _on_store(self) -> None:
        self._report = None
        self._show(None)
        self.refresh()

    def _on_tab(self, place: int) -> None:
        """Each table has a filter of its own: an office that narrows the plans says nothing of measures."""
        self._tables.setCurrentIndex(place)
        self.filter.setText(self._texts[place])
        if self._report is not None and self._part is None:
            self._say_state(self._report)

    def _on_filter(self, text: str) -> None:
        place = self._tabs.currentIndex()
        self._texts[place] = text
        (self.plans, self.offices, self.measures)[place].set_filter(text)
        if self._report is not None and self._part is None:
            self._say_state(self._report)

    def _on_exported(self, answer: tuple[Path, int]) -> None:
        path, size = answer
        self.context.tell(f"Saved {path.name}, {numbers.size(size)}.")

    def _on_expected(self, answer: tuple[int, Changes]) -> None:
        count, changes = answer
        self.context.bus.publish(changes)
        self.context.tell(f"{numbers.plural(count, 'office is', 'offices are')} on the list now.")
        self.mark_stale()

    def _on_failed(self, error: Exception) -> None:
        self.context.tell(" ".join(error_words(error)[0]))

    def _choose_out(self, ending: str) -> None:
        name, _filter = QFileDialog.getSaveFileName(self, "Save the roll-up", f"Roll-up.{ending}", f"*.{ending}")
        if name:
            self.export(Path(name) if Path(name).suffix else Path(f"{name}.{ending}"))

    def _choose_list(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(
            self, "Read the list of offices", "", "Tables (*.csv);;All files (*)"
        )
        if name:
            self.expect(Path(name))


def missing_words(report: "RollupReport") -> str:
    """Which offices of the list nothing came from, and which files have gaps; empty where all is there."""
    parts = []
    silent = [office.name for office in report.silent]
    if silent:
        more = f" and {numbers.count(len(silent) - _NAMED)} more" if len(silent) > _NAMED else ""
        parts.append(f"Nothing came from {', '.join(silent[:_NAMED])}{more}.")
    if report.troubled:
        parts.append(
            f"Files are missing or came twice from {', '.join(each.name for each in report.troubled[:_NAMED])}."
        )
    return " ".join(parts)
