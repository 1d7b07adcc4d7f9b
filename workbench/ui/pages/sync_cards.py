"""AccountsView: the cards of all accounts under one another, made a few at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from workbench.ui.context import Context
from workbench.ui.pages.sync_accounts import AccountCard
from workbench.ui.pages.sync_data import AccountView
from workbench.ui.source_work import SourceWork

_BELOW: Final = 16
_AT_ONCE: Final = 2
"""Cards made in one go; the rest a moment later, so that the window never stands still."""


class AccountsView(QScrollArea):
    """All cards under one another; a card stays itself while its account does."""

    held_back_wanted = Signal()

    def __init__(self, context: Context, sources: SourceWork) -> None:
        super().__init__()
        self._context, self._sources = context, sources
        self._cards: dict[int, AccountCard] = {}
        self._raise_of: int | None = None
        self._views: tuple[AccountView, ...] = ()
        self._now = context.workspace.clock.now()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("ground", "clear")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._column.addStretch(1)
        self.setWidget(inner)
        sources.changed.connect(self._follow)
        sources.link.changed.connect(self._follow)

    @property
    def is_whole(self) -> bool:
        """Whether every account has its card."""
        return len(self._cards) == len(self._views)

    def show_accounts(self, views: Sequence[AccountView], *, now: datetime) -> None:
        """Shows newer data of all accounts."""
        self._views, self._now = tuple(views), now
        for gone in set(self._cards) - {view.account.id for view in views}:
            self._cards.pop(gone).deleteLater()
        for view in views:
            card = self._cards.get(view.account.id)
            if card is not None:
                card.show_view(view, now=now)
        self._fill()

    def _fill(self) -> None:
        """Makes the cards that are missing, a few at a time."""
        made = 0
        for place, view in enumerate(self._views):
            card = self._cards.get(view.account.id)
            if card is None and made == _AT_ONCE:
                QTimer.singleShot(0, self, self._fill)
                break
            if card is None:
                made += 1
                card = self._made(view)
            if self._column.indexOf(card) != place:
                self._column.insertWidget(place, card)
        self._follow()
        if self._raise_of in self._cards:
            self.ask_raise(self._raise_of)

    def ask_raise(self, account_id: int) -> None:
        """Asks on the card of an account, as soon as it is there, how much more it may cost today."""
        card = self._cards.get(account_id)
        self._raise_of = account_id if card is None else None
        if card is not None:
            card.ask_raise()

    def leave_question(self) -> bool:
        """Esc: what is asked on a card stays as it is, that with the keyboard first; False where nothing is asked."""
        focus: QWidget | None = self.focusWidget()
        cards = sorted(self._cards.values(), key=lambda card: focus is None or not card.isAncestorOf(focus))
        return any(card.leave_question() for card in cards)

    def _made(self, view: AccountView) -> AccountCard:
        card = AccountCard(self._context, self._sources, view)
        card.held_back_wanted.connect(self.held_back_wanted)
        card.question_opened.connect(self._scroll_to)
        self._cards[view.account.id] = card
        card.show_view(view, now=self._now)
        return card

    def _scroll_to(self, question: QWidget) -> None:
        # The card has its new height once the layouts have run.
        QTimer.singleShot(0, question, lambda: self.ensureWidgetVisible(question, 0, _BELOW))

    def _follow(self) -> None:
        for card in self._cards.values():
            card.follow()
