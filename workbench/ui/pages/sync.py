"""Sync page: where communities come from and how far they are known, the outbox, what ran, what was held back."""

from datetime import datetime
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMenu, QTabBar
from typing_extensions import override

from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.kinds import OutboxState
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.page import Page
from workbench.ui.pages.sync_data import SyncData, read_sync
from workbench.ui.pages.sync_panels import JOURNEY, KEYS, SyncPanels
from workbench.ui.pages.sync_views import ACCOUNTS, HELD_BACK, HISTORY, MODULES, OUTBOX, SyncViews
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.drop_area import dropped_paths
from workbench.ui.widgets.state_panel import ways_in

if TYPE_CHECKING:
    from workbench.ui.pages.sync_cards import AccountsView
    from workbench.ui.pages.sync_history import HistoryView
    from workbench.ui.pages.sync_outbox import OutboxView
    from workbench.ui.pages.sync_tables import HeldBackView

_PLACES: Final = {"accounts": ACCOUNTS, "raise": ACCOUNTS, "outbox": OUTBOX, "history": HISTORY, "held-back": HELD_BACK}


class SyncPage(Page):
    """Takes drops. Opened with `import`, `traffic` or `table` (also with `:NAME`), `archive`, `outbox`, `history`.

    Or with `account` to add one; with `account:sign-in:ID`, `account:communities:ID`, `account:limits:ID` to tend one.
    With `raise:ID` the card of an account asks how much more it may cost today.
    """

    KEY: ClassVar[str] = "sync"
    TITLE: ClassVar[str] = "Sync"
    ICON: ClassVar[str] = "arrows-clockwise"
    OWN_PERIOD: ClassVar[tuple[str, str]] = (
        "All time",
        "This page tells of everything that was fetched and sent. The period chosen counts elsewhere.",
    )
    DEPENDS_ON: ClassVar[Changes] = (
        Changes.ACCOUNTS
        | Changes.COMMUNITIES
        | Changes.EVENTS
        | Changes.COVERAGE
        | Changes.RUNS
        | Changes.QUARANTINE
        | Changes.OUTBOX
        | Changes.PREFERENCES
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._sources = context.sources
        self._data: SyncData | None = None
        self._is_adding = False
        self._asked: object = None
        self._tabs = QTabBar()
        self._tabs.setAccessibleName("Parts of this page")
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        for title in ("Accounts", "Outbox", "History", "Held back"):
            self._tabs.addTab(title)
        self._views = SyncViews(context)
        self.panels = SyncPanels(context, self)
        self.body.setSpacing(12)
        self.body.addWidget(self._tabs)
        self.body.addWidget(self._views, 1)
        self._build_buttons()
        self._connect()
        self.setAcceptDrops(True)

    @property
    def accounts(self) -> "AccountsView":
        """A card for each account."""
        return self._views.accounts

    @property
    def outbox(self) -> "OutboxView":
        """What was written here."""
        return self._views.outbox

    @property
    def history(self) -> "HistoryView":
        """What ran."""
        return self._views.history

    @property
    def held_back(self) -> "HeldBackView":
        """What could not be read."""
        return self._views.held_back

    @override
    def opened(self, argument: object) -> None:
        if argument is None and self.panels.is_shown("account", self._views.currentWidget()):
            return  # whoever comes back finds the journey where it was left
        self._asked = argument
        wanted, _, name = argument.partition(":") if isinstance(argument, str) else ("accounts", "", "")
        if wanted == "account" and not self.panels.is_made("account"):
            # Much to load; whoever turns to something else meanwhile is not called back.
            self.context.jobs.run(self, "panel", partial(import_module, JOURNEY), lambda _: self._begin(argument, name))
            return
        if wanted in {"import", "traffic"}:
            self.panels.start_import(community=name, is_traffic=wanted == "traffic")
            wanted = "import"
        if wanted == "table":
            self.panels.tables.start(community=name)
        if wanted == "account":
            self.panels.journey.opened(name)
        if wanted in KEYS:
            self._open_panel(wanted)
        elif wanted in _PLACES:
            self._close_panel()
            self._tabs.setCurrentIndex(_PLACES[wanted])
            if wanted == "raise":
                self._views.ask_raise(int(name))

    def _begin(self, argument: object, name: str) -> None:
        """The journey to an account, once it is loaded."""
        if self._asked == argument:
            self.panels.journey.opened(name)
            self._open_panel("account")

    @override
    def is_settled(self) -> bool:
        return super().is_settled() and self._views.is_whole()

    @override
    def refresh(self) -> None:
        workspace = self.context.workspace
        now = workspace.clock.now()
        self.load(partial(_read, workspace.database, self._views.currentIndex(), now=now), self._on_data)

    @override
    def take_focus(self) -> None:
        if self._is_adding:
            self.panels.take_focus(self._views.currentWidget())
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
            return self._views.leave_question()
        if self.panels.is_shown("account", self._views.currentWidget()) and self.panels.journey.go_back():
            return True
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
        paths = dropped_paths(event.mimeData())
        from workbench.ui.pages.table_import import is_table  # noqa: PLC0415 - with its panel, when something is dropped

        panel, key = (self.panels.tables, "table") if is_table(paths) else (self.panels.importing, "import")
        panel.start()
        panel.take(paths)
        self._open_panel(key)

    def _build_buttons(self) -> None:
        actions = self.context.actions
        self._sync = push_button(
            "Sync now", theme=self.theme, icon="arrows-clockwise", clicked=lambda: actions.trigger("sync.now")
        )
        self._add = push_button("Add", theme=self.theme, kind="primary", icon="plus")
        menu = QMenu(self._add)
        for action_id in (
            "import.mailing_list",
            "import.table",
            "traffic.import",
            "account.add",
            "sample.install",
            "sample.remove",
        ):
            menu.addAction(actions.action(action_id))
        self._add.setMenu(menu)
        self.buttons.addWidget(self._sync)
        self.buttons.addWidget(self._add)

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._on_tab)
        self._views.held_back_wanted.connect(lambda: self._tabs.setCurrentIndex(HELD_BACK))
        self.panels.left.connect(self._leave_panel)
        self.panels.wanted.connect(self.opened)
        self.panels.imported.connect(self._show_imported)
        self._sources.changed.connect(self._show_work)
        self.context.actions.action("sync.now").changed.connect(self._show_work)

    def _show_imported(self, community_id: int) -> None:
        self.context.open_page("dashboard", community_id)

    def _open_panel(self, key: str) -> None:
        self._is_adding = True
        self._asked = None
        self._tabs.hide()
        area = self.panels.area(key)
        if self._views.indexOf(area) < 0:
            self._views.addWidget(area)
        self._views.setCurrentWidget(area)
        if key == "archive":
            self.panels.archive.start()
        self.show_content()
        self.take_focus()

    def _close_panel(self) -> None:
        self._is_adding = False
        self._asked = None
        self._tabs.show()
        self._views.turn_to(self._tabs.currentIndex())
        if self._data is None:
            self.mark_stale()
        else:
            self._say_state()

    def _leave_panel(self) -> None:
        self._close_panel()
        self._tabs.setFocus()

    def _on_tab(self, place: int) -> None:
        if not self._is_adding:
            self._views.turn_to(place)

    def _on_data(self, data: SyncData) -> None:
        self._data = data
        self._views.show_data(data)
        open_items = sum(row.state is not OutboxState.SENT for row in data.outbox)
        self._tabs.setTabText(OUTBOX, f"Outbox ({numbers.count(open_items)})" if open_items else "Outbox")
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
            "Begin with the archive of a mailing list, an account on a platform, or the sample network.",
            offers=ways_in(actions),
        )

    def _show_work(self) -> None:
        action = self.context.actions.action("sync.now")
        self._sync.setVisible(action.isEnabled())
        self._sync.setEnabled(self._sources.on_line() is None)


def _read(database: Database, place: int, *, now: datetime) -> SyncData:
    """Reads the page, and loads the part of it that is shown."""
    if place in MODULES:
        import_module(MODULES[place])
    return read_sync(database, now=now)
