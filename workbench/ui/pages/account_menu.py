"""AccountMenu: what can be done with one account on a line beyond syncing it: check, details, sign-out, removal."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu, QWidget

from workbench.ids import AccountId
from workbench.models.changes import Changes
from workbench.queries.sync_status import AccountRow
from workbench.ui.context import Context
from workbench.ui.icons import icon
from workbench.ui.source_work import SourceWork

if TYPE_CHECKING:
    from workbench.workspace import Workspace


class AccountMenu(QObject):
    """Made once for a card; `open_at` makes the menu anew, so that it says what can be done now."""

    def __init__(self, context: Context, sources: SourceWork, *, removed: Callable[[], object]) -> None:
        super().__init__()
        self._context, self._sources, self._removed = context, sources, removed

    def open_at(self, anchor: QWidget, row: AccountRow, *, is_busy: bool, can_sign_out: bool) -> QMenu:
        """Shows it under `anchor`. While the account `is_busy`, what would pull the ground from under it is off.

        Offers to sign in where nobody is signed in who could sign out.
        """
        theme, menu = self._context.theme, QMenu(anchor)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        deeds: tuple[tuple[str, str, Callable[[], object], bool] | None, ...] = (
            ("check-square-offset", "Check completeness", partial(self._sources.check, row.name), bool(row.followed)),
            None,
            ("pencil-simple", "Rename…", partial(self._go, "name", row), True),
            ("gear", "Change details…", partial(self._go, "details", row), True),
            ("sign-out", "Sign out", partial(self._sign_out, row), True)
            if can_sign_out
            else ("sign-in", "Sign in…", partial(self._go, "sign-in", row), True),
            None,
            ("trash", "Remove…", self._removed, True),
        )
        for deed in deeds:
            if deed is None:
                menu.addSeparator()
                continue
            symbol, title, act, is_possible = deed
            action = menu.addAction(icon(symbol, theme), title)
            action.triggered.connect(lambda _checked=False, act=act: act())
            action.setEnabled(is_possible and not is_busy)
        menu.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))
        return menu

    def _go(self, place: str, row: AccountRow) -> None:
        self._context.open_page("sync", f"account:{place}:{row.id}")

    def _sign_out(self, row: AccountRow) -> None:
        context = self._context

        def done(is_known: bool) -> None:  # noqa: FBT001 - the answer of a job is handed over by position
            context.bus.publish(Changes.ACCOUNTS)
            told = f"Signed out of {row.name}; what was fetched stays."
            by_hand = " The platform could not be told: end the access there, in the settings of your account."
            context.tell(told if is_known else told + by_hand)

        job = partial(sign_out, context.workspace, row.id)
        context.jobs.run(self, "sign out", job, done, lambda error: context.tell(str(error)), lane="online")


def sign_out(workspace: "Workspace", account_id: AccountId) -> bool:
    """Forgets what signs the account's requests; True when nothing is open at its platform."""
    from workbench.operations import signin  # noqa: PLC0415 - loads the wire, away from the window

    is_nobody = signin.way_used(workspace, account_id) is None
    is_known = signin.sign_out(workspace, account_id, ways=signin.ways_of(workspace, account_id))
    return is_known or is_nobody
