"""Question inspector: one question at the side: what was asked, whose it is, how it found its answer, what to do."""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ids import EventId, PersonId
from workbench.queries.owner_names import OwnerName
from workbench.queries.questions import QuestionState
from workbench.queries.surge import OFFICES, RESPONDERS, Surge
from workbench.ui import numbers
from workbench.ui.directions import isolated, subject_words
from workbench.ui.pages.plan_inspector_fields import PersonLine
from workbench.ui.pages.questions_board import COLUMN_TITLES
from workbench.ui.pages.questions_data import ShownQuestion
from workbench.ui.qt_models.question_list import age_words
from workbench.ui.sanitiser import line, short_subject, shown
from workbench.ui.theme import Meaning, Theme
from workbench.ui.widgets.answer_line import AnswerLine, hops_words
from workbench.ui.widgets.buttons import Kind, icon_button, push_button, say
from workbench.ui.widgets.chip import Chip
from workbench.ui.widgets.link_row import LinkRow
from workbench.ui.widgets.plain_label import PlainLabel

_PADDING: Final = 20
_EXCERPT: Final = 280
_MEANINGS: Final = {
    QuestionState.OPEN: Meaning.WATCH,
    QuestionState.ROUTED: Meaning.NEUTRAL,
    QuestionState.ANSWERED: Meaning.GOOD,
    QuestionState.ABANDONED: Meaning.UNKNOWN,
}


class QuestionDeed(StrEnum):
    """What can be done about a question; the value is the button's icon."""

    OPEN = "chats"
    REPLY = "arrow-bend-up-left"
    ASK_THERE = "at"
    COPY = "copy"
    CARD = "note-pencil"
    ANSWERED = "check-circle"
    GIVE_UP = "prohibit"
    REOPEN = "arrow-counter-clockwise"
    URGENT = "lightning"


_TITLES: Final = {
    QuestionDeed.OPEN: "Open the conversation",
    QuestionDeed.REPLY: "Write an answer",
    QuestionDeed.ASK_THERE: "Ask them in the thread",
    QuestionDeed.COPY: "Copy a message to them",
    QuestionDeed.CARD: "Make a card",
    QuestionDeed.ANSWERED: "Answered elsewhere",
    QuestionDeed.GIVE_UP: "Give it up",
    QuestionDeed.REOPEN: "Open it again",
    QuestionDeed.URGENT: "Mark as urgent",
}


class OwnerLine(PersonLine):
    """`entered` by Enter, once the proposals are shut: leaving the line alone gives nobody anything to do."""

    entered = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        popup = self.completer().popup()
        if is_enter and (popup is None or not popup.isVisible()):
            self.entered.emit()
            return
        super().keyPressEvent(event)


