"""Conversation search: the line in which the page is searched, what narrows and keeps it, the way to a new thread."""

from collections.abc import Callable
from datetime import UTC, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from workbench.models.changes import Changes
from workbench.operations.questions import listen_for
from workbench.queries.listening import ListeningRow
from workbench.queries.search_filters import SearchFilters
from workbench.ui.context import Context
from workbench.ui.pages.conversation_data import find_people
from workbench.ui.pages.conversation_kept import KeptSearches
from workbench.ui.pages.conversation_narrow import SearchNarrow
from workbench.ui.period import Period, PeriodKind
from workbench.ui.sanitiser import line
from workbench.ui.widgets.buttons import push_button, snug
from workbench.ui.widgets.filter_box import FilterBox

_ROOM_FOR_BOX = 100


class SearchLine(QWidget):
    """`narrowed` when the same words are to be searched otherwise; `box` holds the words.

    `kept_chosen(ListeningRow)` when a kept search is to be searched again.
    """

    narrowed = Signal()
    kept_chosen = Signal(object)

    def __init__(self, context: Context, *, new: Callable[[], object]) -> None:
        super().__init__()
        self._context = context
        self.box = FilterBox(context.theme, hint="Search messages", icon="magnifying-glass", width=320)
        # Where room is short the search box gives way, not the name of the page.
        self.box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.narrow = SearchNarrow(context.theme, period=lambda: context.period.bounds(context.workspace.clock.now()))
        self.narrow.changed.connect(self.narrowed)
        self.narrow.names_wanted.connect(self._look_up)
        self.narrow.keep_wanted.connect(self._keep)
        self.kept = KeptSearches(context)
        self.kept.chosen.connect(self.kept_chosen)
        self.new = push_button("New thread", theme=context.theme, icon="plus", clicked=new)
        self.new.setToolTip("Begin a new thread (Ctrl+N)")
        snug(self.new)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.box, _ROOM_FOR_BOX)
        row.addWidget(self.narrow.button)
        row.addWidget(self.kept.button)
        row.addWidget(self.new)

    @property
    def filters(self) -> SearchFilters:
        """What the search is narrowed to."""
        return self.narrow.filters

    def show_for(self, communities: int) -> None:
        """Shows itself where there is something to search, and the button where something can be written."""
        self.setVisible(communities > 0)
        self.new.setVisible(self._context.workspace.database.writable)

    def take(self, row: ListeningRow) -> None:
        """Puts a kept search into the line, its communities and days into the bar at the top."""
        context, period = self._context, row.filters.period
        if row.is_gone:
            context.tell(f"“{line(row.title)}” was kept for communities or a person who are not here any more.")
            return
        context.set_scope(row.scope)
        if period is not None:
            first, last = (moment.astimezone(UTC).date() for moment in period)
            context.set_period(Period(PeriodKind.CUSTOM, first, last - timedelta(days=1)))
        self.narrow.take(row.filters, row.person)
        self.box.setText(row.words)

    def told(self, words: str) -> str:
        """What a search found, said so that it is known to be narrowed."""
        return words.replace(", all time", ", narrowed") if self.narrow.is_narrow else words

    def _look_up(self, text: str) -> None:
        job = partial(find_people, self._context.workspace.database, text)
        self._context.jobs.run(self, "people", job, self.narrow.offer, self._context.tell_error)

    def _keep(self, name: str = "") -> None:
        words, filters, scope = self.box.text().strip(), self.filters, self._context.scope

        def deed() -> Changes:
            listen_for(self._context.workspace, words=words, scope=scope, filters=filters, name=name)
            return Changes.MARKS

        def done(changes: Changes) -> None:
            self._context.bus.publish(changes)
            called = line(name.strip() or words)
            self._context.tell(f"“{called}” is kept. New hits are counted under Questions, Listening.")

        self._context.jobs.run(self, "keep", deed, done, self._context.tell_error, lane="plan")
