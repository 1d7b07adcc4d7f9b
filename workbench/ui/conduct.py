"""Conduct: what the window's own actions do, and what keeps rail, bars and palette up to date."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from workbench.ids import AccountId, CommunityId
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.models.kinds import CardKind
from workbench.queries.communities import community_names
from workbench.queries.plans import list_plans
from workbench.queries.rollup import has_offices
from workbench.queries.sources import list_sources
from workbench.sync.platforms import TITLES
from workbench.ui import numbers
from workbench.ui.actions import keys_text
from workbench.ui.ahead_work import AheadWork
from workbench.ui.context import Context
from workbench.ui.day_watch import DayWatch
from workbench.ui.exchange_watch import ExchangeWatch
from workbench.ui.file_drops import FileDrops
from workbench.ui.main_window import PAGES, MainWindow
from workbench.ui.pages.card_seed import CardSeed
from workbench.ui.pages.page import Page
from workbench.ui.palette_found import found_entries
from workbench.ui.palette_places import PAGE_WORDS, place_entries
from workbench.ui.period import PERIOD_TITLES, Period, PeriodKind
from workbench.ui.progress_words import wait_words
from workbench.ui.status_row import StatusRow, read_status
from workbench.ui.status_words import Step, parts, portal_address, unfinished_words
from workbench.ui.sync_clock import SyncClock
from workbench.ui.theme import ThemeMode
from workbench.ui.widgets.palette import Entry, Palette
from workbench.ui.widgets.period_popup import PeriodPopup
from workbench.ui.widgets.scope_popup import ScopePopup
from workbench.ui.widgets.toast import Toast
from workbench.ui.work import Work, WorkKind

_MINUTE_MILLISECONDS: Final = 60_000
_TEXT_STEP: Final = 0.1
_STATUS: Final = (
    Changes.ACCOUNTS | Changes.COMMUNITIES | Changes.RUNS | Changes.QUARANTINE | Changes.OUTBOX | Changes.PREFERENCES
)

_STEPS: Final = ("edit.undo", "edit.redo")


class Conduct(QObject):
    """Made once the workspace is open; everything here runs after the first paint."""

    def __init__(self, window: MainWindow, context: Context) -> None:
        super().__init__(window)
        self._window, self._context = window, context
        self._names: dict[CommunityId, str] = {}
        self._left: frozenset[CommunityId] = frozenset()
        self._plans: list[tuple[str, str]] = []
        self._accounts: dict[AccountId, str] = {}
        self._status: StatusRow | None = None
        self.toast = Toast(window, context.theme, context.actions, over=window.status, free=window.status.free)
        window.status.arranged.connect(self.toast.place)
        self.palette = Palette(window, context.theme, entries=self._entries, look_up=self._look_up)
        self._bind()
        context.told.connect(self.toast.say)
        # What can be taken back is the last step of the page in sight, and no longer the one that was told.
        context.step_begun.connect(self._withdraw_steps)
        window.page_shown.connect(self._withdraw_steps)
        window.page_shown.connect(self._show_period)
        context.scope_changed.connect(self._show_scope)
        context.period_changed.connect(self._show_period)
        context.bus.changed.connect(self._on_changed)
        window.top.searched.connect(self._search)
        self._sources = context.sources
        self.clock = SyncClock(context)
        self.ahead = AheadWork(context)
        self.days = DayWatch(context)
        self._sources.link.changed.connect(self._show_status)
        self._sources.changed.connect(self._on_work)
        self._running: tuple[str, float | None] | None = None
        window.status.stepped.connect(self._take_step)
        QTimer.singleShot(0, self._sources.link, self._sources.link.start)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MILLISECONDS)
        self._minute.timeout.connect(self._read_status)
        self._minute.timeout.connect(self.days.look)
        self._minute.start()
        self._show_scope()
        self._show_period()
        self._read_names()
        self._read_status()
        self._read_rollup()
        self.drops = FileDrops(window, window.open_page)
        self.watch = ExchangeWatch(context, self)
        self.watch.look()

    def _bind(self) -> None:
        context, theme = self._context, self._context.theme
        deeds: dict[str, Callable[[], object]] = {
            "new": lambda: self._on_page(lambda page: page.new()),
            "find": lambda: self._on_page(lambda page: page.find_here()),
            "edit.undo": lambda: self._step_back(lambda page: page.undo()),
            "edit.redo": lambda: self._step_back(lambda page: page.redo()),
            "back": self._window.go_back,
            "palette": self.palette.open,
            "search": self._focus_search,
            "scope.choose": self._choose_scope,
            "scope.all": lambda: context.set_scope(()),
            "period.choose": self._choose_period,
            "help": lambda: self._window.open_page("help"),
            # Here as well as on its own page, which is loaded only when it is first shown.
            "plan.new": lambda: self._window.open_page("plans", "new"),
            "commitment.new": self._begin_commitment,
            "plan.send": lambda: self._window.open_page("exchange", "send:"),
            "plan.receive": lambda: self._window.open_page("exchange", "receive"),
            "plan.choices": lambda: self._window.open_page("exchange", "choices:"),
            "plan.copies": lambda: self._window.open_page("exchange", "copies:"),
            "partners.open": lambda: self._window.open_page("exchange", "partners"),
            "rollup.open": lambda: self._window.open_page("rollup"),
            "rollup.send": lambda: self._window.open_page("rollup", "send"),
            "jobs.cancel": context.jobs.cancel_all,
            "app.quit": self._window.close,
            "rail.toggle": self._window.toggle_rail,
            "inspector.toggle": self._window.toggle_inspector,
            "table.toggle": lambda: context.set_shows_tables(shows=not context.shows_tables),
            "theme.system": lambda: theme.set_mode(ThemeMode.SYSTEM),
            "theme.light": lambda: theme.set_mode(ThemeMode.LIGHT),
            "theme.dark": lambda: theme.set_mode(ThemeMode.DARK),
            "text.larger": lambda: theme.set_text_scale(theme.text_scale + _TEXT_STEP),
            "text.smaller": lambda: theme.set_text_scale(theme.text_scale - _TEXT_STEP),
            "text.normal": lambda: theme.set_text_scale(1.0),
            "about": lambda: self._window.open_page("help"),
        }
        for action_id, deed in deeds.items():
            context.actions.bind(action_id, deed)
        for action_id in _STEPS:
            context.actions.action(action_id).setEnabled(False)
        self._window.top.connect_actions()

    def _begin_commitment(self) -> None:
        self._context.maker.begin(CardSeed(kind=CardKind.COMMITMENT), self._window.top)

    def _on_page(self, act: Callable[[Page], object]) -> None:
        page = self._window.page()
        if page is not None:
            act(page)

    def _step_back(self, act: Callable[[Page], object]) -> None:
        self._withdraw_steps()
        self._on_page(act)

    def _withdraw_steps(self) -> None:
        for action_id in _STEPS:
            self.toast.withdraw(action_id)

    # Scope and period

    def _show_scope(self) -> None:
        scope = self._context.scope
        if not scope:
            words = "All communities"
        elif len(scope) == 1:
            words = self._names.get(scope[0], "1 community")
        else:
            words = f"{numbers.count(len(scope))} communities"
        self._window.top.scope.set_words(words)

    def _show_period(self) -> None:
        page = self._window.page()
        own, why = ("", "") if page is None else page.OWN_PERIOD
        if own:
            self._window.top.period.set_words(own, why_not=why)
            return
        period = self._context.period
        words = PERIOD_TITLES[period.kind]
        if period.kind is PeriodKind.CUSTOM and period.first is not None and period.last is not None:
            words = f"{numbers.day(period.first)} – {numbers.day(period.last)}"
        self._window.top.period.set_words(words)

    def _choose_scope(self) -> None:
        button = self._window.top.scope
        named = sorted(self._names.items(), key=lambda one: (one[0] in self._left, one[1].casefold()))
        named = [(one, f"{name}, no longer followed" if one in self._left else name) for one, name in named]
        popup = ScopePopup(
            self._context.theme, button, communities=named, scope=self._context.scope, chosen=self._context.set_scope
        )
        popup.open_at(button)

    def _choose_period(self) -> None:
        button = self._window.top.period
        if not button.isEnabled():
            self._context.tell(button.toolTip())
            return
        today = self._context.workspace.clock.now().date()

        def chosen(period: Period) -> None:
            self._context.set_period(period)

        popup = PeriodPopup(self._context.theme, button, period=self._context.period, today=today, chosen=chosen)
        popup.open_at(button)

    # Search and palette

    def _focus_search(self) -> None:
        self._window.top.search.setFocus()
        self._window.top.search.selectAll()

    def _search(self, text: str) -> None:
        if text.strip() and self._has_page("conversations"):
            self._window.open_page("conversations", text.strip())

    def _entries(self) -> Sequence[Entry]:
        context, window = self._context, self._window
        entries = [
            Entry(
                spec.title, "Page" if spec.id.startswith("page.") else spec.group.value, spec.icon or "circle",
                partial(context.actions.trigger, spec.id), keys_text(spec),
                f"{spec.words} {PAGE_WORDS.get(spec.id.removeprefix('page.'), '')}",
            )
            for spec in context.actions
            if context.actions.action(spec.id).isEnabled() and spec.id != "palette"
        ]  # fmt: skip
        entries.sort(key=lambda entry: entry.kind != "Page")
        entries += place_entries(window.open_page, self._accounts)
        entries += [
            Entry(name, "Community", "users-three", partial(window.open_page, "dashboard", one))
            for one, name in sorted(self._names.items(), key=lambda pair: pair[1].casefold())
        ]
        if self._has_page("plans"):
            entries += [
                Entry(name, "Plan", "target", partial(window.open_page, "plans", one)) for one, name in self._plans
            ]
        return entries

    def _look_up(self, text: str, answer: Callable[[str, Sequence[Entry]], object]) -> None:
        if not self._has_page("members"):
            return
        job = partial(found_entries, self._context.workspace.database, text, self._window.open_page)

        def found(entries: list[Entry]) -> None:
            answer(text, entries)

        self._context.jobs.run(self, "people", job, found)

    def _has_page(self, key: str) -> bool:
        return any(entry.key == key for entry in PAGES)

    # What the bars show

    def _on_changed(self, changes: Changes) -> None:
        if changes & (Changes.COMMUNITIES | Changes.PLANS):
            self._read_names()
        if changes & _STATUS:
            self._read_status()
        if changes & Changes.ROLLUP:
            self._read_rollup()

    def _read_rollup(self) -> None:
        database, rail = self._context.workspace.database, self._window.rail
        self._context.jobs.run(
            self, "rollup", lambda: _has_rollup(database), lambda has: rail.set_shown("rollup", is_shown=has)
        )

    def _read_names(self) -> None:
        database = self._context.workspace.database
        self._context.jobs.run(self, "names", lambda: _names(database), self._on_names)

    def _on_names(self, found: "_Names") -> None:
        self._names, self._plans, self._left, self._accounts = found
        gone = [one for one in self._context.scope if one not in self._names]
        if gone:
            self._context.set_scope(tuple(one for one in self._context.scope if one in self._names))
        self._show_scope()

    def _read_status(self) -> None:
        workspace = self._context.workspace
        now = workspace.clock.now()
        self._context.jobs.run(self, "status", lambda: read_status(workspace.database, now=now), self._on_status)

    def _on_status(self, status: StatusRow) -> None:
        if self._status is None and (words := unfinished_words(status)):
            self._context.tell(words, action="sync.now")
        self._status = status
        self._show_status()
        asks = status.decisions + status.sign_ins
        self._window.rail.set_number("sync", numbers.count(asks) if asks else "")
        self.clock.look(status)

    def _show_status(self) -> None:
        if self._status is None:
            return
        work, now = self._sources.on_line(), self._context.workspace.clock.now()
        self._running = _told_of(work)
        self._window.status.show_parts(
            parts(
                self._status,
                self._sources.link.state,
                running=None if work is None else work.account,
                waiting="" if work is None else wait_words(work.progress, now=now),
                is_check=work is not None and work.kind is WorkKind.CHECK,
                now=now,
            )
        )

    def _on_work(self) -> None:
        if self._running != _told_of(self._sources.on_line()):
            self._show_status()

    def _take_step(self, step: Step) -> None:
        window, actions = self._window, self._context.actions
        steps: dict[Step, Callable[[], object]] = {
            Step.OPEN_SYNC: lambda: window.open_page("sync", "accounts"),
            Step.OPEN_OUTBOX: lambda: window.open_page("sync", "outbox"),
            Step.OPEN_HELD_BACK: lambda: window.open_page("sync", "held-back"),
            Step.OPEN_SIGN_IN_PAGE: self._open_portal,
            Step.SYNC_NOW: lambda: actions.trigger("sync.now"),
            Step.STOP: self._sources.stop_syncs,
            Step.PAUSE: lambda: self.clock.pause_all(is_paused=True),
            Step.RESUME: lambda: self.clock.pause_all(is_paused=False),
        }
        steps[step]()

    def _open_portal(self) -> None:
        if self._status is not None:
            QDesktopServices.openUrl(QUrl(portal_address(self._status)))


class _Names(NamedTuple):
    """What goes by a name; `left` are communities that are no longer followed, whose messages are here still.

    `accounts` are those on a line.
    """

    communities: dict[CommunityId, str]
    plans: list[tuple[str, str]]
    left: frozenset[CommunityId]
    accounts: dict[AccountId, str]


def _told_of(work: Work | None) -> tuple[str, float | None] | None:
    """What the status bar tells of the work on the line."""
    return None if work is None else (work.account, None if work.progress is None else work.progress.waits_until)


def _names(database: Database) -> _Names:
    with database.read() as reader:
        sources = list_sources(reader)
        left = frozenset(row.community_id for row in sources if not row.is_followed)
        plans: list[tuple[str, str]] = [(one.id, one.name) for one in list_plans(reader) if not one.is_archived]
        accounts = {row.account_id: row.account for row in sources if row.kind in TITLES}
        return _Names(community_names(reader), plans, left, accounts)


def _has_rollup(database: Database) -> bool:
    with database.read() as reader:
        return has_offices(reader)
