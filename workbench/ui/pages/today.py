"""Today page: at most seven things to do, each with its reason and one button; beside it the week."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import QPoint
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.clock import local_day
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.operations.today import RULE, nothing_words, older_words
from workbench.operations.today_items import Task, TodayItem
from workbench.operations.today_marks import MarkState, unmark
from workbench.operations.weekly_note import weekly_note
from workbench.queries.scope import Scope
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.card_seed import CardPlace, CardSeed
from workbench.ui.pages.conversation_wish import ReplyWish
from workbench.ui.pages.known_note import show_known
from workbench.ui.pages.page import Page
from workbench.ui.pages.today_data import (
    TodayView,
    in_a_week,
    next_monday,
    read_today,
    tomorrow,
)
from workbench.ui.pages.today_item import TodayLine
from workbench.ui.pages.today_marks import TodayMarks
from workbench.ui.pages.today_side import TodaySide
from workbench.ui.pages.today_week import TodayWeek
from workbench.ui.sanitiser import line
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.popover import Popover
from workbench.ui.widgets.state_panel import StatePanel, StateWords, copy, ways_in

_WEEK_WIDTH: Final = 304
_NARROW_BELOW: Final = 760
_ANY_WIDTH: Final = 16777215
_MORE: Final = {
    Task.DECIDE: ("decision", "decisions"),
    Task.ANSWER: ("question", "questions"),
    Task.PROMISE: ("promise", "promises"),
    Task.FOLLOW: ("thing to look at again", "things to look at again"),
    Task.HAND_OVER: ("person who leaves", "people who leave"),
    Task.CHECKPOINT: ("checkpoint", "checkpoints"),
    Task.CARD: ("card", "cards"),
    Task.GREET: ("greeting", "greetings"),
    Task.NUDGE: ("regular gone quiet", "regulars gone quiet"),
}


class TodayPage(Page):
    """The list ignores the period: it is about now."""

    KEY: ClassVar[str] = "today"
    TITLE: ClassVar[str] = "Today"
    ICON: ClassVar[str] = "sun-horizon"
    OWN_PERIOD: ClassVar[tuple[str, str]] = (
        "Now",
        "Today is about now: questions of the last 30 days, who came in the last 14, and what is due."
        " The period chosen counts elsewhere.",
    )
    SCROLLS: ClassVar[bool] = True
    DEPENDS_ON: ClassVar[Changes] = (
        Changes.TODAY | Changes.EVENTS | Changes.MEMBERS | Changes.PLANS | Changes.OUTBOX | Changes.COVERAGE
        | Changes.COMMUNITIES | Changes.NOTES | Changes.PREFERENCES | Changes.MARKS
    )  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._view: TodayView | None = None
        self.lines: list[TodayLine] = []
        self.marks = TodayMarks(context, self)
        self.follow(self.marks)
        self.marks.failed.connect(self.context.tell_error)
        self.side = TodaySide(context)
        self.side.closed.connect(self._shut)
        self.side.done.connect(self._on_done)
        self.side.nudged.connect(self.marks.nudged)
        self.week = TodayWeek(self.theme)
        self.week.card_wanted.connect(partial(context.open_page, "plans"))
        self.week.plan_wanted.connect(partial(context.open_page, "plans"))
        self._build()
        actions = context.actions
        self._actions = [
            actions.bind(f"today.{name}", act)
            for name, act in (
                ("done", lambda: self._decide_here(self._done)),
                ("tomorrow", lambda: self._decide_here(self._later_tomorrow)),
                ("monday", lambda: self._decide_here(self._later_monday)),
                ("dismiss", lambda: self._decide_here(self._dismiss)),
            )
        ]
        actions.bind("today.note", self.copy_note)

    # Page

    @override
    def refresh(self) -> None:
        workspace = self.context.workspace
        job = partial(read_today, workspace.database, scope=self.context.scope, now=workspace.clock.now())
        self.load(job, self._on_view)

    @override
    def inspector(self) -> QWidget | None:
        return self.side if self.side.is_open else None

    @override
    def take_focus(self) -> None:
        if self.lines:
            self.lines[0].setFocus()
        elif self._view is not None:
            self._why.setFocus()
        else:
            self.setFocus()

    @override
    def go_back(self) -> bool:
        if self.side.is_open:
            self._shut()
            return True
        return False

    # Acts

    def do(self, item: TodayItem) -> None:
        """What the button of an item does: opens the place where the work is done."""
        if item.people:
            self.side.show_item(item)
            self._show_side()
            self.side.take_focus()
        elif item.person_id is not None:
            self.context.open_page("members", item.person_id)
        elif item.task is Task.FOLLOW:
            self.context.open_page("questions", "Ideas" if item.thread_id is None else int(item.thread_id))
        elif item.thread_id is not None:
            self.context.open_page("conversations", ReplyWish(item.thread_id))
        elif item.outbox_id is not None:
            self.context.open_page("sync", "outbox")
        elif item.plan_id is not None and item.card_id is not None:
            self.context.open_page("plans", CardPlace(item.plan_id, item.card_id))
        elif item.plan_id is not None:
            self.context.open_page("plans", item.plan_id)
            if item.task is Task.CHECKPOINT:
                self.context.actions.trigger("plan.checkpoint")

    def copy_note(self) -> None:
        """Puts the weekly note on the clipboard."""
        workspace = self.context.workspace
        now = workspace.clock.now()
        job = partial(read_note, workspace.database, scope=self.context.scope, now=now)
        self.context.jobs.run(self, "note", job, self._on_note, self.context.tell_error)

    def _on_note(self, note: str) -> None:
        copy(note)
        self.context.tell("The weekly note is on the clipboard: one page of text without names of people.")

    def _done(self, item: TodayItem) -> None:
        if item.task is Task.NUDGE:
            self.marks.nudged(item.people[0], "Written. Nobody is asked after again for ninety days.")
            return
        self.marks.decide(item.keys, MarkState.DONE, "Done.")

    def _dismiss(self, item: TodayItem) -> None:
        self.marks.decide(item.keys, MarkState.DISMISSED, "It does not come back.")

    def _later_tomorrow(self, item: TodayItem) -> None:
        self._later(item, tomorrow(self._now), "It comes back tomorrow.")

    def _later_monday(self, item: TodayItem) -> None:
        self._later(item, next_monday(self._now), "It comes back on Monday.")

    def _later_week(self, item: TodayItem) -> None:
        self._later(item, in_a_week(self._now), "It comes back in a week.")

    def _later(self, item: TodayItem, until: datetime, words: str) -> None:
        self.marks.decide(item.keys, MarkState.SNOOZED, words, until=until)

    @property
    def _now(self) -> datetime:
        return self.context.workspace.clock.now()

    def _decide_here(self, decide: Callable[[TodayItem], None]) -> None:
        """Decides about the item that has the keyboard."""
        here = self._held()
        if here is not None:
            decide(here.item)

    def _held(self) -> TodayLine | None:
        """The line that has the keyboard, itself or in one of its buttons."""
        focus = self.window().focusWidget()
        return next((one for one in self.lines if focus in {one, *one.findChildren(QWidget)}), None)

    def _open_menu(self, item: TodayItem, place: QPoint) -> None:
        menu = QMenu(self)
        is_sunday = next_monday(self._now) == tomorrow(self._now)
        for words, decide in (
            ("Done", self._done),
            ("Put off until tomorrow", self._later_tomorrow),
            *(() if is_sunday else (("Put off until Monday", self._later_monday),)),
            ("Put off for a week", self._later_week),
            ("Not needed", self._dismiss),
        ):
            menu.addAction(words).triggered.connect(partial(decide, item))
        if item.thread_id is not None:
            menu.addSeparator()
            menu.addAction("Give it to somebody…").triggered.connect(
                partial(self.context.open_page, "questions", int(item.thread_id))
            )
            menu.addAction("Read the conversation").triggered.connect(
                partial(self.context.open_page, "conversations", item.thread_id)
            )
        if item.person_id is not None:
            menu.addSeparator()
            seed = CardSeed(line(item.title), person_id=item.person_id)
            beside = next((one.button for one in self.lines if one.item.key == item.key), self.copier)
            menu.addAction("Make a card…").triggered.connect(partial(self.context.maker.begin, seed, beside))
        menu.popup(place)

    def _on_done(self, keys: tuple[str, ...], words: str) -> None:
        self.marks.decide(keys, MarkState.DONE, words)

    def _shut(self) -> None:
        self.side.shut()
        self._show_side()
        self.take_focus()

    # Showing

    def _build(self) -> None:
        self.copier = push_button("Copy weekly note", theme=self.theme, icon="copy", clicked=self.copy_note)
        self.buttons.addWidget(self.copier)
        self._card = Card(padding=1)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._card.body.addLayout(self._list)
        self._good = StatePanel(self.theme)
        self._card.body.addWidget(self._good, 1)
        self._foot = PlainLabel("", role="small", wraps=True)
        self._why = push_button("How is this chosen?", theme=self.theme, kind="link", clicked=self._show_rule)
        self._feet = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._feet.setContentsMargins(16, 4, 16, 8)
        self._feet.addWidget(self._foot, 1)
        foot = QHBoxLayout()
        self._questions = push_button("All questions", theme=self.theme, kind="link", clicked=self._to_questions)
        self.returner = push_button("Bring it back", theme=self.theme, kind="link", clicked=self.bring_back)
        foot.addWidget(self.returner)
        foot.addWidget(self._questions)
        foot.addWidget(self._why)
        foot.addStretch(1)
        self._feet.addLayout(foot)
        self._card.body.addLayout(self._feet)
        left = QVBoxLayout()
        left.addWidget(self._card)
        left.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self.week)
        right.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addLayout(left, 1)
        self._columns.addLayout(right)
        self.body.addLayout(self._columns, 1)
        self._fit()
        self.theme.changed.connect(self._fit)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_narrow = self.width() < self.theme.px(_NARROW_BELOW)
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._feet.setDirection(way)
        # Beside the week, words and button of an item would have no room: the week follows the list.
        self._columns.setDirection(way)
        self._columns.setStretch(0, 0 if is_narrow else 1)
        wide = self.theme.px(_WEEK_WIDTH)
        self.week.setMinimumWidth(0 if is_narrow else wide)
        self.week.setMaximumWidth(_ANY_WIDTH if is_narrow else wide)

    def _on_view(self, view: TodayView) -> None:
        self._view = view
        day = numbers.long_day(view.day)
        self.set_title(self.TITLE, f"{day} · {line(view.place)}" if view.place else day)
        show_known(self, None if view.is_new else view.known, only_missing=True)
        self.copier.setVisible(not view.is_new)
        if view.is_new:
            self._say_first_use()
            return
        held = self._held()
        place = -1 if held is None else self.lines.index(held)
        for old in self.lines:
            old.hide()
            old.deleteLater()
        self.lines = [self._line(item, view) for item in view.today.items]
        for each in self.lines:
            self._list.addWidget(each)
            each.show()  # what is not shown yet cannot take the keyboard
        if held is not None and self.lines:
            same = next((one for one in self.lines if one.item.key == held.item.key), None)
            (same or self.lines[min(place, len(self.lines) - 1)]).setFocus()
        elif self.window().focusWidget() in {None, self}:
            self.take_focus()  # who opened the page before there was a list is on its first item
        self._good.setVisible(view.today.is_empty)
        if view.today.is_empty:
            title = nothing_words(unknown_days=view.known.unknown_days, older=view.older)
            is_known = view.known.has_known_days or view.known.is_nothing
            icon = "check-circle" if is_known else "circle-dashed"
            self._good.show_words(StateWords(title, self._good_words(view), icon))
        self._say_foot(view)
        self.week.show_week(view.week, today=next((day for day in view.week.days if day.day == view.day), None))
        if self.side.is_open:
            self.side.keep_to(view.today.items)
            self._show_side()

    def _show_side(self) -> None:
        """People at the side take the place of the week."""
        self.week.setVisible(not self.side.is_open)
        self.inspector_changed.emit()

    def _line(self, item: TodayItem, view: TodayView) -> TodayLine:
        made = TodayLine(self.theme, item, is_first=item is view.today.items[0])
        made.wanted.connect(self.do)
        made.menu_wanted.connect(self._open_menu)
        made.stepped.connect(partial(self._step, made))
        return made

    def _step(self, at: TodayLine, by: int) -> None:
        place = self.lines.index(at) + by
        if 0 <= place < len(self.lines):
            self.lines[place].setFocus()

    def _good_words(self, view: TodayView) -> tuple[str, ...]:
        words = "No question of the last 30 days waits too long, nothing is due, and everybody new was greeted."
        if not view.known.has_known_days and not view.known.is_nothing:
            words = "Nothing is known of the last 30 days, so questions and new people may be missing. Nothing is due."
        elif not view.known.is_whole:
            words = "As far as is known: n" + words[1:]
        return tuple(filter(None, (words, older_words(view.older), *self._later_words(view))))

    def _later_words(self, view: TodayView) -> tuple[str, ...]:
        later = len(view.today.put_off)
        return (f"{numbers.plural(later, 'thing is', 'things are')} put off.",) if later else ()

    def _say_foot(self, view: TodayView) -> None:
        more = [numbers.plural(count, *_MORE[task]) for task, count in view.today.more.items()]
        words = f"Also waiting: {', '.join(more)}." if more else ""
        later = (
            " ".join(filter(None, (older_words(view.older), *self._later_words(view))))
            if not view.today.is_empty
            else ""
        )
        self._foot.setText(" ".join(part for part in (words, later) if part))
        self._questions.setVisible(Task.ANSWER in view.today.more or view.older > 0)
        self.returner.setVisible(bool(view.today.put_off))

    def bring_back(self) -> None:
        """Puts what was put off on the list again."""
        if self._view is not None and self._view.today.put_off:
            job = partial(unmark, self.context.workspace, keys=self._view.today.put_off)
            context = self.context
            context.jobs.run(self, "return", job, context.bus.publish, context.tell_error, lane="plan")

    def _to_questions(self) -> None:
        self.context.open_page("questions", "Board")

    def _show_rule(self) -> None:
        popover = Popover(self.theme, self._why, width=360)
        popover.column.addWidget(PlainLabel("How the list is made", role="strong"))
        popover.column.addWidget(PlainLabel(RULE, role="second", wraps=True))
        popover.open_at(self._why)

    def _say_first_use(self) -> None:
        actions = self.context.actions
        self.show_first_use(
            "Here is what to do first",
            "Questions nobody answered, people to greet, cards that are due: at most seven things, each with a reason.",
            "Bring in a community or begin a plan, and the list makes itself.",
            offers=ways_in(actions),
        )


def read_note(database: Database, *, scope: Scope, now: datetime) -> str:
    """The weekly note of the local day at `now`."""
    with database.read() as reader:
        return weekly_note(reader, scope=scope, as_of=now, day=local_day(now))
