"""SyncViews: the parts of the Sync page behind its tabs, each loaded off the window and made when it is first shown."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property, partial
from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from workbench.ui.context import Context
from workbench.ui.pages.sync_data import SyncData
from workbench.ui.words import error_words

if TYPE_CHECKING:
    # Each of them takes as long to load as the window may stand still.
    from workbench.ui.pages.sync_cards import AccountsView
    from workbench.ui.pages.sync_history import HistoryView
    from workbench.ui.pages.sync_outbox import OutboxView
    from workbench.ui.pages.sync_tables import HeldBackView

ACCOUNTS, OUTBOX, HISTORY, HELD_BACK = range(4)
MODULES: Final = {
    ACCOUNTS: "workbench.ui.pages.sync_cards",
    OUTBOX: "workbench.ui.pages.sync_outbox",
    HISTORY: "workbench.ui.pages.sync_history",
    HELD_BACK: "workbench.ui.pages.sync_tables",
}


class SyncViews(QStackedWidget):
    """A place for each part, in the order of the tabs; whoever shows more here adds it behind them.

    `held_back_wanted` asks the page to show what was held back.
    """

    held_back_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._data: SyncData | None = None
        self._raise_of: int | None = None
        self._made: dict[int, Callable[[SyncData], object]] = {}
        self._places: list[QVBoxLayout] = []
        for _ in MODULES:
            holder = QWidget()
            place = QVBoxLayout(holder)
            place.setContentsMargins(0, 0, 0, 0)
            self._places.append(place)
            self.addWidget(holder)

    @cached_property
    def accounts(self) -> "AccountsView":
        """A card for each account."""
        from workbench.ui.pages.sync_cards import AccountsView  # noqa: PLC0415 - as said above

        made = AccountsView(self._context, self._context.sources)
        made.held_back_wanted.connect(self.held_back_wanted)
        self._put(ACCOUNTS, made, lambda data: made.show_accounts(data.accounts, now=self._now()))
        if self._raise_of is not None:
            made.ask_raise(self._raise_of)
        return made

    @cached_property
    def outbox(self) -> "OutboxView":
        """What was written here."""
        from workbench.ui.pages.sync_outbox import OutboxView  # noqa: PLC0415 - as said above

        made = OutboxView(self._context)
        made.failed.connect(lambda error: self._context.tell(error_words(error)[0][0]))
        self._put(OUTBOX, made, lambda data: made.show_rows(data.outbox, now=self._now()))
        return made

    @cached_property
    def history(self) -> "HistoryView":
        """What ran."""
        from workbench.ui.pages.sync_history import HistoryView  # noqa: PLC0415 - as said above

        made, sources = HistoryView(self._context), self._context.sources

        def show(data: SyncData) -> None:
            made.show_runs(data.runs, is_running=bool(sources.running()))
            made.show_cost(data.cost, of_runs=data.cost_of_runs, of_removed=data.cost_of_removed)

        self._put(HISTORY, made, show)
        return made

    @cached_property
    def held_back(self) -> "HeldBackView":
        """What could not be read."""
        from workbench.ui.pages.sync_tables import HeldBackView  # noqa: PLC0415 - as said above

        made = HeldBackView(self._context)
        self._put(HELD_BACK, made, lambda data: made.show_rows(data.held_back, total=data.held_back_total))
        return made

    def ask_raise(self, account_id: int) -> None:
        """Asks on the card of an account, once that is shown, how much more it may cost today."""
        if ACCOUNTS in self._made:
            self.accounts.ask_raise(account_id)
        else:
            self._raise_of = account_id

    def leave_question(self) -> bool:
        """Esc: what is asked on a card stays as it is; False where nothing is asked."""
        return self.currentIndex() == ACCOUNTS and ACCOUNTS in self._made and self.accounts.leave_question()

    def is_whole(self) -> bool:
        """Whether the part that is shown has been made, and everything in it."""
        shown = self.currentIndex()
        if shown not in MODULES:
            return True
        if shown not in self._made:
            return self._data is None
        return shown not in {ACCOUNTS, OUTBOX} or (self.accounts if shown == ACCOUNTS else self.outbox).is_whole

    def turn_to(self, place: int) -> None:
        """Shows a part; one that was never shown comes a moment later."""
        self.setCurrentIndex(place)
        if place not in self._made and self._data is not None:
            load = partial(import_module, MODULES[place])
            self._context.jobs.run(self, f"part {place}", load, lambda _module: self._make(place))

    def show_data(self, data: SyncData) -> None:
        """Fills the part that is shown and those that were; the others wait until they are."""
        self._data = data
        for fill in list(self._made.values()):
            fill(data)
        self._make(self.currentIndex())

    def _make(self, place: int) -> None:
        """Makes a part where it is not there yet."""
        parts: dict[int, Callable[[], QWidget]] = {
            ACCOUNTS: lambda: self.accounts, OUTBOX: lambda: self.outbox,
            HISTORY: lambda: self.history, HELD_BACK: lambda: self.held_back,
        }  # fmt: skip
        if place in parts:
            parts[place]()

    def _put(self, place: int, made: QWidget, fill: Callable[[SyncData], object]) -> None:
        self._places[place].addWidget(made)
        self._made[place] = fill
        if self._data is not None:
            fill(self._data)

    def _now(self) -> datetime:
        return self._context.workspace.clock.now()
