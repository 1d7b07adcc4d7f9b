"""SignInView: signing in to an account: what to do now, the code or the key, how long there is, and what went wrong."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFont
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from workbench.sync.platforms import SignInKind, SignInWay
from workbench.sync.signin.prompt import PromptKind
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.account_data import Tended
from workbench.ui.pages.account_trouble import TroubleView
from workbench.ui.pages.account_words import trouble
from workbench.ui.sign_in_work import SignInState, SignInWork
from workbench.ui.theme import HEADLINE
from workbench.ui.widgets.buttons import push_button, say
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.state_panel import copy
from workbench.ui.widgets.switch import Switch

if TYPE_CHECKING:
    from workbench.sync.signin.prompt import Prompt

_TICK_MILLISECONDS: Final = 1_000
_SELECTABLE: Final = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
_PASTE_HEIGHT: Final = 88
_BEFORE: Final = {
    SignInKind.NOTHING: "No sign-in is needed. Only what the platform shows to everybody is read.",
    SignInKind.BASIC: "The name and the password go with each question; whether they are right shows at the first.",
    SignInKind.SESSION: "The name and the password are shown to the platform once; the password is not kept.",
    SignInKind.MICROSOFT: "Your browser opens at the sign-in page of your organisation. Come back here afterwards.",
    SignInKind.MICROSOFT_CODE: "A code appears here. You type it on a page of Microsoft, on this or any other device.",
    SignInKind.OAUTH: "Your browser opens at the platform's sign-in page. Come back here afterwards.",
    SignInKind.SERVICE_KEY: "The key signs in by itself; it is kept encrypted here and never leaves this computer.",
    SignInKind.USER_API_KEY: "The platform asks you in a browser whether this program may read and write for you.",
}
_ASKED: Final = {
    PromptKind.OPEN: "Sign in on the page that your browser has opened. This page goes on by itself.",
    PromptKind.CODE: "Open this address on any device, sign in there, and type the code:",
    PromptKind.PASTE: "Open this address, allow the access, copy all of the text that appears, and paste it below:",
}
_NOT_OPENED: Final = "No browser could be opened. Copy the address and open it on this computer."


def open_in_browser(address: str) -> bool:
    """Opens a web address in the system's browser; False where there is none, or for what is no web address."""
    url = QUrl(address)
    return url.scheme() in {"https", "http"} and QDesktopServices.openUrl(url)


