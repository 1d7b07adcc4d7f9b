"""RaiseForm: more data for an account on this one day, asked on its card."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.ui import numbers
from workbench.ui.pages.sync_data import AccountView
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.field import ProblemLine
from workbench.ui.widgets.plain_label import PlainLabel

_MEGABYTE: Final = 1_000_000
_NUMBER_WIDTH: Final = 96
_MORE: Final = 5 * _MEGABYTE
"""What is proposed on top of what holds or is used."""
_MOST: Final = 100_000 * _MEGABYTE


class RaiseForm(QWidget):
    """`raised(bytes)` with the limit of today, None for no limit today; `left` when it stays as it is."""

    raised = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, view: AccountView) -> None:
        super().__init__()
        cap, used = view.cap or 0, view.spent.today.bytes
        self._least = max(cap, used)
        usual = numbers.whole_size(view.account.daily_cap or cap)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        said = f"{numbers.size(used)} of {numbers.whole_size(cap)} is used today. Raise the limit for today only?"
        column.addWidget(PlainLabel(said, role="strong", wraps=True))
        column.addWidget(PlainLabel(f"From tomorrow on it is {usual} a day again.", role="second", wraps=True))
        self.amount = QLineEdit(numbers.written((self._least + _MORE) // _MEGABYTE))
        self.amount.setFixedWidth(theme.px(_NUMBER_WIDTH))
        self.amount.setAccessibleName("Megabytes for today")
        self._wrong = ProblemLine(theme)
        self.amount.textChanged.connect(lambda: self._wrong.say(""))
        self.amount.returnPressed.connect(self._on_go)
        row = QHBoxLayout()
        row.setSpacing(8)
        label = PlainLabel("Megabytes for today:")
        label.setBuddy(self.amount)
        row.addWidget(label)
        row.addWidget(self.amount)
        row.addWidget(push_button("Raise and go on", theme=theme, kind="primary", clicked=self._on_go))
        row.addWidget(push_button("No limit today", theme=theme, clicked=lambda: self.raised.emit(None)))
        row.addWidget(push_button("Cancel", theme=theme, clicked=self.left.emit))
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._wrong)

    @property
    def problem(self) -> str:
        """What is said to be wrong; empty for nothing."""
        return self._wrong.text

    def take_focus(self) -> None:
        """Puts the cursor into the amount, all of it chosen."""
        self.amount.setFocus()
        self.amount.selectAll()

    def refuse(self, words: str) -> None:
        """Says why it was not kept."""
        self._wrong.say(words)

    def _on_go(self) -> None:
        value = numbers.read_number(self.amount.text())
        size = 0 if value is None else round(value * _MEGABYTE)
        if self._least < size <= _MOST:
            self.raised.emit(size)
            return
        self._wrong.say(f"Give more than {numbers.whole_size(self._least)}, which holds or is used already.")
        self.amount.setFocus()
