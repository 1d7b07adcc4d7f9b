"""WaitingView: a view of a plan's cards that takes in what changed only once somebody looks at it."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from workbench.ui.pages.plan_cards import PlanCards


class WaitingView(QWidget):
    """Base of the views beside the board. A subclass overrides `show_cards`, which is called with every change.

    While the view is out of sight the change waits until it is turned to.
    """

    def __init__(self, cards: PlanCards) -> None:
        super().__init__()
        self._cards = cards
        self._is_stale = False
        cards.changed.connect(self._on_cards)

    def show_cards(self) -> None:
        """Shows the cards as they are now."""

    def take_in(self) -> None:
        """Shows the cards now, whoever looks."""
        self._is_stale = False
        self.show_cards()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.take_in()

    def _on_cards(self) -> None:
        self._is_stale = not self.isVisible()
        if not self._is_stale:
            self.take_in()
