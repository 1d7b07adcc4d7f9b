"""CopiesView: a plan as it was before merges: the list, what going back would change, and going back."""

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workbench.queries.partners import PlanCopyRow
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.widgets.buttons import push_button, snug
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.reading_column import ReadingColumn
from workbench.ui.widgets.state_panel import StatePanel, StateWords
from workbench.ui.widgets.value_change import ValueChange
from workbench.ui.words import error_words

if TYPE_CHECKING:
    # The document and what reads it load with the first look, away from the window.
    from workbench.models.changes import Changes
    from workbench.plans.editor import PlanEditor
    from workbench.plans.preview import FieldChange
    from workbench.workspace import Workspace

_MOST_LINES: Final = 60


class CopiesView(QWidget):
    """`restore_wanted(gesture)` with what the plan's editor has to do to go back."""

    restore_wanted = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._theme = context, context.theme
        self._copies: tuple[PlanCopyRow, ...] | None = None
        self._open: str | None = None
        self._looks: dict[str, QWidget] = {}
        self.looks: dict[str, QPushButton] = {}
        self.cards: list[Card] = []
        self._deeds: dict[tuple[str, str], QPushButton] = {}
        self.trouble = Notice(self._theme)
        self._area = ReadingColumn(self._theme)
        self._empty = StatePanel(self._theme)
        self._empty.show_words(
            StateWords(
                "No copy is kept yet",
                ("Before each merge the plan is kept here as it was, so that you can go back. The newest ten stay.",),
                "clock-counter-clockwise",
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.trouble)
        column.addWidget(self._area, 1)
        column.addWidget(self._empty, 1)
        self._area.hide()

    def show_copies(self, copies: tuple[PlanCopyRow, ...]) -> None:
        """Shows the copies of a plan, newest first."""
        if copies == self._copies:
            return
        held = self._held()
        self._copies, self._open = copies, None
        self.trouble.say("")
        self._area.clear()
        self._looks, self.looks, self.cards, self._deeds = {}, {}, [], {}
        self._area.setVisible(bool(copies))
        self._empty.setVisible(not copies)
        for copy in copies:
            card = self._built(copy)
            self.cards.append(card)
            self._area.add(card)
        if copies:
            said = "Going back is an edit like any other: undo takes it back, and the plan as it is now is kept too."
            self._area.add(PlainLabel(said, role="small", wraps=True))
        if held is not None and held in self._deeds:
            self._deeds[held].setFocus(Qt.FocusReason.OtherFocusReason)

    def _held(self) -> tuple[str, str] | None:
        """The copy and the deed whose button has the keyboard."""
        here = self.window().focusWidget()
        return next((key for key, button in self._deeds.items() if button is here), None)

    def take_focus(self) -> None:
        """Puts the keyboard on the first button."""
        first = next(iter(self.looks.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_trouble(self, error: Exception) -> None:
        """What went wrong."""
        self.trouble.say(" ".join(error_words(error)[0]))

    def look(self, copy_id: str) -> None:
        """Shows what going back to a copy would change; nothing is changed."""
        self._open = copy_id
        job = partial(_changes, self._context.workspace, copy_id)
        self._context.jobs.run(self, "look", job, partial(self._on_looked, copy_id), self.say_trouble)

    def restore(self, copy_id: str) -> None:
        """Asks to go back to a copy."""
        self.restore_wanted.emit(partial(_restore, self._context.workspace, copy_id))

    def _built(self, copy: PlanCopyRow) -> Card:
        card = Card()
        card.setAccessibleName(f"{copy.reason}, {numbers.moment(copy.made_at)}")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel("clock-counter-clockwise", self._theme, token="second", size=20))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(PlainLabel(copy.reason, role="strong", wraps=True))
        ago = numbers.ago(copy.made_at, now=self._context.workspace.clock.now())
        words.addWidget(PlainLabel(f"{numbers.moment(copy.made_at)} ({ago})", role="small", wraps=True))
        row.addLayout(words, 1)
        look = push_button("What would change", theme=self._theme, clicked=partial(self.look, copy.id))
        back = push_button("Go back to it", theme=self._theme, icon="arrow-u-up-left")
        back.clicked.connect(lambda: self.restore(copy.id))
        self.looks[copy.id] = look
        self._deeds |= {(copy.id, "look"): look, (copy.id, "back"): back}
        for button in (look, back):
            snug(button)
            button.setAccessibleDescription(card.accessibleName())
            row.addWidget(button)
        card.body.addLayout(row)
        holder = QWidget()
        QVBoxLayout(holder).setContentsMargins(28, 4, 0, 0)
        holder.hide()
        card.body.addWidget(holder)
        self._looks[copy.id] = holder
        return card

    def _on_looked(self, copy_id: str, changes: "tuple[FieldChange, ...]") -> None:
        for other, holder in self._looks.items():
            holder.setVisible(other == copy_id)
        holder, column = self._looks[copy_id], self._looks[copy_id].layout()
        while column is not None and (item := column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if column is None:
            return
        lines: list[QWidget] = []
        for title, group in groupby(changes[:_MOST_LINES], key=lambda each: each.title):
            lines.append(PlainLabel(title, role="strong", wraps=True))
            lines += [
                ValueChange(self._theme, field=each.field, before=each.before_words, after=each.after_words)
                for each in group
            ]
        if len(changes) > _MOST_LINES:
            lines.append(PlainLabel(f"and {numbers.count(len(changes) - _MOST_LINES)} more fields", role="small"))
        if not changes:
            lines.append(PlainLabel("Nothing: the plan looks like this now.", role="small"))
        for line in lines:
            column.addWidget(line)
        holder.setAccessibleName(numbers.plural(len(changes), "field would change", "fields would change"))


def _changes(workspace: "Workspace", copy_id: str) -> "tuple[FieldChange, ...]":
    from workbench.operations.exchange_looks import changes_of_copy  # noqa: PLC0415 - as said above

    return changes_of_copy(workspace, copy_id)


def _restore(workspace: "Workspace", copy_id: str, editor: "PlanEditor") -> "Changes":
    from workbench.operations.exchange import restore_copy  # noqa: PLC0415 - as said above

    return restore_copy(workspace, copy_id, editor=editor)
