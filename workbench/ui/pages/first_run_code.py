"""CodeScreen: the recovery code of a new passphrase, to be printed or copied; shown once."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.ui.theme import HEADLINE, Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.state_panel import copy
from workbench.ui.widgets.ticks import TickBox

_GROUPS_A_LINE: Final = 4


class CodeScreen(QWidget):
    """`kept` once somebody says the code is kept and goes on."""

    kept = Signal()

    def __init__(self, theme: Theme, *, code: str) -> None:
        super().__init__()
        self._theme, self._code = theme, code
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(PlainLabel("Keep this recovery code", role="headline", wraps=True))
        said = (
            "It opens your profile if the passphrase is forgotten. Print it, or write it down, and keep it where you "
            "keep other papers. It is shown only now; nobody else has it, and nobody can make it again."
        )
        column.addWidget(PlainLabel(said, role="second", wraps=True))
        column.addWidget(self._code_card())
        foot = QHBoxLayout()
        self._tick = TickBox(theme, "I have kept it")
        self._tick.toggled.connect(self._on_ticked)
        self._go = push_button("Go on", theme=theme, kind="primary", icon="arrow-right", clicked=self.kept.emit)
        self._go.setEnabled(False)
        foot.addWidget(self._tick)
        foot.addStretch(1)
        foot.addWidget(self._go)
        column.addLayout(foot)

    def take_focus(self) -> None:
        """Puts the keyboard on the first way of keeping it."""
        self._print.setFocus()

    def _code_card(self) -> Card:
        card = Card(padding=24)
        text = "\n".join(code_lines(self._code))
        shown = PlainLabel(text)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(self._theme.px(HEADLINE))
        # The style sheet sets the size of every label, so this one has to be given its own.
        shown.setStyleSheet(
            f"font-family: '{font.family()}'; font-size: {self._theme.px(HEADLINE)}px; font-weight: 600;"
        )
        shown.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        shown.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        shown.setAccessibleName("Recovery code: " + " ".join(code_lines(self._code)))
        shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        card.body.addWidget(shown)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._print = push_button("Print…", theme=self._theme, icon="printer", clicked=self._on_print)
        self._copy = push_button("Copy", theme=self._theme, icon="copy", clicked=self._on_copy)
        self._said = PlainLabel("", role="small")
        row.addStretch(1)
        row.addWidget(self._print)
        row.addWidget(self._copy)
        row.addStretch(1)
        card.body.addSpacing(8)
        card.body.addLayout(row)
        said = QHBoxLayout()
        said.addStretch(1)
        said.addWidget(IconLabel("lock-key", self._theme, token="third"))
        said.addWidget(PlainLabel("Whoever has the code and this computer can read everything in it.", role="small"))
        said.addStretch(1)
        card.body.addSpacing(8)
        card.body.addLayout(said)
        return card

    def _on_ticked(self, is_on: bool) -> None:  # noqa: FBT001 - a Qt signal carries its arguments by position
        self._go.setEnabled(is_on)

    def _on_copy(self) -> None:
        copy(self._code)
        self._copy.setText("Copied")

    def _on_print(self) -> None:
        """The system's own dialog; the page holds the code and where it belongs, no more."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - only when asked for

        printer = QPrinter()
        if QPrintDialog(printer, self).exec():
            page = QTextDocument()
            page.setPlainText(printed(self._code))
            page.print_(printer)


def code_lines(code: str) -> list[str]:
    """The code's groups, four to a line, as they are shown and printed."""
    groups = code.split("-")
    return ["-".join(groups[start : start + _GROUPS_A_LINE]) for start in range(0, len(groups), _GROUPS_A_LINE)]


def printed(code: str) -> str:
    """What stands on the paper."""
    lines = "\n".join(code_lines(code))
    return (
        f"Community Workbench: recovery code\n\n{lines}\n\n"
        "Type it in the place of the passphrase. Keep it away from the computer it opens."
    )