class SignInView(QWidget):
    """`signed_in` when it worked; `later` to put it off; `change_wanted` to look at the details again."""

    signed_in = Signal()
    later = Signal()
    change_wanted = Signal()

    def __init__(self, context: Context, *, browse: Callable[[str], bool] = open_in_browser) -> None:
        super().__init__()
        self._context, self._browse = context, browse
        self._account: Tended | None = None
        self._way: SignInWay | None = None
        self.work = SignInWork(context, self)
        self._parts = Switch()
        self._ready, self._busy, self._asking = QWidget(), QWidget(), QWidget()
        self.failed = TroubleView(context.theme)
        for part in (self._ready, self._busy, self._asking, self.failed):
            self._parts.add(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._parts)
        self._build_ready()
        self._build_busy()
        self._build_asking()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MILLISECONDS)
        self._timer.timeout.connect(self._tell_time)
        self.work.changed.connect(self._on_changed)

    def show_account(self, account: Tended, way: SignInWay) -> None:
        """Offers to sign in to this account by this way; one that is under way there goes on."""
        if self.work.is_running and self._account is not None and self._account.row.id == account.row.id:
            return
        self.work.stop()
        self._account, self._way = account, way
        self._before.setText(_BEFORE[way.kind])
        say(self.go, "Continue" if way.kind is SignInKind.NOTHING else "Sign in now")
        self._parts.turn_to(self._ready)

    def start(self) -> None:
        """Signs in."""
        if self._account is not None and self._way is not None:
            self.work.start(self._account.row.id, self._way)

    def stop(self) -> None:
        """Gives up a sign-in that is under way."""
        self.work.stop()

    def take_focus(self) -> None:
        """Puts the keyboard where it goes on."""
        shown = self._parts.shown()
        if shown is self.failed:
            self.failed.take_focus()
        elif shown is self._asking:
            (self.pasted if self.pasted.isVisibleTo(self) else self._copy_code).setFocus()
        else:
            (self.go if shown is self._ready else self._cancel).setFocus()

    def _build_ready(self) -> None:
        theme = self._context.theme
        column = _column(self._ready)
        self._before = PlainLabel("", role="second", wraps=True)
        self._kept = PlainLabel(
            "What you filled in is kept. Without a line you can sign in later, when you are online.",
            role="second",
            wraps=True,
        )
        self.go = push_button("Sign in now", theme=theme, kind="primary", icon="sign-in", clicked=self.start)
        self.put_off = push_button("Later", theme=theme, clicked=self.later.emit)
        change = push_button("Change the details", theme=theme, kind="plain", clicked=self.change_wanted.emit)
        column.addWidget(self._before)
        column.addWidget(self._kept)
        column.addLayout(_row(self.go, self.put_off, change))

    def _build_busy(self) -> None:
        column = _column(self._busy)
        column.addWidget(PlainLabel("Asking the platform…", role="second"))
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName("Signing in")
        column.addWidget(bar)
        self._cancel = push_button("Cancel", theme=self._context.theme, icon="x", clicked=self.stop)
        column.addLayout(_row(self._cancel))

    def _build_asking(self) -> None:
        theme = self._context.theme
        column = _column(self._asking)
        self._note = PlainLabel("", role="second", wraps=True)
        self._asked = PlainLabel("", wraps=True)
        self.code = PlainLabel("")
        self.code.setTextInteractionFlags(self.code.textInteractionFlags() | _SELECTABLE)
        self._address = PlainLabel("", role="second", elides=True)
        self._open = push_button("Open the page", theme=theme, icon="arrow-square-out", clicked=self._on_open)
        self._copy_code = push_button("Copy code", theme=theme, icon="copy", clicked=self._on_copy_code)
        self._copy_address = push_button("Copy address", theme=theme, icon="copy", clicked=self._on_copy_address)
        self.pasted = QPlainTextEdit()
        self.pasted.setAccessibleName("The text that the platform shows")
        self.pasted.setPlaceholderText("Paste the text here")
        self.pasted.setTabChangesFocus(True)
        self.pasted.setFixedHeight(theme.px(_PASTE_HEIGHT))
        self.pasted.textChanged.connect(self._on_pasted)
        self.use = push_button("Use this text", theme=theme, kind="primary", icon="key", clicked=self._on_use)
        self._left = PlainLabel("", role="caption")
        self._stop = push_button("Cancel", theme=theme, icon="x", clicked=self.stop)
        for widget in (self._note, self._asked, self._address, self.code):
            column.addWidget(widget)
        column.addLayout(_row(self._copy_code, self._open, self._copy_address))
        column.addWidget(self.pasted)
        column.addLayout(_row(self.use, self._stop, self._left))

    def _on_changed(self) -> None:
        """Turns to what the sign-in is at now."""
        state = self.work.state
        has_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        if state is SignInState.ASKING and self.work.prompt is not None:
            self._ask(self.work.prompt)
            self._timer.start()
            self._tell_time()
        else:
            self._timer.stop()
            self._show_state(state)
        if has_focus or self.isVisible():
            self.take_focus()
        if state is SignInState.DONE:
            self.signed_in.emit()

    def _show_state(self, state: SignInState) -> None:
        if state is SignInState.STARTING:
            self._parts.turn_to(self._busy)
        elif state is SignInState.FAILED and self.work.error is not None:
            told = trouble(self.work.error)
            more = [("Change the details", self.change_wanted.emit)] if told.is_setting else []
            self.failed.show_trouble(told, [("Start again", self.start), *more, ("Later", self.later.emit)])
            self._parts.turn_to(self.failed)
        else:
            self._parts.turn_to(self._ready)

    def _ask(self, prompt: "Prompt") -> None:
        self._note.setText(prompt.note)
        self._note.setVisible(bool(prompt.note))
        self._asked.setText(_ASKED[prompt.kind])
        self._address.setText(prompt.address)
        is_code, is_paste = prompt.kind is PromptKind.CODE, prompt.kind is PromptKind.PASTE
        self.code.setText(prompt.code)
        self.code.setAccessibleName(f"Code: {' '.join(prompt.code)}")
        font = self._context.theme.font(HEADLINE, weight=QFont.Weight.DemiBold)
        self.code.setStyleSheet(f"font-size: {font.pixelSize()}px; font-weight: 600; letter-spacing: 3px;")
        self.code.setVisible(is_code)
        self._copy_code.setVisible(is_code)
        self.pasted.setVisible(is_paste)
        self.use.setVisible(is_paste)
        self.pasted.clear()
        self._on_pasted()
        say(self._open, "Open it again" if prompt.kind is PromptKind.OPEN else "Open the page")
        self._parts.turn_to(self._asking)
        if prompt.kind is PromptKind.OPEN:
            self._on_open()

    def _tell_time(self) -> None:
        seconds = self.work.seconds_left()
        self._left.setText("" if seconds is None else f"{numbers.length(seconds)} left")

    def _on_open(self) -> None:
        if self.work.prompt is not None and not self._browse(self.work.prompt.address):
            self._asked.setText(_NOT_OPENED)

    def _on_copy_code(self) -> None:
        if self.work.prompt is not None:
            copy(self.work.prompt.code)
            self._context.tell("The code is on the clipboard")

    def _on_copy_address(self) -> None:
        if self.work.prompt is not None:
            copy(self.work.prompt.address)
            self._context.tell("The address is on the clipboard")

    def _on_pasted(self) -> None:
        self.use.setEnabled(bool(self.pasted.toPlainText().strip()))

    def _on_use(self) -> None:
        self.work.give(self.pasted.toPlainText())


def _column(part: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    return column


def _row(*widgets: QPushButton | PlainLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
