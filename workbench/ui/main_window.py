"""MainWindow: rail, top bar, pages, details, running work and status bar; no logic of any page."""

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from workbench.ui import icons
from workbench.ui.actions import ActionRegistry, ActionSpec, Group
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import press_focused
from workbench.ui.widgets.rail import Rail, RailItem
from workbench.ui.widgets.status_bar import StatusBar
from workbench.ui.widgets.top_bar import SEARCHES, TopBar
from workbench.ui.window_state import WindowState

if TYPE_CHECKING:
    # Pages and what they are made of come in after the first paint.
    from workbench.ui.context import Context
    from workbench.ui.pages.page import Page
    from workbench.ui.widgets.state_panel import StatePanel, StateWords

MINIMUM: Final = (1024, 640)
USUAL: Final = (1366, 768)
RAIL_WIDE_FROM: Final = 1200
INSPECTOR_WIDTH: Final = 336
_INSPECTOR_SHARE: Final = 0.42
_DIGITS: Final = 9


class PageEntry(NamedTuple):
    """One page; its module is imported when it is first shown. A page without `in_rail` is reached from others."""

    key: str
    title: str
    icon: str
    place: str
    is_foot: bool = False
    in_rail: bool = True
    comes_later: bool = False
    """Whether the rail leaves it out until there is something behind it."""

    @property
    def module(self) -> str:
        """Where the page's class stands."""
        return self.place.partition(":")[0]

    def load(self) -> "type[Page]":
        """The page's class."""
        loaded: type[Page] = getattr(import_module(self.module), self.place.partition(":")[2])
        return loaded


PAGES: Final[tuple[PageEntry, ...]] = (
    PageEntry("today", "Today", "sun-horizon", "workbench.ui.pages.today:TodayPage"),
    PageEntry("communities", "Communities", "users-three", "workbench.ui.pages.communities:CommunitiesPage"),
    PageEntry("dashboard", "Dashboard", "chart-line", "workbench.ui.pages.dashboard:DashboardPage", in_rail=False),
    PageEntry("scorecard", "Scorecard", "gauge", "workbench.ui.pages.scorecard:ScorecardPage", in_rail=False),
    PageEntry("growth", "Growth", "trend-up", "workbench.ui.pages.growth:GrowthPage", in_rail=False),
    PageEntry("dialogue", "Dialogue", "chats-circle", "workbench.ui.pages.dialogue:DialoguePage", in_rail=False),
    PageEntry("comparison", "Comparison", "columns", "workbench.ui.pages.comparison:ComparisonPage", in_rail=False),
    PageEntry("conversations", "Conversations", "chats", "workbench.ui.pages.conversations:ConversationsPage"),
    PageEntry("questions", "Questions", "question", "workbench.ui.pages.questions:QuestionsPage"),
    PageEntry("members", "Members", "address-book", "workbench.ui.pages.members:MembersPage"),
    PageEntry("network", "Network", "tree-structure", "workbench.ui.pages.network:NetworkPage"),
    PageEntry("plans", "Plans", "target", "workbench.ui.pages.plans:PlansPage"),
    PageEntry(
        "exchange", "Exchange", "arrows-left-right", "workbench.ui.pages.plan_exchange:ExchangePage", in_rail=False
    ),
    PageEntry("sync", "Sync", "arrows-clockwise", "workbench.ui.pages.sync:SyncPage", is_foot=True),
    PageEntry("settings", "Settings", "gear", "workbench.ui.pages.settings:SettingsPage", is_foot=True),
    PageEntry("rollup", "Roll-up", "buildings", "workbench.ui.pages.rollup:RollupPage", comes_later=True),
    PageEntry("help", "Keys and help", "question", "workbench.ui.pages.help:HelpPage", in_rail=False),
)
"""Every page, in the order of the rail; Ctrl+1 to Ctrl+9 follow it."""


