"""PlanSide: the card at the side of a plan, or the chosen ones together: opened, kept in step, closed again."""

from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workbench.ids import CardId
from workbench.ui.context import Context
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_cards import PlanCards
from workbench.ui.pages.plan_data import BoardData

if TYPE_CHECKING:
    from workbench.ui.pages.plan_inspector import CardInspector
    from workbench.ui.pages.plan_inspector_work import CardWork


class PlanSide(QObject):
    """`changed` when there is a card at the side or none any more; `closed` when the keyboard is to go back.

    What shows a card is made once the plan is on the screen, a while before anybody can ask for it: loaded away from
    the window, then built in one short turn.
    """

    changed = Signal()
    closed = Signal()

    def __init__(self, context: Context, cards: PlanCards, acts: CardActs, *, today: Callable[[], date]) -> None:
        super().__init__()
        self._context, self._cards, self._acts, self._today = context, cards, acts, today
        self._data: BoardData | None = None
        self._is_open = False
        self._wanted: CardId | None = None
        self._made: tuple[CardInspector, CardWork] | None = None
        self._is_warm = False
        cards.chosen_changed.connect(self._on_chosen)

    @property
    def card(self) -> "CardInspector":
        """What shows the card."""
        return self._parts()[0]

    @property
    def work(self) -> "CardWork":
        """What joins it to the plan."""
        return self._parts()[1]

    @property
    def is_open(self) -> bool:
        """Whether a card is at the side."""
        return self._is_open and self._made is not None and self.card.card_id is not None

    def save(self) -> None:
        """Stores what was typed last."""
        if self._made is not None:
            self.card.save()

    def open(self, card_id: str) -> None:
        """Shows a card's details and puts the keyboard there."""
        chosen = self._cards.chosen
        if not self._show(chosen if card_id in chosen else (CardId(card_id),)):
            return
        self._is_open = True
        self.changed.emit()
        if not self.card.isVisible():
            # Details are switched off for the window; opening a card asks for them.
            self._context.actions.trigger("inspector.toggle")
        self.card.take_focus()

    def want(self, card: CardId) -> None:
        """Opens a card as soon as it is read."""
        self._wanted = card

    def close(self) -> None:
        """Takes the details away."""
        if self._is_open:
            self.card.save()
            self._is_open = False
            self.changed.emit()
            self.closed.emit()

    def show_data(self, data: BoardData) -> None:
        """Takes in what was read of the plan; a card that is gone is closed."""
        self._data = data
        self._warm()
        wanted, self._wanted = self._wanted, None
        if wanted is not None and wanted in data.rows:
            self._cards.choose([wanted])
            self.open(wanted)
        elif self._is_open and not self._show(self.card.card_ids):
            self._is_open = False
            self.changed.emit()

    def _warm(self) -> None:
        if not self._is_warm:
            self._is_warm = True
            self._context.jobs.run(self, "warm", _load, self._on_loaded)

    def _on_loaded(self, _done: None) -> None:
        self._parts()

    def _parts(self) -> "tuple[CardInspector, CardWork]":
        if self._made is None:
            from workbench.ui.pages.plan_inspector import CardInspector  # noqa: PLC0415 - see the class
            from workbench.ui.pages.plan_inspector_work import CardWork  # noqa: PLC0415 - as above

            card = CardInspector(self._context.theme, today=self._today)
            self._made = card, CardWork(self._context, self._cards, self._acts, card)
            card.closed.connect(self.close)
            card.archive_wanted.connect(self._archive)
        return self._made

    def _show(self, cards: Sequence[CardId]) -> bool:
        """Shows those of the cards that are there; False where none is."""
        return self._data is not None and self.work.show(self._data, cards)

    def _on_chosen(self) -> None:
        chosen = self._cards.chosen
        if not self._is_open or not chosen:
            return
        if self._cards.is_settling and not set(chosen) <= set(self.card.card_ids):
            # The mark went to a neighbour because the card is out of sight; nobody asked to see that one.
            return
        self._show(chosen)

    def _archive(self) -> None:
        """Archives what is shown, which may be out of sight in the plan."""
        self._acts.archive_these(self.card.card_ids)


def _load() -> None:
    """Loads what shows a card, which takes longer than a click may."""
    import_module("workbench.ui.pages.plan_inspector")
    import_module("workbench.ui.pages.plan_inspector_work")
