"""RemoveForm: what goes and what stays when an account is removed, confirmed by typing how much goes."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.ui import numbers
from workbench.ui.pages.sync_data import AccountView
from workbench.ui.pages.sync_outbox_words import headline
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.field import ProblemLine
from workbench.ui.widgets.plain_label import PlainLabel

_NAMED: Final = 3


class RemoveForm(QWidget):
    """`confirmed` once the number of messages was typed, `kept` when one thinks better of it."""

    confirmed = Signal()
    kept = Signal()

    def __init__(self, theme: Theme, view: AccountView) -> None:
        super().__init__()
        self._count = view.messages
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(6)
        column.addWidget(PlainLabel(f"Remove “{view.account.name}”?", role="strong", wraps=True))
        communities = numbers.plural(len(view.covers), "community", "communities")
        messages = numbers.plural(view.messages, "message", "messages")
        for sentence in (
            *_unsent_words(view),
            f"This goes: {communities} with {messages}, the types, stars and read marks set on them, their history, "
            "and people whom no other community knows.",
            "This stays: your plans, notes and tags with the people they are on, the backups, and the files or the "
            "server the messages came from.",
            "It cannot be undone. Bringing the same source in again brings the messages back.",
        ):
            column.addWidget(PlainLabel(sentence, role="second", wraps=True))
        self._typed = QLineEdit()
        self._typed.setAccessibleName(f"Type {self._count} to remove")
        self._typed.setParent(self)
        self._typed.setVisible(self._count > 0)
        self._typed.setMaximumWidth(theme.px(120))
        self._typed.textChanged.connect(self._on_typed)
        self._typed.returnPressed.connect(self._on_confirmed)
        self._wrong = ProblemLine(theme)
        self._go = push_button("Remove", theme=theme, kind="danger", icon="trash", clicked=self._on_confirmed)
        self._keep = push_button("Keep it", theme=theme, clicked=self.kept.emit)
        row = QHBoxLayout()
        row.setSpacing(8)
        if self._count:
            row.addWidget(PlainLabel(f"Type {numbers.count(self._count)} to go on:"))
            row.addWidget(self._typed)
        row.addWidget(self._go)
        row.addWidget(self._keep)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._wrong)
        self._on_typed()

    def take_focus(self) -> None:
        """Puts the cursor into the field; where nothing has to be typed, on the way back."""
        (self._typed if self._count else self._keep).setFocus()

    def _on_typed(self) -> None:
        self._go.setEnabled(self._is_right())
        # While it is typed nothing is wrong yet; with as many digits as the number has, it is.
        self._wrong.say(self._wrong_words() if len(self._digits()) >= len(str(self._count)) else "")

    def _is_right(self) -> bool:
        """Digits alone count, whatever the language groups them with; where nothing goes, nothing has to be typed."""
        if not self._count:
            return True
        return self._digits() == str(self._count)

    def _digits(self) -> str:
        return "".join(str(int(letter)) for letter in self._typed.text() if letter.isdecimal())

    def _wrong_words(self) -> str:
        if self._is_right():
            return ""
        typed = self._typed.text().strip()
        said = f"“{typed}” is not the number" if typed else "Nothing is typed"
        return f"{said}. Nothing was removed; it takes {numbers.count(self._count)}."

    def _on_confirmed(self) -> None:
        self._wrong.say(self._wrong_words())
        if self._is_right():
            self.confirmed.emit()


def _unsent_words(view: AccountView) -> tuple[str, ...]:
    """Names what was let go and will not go out any more; nothing where there is none."""
    if not view.unsent:
        return ()
    named = "; ".join(headline(row) for row in view.unsent[:_NAMED])
    more = len(view.unsent) - _NAMED
    rest = f"; and {numbers.count(more)} more" if more > 0 else ""
    return (f"This will not go out any more: {named}{rest}. The text stays in the outbox, to copy or to drop.",)
