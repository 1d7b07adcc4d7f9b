"""RollupForgetPanel: what goes when headquarters forgets an office, named before anybody says so."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.rollup_data import forget_office, read_goes
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.reading_column import ReadingColumn
from workbench.ui.words import error_words

if TYPE_CHECKING:
    from workbench.models.changes import Changes
    from workbench.operations.rollup_forget import Goes


class RollupForgetPanel(ReadingColumn):
    """`left` when one thinks better of it, and once it is done."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme)
        self._context, self._theme = context, context.theme
        self.goes: Goes | None = None
        self.trouble = Notice(self._theme)
        self.go = push_button("Forget it", theme=self._theme, kind="danger", icon="trash", clicked=self.forget)
        self.keep = push_button("Keep it", theme=self._theme, clicked=self.left.emit)
        self._title = PlainLabel("", role="title", wraps=True)
        self.lines = [PlainLabel("", role="second", wraps=True) for _ in range(3)]
        self._build()

    def ask(self, office_id: str) -> None:
        """Counts what goes with an office, and asks."""
        self.goes = None
        self.trouble.say("")
        self._title.setText("Counting…")
        for line in self.lines:
            line.setText("")
        self.go.setEnabled(False)
        job = partial(read_goes, self._context.workspace, office_id)
        self._context.jobs.run(self, "goes", job, self._on_counted, self._on_failed)

    def take_focus(self) -> None:
        """Puts the keyboard on the way back."""
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Drops what was named."""
        if self.goes is None or not self.go.isEnabled():
            return
        self.go.setEnabled(False)
        job = partial(forget_office, self._context.workspace, self.goes.office_id)
        self._context.jobs.run(self, "forget", job, self._on_forgotten, self._on_failed)

    def _build(self) -> None:
        card = Card(padding=20)
        card.body.addWidget(self._title)
        for line in self.lines:
            card.body.addWidget(line)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.go, self.keep):
            row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        for widget in (self.trouble, card):
            self.column.addWidget(widget)

    def _on_counted(self, goes: "Goes") -> None:
        self.goes = goes
        self._title.setText(f"Forget what {goes.name} told?")
        for line, words in zip(self.lines, goes_words(goes), strict=True):
            line.setText(words)
        self.go.setEnabled(True)

    def _on_forgotten(self, changes: "Changes") -> None:
        if self.goes is not None:
            self._context.tell(f"Forgot what {self.goes.name} told.")
        self._context.bus.publish(changes)
        self.left.emit()

    def _on_failed(self, error: Exception) -> None:
        self._title.setText("" if self.goes is None else f"Forget what {self.goes.name} told?")
        self.go.setEnabled(self.goes is not None)
        self.trouble.say(" ".join(error_words(error)[0]))


def goes_words(goes: "Goes") -> tuple[str, str, str]:
    """What goes, what stays, and that there is no way back but the files."""
    files = numbers.plural(goes.files, "file", "files")
    plans = numbers.plural(goes.plans, "plan", "plans")
    weeks = numbers.plural(goes.weeks, "week", "weeks")
    stays = "It stays on the list of offices that are waited for." if goes.is_expected else "It leaves the table."
    return (
        f"This goes: {files} taken in, with {plans} and {weeks}, and who may speak for this office.",
        f"{stays} A new file of it starts afresh, whoever signs it.",
        "It cannot be undone here. Files that still lie in a folder count again when it is taken in.",
    )
