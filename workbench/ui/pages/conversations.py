"""Conversations page: threads at the left, the open one at the right; search finds messages in all of them."""

from functools import partial
from typing import ClassVar, Final, cast

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout
from typing_extensions import override

from workbench.ids import EventId, PersonId
from workbench.models.changes import Changes
from workbench.queries.listening import ListeningRow
from workbench.queries.search import SearchRow
from workbench.queries.threads import ThreadFilter, ThreadRow
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.conversation_data import (
    Hits,
    Question,
    Threads,
    choose_me,
    find,
    find_people,
    read_page,
    read_threads,
)
from workbench.ui.pages.conversation_filters import FilterPills, WhoAmI
from workbench.ui.pages.conversation_keys import ConversationKeys
from workbench.ui.pages.conversation_list import ConversationList, HitDelegate, ThreadDelegate
from workbench.ui.pages.conversation_open import OpenConversation
from workbench.ui.pages.conversation_reader import ReaderSplit
from workbench.ui.pages.conversation_search import SearchLine
from workbench.ui.pages.conversation_states import empty_words, first_use_words, found_words, nothing_found
from workbench.ui.pages.conversation_topics import ConversationTopics, TopicDraft
from workbench.ui.pages.conversation_wish import ReplyWish
from workbench.ui.pages.known_note import show_known
from workbench.ui.pages.page import Page
from workbench.ui.period import Period, PeriodKind
from workbench.ui.qt_models.row_pages import PAGE
from workbench.ui.qt_models.thread_list import LISTED, HitListModel, ThreadListModel
from workbench.ui.timers import single_shot
from workbench.ui.widgets.card import Card

_TYPING_MILLISECONDS: Final = 20
_ROOM_FOR_SEARCH: Final = 8


