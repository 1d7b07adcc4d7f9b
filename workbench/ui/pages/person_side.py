"""PersonSide: what stands beside the directory: one person, or a list of people, and the edits of either."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from workbench.ids import CommunityId, EventId, PersonId
from workbench.operations.identities import others_found, suggestions
from workbench.operations.people import nudge_text
from workbench.ui.context import Context
from workbench.ui.pages.conversation_wish import ReplyWish
from workbench.ui.pages.member_data import ShownPerson, read_person
from workbench.ui.pages.member_edits import MemberEdits
from workbench.ui.pages.person_inspector import PersonInspector
from workbench.ui.pages.person_list_data import PeopleList
from workbench.ui.pages.person_lists import PersonLists
from workbench.ui.pages.thanks_wish import ThanksWish
from workbench.ui.sanitiser import line
from workbench.ui.widgets.state_panel import copy


class PersonSide(QObject):
    """`changed` when another widget is shown or none, `shown(person id)` when somebody is, `failed(error)`.

    `closed` when the person at the keyboard closed it. `edits` holds the way back of what was changed.
    """

    changed = Signal()
    shown = Signal(int)
    closed = Signal()
    failed = Signal(Exception)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._has_person = self._has_list = False
        self._wanted: PersonId | None = None
        self._wish: ThanksWish | None = None
        self.edits = MemberEdits(context, self)
        self.edits.failed.connect(context.tell_error)
        self.person = PersonInspector(context.theme)
        self.person.closed.connect(self.shut)
        self.person.community_wanted.connect(lambda one: context.open_page("dashboard", CommunityId(one)))
        self.person.edited.connect(self.edits.make)
        sections = self.person.sections
        sections.same.look_wanted.connect(self._look_for_doubles)
        sections.same.search_wanted.connect(self._search_others)
        sections.help.thread_wanted.connect(self._open_thread)
        sections.thanks.thread_wanted.connect(self._open_thread)
        sections.help.plan_wanted.connect(lambda one: context.open_page("plans", one))
        sections.care.letter_wanted.connect(lambda: self._read_letter(self._copied))
        sections.care.reply_wanted.connect(self._begin_reply)
        self.lists = PersonLists(context)
        self.lists.closed.connect(self.shut)
        self.lists.person_wanted.connect(lambda one: self.open(PersonId(one)))
        self.lists.thread_wanted.connect(self._open_thread)
        self.lists.edited.connect(self.edits.make)

    @property
    def has_person(self) -> bool:
        """Whether somebody is shown."""
        return self._has_person and not self._has_list

    @property
    def is_open(self) -> bool:
        """Whether anything is shown."""
        return self._has_person or self._has_list

    @property
    def takes_focus(self) -> bool:
        """Whether the lines for thanks will take the keyboard once the person is there."""
        return self._wish is not None

    def widget(self) -> QWidget | None:
        """What is shown; None for nothing."""
        if self._has_list:
            return self.lists
        return self.person if self._has_person else None

    def refresh(self) -> None:
        """Reads again what is shown."""
        if self._has_list:
            self.lists.read()
        elif self._wanted is not None:
            self.open(self._wanted)

    def open(self, person_id: PersonId) -> None:
        """Shows somebody."""
        self._wanted = person_id
        if self._wish is not None and self._wish.person_id != person_id:
            self._wish = None
        workspace = self._context.workspace
        job = partial(read_person, workspace.database, person_id, workspace.clock.now(), scope=self._context.scope)
        self._context.jobs.run(self, "person", job, self._on_person, self.failed.emit)

    def thank(self, wish: ThanksWish) -> None:
        """Shows somebody with the lines for thanks open."""
        self._wish = wish
        self.open(wish.person_id)

    def show_list(self, which: PeopleList) -> None:
        """Shows people one looks after."""
        self.person.keep()
        self._has_list, self._wanted = True, None
        self.lists.show_list(which)
        self.changed.emit()
        QTimer.singleShot(0, self.lists, self.lists.take_focus)

    def shut(self) -> None:
        """Shows nothing; what was being written is kept."""
        self.person.keep()
        self._has_person = self._has_list = False
        self._wanted = self._wish = None
        self.changed.emit()
        self.closed.emit()

    def _on_person(self, person: ShownPerson | None) -> None:
        if person is None:
            self.shut()
            return
        self._wanted = person.card.person_id
        self.person.show_person(person)
        self.shown.emit(person.card.person_id)
        if not self.has_person:
            self._has_person, self._has_list = True, False
            self.changed.emit()
        wish = self._wish
        if wish is not None and wish.person_id == person.card.person_id:
            self._wish = None
            # Once the side has its place.
            QTimer.singleShot(0, self.person, partial(self.person.begin_thanks, wish))

    def _open_thread(self, thread: int) -> None:
        self._context.open_page("conversations", EventId(thread))

    def _look_for_doubles(self) -> None:
        person_id = self.person.person_id
        if person_id is not None:
            job = partial(suggestions, self._context.workspace.database, person_id=person_id)
            show = self.person.sections.same.show_suggestions
            self._context.jobs.run(self, "same", job, lambda found: show(found, person_id), self.failed.emit)

    def _search_others(self, text: str) -> None:
        person_id = self.person.person_id
        if person_id is not None:
            job = partial(others_found, self._context.workspace.database, person_id, text)
            show = self.person.sections.same.show_searched
            self._context.jobs.run(self, "others", job, lambda found: show(found, person_id, text), self.failed.emit)

    def _begin_reply(self, thread: int) -> None:
        self._read_letter(lambda text: self._context.open_page("conversations", ReplyWish(EventId(thread), text)))

    def _read_letter(self, done: Callable[[str], None]) -> None:
        job = partial(
            nudge_text, self._context.workspace, name=line(self.person.name), community=self.person.main_community
        )
        self._context.jobs.run(self, "letter", job, done, self.failed.emit)

    def _copied(self, text: str) -> None:
        copy(text)
        self._context.tell("Copied. Once it is sent, press “Written”.")
