"""Page: what every screen shares: heading, states, reading again when something changed, undo and keys."""

from collections.abc import Callable
from typing import Any, ClassVar, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.models.changes import Changes
from workbench.ui.context import Context
from workbench.ui.edit_history import EditHistory
from workbench.ui.jobs import Lane
from workbench.ui.pages.page_heading import PageHeading
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.state_panel import Offer, Skeleton, StatePanel, StateWords
from workbench.ui.words import error_words

SKELETON_MILLISECONDS: Final = 150
PADDING: Final = 24

NO_PERIOD: Final = ("No period", "Nothing on this page goes by days. The period chosen counts elsewhere.")


class Page(QWidget):
    """Base of every screen. A subclass sets the class variables, builds into `self.body` and overrides `refresh`.

    `refresh` is called when the page is first shown and when something it depends on changed (data named by
    `DEPENDS_ON`, scope, period, the day); hidden pages wait until they are shown. In it call `self.load(job, done)`:
    the job runs off the main thread, `done(answer)` fills the widgets, a skeleton shows after 150 ms, an error is put
    in words.

    Keys that mean something else on every page arrive as methods: `new`, `find_here`, `go_back`, `undo`, `redo`.
    """

    KEY: ClassVar[str]
    TITLE: ClassVar[str]
    ICON: ClassVar[str]
    DEPENDS_ON: ClassVar[Changes] = Changes.NOTHING
    PARENT: ClassVar[str] = ""
    """The page of the rail this one belongs to, for pages not in the rail themselves."""
    OWN_PERIOD: ClassVar[tuple[str, str]] = ("", "")
    """What stands in the place of the period at the top, and why, where the page does not go by it; else empty."""
    SCROLLS: ClassVar[bool] = False
    """Whether the body may be taller than the window."""

    undo_changed = Signal()
    """To be emitted when `can_undo` or `can_redo` may have changed."""
    inspector_changed = Signal()
    """To be emitted when `inspector` would answer something else."""
    title_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.theme = context.theme
        self._is_stale = True
        self._has_content = False
        self._is_state_chosen = self._has_failed = False
        self._note_button: QWidget | None = None
        self._history: EditHistory | None = None
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(SKELETON_MILLISECONDS)
        self._late.timeout.connect(self._on_late)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(getattr(self, "TITLE", ""))
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build_frame()
        context.bus.changed.connect(self._on_changed)
        context.scope_changed.connect(self.mark_stale)
        context.period_changed.connect(self.mark_stale)
        context.day_turned.connect(self.mark_stale)

    # What a subclass overrides

    def refresh(self) -> None:
        """Reads again; override and call `load`."""

    def opened(self, argument: object) -> None:
        """Called when the window shows this page on request; `argument` says what to show."""

    def inspector(self) -> QWidget | None:
        """The widget for the window's right-hand area, or None; asked for after each `inspector_changed`."""
        return None

    def take_focus(self) -> None:
        """Puts the keyboard where work on this page begins: its focus proxy, or before its first control."""
        self.setFocus()

    def hold_focus(self) -> None:
        """As `take_focus`; what is not shown yet cannot take the keyboard, so the page has it until then."""
        self.take_focus()
        if not _is_seen_on(self, self.window().focusWidget()):
            self._stack.setFocus()

    def is_settled(self) -> bool:
        """Whether everything to be seen has been drawn, or what went wrong; pictures of the window wait for it."""
        return not self._is_stale and (self._has_failed or self.is_complete())

    def is_complete(self) -> bool:
        """Whether every part of a page that is read in several steps has been drawn."""
        return True

    def new(self) -> None:
        """Ctrl+N."""

    def find_here(self) -> None:
        """Ctrl+F."""

    def go_back(self) -> bool:
        """Esc; True when the page itself went one step back, False to let the window do it."""
        return False

    def can_undo(self) -> bool:
        """Whether Ctrl+Z would do something."""
        return self._history is not None and self._history.can_undo

    def can_redo(self) -> bool:
        """Whether Ctrl+Shift+Z would do something."""
        return self._history is not None and self._history.can_redo

    def undo(self) -> None:
        """Ctrl+Z."""
        if self._history is not None:
            self._history.undo()

    def redo(self) -> None:
        """Ctrl+Shift+Z."""
        if self._history is not None:
            self._history.redo()

    # What a subclass calls

    def load(
        self,
        job: Callable[..., Any],
        done: Callable[[Any], None],
        *,
        key: str = "load",
        title: str = "",
        lane: Lane = "quick",
        stopped: Callable[[], None] | None = None,
    ) -> None:
        """Runs `job` and hands its answer to `done`; only the newest load of a `key` is answered.

        `stopped` is called where the job strip stopped it.
        """
        if self._has_failed:
            self._has_failed = False
            self.set_note("")
        if not self._has_content:
            self._late.start()
        self.context.jobs.run(
            self,
            key,
            job,
            lambda answer: self._on_loaded(done, answer),
            self.show_error,
            stopped=stopped,
            lane=lane,
            title=title,
        )

    def show_content(self) -> None:
        """Shows the body; `load` does it after `done` unless `done` showed a state."""
        self._late.stop()
        self._has_content = True
        self._stack.setCurrentWidget(self._shown)
        if self._stack.hasFocus():
            self.take_focus()

    def show_state(self, words: StateWords) -> None:
        """Shows a state instead of the body: first use, empty, error."""
        self._late.stop()
        self._has_content = False
        self._is_state_chosen = True
        self._panel.show_words(words)
        self._stack.setCurrentWidget(self._panel)

    def show_first_use(self, title: str, *sentences: str, offers: tuple[Offer, ...] = (), icon: str = "") -> None:
        """Says what this page is for and offers the first step."""
        self.show_state(StateWords(title, sentences, icon or self.ICON, offers))

    def show_empty_by_filter(self, sentence: str, clear: Callable[[], object]) -> None:
        """Says that a filter hides everything and offers to clear it."""
        self.show_state(StateWords("Nothing matches", (sentence,), "funnel", (Offer("Clear filter", clear, "x"),)))

    def show_error(self, error: Exception) -> None:
        """Says what happened, what is safe and what to do next."""
        self._has_failed = True
        words, details = error_words(error)
        offers = (Offer("Try again", self.refresh, "arrow-clockwise"),)
        self.show_state(StateWords(words[0], tuple(words[1:]), "warning-circle", offers, details))

    def show_part_error(self, error: Exception) -> None:
        """Says above what is shown that a part of it could not be read; what is here stays, and so does this note.

        It goes when the page is read again.
        """
        if not self._has_content:
            self.show_error(error)
            return
        words, _details = error_words(error)
        again = Offer("Try again", self.refresh, "arrow-clockwise")
        self.set_note(
            f"A part of this page could not be read. {words[0]}", icon="warning-circle", token="bad", offer=again
        )
        self._has_failed = True

    def set_note(
        self, text: str, *, icon: str = "clock-counter-clockwise", token: str = "unknown", offer: Offer | None = None
    ) -> None:
        """One line under the heading: what is missing (partial) or how old it is (stale); empty takes it away."""
        if self._has_failed and self._has_content:
            return
        self._note.setVisible(bool(text))
        self._note_text.setText(text)
        self._note_icon.set_icon(icon, token=token)
        if self._note_button is not None:
            self._note_button.deleteLater()
            self._note_button = None
        if offer is not None:
            self._note_button = push_button(
                offer.title, theme=self.theme, kind="link", icon=offer.icon, clicked=offer.act
            )
            self._note_row.addWidget(self._note_button)

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Changes the heading; the subtitle is data such as a count."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))
        self.title_changed.emit()

    def follow(self, history: EditHistory) -> None:
        """Lets the keys that undo and redo mean what was written on this page."""
        self._history = history
        history.changed.connect(self.undo_changed)

    def add_way_up(self, title: str, clicked: Callable[[], object]) -> None:
        """Puts what this page belongs to before its title."""
        self.lead.addWidget(push_button(title, theme=self.theme, kind="link", clicked=clicked))
        self.lead.addWidget(IconLabel("caret-right", self.theme, token="third", size=14))

    @Slot()
    def mark_stale(self) -> None:
        """Reads again: at once when shown, else when next shown."""
        self._is_stale = True
        if self.isVisible():
            QTimer.singleShot(0, self, self._refresh_if_stale)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_if_stale()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._late.stop()
        super().hideEvent(event)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(480, 320)

    def _build_frame(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PADDING, 16, PADDING, 16)
        outer.setSpacing(0)
        heading = PageHeading(getattr(self, "TITLE", ""))
        self._title, self._subtitle = heading.title, heading.subtitle
        self.lead, self.chips, self.buttons = heading.lead, heading.chips, heading.buttons
        self.header = heading.first
        outer.addWidget(heading)
        outer.addWidget(self._built_note())
        outer.addSpacing(12)
        self.content = QWidget()
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(16)
        self._shown: QWidget = self.content
        if self.SCROLLS:
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            # What stands on the page takes the keyboard, and leaves it the keys that scroll.
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.content.setProperty("ground", "clear")
            area.setWidget(self.content)
            self._shown = area
        self._panel = StatePanel(self.theme)
        self._skeleton = Skeleton(self.theme)
        self._blank = QWidget()
        self._stack = QStackedWidget()
        for widget in (self._blank, self._shown, self._skeleton, self._panel):
            self._stack.addWidget(widget)
        outer.addWidget(self._stack, 1)

    def _built_note(self) -> QWidget:
        self._note = QWidget()
        self._note_row = row = QHBoxLayout(self._note)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(6)
        self._note_icon = IconLabel("clock-counter-clockwise", self.theme, token="unknown")
        self._note_text = PlainLabel("", role="small", elides=True)
        row.addWidget(self._note_icon)
        row.addWidget(self._note_text)
        row.addStretch(1)
        self._note.hide()
        return self._note

    def _on_loaded(self, done: Callable[[Any], None], answer: Any) -> None:
        self._late.stop()
        self._is_state_chosen = False
        done(answer)
        if not self._is_state_chosen:
            self.show_content()

    def _refresh_if_stale(self) -> None:
        if self._is_stale and self.isVisible():
            self._is_stale = False
            self.refresh()

    @Slot()
    def _on_late(self) -> None:
        self._stack.setCurrentWidget(self._skeleton)

    @Slot(Changes)
    def _on_changed(self, changes: Changes) -> None:
        if changes & self.DEPENDS_ON:
            self.mark_stale()


def _is_seen_on(page: QWidget, focus: QWidget | None) -> bool:
    """Whether what has the keyboard stands on the page and is shown."""
    return focus is not None and focus.isVisible() and page.isAncestorOf(focus)
