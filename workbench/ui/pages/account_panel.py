"""AccountPanel: what one account on a line asks for and offers: signing in, its communities, its limits."""

from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.errors import SignInError
from workbench.models.kinds import WEB_SITES, AccountKind
from workbench.queries.sync_status import AccountRow
from workbench.sync.platforms import TITLES, SignInKind
from workbench.ui.context import Context
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel

_OPEN: Final = frozenset({AccountKind.HYPERKITTY})
"""Kinds that want no sign-in and follow everything they see."""
_SIGNED_OUT: Final = "signed out here"
"""As `operations.signin` says it, which loads the wire."""


@dataclass(frozen=True, slots=True)
class _Signed:
    """How an account stands with its platform: the way it was signed in, and whether somebody has to sign in."""

    way: SignInKind | None
    is_needed: bool


class AccountPanel(QWidget):
    """One calm banner when a person is needed, and two buttons; empty for an account that lives in files."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._row: AccountRow | None = None
        self.can_sign_out = False
        """Whether somebody is signed in, as far as was read by now."""
        theme = context.theme
        self.banner = Banner(theme)
        banner = QHBoxLayout(self.banner)
        banner.setContentsMargins(12, 8, 8, 8)
        banner.setSpacing(8)
        self._said = PlainLabel("", wraps=True)
        self.sign_in = push_button(
            "Sign in again", theme=theme, kind="primary", icon="sign-in", clicked=partial(self._go, "sign-in")
        )
        banner.addWidget(IconLabel("key", theme, token="watch"), 0, Qt.AlignmentFlag.AlignVCenter)
        banner.addWidget(self._said, 1)
        banner.addWidget(self.sign_in)
        self.communities = push_button(
            "Choose communities…", theme=theme, kind="link", clicked=partial(self._go, "communities")
        )
        self.limits = push_button("Limits…", theme=theme, kind="link", clicked=partial(self._go, "limits"))
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.communities)
        buttons.addWidget(self.limits)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.banner)
        column.addLayout(buttons)
        self.banner.hide()
        self.hide()

    def show_row(self, row: AccountRow) -> None:
        """Shows what this account needs."""
        if row.kind not in TITLES:
            self.hide()
            return
        self._row = row
        self.communities.setVisible(row.kind not in _OPEN | WEB_SITES)
        for button in (self.communities, self.limits, self.sign_in):
            button.setAccessibleName(f"{button.text()} {row.name}")
        self.show()
        if row.error_code == SignInError.code:
            who = "You signed out" if row.error_reason == _SIGNED_OUT else "The platform ended the sign-in"
            self._say(f"{who}. Everything fetched before can be read.", "Sign in again")
        # Whether anybody is signed in stands with the secrets of the account: no row says that it changed.
        self._context.jobs.run(self, "way", partial(_signed, self._context, row), self._on_signed)

    def _on_signed(self, signed: _Signed) -> None:
        row = self._row
        if row is None:
            return
        self.can_sign_out = not signed.is_needed and signed.way is not SignInKind.NOTHING
        if row.error_code == SignInError.code:
            return
        if signed.is_needed and row.kind not in _OPEN:
            self._say(_NOBODY if row.last_success_at is None else _STRANGER, "Sign in")
        elif not row.followed and row.kind not in _OPEN:
            self._say("No community is followed yet, so nothing is fetched.", "")
        else:
            self.banner.hide()

    def _say(self, words: str, verb: str) -> None:
        self._said.setText(words)
        self.sign_in.setVisible(bool(verb))
        if verb and self._row is not None:
            self.sign_in.setText(verb)
            self.sign_in.setAccessibleName(f"{verb}: {self._row.name}")
        self.banner.show()

    def _go(self, place: str) -> None:
        if self._row is not None:
            self._context.open_page("sync", f"account:{place}:{self._row.id}")


_NOBODY: Final = "Nobody has signed in yet. What you filled in is kept for when you are online."
_STRANGER: Final = "Nobody is signed in, so only what the platform shows to everybody is read."


def _signed(context: Context, row: AccountRow) -> _Signed:
    from workbench.operations.signin import needs_sign_in, way_used  # noqa: PLC0415 - not with the window

    return _Signed(way_used(context.workspace, row.id), needs_sign_in(context.workspace, row.id))
