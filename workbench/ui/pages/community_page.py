"""CommunityPage: what the pages about a community share: way up, tabs, scope, and reading in several steps."""

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from typing_extensions import override

from workbench.ids import CommunityId, EventId
from workbench.models.changes import Changes
from workbench.ui.context import Context
from workbench.ui.pages.page import Page
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.community_tabs import add_community_tabs
from workbench.ui.widgets.state_panel import Offer, StateWords, ways_in


class CommunityPage(Page):
    """Base of Dashboard, Scorecard, Growth and Dialogue: about the communities chosen at the top.

    Opened with a community's id the page takes that as the scope. `refresh` begins with `read`; each later step is
    asked for by `read_on`, and `finish` after the last one makes the page complete. A subclass calls `add_tabs` once
    its heading is built, so that the keyboard comes to them after it, and lays its cards out in `arrange`.
    """

    PARENT: ClassVar[str] = "communities"
    SCROLLS: ClassVar[bool] = True
    DEPENDS_ON: ClassVar[Changes] = (
        Changes.COMMUNITIES | Changes.EVENTS | Changes.MEMBERS | Changes.COVERAGE | Changes.NOTES
    )
    FIRST_USE: ClassVar[tuple[str, str]]
    """What the page is for, a title and a sentence: said before anything was brought in."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._is_waiting = True
        self.add_way_up("Communities", self.to_communities)

    # What a subclass overrides

    @override
    def opened(self, argument: object) -> None:
        if isinstance(argument, int):
            self.context.set_scope((CommunityId(argument),))

    @override
    def is_complete(self) -> bool:
        return not self._is_waiting

    @override
    def go_back(self) -> bool:
        self.context.open_page("dashboard")
        return True

    def arrange(self) -> None:
        """Puts the cards where there is room for them; called whenever the width may have changed."""

    def show_tables(self, *, shows: bool) -> None:
        """Shows charts as tables, or as charts again, where there is a button for it."""

    # What a subclass calls

    def read(self, job: Callable[..., Any], done: Callable[[Any], None]) -> None:
        """Begins to read the page; what comes first is on screen before the rest is asked for."""
        self._is_waiting = True
        self.load(job, done)

    def read_on(self, key: str, job: Callable[..., Any], done: Callable[[Any], None]) -> None:
        """Asks for a later part; only the newest of a `key` is answered, and where it fails the earlier ones stay."""
        self.context.jobs.run(self, key, job, done, self.show_part_error)

    def finish(self) -> None:
        """Says that the last part was drawn."""
        self._is_waiting = False

    def show_first_step(self, title: str, subtitle: str = "") -> None:
        """Says what the page is for where nothing was brought in yet, and offers the ways to do that."""
        what, sentence = self.FIRST_USE
        self._show_instead(StateWords(what, (sentence,), self.ICON, ways_in(self.context.actions)), title, subtitle)

    def show_site(self, title: str, subtitle: str = "") -> None:
        """Says that a web site has pages, not people."""
        offer = Offer("Show its page views", lambda: self.context.open_page("dashboard"), "chart-line")
        sentence = "It is read, and its readers are not known."
        words = StateWords("A web site has no members", (sentence,), "trend-up", (offer,))
        self._show_instead(words, title, subtitle)

    def add_tabs(self) -> None:
        """Puts the row of the pages about a community under the heading."""
        self.tabs = add_community_tabs(self)

    def add_tables_button(self) -> None:
        """Puts a button into the heading that shows charts as tables on every page."""
        self._tables = push_button("Show as table", theme=self.theme, icon="table")
        self._tables.setCheckable(True)
        self._tables.clicked.connect(lambda: self.context.actions.trigger("table.toggle"))
        self.buttons.addWidget(self._tables)
        self.context.tables_changed.connect(self.turn_tables)

    @Slot()
    def turn_tables(self) -> None:
        """Shows charts the way chosen for every page; the button says what a click would do."""
        shows = self.context.shows_tables
        self._tables.setChecked(shows)
        self._tables.setText("Show as charts" if shows else "Show as table")
        self.show_tables(shows=shows)

    def to_communities(self) -> None:
        """Opens the list of communities."""
        self.context.open_page("communities")

    def open_thread(self, thread_id: int) -> None:
        """Shows a conversation where it is read."""
        self.context.open_page("conversations", EventId(thread_id))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def _show_instead(self, words: StateWords, title: str, subtitle: str) -> None:
        """Nothing more is coming."""
        self.finish()
        self.set_title(title, subtitle)
        self.set_note("")
        self.show_state(words)