class MainWindow(QWidget):
    """Paints its frame at once; pages come with `start(context)` when the workspace is open.

    `painted` is sent after the first paint, `closing` before the window goes.
    """

    painted = Signal()
    closing = Signal()
    page_shown = Signal(str)

    def __init__(self, *, theme: Theme, actions: ActionRegistry, state: WindowState) -> None:
        super().__init__()
        self.theme, self._registry = theme, actions
        self._state = state
        self._context: Context | None = None
        self._entries = {entry.key: entry for entry in PAGES}
        self._pages: dict[str, Page] = {}
        self._past: list[tuple[str, object]] = []
        self._typed_at: QWidget | None = None
        self._here: tuple[str, object] | None = None
        self._rail_choice = state.rail
        self._shows_inspector = state.shows_inspector
        self._was_painted = False
        self._failure: StatePanel | None = None
        self.setWindowTitle("Community Workbench")
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(*MINIMUM)
        self.resize(*USUAL)
        if state.geometry:
            self.restoreGeometry(QByteArray.fromBase64(state.geometry.encode("ascii")))
        icons.leave_out()
        self._add_page_actions()
        self._build()
        theme.dress(self)

    # Pages

    def start(self, context: "Context") -> None:
        """Shows the first page; called once, when the workspace is open."""
        from workbench.ui.focus_keeper import FocusKeeper  # noqa: PLC0415 - after the first paint
        from workbench.ui.widgets.job_strip import JobStrip  # noqa: PLC0415 - after the first paint

        self._context = context
        self._registry.attach(self)
        self._focus = FocusKeeper(self)
        self._foot.insertWidget(0, JobStrip(context.jobs, self.theme))
        context.page_wanted.connect(self.open_page)
        for entry in PAGES:
            if entry.in_rail:
                key = entry.key
                self._registry.bind(f"page.{key}", partial(self.turn_to, key))

    def page(self) -> "Page | None":
        """The page that is shown."""
        return self._pages.get(self._here[0]) if self._here is not None else None

    def here(self) -> str:
        """The key of the page that is shown; the one remembered before any is."""
        return self._here[0] if self._here is not None else self._state.page

    def open_page(self, key: str, argument: object = None) -> None:
        """Shows a page; raises KeyError for a key that is not in PAGES."""
        entry = self._entries[key]
        if self._here is not None and self._here != (key, argument):
            self._past.append(self._here)
        self._here = (key, argument)
        page = self._pages.get(key)
        if page is None:
            page = self._made(entry)
        page.opened(argument)
        self._stack.setCurrentWidget(page)
        page.hold_focus()
        self.rail.choose(page.PARENT or key)
        self._on_undo_changed()
        self._show_inspector()
        self.page_shown.emit(key)

    def turn_to(self, key: str) -> None:
        """Shows a page by its place in the rail: nothing leads back from it, as it was opened from no other."""
        self.open_page(key)
        self._past.clear()

    def go_back(self) -> None:
        """One step back: names proposed below a line, a filled search box, the page itself, then the page it came from.

        No field of a form is emptied, and no page is left while something stands in the line one types in.
        """
        proposals = QApplication.activePopupWidget()
        if proposals is not None:
            # What completes a line leaves the keys of the window on; Esc means the proposals, not the page under them.
            proposals.close()
            return
        focus, page, depth = self.focusWidget(), self.page(), len(self._past)
        if isinstance(focus, QLineEdit) and focus.property(SEARCHES) and focus.text():
            focus.clear()
        elif page is not None and page.go_back():
            if len(self._past) > depth:
                # It led up to another page: Esc goes on from there as if nobody had been further down.
                keys = [key for key, _ in self._past[:depth]]
                del self._past[keys.index(self.here()) if self.here() in keys else depth :]
        elif self._past and not _holds_words(focus):
            key, argument = self._past.pop()
            self._here = None
            self.open_page(key, argument)

    def show_failure(self, words: "StateWords") -> None:
        """Says in the place of pages why the profile could not be opened."""
        from workbench.ui.widgets.state_panel import StatePanel  # noqa: PLC0415 - seldom wanted, never for the first paint

        if self._failure is None:
            self._failure = StatePanel(self.theme)
        self._failure.show_words(words)
        self.show_inside(self._failure)

    def show_inside(self, widget: QWidget) -> None:
        """Shows a widget in the place of pages, such as the passphrase form."""
        if self._stack.indexOf(widget) < 0:
            self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)

    # The frame

    def toggle_rail(self) -> None:
        """Switches between icons with names and icons alone."""
        self._rail_choice = "wide" if self._is_rail_narrow() else "narrow"
        self._place_rail()

    def toggle_inspector(self) -> None:
        """Shows or hides the details at the side."""
        self._shows_inspector = not self._shows_inspector
        self._show_inspector()

    def frame_state(self) -> tuple[str, str, bool]:
        """Geometry as text, choice for the rail, whether details are shown."""
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        return geometry, self._rail_choice, self._shows_inspector

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_rail()
        self._fit_side()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            # Comes before the key itself. A line that did something with Enter may have handed the keyboard on.
            self._typed_at = self.focusWidget()
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._typed_at not in {None, self.focusWidget()} or not press_focused(self, event):
            super().keyPressEvent(event)
        self._typed_at = None

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self._on_painted)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def _build(self) -> None:
        keys = {entry.key: f"Ctrl+{place}" for place, entry in enumerate(self._in_rail(), 1) if place <= _DIGITS}
        items = [RailItem(one.key, one.title, one.icon, one.is_foot, keys.get(one.key, "")) for one in self._in_rail()]
        self.rail = Rail(items, self.theme)
        for entry in PAGES:
            if entry.comes_later:
                self.rail.set_shown(entry.key, is_shown=False)
        self.rail.chosen.connect(lambda key: self._registry.trigger(f"page.{key}"))
        self.top = TopBar(self.theme, self._registry)
        if not self._state.scope:
            self.top.scope.set_words("All communities")
        if self._state.period in {"", "last_90"}:
            self.top.period.set_words("Last 90 days")
        self.status = StatusBar(self.theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())
        self._side = QStackedWidget()
        self._side.setProperty("ground", "surface")
        self._fit_side()
        self._side_line = _line(is_vertical=True)
        for part in (self._side, self._side_line):
            part.hide()
        middle = _row(self._stack, self._side_line, self._side)
        middle.setStretch(0, 1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.top)
        right.addWidget(_line())
        right.addLayout(middle, 1)
        self._foot = QVBoxLayout()
        self._foot.setSpacing(0)
        self._foot.addWidget(_line())
        self._foot.addWidget(self.status)
        right.addLayout(self._foot)
        whole = _row(self.rail, _line(is_vertical=True))
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(right, 1)
        self.setLayout(whole)
        self.theme.changed.connect(self._on_theme)

    def _on_painted(self) -> None:
        icons.draw_from_now()
        self._update_all()
        self.painted.emit()

    def _in_rail(self) -> list[PageEntry]:
        return [entry for entry in PAGES if entry.in_rail]

    def _add_page_actions(self) -> None:
        for place, entry in enumerate(self._in_rail(), 1):
            keys = (f"Ctrl+{place}",) if place <= _DIGITS else ()
            self._registry.add(ActionSpec(f"page.{entry.key}", entry.title, Group.GO, entry.icon, keys, "page go"))

    def _made(self, entry: PageEntry) -> "Page":
        if self._context is None:
            raise KeyError(entry.key)
        page = entry.load()(self._context)
        page.undo_changed.connect(self._on_undo_changed)
        page.inspector_changed.connect(self._show_inspector)
        self._pages[entry.key] = page
        self._stack.addWidget(page)
        return page

    def _on_undo_changed(self) -> None:
        page = self.page()
        self._registry.action("edit.undo").setEnabled(page is not None and page.can_undo())
        self._registry.action("edit.redo").setEnabled(page is not None and page.can_redo())

    def _show_inspector(self) -> None:
        page = self.page()
        widget = page.inspector() if page is not None and self._shows_inspector else None
        if widget is not None:
            if self._side.indexOf(widget) < 0:
                self._side.addWidget(widget)
            self._side.setCurrentWidget(widget)
        self._side.setVisible(widget is not None)
        self._side_line.setVisible(widget is not None)

    def _fit_side(self) -> None:
        # With large text in a small window the page keeps more than half of it.
        most = max(INSPECTOR_WIDTH, round(self.width() * _INSPECTOR_SHARE))
        self._side.setFixedWidth(min(self.theme.px(INSPECTOR_WIDTH), most))

    def _is_rail_narrow(self) -> bool:
        if self._rail_choice == "auto":
            return self.width() < self.theme.px(RAIL_WIDE_FROM)
        return self._rail_choice == "narrow"

    def _place_rail(self) -> None:
        self.rail.set_narrow(is_narrow=self._is_rail_narrow())

    def _on_theme(self) -> None:
        self._fit_side()
        self._place_rail()
        self._update_all()

    def _update_all(self) -> None:
        for widget in self.findChildren(QWidget):
            widget.update()


def _holds_words(focus: QWidget | None) -> bool:
    """Whether somebody is in the middle of writing there."""
    if isinstance(focus, QLineEdit):
        return bool(focus.text()) and not focus.isReadOnly()
    return isinstance(focus, QPlainTextEdit) and bool(focus.toPlainText()) and not focus.isReadOnly()


def _line(*, is_vertical: bool = False) -> QFrame:
    line = QFrame()
    line.setProperty("rule", "true")
    if is_vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(0)
    for widget in widgets:
        row.addWidget(widget)
    return row
