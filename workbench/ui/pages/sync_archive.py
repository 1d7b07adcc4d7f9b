"""ArchivePanel: adds the web archive of a mailing list by its address; what it may cost is asked before it is read."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from workbench.errors import BadInputError, WorkbenchError
from workbench.ids import AccountId
from workbench.models.changes import Changes
from workbench.operations.sources import account_named, add_hyperkitty
from workbench.sync.archive_address import site_of
from workbench.ui.context import Context
from workbench.ui.widgets.buttons import on_enter, push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.words import error_words

_EXAMPLE = "https://lists.example.org/archives/list/team@lists.example.org/"


class ArchivePanel(Card):
    """`left` when one is done with it, `added(name)` once the account is there; the Sync page offers its first sync."""

    left = Signal()
    added = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(padding=24)
        self._context = context
        self._is_name_typed = self._is_adding = False
        theme = context.theme
        self.body.addWidget(PlainLabel("Add an archive by its address", role="title", wraps=True))
        said = (
            "Open the list's archive in a browser (HyperKitty, part of Mailman 3) and copy the address of its page. "
            "No account is needed for a public archive."
        )
        self.body.addWidget(PlainLabel(said, role="second", wraps=True))
        self._address, self._name = QLineEdit(), QLineEdit()
        self._address.setPlaceholderText(_EXAMPLE)
        self._address.textChanged.connect(self._on_address)
        self._name.textEdited.connect(self._on_name)
        for title, field in (("Address of the archive page", self._address), ("Name of the community", self._name)):
            label = PlainLabel(title, role="strong")
            label.setBuddy(field)
            field.setAccessibleName(title)
            on_enter(field, self._on_go)
            part = QVBoxLayout()
            part.setSpacing(4)
            part.addWidget(label)
            part.addWidget(field)
            self.body.addSpacing(4)
            self.body.addLayout(part)
        self._icon = IconLabel("info", theme, token="third")
        self._hint = PlainLabel("", role="second", wraps=True)
        hint = QHBoxLayout()
        hint.setSpacing(8)
        hint.addWidget(self._icon)
        hint.addWidget(self._hint, 1)
        self.body.addLayout(hint)
        self._go = push_button("Continue", theme=theme, kind="primary", icon="arrow-right", clicked=self._on_go)
        self._keep = push_button("Add only", theme=theme, icon="plus", clicked=self._on_add)
        self._leave = push_button("Cancel", theme=theme, clicked=self.left.emit)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._go, self._keep, self._leave):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.body.addSpacing(4)
        self.body.addLayout(buttons)
        self.start()

    def start(self) -> None:
        """Begins anew."""
        self._is_name_typed = False
        self._address.clear()
        self._name.clear()
        self._on_address("")

    def take_focus(self) -> None:
        """Puts the cursor into the address."""
        self._address.setFocus()

    def set_leave_words(self, words: str) -> None:
        """What the button that leaves without adding is called."""
        self._leave.setText(words)
        self._leave.setAccessibleName(words)

    def _on_address(self, text: str) -> None:
        proposed, problem = _proposed(text)
        if not self._is_name_typed:
            self._name.setText(proposed)
        self._say(
            problem or "Next you choose how far back it goes and what it may cost. Nothing is fetched before that."
        )
        self._show_buttons()

    def _on_name(self) -> None:
        self._is_name_typed = bool(self._name.text().strip())
        self._show_buttons()

    def _show_buttons(self) -> None:
        is_ready = bool(_proposed(self._address.text())[0] and self._name.text().strip())
        self._go.setEnabled(is_ready)
        self._keep.setEnabled(is_ready)

    def _say(self, words: str, *, is_bad: bool = False) -> None:
        self._hint.setText(words)
        self._icon.set_icon("warning-circle" if is_bad else "info", token="bad" if is_bad else "third")

    def _on_go(self) -> None:
        self._add(goes_on=True)

    def _on_add(self) -> None:
        self._add(goes_on=False)

    def _add(self, *, goes_on: bool) -> None:
        if self._is_adding or not self._go.isEnabled():
            return
        self._is_adding = True
        workspace, url, name = self._context.workspace, self._address.text().strip(), self._name.text()

        def job() -> tuple[str, AccountId]:
            title = add_hyperkitty(workspace, url=url, name=name)
            return title, account_named(workspace, title).id

        def done(made: tuple[str, AccountId]) -> None:
            self._is_adding, (title, account_id) = False, made
            self._context.bus.publish(Changes.ACCOUNTS | Changes.COMMUNITIES)
            self.added.emit(title)
            if goes_on:
                self._context.open_page("sync", f"account:first:{account_id}")

        self._context.jobs.run(self, "add", job, done, self._on_refused)

    def _on_refused(self, error: Exception) -> None:
        self._is_adding = False
        words = (error.reason,) if isinstance(error, BadInputError) and error.reason else error_words(error)[0]
        self._say(" ".join(words).replace(" with --name", ""), is_bad=True)


def _proposed(address: str) -> tuple[str, str]:
    """The list's own name in an address, and what is wrong with the address as far as it goes."""
    if not address.strip():
        return "", ""
    try:
        site = site_of(address)
    except WorkbenchError:
        return "", "This is not a whole web address yet."
    if site.address is None:
        return "", "This is the archive's front page. Open the list itself and copy the address of its page."
    return site.address.partition("@")[0], ""
