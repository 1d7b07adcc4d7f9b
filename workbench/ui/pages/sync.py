"""Sync page: where communities come from, how far they are known, what ran, what was held back, and what to add."""

from functools import partial
from typing import ClassVar, Final

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMenu, QScrollArea, QStackedWidget, QTabBar, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ids import CommunityId
from workbench.models.changes import Changes
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.dashboard_data import JustImported
from workbench.ui.pages.import_panel import ImportPanel
from workbench.ui.pages.page import Page
from workbench.ui.pages.sync_accounts import AccountsView
from workbench.ui.pages.sync_archive import ArchivePanel
from workbench.ui.pages.sync_data import SyncData, read_sync
from workbench.ui.pages.sync_tables import HeldBackView, HistoryView
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.drop_area import dropped_paths
from workbench.ui.widgets.state_panel import Offer

ACCOUNTS, HISTORY, HELD_BACK = range(3)
_PLACES: Final = {"accounts": ACCOUNTS, "history": HISTORY, "held-back": HELD_BACK}
_PANEL_WIDTH: Final = 760


class SyncPage(Page):
    """Opened with `import`, `import:NAME`, `archive`, `history`, `held-back` or nothing; files may be dropped on it."""

    KEY: ClassVar[str] = "sync"
    TITLE: ClassVar[str] = "Sync"
    ICON: ClassVar[str] = "arrows-clockwise"
    DEPENDS_ON: ClassVar[Changes] = (
        Changes.ACCOUNTS | Changes.COMMUNITIES | Changes.EVENTS | Changes.COVERAGE | Changes.RUNS | Changes.QUARANTINE
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._sources = context.sources
        self._data: SyncData | None = None
        self._is_adding = False
        self._tabs = QTabBar()
        self._tabs.setAccessibleName("Parts of this page")
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        for title in ("Accounts", "History", "Held back"):
            self._tabs.addTab(title)
        self._views = QStackedWidget()
        self.accounts = AccountsView(context, self._sources)
        self.history = HistoryView(context)
        self.held_back = HeldBackView(context)
        self.importing = ImportPanel(context, self._sources)
        self.archive = ArchivePanel(context, self._sources)
        self._panels = {"import": self._held(self.importing), "archive": self._held(self.archive)}
        for view in (self.accounts, self.history, self.held_back, *self._panels.values()):
            self._views.addWidget(view)
        self.body.setSpacing(12)
        self.body.addWidget(self._tabs)
        self.body.addWidget(self._views, 1)
        self._build_buttons()
        self._connect()
        self.setAcceptDrops(True)

    @override
    def opened(self, argument: object) -> None:
        wanted, _, name = argument.partition(":") if isinstance(argument, str) else ("accounts", "", "")
        if wanted == "import":
            self.importing.start(community=name)
        if wanted in self._panels:
            self._open_panel(wanted)
        elif wanted in _PLACES:
            self._close_panel()
            self._tabs.setCurrentIndex(_PLACES[wanted])

    @override
    def refresh(self) -> None:
        workspace = self.context.workspace
        now = workspace.clock.now()
        self.load(partial(read_sync, workspace.database, now=now), self._on_data)

    @override
    def take_focus(self) -> None:
        if self._is_adding and self._views.currentWidget() is self._panels["archive"]:
            self.archive.take_focus()
        elif self._is_adding:
            self.importing.take_focus()
        else:
            self._tabs.setFocus()

    @override
    def new(self) -> None:
        self._add.showMenu()

    @override
    def find_here(self) -> None:
        self._tabs.setCurrentIndex(HELD_BACK)
        self.held_back.filter.setFocus()

    @override
    def go_back(self) -> bool:
        if not self._is_adding:
            return False
        self._close_panel()
        self._tabs.setFocus()
        return True

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.importing.start()
        self.importing.take(dropped_paths(event.mimeData()))
        self._open_panel("import")

    def _build_buttons(self) -> None:
        actions = self.context.actions
        self._sync = push_button(
            "Sync now", theme=self.theme, icon="arrows-clockwise", clicked=lambda: actions.trigger("sync.now")
        )
        self._add = push_button("Add", theme=self.theme, kind="primary", icon="plus")
        menu = QMenu(self._add)
        for action_id in ("import.mailing_list", "account.add", "sample.install", "sample.remove"):
            menu.addAction(actions.action(action_id))
        self._add.setMenu(menu)
        self.buttons.addWidget(self._sync)
        self.buttons.addWidget(self._add)

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._on_tab)
        self.accounts.held_back_wanted.connect(lambda: self._tabs.setCurrentIndex(HELD_BACK))
        self.importing.left.connect(self._close_panel)
        self.importing.meanwhile.connect(self._close_panel)
        self.importing.held_back_wanted.connect(lambda: self.opened("held-back"))
        self.importing.dashboard_wanted.connect(self._show_imported)
        self.archive.left.connect(self._close_panel)
        self.archive.added.connect(lambda _name: self._close_panel())
        self._sources.changed.connect(self._show_work)
        self.context.actions.action("sync.now").changed.connect(self._show_work)

    def _show_imported(self, community_id: int) -> None:
        self.context.open_page("dashboard", JustImported(CommunityId(community_id)))

    def _held(self, panel: QWidget) -> QScrollArea:
        """A panel of readable width at the start of the page, scrolling where text is large."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        inner = QWidget()
        inner.setProperty("ground", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        panel.setMaximumWidth(self.theme.px(_PANEL_WIDTH))
        self.theme.changed.connect(lambda: panel.setMaximumWidth(self.theme.px(_PANEL_WIDTH)))
        column.addWidget(panel)
        column.addStretch(1)
        area.setWidget(inner)
        return area

    def _open_panel(self, key: str) -> None:
        self._is_adding = True
        self._tabs.hide()
        self._views.setCurrentWidget(self._panels[key])
        if key == "archive":
            self.archive.start()
        self.show_content()
        self.take_focus()

    def _close_panel(self) -> None:
        self._is_adding = False
        self._tabs.show()
        self._views.setCurrentIndex(self._tabs.currentIndex())
        if self._data is None:
            self.mark_stale()
        else:
            self._say_state()

    def _on_tab(self, place: int) -> None:
        if not self._is_adding:
            self._views.setCurrentIndex(place)

    def _on_data(self, data: SyncData) -> None:
        self._data = data
        self.accounts.show_accounts(data.accounts, now=self.context.workspace.clock.now())
        self.history.show_runs(data.runs, is_running=bool(self._sources.running()))
        self.held_back.show_rows(data.held_back, total=data.held_back_total)
        held = f" ({numbers.count(data.held_back_total)})" if data.held_back_total else ""
        self._tabs.setTabText(HELD_BACK, f"Held back{held}")
        self._tabs.setTabVisible(HELD_BACK, data.held_back_total > 0)
        self.set_title(self.TITLE, numbers.plural(len(data.accounts), "account", "accounts") if data.accounts else "")
        self._show_work()
        if not self._is_adding:
            self._say_state()

    def _say_state(self) -> None:
        """First use as long as there is no account and nothing on its way."""
        if self._data is None or self._data.accounts or self._sources.running():
            self.show_content()
            return
        actions = self.context.actions
        self.show_first_use(
            "Nothing has been brought in yet",
            "Here you bring communities in and see how far each of them is known.",
            "Begin with the archive of a mailing list, the address of its web archive, or the sample network.",
            offers=(
                Offer("Import a mailing list", lambda: actions.trigger("import.mailing_list"), "tray"),
                Offer("Add an archive address", lambda: actions.trigger("account.add"), "globe"),
                Offer("Use the sample network", lambda: actions.trigger("sample.install"), "flask"),
            ),
        )

    def _show_work(self) -> None:
        action = self.context.actions.action("sync.now")
        has_sync = any(work.kind.value == "sync" for work in self._sources.running())
        self._sync.setVisible(action.isEnabled())
        self._sync.setEnabled(not has_sync)
