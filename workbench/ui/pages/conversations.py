"""Conversations page: threads at the left, the open one at the right; search finds messages in all of them."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar, Final, cast

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout
from typing_extensions import override

from workbench.ids import EventId, PersonId
from workbench.models.changes import Changes
from workbench.queries.search import SearchRow
from workbench.queries.threads import ThreadFilter, ThreadRow
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.conversation_data import (
    Hits,
    OpenedThread,
    Question,
    Threads,
    choose_me,
    find,
    find_people,
    read_page,
    read_thread,
    read_threads,
)
from workbench.ui.pages.conversation_filters import FilterPills, WhoAmI
from workbench.ui.pages.conversation_list import ConversationList, HitDelegate, ThreadDelegate
from workbench.ui.pages.conversation_marks import ThreadMarks
from workbench.ui.pages.conversation_outbox import ConversationOutbox
from workbench.ui.pages.conversation_reader import ConversationReader, ReaderSplit
from workbench.ui.pages.conversation_states import empty_words, first_use_words, found_words, nothing_found
from workbench.ui.pages.page import Page
from workbench.ui.period import Period, PeriodKind
from workbench.ui.qt_models.row_pages import PAGE
from workbench.ui.qt_models.thread_list import HitListModel, ThreadListModel
from workbench.ui.timers import single_shot
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.filter_box import FilterBox

_TYPING_MILLISECONDS: Final = 20
_READ_AFTER_MILLISECONDS: Final = 1_000
_ROOM_FOR_SEARCH: Final = 8


class ConversationsPage(Page):
    """Opened with a text it searches, with a ThreadFilter it filters, with a thread's id it opens that thread."""

    KEY: ClassVar[str] = "conversations"
    TITLE: ClassVar[str] = "Conversations"
    ICON: ClassVar[str] = "chats"
    DEPENDS_ON: ClassVar[Changes] = Changes.COMMUNITIES | Changes.EVENTS | Changes.PREFERENCES

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._question: Question | None = None
        self._terms: tuple[str, ...] = ()
        self._more: int | None = None
        self._is_quiet = self._is_focus_due = False
        self._threads, self._hits = ThreadListModel(self), HitListModel(self)
        self._threads.page_wanted.connect(self._read_page)
        self._hits.more_wanted.connect(self._find_more)
        self._typing = single_shot(self, _TYPING_MILLISECONDS, self._on_typed)
        self._reading = single_shot(self, _READ_AFTER_MILLISECONDS, self._on_read)
        self._search = FilterBox(self.theme, hint="Search messages", icon="magnifying-glass", width=320)
        self._search.textChanged.connect(self._on_text)
        self.buttons.addWidget(self._search, 1)
        # Where room is short the search box gives way, not the name of the page.
        self._search.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.header.setStretchFactor(self.buttons, _ROOM_FOR_SEARCH)
        self._pills = FilterPills(self.theme)
        self._pills.chosen.connect(self._on_filter)
        outer = cast("QVBoxLayout", self.layout())
        outer.insertWidget(outer.count() - 1, self._pills)
        outer.insertSpacing(outer.count() - 1, 12)
        self._reader = ConversationReader(self.theme, context.actions)
        self._reader.author_wanted.connect(self._show_author)
        self._outbox = ConversationOutbox(context, self._reader)
        self._outbox.failed.connect(self.show_error)
        self._marks = ThreadMarks(context, self._threads)
        self._marks.failed.connect(self.show_error)
        self._build_body()
        self._bind()
        context.bus.changed.connect(self._on_marks)

    # Page

    @override
    def opened(self, argument: object) -> None:
        if isinstance(argument, ThreadFilter):
            self._search.clear()
            self._pills.choose(argument)
        elif isinstance(argument, str):
            self._search.setText(argument)
            self._on_typed()
        elif isinstance(argument, int):
            self._search.clear()
            self._open(EventId(argument))

    @override
    def refresh(self) -> None:
        workspace, now = self.context.workspace, self.context.workspace.clock.now()
        self._question = Question(self.context.scope, self._pills.where, self.context.period.bounds(now), now)
        for view in (self._list, self._found):
            view.set_names_community(names=len(self.context.scope) != 1)
        if self._search.text().strip():
            self._find()
            return
        page = max(0, self._list.place()) // PAGE
        self.load(partial(read_threads, workspace.database, self._question, page=page), self._on_threads)

    @override
    def take_focus(self) -> None:
        # What is not shown yet cannot take the keyboard; it is handed on with the first rows.
        self._is_focus_due = not self._list_in_use().isVisible()
        self._list_in_use().setFocus()

    @override
    def is_settled(self) -> bool:
        return super().is_settled() and not self._typing.isActive()

    @override
    def find_here(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    @override
    def go_back(self) -> bool:
        if self._reader.links.isVisible():
            self._reader.links.shut()
        elif self._outbox.go_back():
            return True
        elif self._search.text():
            self._search.clear()
            self._list.setFocus()
        else:
            return False
        return True

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._enable(is_shown=True)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._reading.stop()
        self._outbox.keep()
        self._enable(is_shown=False)
        super().hideEvent(event)

    # The list

    def _on_threads(self, found: Threads) -> None:
        asked = self._question
        self._pills.setVisible(found.communities > 0)
        self._search.setVisible(found.communities > 0)
        if not found.communities or asked is None:
            self.set_title(self.TITLE)
            self.show_state(first_use_words(self.context.actions))
            return
        if asked.where is ThreadFilter.MINE and not found.knows_me:
            self.set_title(self.TITLE)
            self._modes.setCurrentWidget(self._who)
            self._look_up()
            self._who.setFocus()
            return
        self.set_title(self.TITLE, numbers.count(found.total))
        self._modes.setCurrentWidget(self._split)
        self._views.setCurrentWidget(self._list)
        self._is_quiet = True
        self._threads.set_rows(found.total, found.rows, page=found.page, now=asked.now)
        thread = self._reader.shown
        place = self._threads.place_of(thread.id) if thread is not None else -1
        self._list.choose(max(0, place))
        self._is_quiet = False
        if not found.total:
            self._say_empty(asked)
        self._hand_on_focus()

    def _say_empty(self, asked: Question) -> None:
        show_all = partial(self._pills.choose, ThreadFilter.ALL)
        all_time = partial(self.context.set_period, Period(PeriodKind.ALL))
        has_period = asked.period is not None
        self.show_state(empty_words(asked.where, has_period=has_period, show_all=show_all, all_time=all_time))

    def _read_page(self, page: int) -> None:
        asked, database = self._question, self.context.workspace.database
        if asked is None:
            return

        def done(rows: list[ThreadRow]) -> None:
            # An answer to an older question would fill the list with rows that do not belong there.
            if asked is self._question:
                self._threads.give(page, rows)

        def failed(error: Exception) -> None:
            self._threads.fail()
            self.show_error(error)

        self.context.jobs.run(self, "page", partial(read_page, database, asked, page), done, failed)

    def _on_filter(self) -> None:
        if self._search.text():
            self._search.clear()
        self._list.choose(-1)
        self.mark_stale()

    # Search

    def _on_text(self, text: str) -> None:
        if text.strip():
            self._typing.start()
        else:
            self._typing.stop()
            self._terms = ()
            self.mark_stale()

    def _on_typed(self) -> None:
        self._typing.stop()
        if self.isVisible():
            self._find()
        else:
            self.mark_stale()

    def _find(self) -> None:
        text, scope = self._search.text().strip(), self.context.scope
        if text:
            self.load(partial(find, self.context.workspace.database, text, scope), self._on_hits)

    def _on_hits(self, hits: Hits) -> None:
        if hits.text != self._search.text().strip():
            return
        self._terms = hits.terms
        self._more = hits.next_limit
        self._hits.set_rows(hits.rows, has_more=self._more is not None)
        if not hits.rows:
            self.set_title(self.TITLE)
            self.show_state(nothing_found(hits.text, clear=self._search.clear, has_scope=bool(self.context.scope)))
            self._search.setFocus()
            return
        self.set_title(self.TITLE, found_words(len(hits.rows), is_cut=hits.is_cut))
        self._modes.setCurrentWidget(self._split)
        self._views.setCurrentWidget(self._found)
        self._is_quiet = True
        self._found.choose(0)
        self._is_quiet = False
        self._hand_on_focus()

    def _find_more(self) -> None:
        text, scope = self._search.text().strip(), self.context.scope

        def done(hits: Hits) -> None:
            # The words may have changed meanwhile, or the scope.
            if hits.text == self._search.text().strip() and scope == self.context.scope:
                self._more = hits.next_limit
                self._hits.add_rows(hits.rows, has_more=self._more is not None)
                self.set_title(self.TITLE, found_words(self._hits.rowCount(), is_cut=hits.is_cut))

        if text and self._more is not None:
            job = partial(find, self.context.workspace.database, text, scope, limit=self._more)
            self.context.jobs.run(self, "more", job, done, self.show_error)

    # The reader

    def _on_row(self, place: int) -> None:
        row = self._threads.row_at(place)
        if row is not None and self._views.currentWidget() is self._list:
            self._open(row.id)

    def _on_hit(self, place: int) -> None:
        hit = self._hits.row_at(place)
        if hit is not None:
            self._open(hit.thread_id, at=hit)

    def _open(self, thread_id: EventId, *, at: SearchRow | None = None) -> None:
        self._reading.stop()
        is_quiet, terms = self._is_quiet, self._terms if at is not None else ()
        thread = self._reader.shown
        if thread is not None and thread.id == thread_id and at is None and is_quiet:
            return

        def done(opened: OpenedThread) -> None:
            self._reader.show_thread(opened, at=at.id if at is not None else None, terms=terms)
            # What opens by itself counts as read only once somebody looks at it.
            if opened.row is not None and opened.row.is_unread and not is_quiet:
                self._reading.start()

        job = partial(read_thread, self.context.workspace.database, thread_id)
        self.context.jobs.run(self, "thread", job, done, self.show_error)

    def _show_author(self, person_id: int) -> None:
        self.context.open_page("members", person_id)

    def _show_current_author(self) -> None:
        message = self._reader.messages.current
        if self._reader.shown is not None and message is not None:
            self._show_author(message.row.author_id)

    def _copy(self) -> None:
        if self._reader.shown is not None and self._reader.messages.copy():
            self.context.tell("Copied as plain text.")

    def _step(self, by: int) -> None:
        view = self._found if self._views.currentWidget() is self._found else self._list
        place = view.place() + by
        if 0 <= place < view.model().rowCount():
            view.choose(place)

    def _step_message(self, by: int) -> None:
        if self._reader.shown is not None:
            self._reader.messages.step(by)

    # Marks

    def _on_read(self) -> None:
        if self._reader.shown is not None:
            self._marks.read(self._reader.shown.id, is_read=True)

    def _set_unread(self) -> None:
        self._reading.stop()
        if self._reader.shown is not None:
            self._marks.read(self._reader.shown.id, is_read=False)
            self.context.tell("Marked as unread.")

    def _toggle_star(self) -> None:
        if self._reader.shown is not None:
            is_starred = not self._reader.is_starred
            self._reader.show_star(is_starred=is_starred)
            self._marks.star(self._reader.shown.id, is_starred=is_starred)

    def _on_marks(self, changes: Changes) -> None:
        if changes & Changes.MARKS and not self._marks.is_telling:
            self.mark_stale()

    # Who I am

    def _look_up(self) -> None:
        job = partial(find_people, self.context.workspace.database, self._who.text)
        self.context.jobs.run(self, "people", job, self._who.show_people, self.show_error)

    def _choose_me(self, person_id: PersonId) -> None:
        job = partial(choose_me, self.context.workspace.notes, person_id)
        self.context.jobs.run(self, "me", job, self.context.bus.publish, self.show_error, lane="plan")

    # Building

    def _list_in_use(self) -> ConversationList:
        return self._found if self._search.text().strip() else self._list

    def _hand_on_focus(self) -> None:
        if self._is_focus_due:
            self._is_focus_due = False
            QTimer.singleShot(0, self, lambda: self._list_in_use().setFocus())

    def _build_body(self) -> None:
        self._list = ConversationList(self.theme, ThreadDelegate, name="Conversations")
        self._found = ConversationList(self.theme, HitDelegate, name="Messages found")
        self._list.setModel(self._threads)
        self._found.setModel(self._hits)
        self._list.row_chosen.connect(self._on_row)
        self._found.row_chosen.connect(self._on_hit)
        self._views = QStackedWidget()
        for view in (self._list, self._found):
            self._views.addWidget(view)
            view.row_opened.connect(lambda _place: self._reader.messages.setFocus())
        self._split = ReaderSplit(self.theme, self._views, self._reader)
        self._who = WhoAmI(self.theme, look_up=lambda _text: self._look_up(), chosen=self._choose_me)
        self._modes = QStackedWidget()
        self._modes.addWidget(self._split)
        self._modes.addWidget(self._who)
        card = Card(padding=1)
        card.body.addWidget(self._modes)
        self.body.addWidget(card)

    def _bind(self) -> None:
        deeds: dict[str, Callable[[], object]] = {
            "thread.next": partial(self._step, 1),
            "thread.previous": partial(self._step, -1),
            "message.next": partial(self._step_message, 1),
            "message.previous": partial(self._step_message, -1),
            "thread.star": self._toggle_star,
            "thread.unread": self._set_unread,
            "thread.copy": self._copy,
            "thread.reply": self._outbox.begin,
            "message.like": self._outbox.like,
            "message.author": self._show_current_author,
        }
        self._actions = [self.context.actions.bind(action_id, deed) for action_id, deed in deeds.items()]

    def _enable(self, *, is_shown: bool) -> None:
        """Single letters are keys of this page only."""
        for action in self._actions:
            action.setEnabled(is_shown)
