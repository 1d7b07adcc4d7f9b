"""Context: what every page is handed: the workspace, the bridge to threads, the look, scope and period."""

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workbench.ui.actions import ActionRegistry
from workbench.ui.change_bus import ChangeBus
from workbench.ui.jobs import JobRunner
from workbench.ui.period import Period
from workbench.ui.theme import Theme
from workbench.ui.words import error_words

if TYPE_CHECKING:
    # The window paints before anything that opens a profile is loaded.
    from workbench.ids import CommunityId
    from workbench.ui.backup_work import BackupWork
    from workbench.ui.pages.card_maker import CardMaker
    from workbench.ui.pages.plan_desk import PlanDesk
    from workbench.ui.source_work import SourceWork
    from workbench.workspace import Workspace


class PagePart(Enum):
    """A part of a page that stands behind a button of it: what `Page.opened` gets from the palette."""

    COMMUNITY_CARD = auto()
    HEAD_COUNT = auto()
    BENCHMARK = auto()


class Context(QObject):
    """Handed to pages by constructor; nothing in the window is found by any other way.

    `open_page("dashboard", community_id)` asks the window to show a page; the argument reaches `Page.opened`.
    `tell("Plan saved")` shows one short line at the foot of the page for a few seconds, with an optional way back.
    `step_begun` when an edit that can be taken back begins, a step back, or work on another plan: what was offered to
    be taken back before is not the last step any more. `day_turned` when another day began, for all that says "today".
    """

    scope_changed = Signal()
    period_changed = Signal()
    page_wanted = Signal(str, object)
    told = Signal(str, str)
    tables_changed = Signal()
    step_begun = Signal()
    day_turned = Signal()

    def __init__(
        self, workspace: "Workspace", *, jobs: JobRunner, bus: ChangeBus, actions: ActionRegistry, theme: Theme
    ) -> None:
        super().__init__()
        self.workspace = workspace
        self.jobs = jobs
        self.bus = bus
        self.actions = actions
        self.theme = theme
        self._scope: tuple[CommunityId, ...] = ()
        self._period = Period()
        self._shows_tables = False
        self._sources: SourceWork | None = None
        self._backups: BackupWork | None = None
        self._desk: PlanDesk | None = None
        self._maker: CardMaker | None = None

    @property
    def sources(self) -> "SourceWork":
        """Imports and syncs of this window, which go on whatever page is shown."""
        if self._sources is None:
            from workbench.ui.source_work import SourceWork  # noqa: PLC0415 - after the first paint

            self._sources = SourceWork(self)
        return self._sources

    @property
    def desk(self) -> "PlanDesk":
        """The plans under edit: one editor, and one undo history, for each plan, whatever page is shown."""
        if self._desk is None:
            from workbench.ui.pages.plan_desk import PlanDesk  # noqa: PLC0415 - after the first paint

            self._desk = PlanDesk(self, self)
        return self._desk

    @property
    def maker(self) -> "CardMaker":
        """Makes cards from wherever somebody is."""
        if self._maker is None:
            from workbench.ui.pages.card_maker import CardMaker  # noqa: PLC0415 - loads with the first card made

            self._maker = CardMaker(self)
        return self._maker

    @property
    def backups(self) -> "BackupWork":
        """Backups and checks of this window."""
        if self._backups is None:
            from workbench.ui.backup_work import BackupWork  # noqa: PLC0415 - after the first paint

            self._backups = BackupWork(self)
        return self._backups

    @property
    def scope(self) -> "tuple[CommunityId, ...]":
        """The chosen communities; empty means all of them."""
        return self._scope

    def set_scope(self, scope: "tuple[CommunityId, ...]") -> None:
        """Chooses communities for every page."""
        if scope != self._scope:
            self._scope = scope
            self.scope_changed.emit()

    @property
    def period(self) -> Period:
        """The chosen stretch of time."""
        return self._period

    def set_period(self, period: Period) -> None:
        """Chooses the stretch of time for every page."""
        if period != self._period:
            self._period = period
            self.period_changed.emit()

    @property
    def shows_tables(self) -> bool:
        """Whether charts show their numbers as tables."""
        return self._shows_tables

    def set_shows_tables(self, *, shows: bool) -> None:
        """Shows charts as tables, or as charts again, on every page."""
        if shows is not self._shows_tables:
            self._shows_tables = shows
            self.tables_changed.emit()

    def open_page(self, key: str, argument: object = None) -> None:
        """Shows another page; an unknown key is a bug and raises KeyError."""
        self.page_wanted.emit(key, argument)

    def tell(self, words: str, *, action: str = "") -> None:
        """One line that goes by itself; `action` is the id of an action offered beside it, such as `edit.undo`.

        Two ids with a space between offer both.
        """
        self.told.emit(words, action)

    def tell_error(self, error: Exception) -> None:
        """Says in one line what happened and what is safe; what is shown stays as it is."""
        self.tell(" ".join(error_words(error)[0][:2]))