class QuestionInspector(QScrollArea):
    """`wanted(QuestionDeed)` for a button, `routed(name, person or None)`, `thread_wanted(thread)` for a related one.

    `names_wanted(text)` asks for names to complete the owner's line with; answer with `offer`.
    """

    wanted = Signal(object)
    routed = Signal(str, object)
    thread_wanted = Signal(int)
    names_wanted = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: ShownQuestion | None = None
        self._ids: dict[str, PersonId | None] = {}
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Question")
        self._subject = PlainLabel("", role="title", wraps=True)
        self._facts = PlainLabel("", role="small", wraps=True)
        self._excerpt = PlainLabel("", wraps=True)
        self._state, self._urgent = Chip(theme), Chip(theme, "Urgent", meaning=Meaning.BAD, icon="lightning")
        self.owner = OwnerLine(theme)
        self.owner.setPlaceholderText("Who could answer")
        self.owner.setAccessibleName("Who is to see to it")
        self.owner.asked.connect(self.names_wanted)
        self.owner.entered.connect(self._on_route)
        self.route = push_button("Route", theme=theme, icon="user-plus", clicked=self._on_route)
        self.line = AnswerLine(theme)
        self._hops = PlainLabel("", role="small", wraps=True)
        self.picture = push_button(
            "Copy as picture", theme=theme, kind="link", icon="image", clicked=self._copy_picture
        )
        self._surge = PlainLabel("", role="small", wraps=True)
        self.buttons = {deed: self._button(deed) for deed in QuestionDeed}
        self._related = QVBoxLayout()
        self._related.setSpacing(0)
        self._related_title = PlainLabel("Related conversations", role="strong")
        self._path_title = PlainLabel("How it was answered", role="strong")
        self._surge_title = PlainLabel("Help that came", role="strong")
        self._build()

    @property
    def shown(self) -> ShownQuestion | None:
        """What is shown."""
        return self._shown

    def show_question(self, question: ShownQuestion, *, is_late: bool, is_writable: bool) -> None:
        """Shows another question; what is typed for the same one stays."""
        is_other = self._shown is None or self._shown.id != question.id
        before, self._shown = self._shown, question
        row = question.row
        self._subject.setText(subject_words(short_subject(question.subject, question.community)) or "No subject")
        age = "" if row is None else age_words(row)
        self._facts.setText(" · ".join(isolated(part) for part in _facts(question, age)))
        self._excerpt.setText(_excerpt(question.text))
        self._state.setVisible(row is not None)
        if row is not None:
            words = COLUMN_TITLES[row.state] + (", late" if is_late else "")
            self._state.show_text(words, meaning=Meaning.WATCH if is_late else _MEANINGS[row.state])
        was = "" if before is None or before.row is None else before.row.owner
        owner = "" if row is None else row.owner
        if is_other or was != owner:
            self.owner.setText(owner)
        self._show_way(question)
        self._show_surge(question.surge)
        self._show_buttons(question, is_writable=is_writable)
        self._show_related(question)

    def offer(self, names: list[OwnerName]) -> None:
        """Completes the owner's line from these; two of one name are told apart by their office."""
        self._ids = {}
        shown_names = []
        for one in names:
            label = f"{one.name} · {one.office}" if one.office else one.name
            self._ids[label] = one.person_id
            self._ids.setdefault(one.name, one.person_id)
            shown_names.append(label)
        self.owner.offer(shown_names)

    def _on_route(self) -> None:
        typed = " ".join(self.owner.text().split())
        if self._shown is None or not typed:
            self.owner.setFocus()
            return
        known = self._ids.get(typed)
        self.routed.emit(typed.partition(" · ")[0], known)

    def _copy_picture(self) -> None:
        QGuiApplication.clipboard().setPixmap(self.line.picture())

    def _show_way(self, question: ShownQuestion) -> None:
        path = question.path if question.path is not None and question.path.is_answered else None
        self.line.show_path(path)
        for widget in (self._path_title, self._hops, self.picture):
            widget.setVisible(path is not None)
        self._hops.setText("" if path is None else hops_words(path))

    def _show_surge(self, surge: Surge | None) -> None:
        self._urgent.setVisible(surge is not None)
        for widget in (self._surge_title, self._surge):
            widget.setVisible(surge is not None)
        if surge is not None:
            self._surge.setText(surge_words(surge))

    def _show_buttons(self, question: ShownQuestion, *, is_writable: bool) -> None:
        row = question.row
        waits = row is not None and row.state in {QuestionState.OPEN, QuestionState.ROUTED}
        has_owner = row is not None and bool(row.owner)
        is_settled = row is not None and (
            row.state is QuestionState.ABANDONED or row.hours is None or row.is_by_hand or has_owner
        )
        shows = {
            QuestionDeed.OPEN: True,
            QuestionDeed.REPLY: is_writable,
            QuestionDeed.ASK_THERE: is_writable and has_owner and waits,
            QuestionDeed.COPY: has_owner and waits,
            QuestionDeed.CARD: is_writable,
            QuestionDeed.ANSWERED: is_writable and waits,
            QuestionDeed.GIVE_UP: is_writable and waits,
            QuestionDeed.REOPEN: is_writable and is_settled,
            QuestionDeed.URGENT: is_writable,
        }
        for deed, button in self.buttons.items():
            button.setVisible(shows[deed])
        say(self.buttons[QuestionDeed.URGENT], "Mark as urgent" if question.surge is None else "No longer urgent")
        is_owned = is_writable and (waits or row is None)
        for widget in (self.owner, self.route):
            widget.setVisible(is_owned)
        say(self.route, "Route" if not has_owner else "Change")

    def _show_related(self, question: ShownQuestion) -> None:
        while (item := self._related.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._related_title.setVisible(bool(question.related))
        for row in question.related:
            words = short_subject(row.subject, row.community) or "No subject"
            told = f"{words}: {numbers.plural(row.messages, 'message', 'messages')}, {line(row.community)}"
            button = LinkRow(self._theme, words, told)
            button.clicked.connect(lambda _=False, thread=row.id: self.thread_wanted.emit(EventId(thread)))
            self._related.addWidget(button)

    def _button(self, deed: QuestionDeed) -> QPushButton:
        kind: Kind = "primary" if deed is QuestionDeed.OPEN else ""
        button = push_button(_TITLES[deed], theme=self._theme, kind=kind, icon=deed.value)
        button.clicked.connect(lambda: self.wanted.emit(deed))
        return button

    def _build(self) -> None:
        inner = QWidget()
        inner.setProperty("ground", "surface")
        column = QVBoxLayout(inner)
        column.setContentsMargins(_PADDING, 12, _PADDING, _PADDING)
        column.setSpacing(8)
        head = QHBoxLayout()
        chips = QHBoxLayout()
        chips.setSpacing(6)
        for chip in (self._state, self._urgent):
            chips.addWidget(chip)
        head.addLayout(chips)
        head.addStretch(1)
        head.addWidget(icon_button("Close", icon="x", theme=self._theme, clicked=self.closed.emit))
        column.addLayout(head)
        for label in (self._subject, self._facts, self._excerpt):
            column.addWidget(label)
        column.addSpacing(4)
        who = QHBoxLayout()
        who.setSpacing(8)
        who.addWidget(self.owner, 1)
        who.addWidget(self.route)
        column.addLayout(who)
        for deed in (QuestionDeed.COPY, QuestionDeed.ASK_THERE):
            column.addWidget(self.buttons[deed])
        column.addSpacing(8)
        for widget in (self._path_title, self.line, self._hops):
            column.addWidget(widget)
        column.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._surge_title)
        column.addWidget(self._surge)
        column.addSpacing(8)
        for deed in QuestionDeed:
            if deed not in {QuestionDeed.COPY, QuestionDeed.ASK_THERE}:
                column.addWidget(self.buttons[deed])
        column.addSpacing(8)
        column.addWidget(self._related_title)
        column.addLayout(self._related)
        column.addStretch(1)
        self.setWidget(inner)


def surge_words(surge: Surge) -> str:
    """How much help came to an urgent thread, and whether that was enough in time."""
    people = numbers.plural(surge.people_in_time, "person", "people")
    offices = numbers.plural(surge.offices_in_time, "office", "offices")
    came = f"{people} from {offices} in 24 hours"
    if surge.reached_hours is not None:
        return (
            f"{came}; {RESPONDERS} people from {OFFICES} offices were there after {numbers.hours(surge.reached_hours)}."
        )
    wanted = f"{RESPONDERS} people from {OFFICES} offices"
    return f"{came}; {wanted} did not come in time." if surge.is_over else f"{came} so far; {wanted} are wanted."


def _facts(question: ShownQuestion, age: str) -> list[str]:
    return [part for part in (line(question.author), line(question.community), age) if part]


def _excerpt(text: str) -> str:
    words = shown(text).strip()
    return words if len(words) <= _EXCERPT else words[: _EXCERPT - 1].rstrip() + "…"
