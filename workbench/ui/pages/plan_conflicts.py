"""ConflictsView: fields that two people changed, each with its values side by side, to choose one or keep both."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.plans.views import RecordKind
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.plan_arrival import KINDS
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.reading_column import ReadingColumn
from workbench.ui.widgets.state_panel import StatePanel, StateWords

if TYPE_CHECKING:
    from workbench.models.changes import Changes
    from workbench.plans.editor import PlanEditor
    from workbench.plans.preview import Question

    Settling = Callable[[PlanEditor], Changes]

_MOST: Final = 9
_SHOWN: Final = 60


class ConflictsView(QWidget):
    """`settled(gesture)` with what the plan's editor has to do once a person chose."""

    settled = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._theme = context, context.theme
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a click beside the cards leaves their keys working
        self._questions: tuple[Question, ...] | None = None
        self.cards: list[QuestionCard] = []
        self._area = ReadingColumn(self._theme, width=920)
        self._empty = StatePanel(self._theme)
        self._empty.show_words(
            StateWords(
                "Nothing waits for a choice",
                ("When you and a partner change the same field apart, both values stand here until one is chosen.",),
                "check-circle",
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area, 1)
        column.addWidget(self._empty, 1)
        self._area.hide()

    def show_questions(self, questions: "tuple[Question, ...]") -> None:
        """Shows what waits; the keyboard goes on with the next one where it was on one that is settled."""
        if questions == self._questions:
            return
        place = next((number for number, card in enumerate(self.cards) if card.has_keyboard()), None)
        self._questions = questions
        self._area.clear()
        self.cards = [QuestionCard(self._context, each) for each in questions[:_SHOWN]]
        self._area.setVisible(bool(questions))
        self._empty.setVisible(not questions)
        if not questions:
            return
        said = "Press 1 or 2 for a value, N to keep both in the notes, and the arrows for the next one."
        self._area.add(PlainLabel(said, role="small", wraps=True))
        for card in self.cards:
            card.settled.connect(self.settled)
            card.stepped.connect(self._on_step)
            self._area.add(card)
        if len(questions) > _SHOWN:
            more = f"{numbers.count(len(questions) - _SHOWN)} more follow once these are settled."
            self._area.add(PlainLabel(more, role="small"))
        if place is not None:
            self.cards[min(place, len(self.cards) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def take_focus(self) -> None:
        """Puts the keyboard on the first one."""
        (self.cards[0] if self.cards else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def deed(self, event: QKeyEvent) -> "Callable[[], object] | None":
        """What a key does to the card that has the keyboard, or else to the first one; None for other keys."""
        card = next((each for each in self.cards if each.has_keyboard()), next(iter(self.cards), None))
        return None if card is None else card.deed(event)

    @override
    def event(self, event: QEvent) -> bool:
        # The same letters are keys of other pages; here they are meant for the cards.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.deed(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        deed = self.deed(event)
        if deed is not None:
            deed()
        else:
            super().keyPressEvent(event)

    def _on_step(self, step: int) -> None:
        here = next((number for number, card in enumerate(self.cards) if card.has_keyboard()), -1 if step > 0 else 1)
        there = min(max(0, here + step), len(self.cards) - 1)
        self.cards[there].setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(self.cards[there])


class QuestionCard(Card):
    """One field; 1 to 9 choose a value, N keeps both, up and down go on (`stepped`).

    What a locked checkpoint holds for good has one value to keep; the others can be read.
    """

    settled = Signal(object)
    stepped = Signal(int)

    def __init__(self, context: Context, question: "Question") -> None:
        super().__init__(question.title, f"{KINDS[question.conflict.kind]} · {question.field}")
        self._question = question
        self._theme = theme = context.theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        now = context.workspace.clock.now()
        row = QHBoxLayout()
        row.setSpacing(12)
        said = []
        self.buttons = []
        values = zip(question.words, question.authors, question.conflict.candidates, strict=True)
        for number, (words, author, candidate) in enumerate(values):
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(PlainLabel(words or "nothing", role="strong", wraps=True), 1, Qt.AlignmentFlag.AlignTop)
            who = f"{author}, {numbers.moment(candidate.at)} ({numbers.ago(candidate.at, now=now)})"
            column.addWidget(PlainLabel(who, role="small", wraps=True))
            title = f"Keep this ({numbers.count(number + 1)})" if number < _MOST else "Keep this"
            keep = push_button(title, theme=theme, clicked=partial(self.choose, number))
            keep.setAccessibleName(f"Keep {words or 'nothing'}, by {author}")
            keep.setEnabled(not number or not question.is_for_good)
            self.buttons.append(keep)
            column.addWidget(keep, 0, Qt.AlignmentFlag.AlignLeading)
            row.addLayout(column, 1)
            said.append(f"{number + 1}: {words or 'nothing'}, by {who}")
        self.body.addLayout(row)
        if question.stays:
            self.body.addWidget(PlainLabel(question.stays, role="small", wraps=True))
            said.append(question.stays)
        self.can_keep_both = question.conflict.kind is RecordKind.CARD
        if self.can_keep_both:
            both = push_button(
                "Keep both in the notes (N)", theme=theme, kind="link", icon="note", clicked=self.keep_both
            )
            self.body.addWidget(both, 0, Qt.AlignmentFlag.AlignLeading)
        self.setAccessibleName(f"{question.title}, {question.field}. {'. '.join(said)}")

    def choose(self, number: int) -> None:
        """Keeps one value."""
        conflict = self._question.conflict
        self.settled.emit(lambda editor: editor.settle(conflict, number))

    def keep_both(self) -> None:
        """Keeps the newest in the field, and the others in the notes of the card."""
        question = self._question
        self.settled.emit(lambda editor: _settle_with_notes(editor, question))

    def has_keyboard(self) -> bool:
        """Whether the keyboard is on it or in it."""
        window = self.window().focusWidget() if self.window() is not None else None
        return window is not None and (window is self or self.isAncestorOf(window))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Here and not in the view around it: what scrolls between the two takes the arrows.
        deed = self.deed(event)
        if deed is not None:
            deed()
        else:
            super().keyPressEvent(event)

    def deed(self, event: QKeyEvent) -> "Callable[[], object] | None":
        """What a key does here; None for other keys."""
        key, count = event.key(), len(self._question.conflict.candidates)
        number = key - Qt.Key.Key_1
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        if 0 <= number < (1 if self._question.is_for_good else min(count, _MOST)):
            return partial(self.choose, number)
        if key == Qt.Key.Key_N and self.can_keep_both:
            return self.keep_both
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        return partial(self.stepped.emit, steps[Qt.Key(key)]) if key in steps else None

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._mark(is_on=True)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark(is_on=False)

    def _mark(self, *, is_on: bool) -> None:
        self.setStyleSheet(f"QuestionCard {{ border: 2px solid {self._theme.tokens.accent}; }}" if is_on else "")


def both_words(question: "Question") -> str:
    """What the notes say of the values that are not kept in the field."""
    rest = list(zip(question.words, question.authors, question.conflict.candidates, strict=True))[1:]
    return "\n".join(
        f"{question.field}, as {author} had it on {numbers.day_of(candidate.at)}: {words or 'nothing'}"
        for words, author, candidate in rest
    )


def _settle_with_notes(editor: "PlanEditor", question: "Question") -> "Changes":
    conflict = question.conflict
    if conflict.field == "notes":
        texts: Sequence[str] = [str(candidate.value) for candidate in conflict.candidates if candidate.value]
        return editor.settle(conflict, 0, notes="\n\n".join(dict.fromkeys(texts)))
    card = next((each for each in editor.view().cards if each.id == conflict.record_id), None)
    notes = "" if card is None else card.notes
    return editor.settle(conflict, 0, notes="\n".join(filter(None, (notes, both_words(question)))))
