"""ArrivalView: a plan file that was opened: who sent it, what would change, card by card; nothing is applied yet."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.theme import Meaning
from workbench.ui.widgets.buttons import push_button, say
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.chip import Chip
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.fingerprint import Fingerprint
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.reading_column import ReadingColumn
from workbench.ui.widgets.ticks import TickBox
from workbench.ui.widgets.value_change import ValueChange

if TYPE_CHECKING:
    # What opens sealed files takes longer to load than a window may stand still.
    from workbench.operations.exchange import PlanArrival
    from workbench.plans.preview import FieldChange, Question

KINDS: Final = {"plan": "Plan", "objective": "Objective", "card": "Card", "checkpoint": "Checkpoint"}
_CARDS_AT_ONCE: Final = 40
_FIRST_USE: Final = "first-use"
_SAME: Final = "same"


class ArrivalView(QWidget):
    """`merge_wanted(trust, name)` when a person wants it taken in, `left` for not now."""

    merge_wanted = Signal(bool, str)
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._theme = context, context.theme
        self._arrival: PlanArrival | None = None
        self._area = ReadingColumn(self._theme)
        self.compared = TickBox(self._theme, "I compared it with the sender, and it is the same")
        self.name = QLineEdit()
        self.name_field = Field(self._theme, "Another name for it here", self.name)
        self.go = push_button("Merge", theme=self._theme, kind="primary", icon="git-merge", clicked=self._on_go)
        leave = push_button("Not now", theme=self._theme, clicked=self.left.emit)
        self._said = PlainLabel("", role="small", elides=True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for widget in (self.go, leave, self._said):
            foot.addWidget(widget)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._area, 1)
        column.addLayout(foot)
        self.compared.toggled.connect(self._enable)
        self.name.textChanged.connect(self._enable)

    def show_arrival(self, arrival: "PlanArrival") -> None:
        """Shows another file."""
        self._arrival = arrival
        self.compared.setChecked(False)
        self.name.setText(f"{arrival.plan.name} ({arrival.sender})" if arrival.has_taken_name else "")
        self.compared.setParent(None)
        self.name_field.setParent(None)
        self._area.clear()
        for card in self._built(arrival):
            self._area.add(card)
        self._area.verticalScrollBar().setValue(0)
        say(self.go, "Add the plan" if arrival.is_new_plan else "Merge")
        self.show_busy(is_busy=False)

    def take_focus(self) -> None:
        """Puts the keyboard on what has to be done first."""
        first = self.go if self.go.isEnabled() else self.compared if self.compared.isVisible() else self.name
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_busy(self, *, is_busy: bool, words: str = "") -> None:
        """Keeps the button from being pressed twice; `words` say what is wrong or under way."""
        self._said.setText(words)
        self._enable()
        if is_busy:
            self.go.setEnabled(False)

    def _on_go(self) -> None:
        if self._arrival is not None:
            self.go.setEnabled(False)
            self.merge_wanted.emit(not self._arrival.is_trusted, " ".join(self.name.text().split()))

    def _enable(self) -> None:
        arrival = self._arrival
        if arrival is None:
            return
        is_vouched = arrival.is_trusted or self.compared.isChecked()
        has_name = not arrival.has_taken_name or bool(self.name.text().strip())
        self.go.setEnabled(is_vouched and has_name)

    def _built(self, arrival: "PlanArrival") -> list[QWidget]:
        parts: list[QWidget] = [self._built_head(arrival)]
        if not arrival.is_trusted:
            parts.append(self._built_trust(arrival))
        parts += [
            Notice(self._theme, warning.text) for warning in arrival.warnings if warning.code not in {_FIRST_USE, _SAME}
        ]
        if arrival.has_taken_name:
            card = Card("A plan of this name is here already")
            card.body.addWidget(PlainLabel("They are two different plans. Give the new one another name.", wraps=True))
            card.body.addWidget(self.name_field)
            self.name_field.show()
            parts.append(card)
        seen = arrival.preview
        if seen.questions:
            parts.append(self._built_questions(seen.questions))
        if arrival.is_new_plan:
            parts.append(self._built_new(arrival))
        elif seen.changes:
            parts += self._built_changes(seen.changes)
        else:
            card = Card("Nothing else would change")
            same = "The plan here holds all of it already." if seen.is_same else "Only the order of cards would change."
            card.body.addWidget(PlainLabel(same if not seen.questions else "Every other field stays.", wraps=True))
            parts.append(card)
        return parts

    def _built_head(self, arrival: "PlanArrival") -> Card:
        card = Card(padding=20)
        words = f"{arrival.sender} sent {arrival.plan.name}"
        card.body.addWidget(PlainLabel(words, role="title", wraps=True))
        card.setAccessibleName(words)
        header, now = arrival.header, self._context.workspace.clock.now()
        ago = numbers.ago(header.created, now=now)
        facts = f"Number {numbers.count(header.sequence)}, made {numbers.moment(header.created)} ({ago})"
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(PlainLabel(facts, role="second", elides=True))
        if arrival.is_trusted:
            row.addWidget(Chip(self._theme, "Signed by a partner you trust", meaning=Meaning.GOOD))
        row.addStretch(1)
        card.body.addLayout(row)
        if arrival.is_trusted:
            card.body.addWidget(PlainLabel(f"Fingerprint {arrival.fingerprint}", role="caption"))
        card.body.addWidget(PlainLabel(_summary(arrival), wraps=True))
        card.body.addWidget(PlainLabel(_promise(arrival), role="small", wraps=True))
        return card

    def _built_trust(self, arrival: "PlanArrival") -> Card:
        card = Card(f"The first file from {arrival.sender}")
        said = (
            f"Nothing of {arrival.sender} was taken in here before. Ring them, or ask in person, and let them read out "
            "the fingerprint in their window (Plans, Partners). If it is the same, the file is theirs, and later ones "
            "are checked against it by themselves. If it differs, somebody else made this file: choose Not now."
        )
        card.body.addWidget(PlainLabel(said, wraps=True))
        card.body.addWidget(Fingerprint(self._theme, arrival.fingerprint))
        card.body.addWidget(self.compared)
        self.compared.show()
        return card

    def _built_new(self, arrival: "PlanArrival") -> Card:
        card = Card("New here", arrival.plan.name)
        plan = arrival.plan
        cards = sum(not each.is_archived for each in plan.cards)
        lines = (
            ("Purpose", plan.purpose), ("Owner", plan.owner), ("Day 0", numbers.day(plan.starts_on)),
            ("Objectives", numbers.count(len(plan.objectives))), ("Cards", numbers.count(cards)),
        )  # fmt: skip
        for field, words in lines:
            card.body.addWidget(ValueChange(self._theme, field=field, before="", after=words, is_new=True))
        return card

    def _built_questions(self, questions: "Sequence[Question]") -> Card:
        card = Card("Changed by both", numbers.plural(len(questions), "field", "fields"))
        card.body.addWidget(
            PlainLabel(
                "After merging you choose; until then the first value shows, and all are kept.",
                role="small",
                wraps=True,
            )
        )
        for each in questions[:_CARDS_AT_ONCE]:
            said = [
                f"{words or 'nothing'} ({author}, {numbers.moment(candidate.at)})"
                for words, author, candidate in zip(each.words, each.authors, each.conflict.candidates, strict=True)
            ]
            card.body.addWidget(PlainLabel(each.title, role="strong", wraps=True))
            card.body.addWidget(
                ValueChange(self._theme, field=each.field, before="", after="\n".join(said), is_new=True)
            )
            if each.stays:
                card.body.addWidget(PlainLabel(each.stays, role="small", wraps=True))
        return card

    def _built_changes(self, changes: "Sequence[FieldChange]") -> list[QWidget]:
        groups = [
            list(group) for _, group in groupby(changes, key=lambda each: (each.kind, each.record_id, each.title))
        ]
        parts: list[QWidget] = [self._built_change(group) for group in groups[:_CARDS_AT_ONCE]]
        rest = groups[_CARDS_AT_ONCE:]
        if rest:
            more = push_button(
                f"Show {numbers.count(len(rest))} more", theme=self._theme, kind="link", icon="caret-down",
            )  # fmt: skip
            more.clicked.connect(lambda: self._show_more(more, rest))
            parts.append(more)
        return parts

    def _show_more(self, button: QWidget, groups: "list[list[FieldChange]]") -> None:
        self._area.column.removeWidget(button)
        button.hide()
        button.deleteLater()
        flat = [change for group in groups for change in group]
        for card in self._built_changes(flat):
            self._area.add(card)

    def _built_change(self, changes: "Sequence[FieldChange]") -> Card:
        first = changes[0]
        card = Card(first.title, KINDS[first.kind])
        card.body.setSpacing(2)
        now = self._context.workspace.clock.now()
        for each in changes:
            who = each.author if each.at is None else f"{each.author}, {numbers.ago(each.at, now=now)}"
            card.body.addWidget(
                ValueChange(
                    self._theme, field=each.field, before=each.before_words, after=each.after_words, who=who,
                    is_new=not each.name,
                )
            )  # fmt: skip
        return card


def _summary(arrival: "PlanArrival") -> str:
    if arrival.is_new_plan:
        return "This plan is new here. It is added as a whole."
    seen = arrival.preview
    if seen.is_same:
        return "The plan here holds all of it already; nothing would change."
    changes = f"{numbers.plural(len(seen.changes), 'change', 'changes')} would be taken in"
    asked = numbers.plural(len(seen.questions), "field", "fields")
    both = f"; {asked} changed by both of you" if seen.questions else ""
    return f"{changes}{both}."


def _promise(arrival: "PlanArrival") -> str:
    if arrival.is_new_plan:
        return "Nothing is added before you say so."
    return "Nothing is changed before you merge. A copy of the plan as it is now is kept then."
