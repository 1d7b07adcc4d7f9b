"""KeyScreen: the first screen: what this is, where the data will live, and who keeps the key."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.errors import KeyMissingError
from workbench.ui import icons
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.choices import ChoiceRow
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.state_panel import copy
from workbench.vault import Passphrase, Vault
from workbench.vault.passphrase import SHORTEST
from workbench.vault.system import pinned_backend

if TYPE_CHECKING:
    from workbench.ui.jobs import JobRunner

_LOGO: Final = 44
_VAULT_WORDS: Final = "Opens by itself while you are signed in to this computer. Nothing to remember."
_PASSPHRASE_WORDS: Final = "Asked for each time. You also get a recovery code to print."


class KeyScreen(QWidget):
    """`chosen(KeySource)` when a keeper of the key was chosen."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, *, profile: Path) -> None:
        super().__init__()
        self._theme = theme
        self._details = ""
        self._is_making = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(_Logo(theme))
        column.addWidget(PlainLabel("Welcome to Community Workbench", role="headline", wraps=True))
        said = (
            "It keeps an encrypted copy of your communities on this computer, shows what happens in them, and helps "
            "you plan ninety days at a time. It works without a network and needs no account."
        )
        column.addWidget(PlainLabel(said, role="second", wraps=True))
        column.addWidget(self._folder_card(profile))
        column.addWidget(self._key_card())
        column.addLayout(self._foot())
        self._show_fields()

    def look_for_vault(self, jobs: "JobRunner") -> None:
        """Asks the system for its vault in a job; some take their time, and a passphrase is on offer meanwhile."""
        jobs.run(self, "vault", has_vault, self._on_vault)

    def show_making(self, *, is_making: bool) -> None:
        """Says that the profile is being made; sealing a key takes a second on purpose."""
        self._is_making = is_making
        self._go.setText("Making your profile…" if is_making else "Begin")
        self._problem_row.setVisible(self._problem_row.isVisible() and not is_making)
        self._show_fields()

    def show_problem(self, words: tuple[str, ...], details: str) -> None:
        """Says why no profile could be made."""
        self._problem.setText(" ".join(words))
        self._details = details
        self._problem_row.show()
        if self._vault.isChecked():
            self._passphrase.setChecked(True)
        self._show_fields()

    def _folder_card(self, profile: Path) -> Card:
        card = Card("Where your data will live")
        path = QLineEdit(str(profile))
        path.setReadOnly(True)
        path.setCursorPosition(0)
        path.setAccessibleName("Folder of the profile")
        card.body.addWidget(path)
        card.body.addWidget(
            PlainLabel(
                "One encrypted folder. Nothing in it leaves this computer unless you send it.", role="small", wraps=True
            )
        )
        return card

    def _key_card(self) -> Card:
        card = Card("What opens it")
        self._group = QButtonGroup(self)
        self._vault = ChoiceRow(self._theme, "The vault of this computer", _VAULT_WORDS)
        self._passphrase = ChoiceRow(self._theme, "A passphrase", _PASSPHRASE_WORDS)
        for choice in (self._vault, self._passphrase):
            self._group.addButton(choice)
            card.body.addWidget(choice)
        self._vault.hide()
        self._fields = QWidget()
        grid = QGridLayout(self._fields)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        self._first, self._second = QLineEdit(), QLineEdit()
        for place, (title, field) in enumerate((("Passphrase", self._first), ("The same again", self._second))):
            label = PlainLabel(title, role="captionstrong")
            label.setBuddy(field)
            field.setAccessibleName(title)
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.textChanged.connect(self._show_fields)
            field.returnPressed.connect(self._on_go)
            grid.addWidget(label, 0, place)
            grid.addWidget(field, 1, place)
        self._rule = PlainLabel("", role="small", wraps=True)
        grid.addWidget(self._rule, 2, 0, 1, 2)
        card.body.addWidget(self._fields)
        self._passphrase.setChecked(True)
        self._vault.toggled.connect(self._show_fields)
        return card

    def _foot(self) -> QVBoxLayout:
        self._problem_row = QWidget()
        row = QHBoxLayout(self._problem_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._problem = PlainLabel("", wraps=True)
        row.addWidget(IconLabel("warning-circle", self._theme, token="bad"))
        row.addWidget(self._problem, 1)
        row.addWidget(
            push_button(
                "Copy details", theme=self._theme, kind="link", icon="copy", clicked=lambda: copy(self._details)
            )
        )
        self._problem_row.hide()
        self._go = push_button("Begin", theme=self._theme, kind="primary", icon="arrow-right", clicked=self._on_go)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._go)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(self._problem_row)
        column.addLayout(buttons)
        return column

    def _on_vault(self, is_usable: bool) -> None:  # noqa: FBT001 - a job hands its answer over by position
        self._vault.setVisible(is_usable)
        if is_usable and not self._first.text():
            self._vault.setChecked(True)
            self._go.setFocus()
        elif not is_usable:
            self._passphrase.set_words(f"This computer offers no vault. {_PASSPHRASE_WORDS}")
            self._first.setFocus()
        self._show_fields()

    def _show_fields(self) -> None:
        wants_words = self._passphrase.isChecked()
        self._fields.setVisible(wants_words)
        said = self._wanting() if wants_words else ""
        self._rule.setText(said or "Both are the same.")
        self._go.setEnabled(not said and not self._is_making)

    def _wanting(self) -> str:
        """What is still missing before a passphrase can be used; empty when nothing is."""
        first, second = self._first.text(), self._second.text()
        if len(first) < SHORTEST:
            return f"At least {SHORTEST} characters; four or five words of your own are easy to keep and hard to guess."
        if first != second:
            return "Type the same again." if not second or first.startswith(second) else "The two are not the same."
        return ""

    def _on_go(self) -> None:
        if not self._go.isEnabled():
            return
        if self._vault.isChecked():
            self.chosen.emit(Vault())
            return
        words = self._first.text()
        self.chosen.emit(Passphrase(ask=lambda: words))


class _Logo(QWidget):
    """The mark of the program."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._resize()
        theme.changed.connect(self._resize)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_LOGO), self._theme.px(_LOGO))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self._theme.px(_LOGO)
        left = self.width() - side if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 0
        mark = QRect(left, 0, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        painter.drawRoundedRect(mark, 10, 10)
        inset = side // 5
        icons.draw(
            painter, "circles-four", mark.adjusted(inset, inset, -inset, -inset), self._theme.colour("on_accent")
        )

    def _resize(self) -> None:
        self.setFixedHeight(self._theme.px(_LOGO))


def has_vault() -> bool:
    """Whether this computer offers a vault that can be used; asks the system, so not on the main thread."""
    try:
        pinned_backend()
    except KeyMissingError:
        return False
    return True