class ConversationsPage(Page):
    """Opened with a text it searches, with a ThreadFilter it filters, with a thread's id it opens that thread."""

    KEY: ClassVar[str] = "conversations"
    TITLE: ClassVar[str] = "Conversations"
    ICON: ClassVar[str] = "chats"
    DEPENDS_ON: ClassVar[Changes] = Changes.COMMUNITIES | Changes.EVENTS | Changes.COVERAGE | Changes.PREFERENCES

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._question: Question | None = None
        self._terms: tuple[str, ...] = ()
        self._more: int | None = None
        self._wanted: EventId | None = None  # what another page asked for, until somebody chooses for themselves
        self._is_quiet = self._is_focus_due = False
        self._threads, self._hits = ThreadListModel(self), HitListModel(self)
        self._threads.page_wanted.connect(self._read_page)
        self._hits.more_wanted.connect(self._find_more)
        self._typing = single_shot(self, _TYPING_MILLISECONDS, self._on_typed)
        self._line = SearchLine(context, new=self.new)
        self._line.narrowed.connect(self._on_typed)
        self._line.kept_chosen.connect(self.opened)
        self._search = self._line.box
        self._search.textChanged.connect(self._on_text)
        self._search.onward.connect(self._to_hits)
        self.buttons.addWidget(self._line, 1)
        self.header.setStretchFactor(self.buttons, _ROOM_FOR_SEARCH)
        self._pills = FilterPills(self.theme)
        self._pills.chosen.connect(self._on_filter)
        outer = cast("QVBoxLayout", self.layout())
        outer.insertWidget(outer.count() - 1, self._pills)
        outer.insertSpacing(outer.count() - 1, 12)
        self._opened = OpenConversation(context, self._threads)
        self._opened.failed.connect(self.show_part_error)
        self._reader, self._outbox = self._opened.reader, self._opened.outbox
        self.follow(self._outbox.edits)
        self._topics = ConversationTopics(context)
        self._topics.opened.connect(self._show_topic)
        self._topics.closed.connect(self._hide_topic)
        self._topics.failed.connect(self.show_part_error)
        self._build_body()
        self._keys = ConversationKeys(context, self._opened, step=self._step)
        context.bus.changed.connect(self._on_marks)

    # Page

    @override
    def opened(self, argument: object) -> None:
        if isinstance(argument, ThreadFilter):
            self._search.clear()
            self._pills.choose(argument)
        elif isinstance(argument, TopicDraft):
            self._topics.begin(argument.item_id)
        elif isinstance(argument, ListeningRow):
            self._line.take(argument)
            self._on_typed()
        elif isinstance(argument, str):
            self._line.narrow.clear()
            self._search.setText(argument)
            self._on_typed()
        elif isinstance(argument, int | ReplyWish):
            if isinstance(argument, ReplyWish):
                self._outbox.want(argument)
            self._search.clear()
            self._wanted = EventId(argument.thread_id if isinstance(argument, ReplyWish) else argument)
            self._is_quiet = True
            self._list.choose(self._threads.place_of(self._wanted))
            self._is_quiet = False
            self._open(self._wanted)

    @override
    def refresh(self) -> None:
        workspace, now = self.context.workspace, self.context.workspace.clock.now()
        period, is_hot = self.context.period.bounds(now), self._pills.is_hot
        self._question = Question(self.context.scope, self._pills.where, period, now, is_hot)
        for view in (self._list, self._found):
            view.set_names_community(names=len(self.context.scope) != 1)
        if text := self._search.text().strip():
            job = partial(find, workspace.database, text, self.context.scope, now=now, filters=self._line.filters)
            self.load(job, self._on_hits)
            return
        page = max(0, self._list.place()) // PAGE
        self.load(partial(read_threads, workspace.database, self._question, page=page), self._on_threads)

    @override
    def take_focus(self) -> None:
        if self._outbox.has_keyboard:
            self._is_focus_due = False
            self._outbox.take_focus()
            return
        # What is not shown yet cannot take the keyboard; it is handed on with the first rows.
        self._is_focus_due = not self._list_in_use().isVisible()
        self._list_in_use().setFocus()

    @override
    def is_settled(self) -> bool:
        return super().is_settled() and not self._typing.isActive()

    @override
    def new(self) -> None:
        self._topics.begin()

    @override
    def find_here(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    @override
    def go_back(self) -> bool:
        if self._topics.go_back():
            return True
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
        self._keys.enable(is_shown=True)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._opened.leave()
        self._topics.keep()
        self._keys.enable(is_shown=False)
        super().hideEvent(event)

    # The list

    def _on_threads(self, found: Threads) -> None:
        asked = self._question
        self._pills.setVisible(found.communities > 0)
        self._line.show_for(found.communities)
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
        listed = f"{numbers.count(LISTED)} of " if found.total > LISTED else ""
        self.set_title(self.TITLE, f"{listed}{numbers.count(found.total)}")
        show_known(self, found.known, only_missing=True)
        self._modes.setCurrentWidget(self._split)
        self._views.setCurrentWidget(self._list)
        self._is_quiet = True
        self._threads.set_rows(found.total, found.rows, page=found.page, now=asked.now)
        shown = self._wanted or (None if self._reader.shown is None else self._reader.shown.id)
        place = -1 if shown is None else self._threads.place_of(shown)
        # What was asked for may be on no page of the list: then nothing is marked, least of all something else.
        self._list.choose(max(-1 if self._wanted else 0, place))
        self._is_quiet = False
        if not found.total and not self._topics.is_open:
            self._say_empty(asked, is_whole=found.known is None or found.known.is_whole)
        self._hand_on_focus()

    def _say_empty(self, asked: Question, *, is_whole: bool) -> None:
        show_all = partial(self._pills.choose, ThreadFilter.ALL)
        all_time, has_period = partial(self.context.set_period, Period(PeriodKind.ALL)), asked.period is not None
        words = empty_words(asked.where, has_period=has_period, show_all=show_all, all_time=all_time, is_whole=is_whole)
        self.show_state(words)

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
            self.show_part_error(error)

        self.context.jobs.run(self, "page", partial(read_page, database, asked, page), done, failed)

    def _on_filter(self) -> None:
        self._search.clear()
        self._wanted = None
        self._list.choose(-1)
        self.mark_stale()

    # Search

    def _on_text(self, text: str) -> None:
        self._is_focus_due = False
        if text.strip():
            self._typing.start()
        else:
            self._typing.stop()
            self._terms = ()
            self.mark_stale()

    def _on_typed(self) -> None:
        self._typing.stop()
        self.mark_stale()

    def _to_hits(self) -> None:
        """On to what was found, or to what is still being looked for."""
        if self._typing.isActive() or (self._search.text().strip() and self._views.currentWidget() is not self._found):
            self._is_focus_due = True
            self._on_typed()
        else:
            self.take_focus()

    def _on_hits(self, hits: Hits) -> None:
        if hits.text != self._search.text().strip():
            return
        self._terms = hits.terms
        self._more = hits.next_limit
        self._hits.set_rows(hits.rows, has_more=self._more is not None)
        show_known(self, hits.known, only_missing=True)
        if not hits.rows:
            self.set_title(self.TITLE)
            if self._line.narrow.is_narrow:
                self.show_empty_by_filter("The search is narrowed. Nothing in it holds that.", self._line.narrow.clear)
            else:
                self.show_state(nothing_found(hits.text, clear=self._search.clear, has_scope=bool(self.context.scope)))
            self._search.setFocus()
            return
        self.set_title(self.TITLE, self._line.told(found_words(len(hits.rows), is_cut=hits.is_cut)))
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
                found = found_words(self._hits.rowCount(), is_cut=hits.is_cut)
                self.set_title(self.TITLE, self._line.told(found))

        if text and self._more is not None:
            narrowed = self._line.filters
            job = partial(find, self.context.workspace.database, text, scope, limit=self._more, filters=narrowed)
            self.context.jobs.run(self, "more", job, done, self.show_part_error)

    # The reader

    def _on_row(self, place: int) -> None:
        self._wanted = self._wanted if self._is_quiet else None
        row = self._threads.row_at(place)
        if row is not None and self._views.currentWidget() is self._list:
            self._open(row.id)

    def _on_hit(self, place: int) -> None:
        hit = self._hits.row_at(place)
        if hit is not None:
            self._open(hit.thread_id, at=hit)

    def _open(self, thread_id: EventId, *, at: SearchRow | None = None) -> None:
        if not self._is_quiet:
            self._topics.close()
        terms = self._terms if at is not None else ()
        self._opened.open(thread_id, at=at, terms=terms, is_quiet=self._is_quiet)

    def _step(self, by: int) -> None:
        view = self._found if self._views.currentWidget() is self._found else self._list
        place = view.place() + by
        if 0 <= place < view.model().rowCount():
            view.choose(place)

    # A new thread

    def _show_topic(self) -> None:
        self._modes.setCurrentWidget(self._split)
        self._far.setCurrentWidget(self._topics.panel)
        self.show_content()

    def _hide_topic(self) -> None:
        self._far.setCurrentWidget(self._reader)
        self._list_in_use().setFocus()
        self.mark_stale()

    def _on_marks(self, changes: Changes) -> None:
        if changes & Changes.MARKS and not self._opened.marks.is_telling:
            self.mark_stale()

    # Who I am

    def _look_up(self) -> None:
        people = partial(find_people, self.context.workspace.database, self._who.text)
        self.context.jobs.run(self, "people", people, self._who.show_people, self.show_part_error)

    def _choose_me(self, person_id: PersonId) -> None:
        job = partial(choose_me, self.context.workspace.notes, person_id)
        self.context.jobs.run(self, "me", job, self.context.bus.publish, self.context.tell_error, lane="plan")

    # Building

    def _list_in_use(self) -> ConversationList:
        return self._found if self._search.text().strip() else self._list

    def _hand_on_focus(self) -> None:
        if self._is_focus_due:
            self._is_focus_due = False
            # Who came to answer may have the box by then, and what is typed must not go to the list.
            QTimer.singleShot(0, self, lambda: self._outbox.has_keyboard or self._list_in_use().setFocus())

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
        self._far = QStackedWidget()
        self._far.addWidget(self._reader)
        self._far.addWidget(self._topics.panel)
        self._split = ReaderSplit(self.theme, self._views, self._far)
        self._who = WhoAmI(self.theme, look_up=lambda _text: self._look_up(), chosen=self._choose_me)
        self._modes = QStackedWidget()
        self._modes.addWidget(self._split)
        self._modes.addWidget(self._who)
        card = Card(padding=1)
        card.body.addWidget(self._modes)
        self.body.addWidget(card)
