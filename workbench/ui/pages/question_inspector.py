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
from workbench.queries.surge import Surge
from workbench.ui.directions import isolated, subject_words
from workbench.ui.pages.plan_inspector_fields import PersonLine
from workbench.ui.pages.question_words import related_words, routed_words, surge_words, watched_words
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
    THANK = "heart"
    ANSWERED = "check-circle"
    GIVE_UP = "prohibit"
    REOPEN = "arrow-counter-clockwise"
    URGENT = "lightning"
    WATCH = "eye"
    OUTPUT = "package"
    IDEA = "lightbulb"


_TITLES: Final = {
    QuestionDeed.OPEN: "Open the conversation",
    QuestionDeed.REPLY: "Write an answer",
    QuestionDeed.ASK_THERE: "Ask them in the thread",
    QuestionDeed.COPY: "Copy a message to them",
    QuestionDeed.CARD: "Make a card",
    QuestionDeed.THANK: "Thank who answered",
    QuestionDeed.ANSWERED: "Answered elsewhere",
    QuestionDeed.GIVE_UP: "Give it up",
    QuestionDeed.REOPEN: "Open it again",
    QuestionDeed.URGENT: "Mark as urgent",
    QuestionDeed.WATCH: "Keep an eye on it",
    QuestionDeed.OUTPUT: "Keep as output",
    QuestionDeed.IDEA: "Keep as idea",
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

    `card_wanted(FoundCard)` for a card made from it. `names_wanted(text)` asks for names to complete the owner's line
    with; answer with `offer`.
    """

    wanted = Signal(object)
    routed = Signal(str, object)
    thread_wanted = Signal(int)
    card_wanted = Signal(object)
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
        self._routed = PlainLabel("", role="small", wraps=True)
        self._watched = PlainLabel("", role="small", wraps=True)
        self._cards, self._related = QVBoxLayout(), QVBoxLayout()
        for rows in (self._cards, self._related):
            rows.setSpacing(0)
        self._cards_title = PlainLabel("Cards that came of it", role="strong")
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
        said = routed_words(row, question.asked_there_at, now=question.now)
        self._routed.setText(said)
        self._routed.setVisible(bool(said))
        self._show_way(question)
        self._show_surge(question.surge)
        self._show_buttons(question, is_writable=is_writable)
        said = watched_words(question.watched)
        self._watched.setText(said)
        self._watched.setVisible(bool(said))
        self._show_cards(question)
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
            QuestionDeed.THANK: is_writable and question.answerer is not None,
            QuestionDeed.ANSWERED: is_writable and waits,
            QuestionDeed.GIVE_UP: is_writable and waits,
            QuestionDeed.REOPEN: is_writable and is_settled,
            QuestionDeed.URGENT: is_writable,
            QuestionDeed.WATCH: is_writable,
            QuestionDeed.OUTPUT: is_writable,
            QuestionDeed.IDEA: is_writable,
        }
        for deed, button in self.buttons.items():
            button.setVisible(shows[deed])
        if question.answerer is not None:
            say(self.buttons[QuestionDeed.THANK], f"Thank {isolated(line(question.answerer.name))}")
        asking = _TITLES[QuestionDeed.ASK_THERE] if question.asked_there_at is None else "Remind them in the thread"
        say(self.buttons[QuestionDeed.ASK_THERE], asking)
        say(self.buttons[QuestionDeed.URGENT], "Mark as urgent" if question.surge is None else "No longer urgent")
        watched = question.watched is not None and question.watched.is_open
        say(self.buttons[QuestionDeed.WATCH], "Change the note" if watched else _TITLES[QuestionDeed.WATCH])
        is_owned = is_writable and (waits or row is None)
        for widget in (self.owner, self.route):
            widget.setVisible(is_owned)
        say(self.route, "Route" if not has_owner else "Change")

    def _show_cards(self, question: ShownQuestion) -> None:
        _emptied(self._cards)
        self._cards_title.setVisible(bool(question.cards))
        for card in question.cards:
            done = "done" if card.is_done else "not done yet"
            button = LinkRow(self._theme, line(card.title), f"{line(card.title)}, {done}, in {line(card.plan)}")
            button.clicked.connect(lambda _=False, one=card: self.card_wanted.emit(one))
            self._cards.addWidget(button)
            self._cards.addWidget(self._below(f"{isolated(line(card.plan))} · {done}"))

    def _show_related(self, question: ShownQuestion) -> None:
        _emptied(self._related)
        self._related_title.setVisible(bool(question.related))
        for row in question.related:
            words, told = short_subject(row.subject, row.community) or "No subject", related_words(row)
            button = LinkRow(self._theme, words, f"{words}: {told}")
            button.clicked.connect(lambda _=False, thread=row.id: self.thread_wanted.emit(EventId(thread)))
            self._related.addWidget(button)
            self._related.addWidget(self._below(told))

    def _below(self, words: str) -> PlainLabel:
        """A line that belongs to the link above it."""
        label = PlainLabel(words, role="caption", wraps=True)
        label.setContentsMargins(self._theme.px(4), 0, 0, self._theme.px(8))
        return label

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
        column.addWidget(self._routed)
        column.addWidget(self._watched)
        for deed in (QuestionDeed.COPY, QuestionDeed.ASK_THERE):
            column.addWidget(self.buttons[deed])
        column.addSpacing(8)
        for widget in (self._path_title, self.line, self._hops):
            column.addWidget(widget)
        column.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.buttons[QuestionDeed.THANK])
        column.addWidget(self._surge_title)
        column.addWidget(self._surge)
        column.addSpacing(8)
        for deed in QuestionDeed:
            if deed not in {QuestionDeed.COPY, QuestionDeed.ASK_THERE, QuestionDeed.THANK}:
                column.addWidget(self.buttons[deed])
        column.addSpacing(8)
        column.addWidget(self._cards_title)
        column.addLayout(self._cards)
        column.addWidget(self._related_title)
        column.addLayout(self._related)
        column.addStretch(1)
        self.setWidget(inner)


def _emptied(rows: QVBoxLayout) -> None:
    while (item := rows.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _facts(question: ShownQuestion, age: str) -> list[str]:
    return [part for part in (line(question.author), line(question.community), age) if part]


def _excerpt(text: str) -> str:
    words = shown(text).strip()
    return words if len(words) <= _EXCERPT else words[: _EXCERPT - 1].rstrip() + "…"
