"""Explainer: what a card's number says of itself: its tip, a question mark at its head, Enter on what it draws."""

from collections.abc import Callable

from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button
from workbench.ui.widgets.card import Card


class Explainer:
    """Puts the button before the other tools of `card`; `opened` is called by it and by Enter."""

    def __init__(self, theme: Theme, card: Card, *, opened: Callable[[], object]) -> None:
        self._card = card
        self.button = icon_button(f"Explain: {card.accessibleName()}", icon="question", theme=theme, clicked=opened)
        self.button.setProperty("kind", "small")
        card.tools.insertWidget(0, self.button)
        card.asked.connect(opened)

    def say(self, words: str) -> None:
        """Says it on hover over the card and, read out, on the button."""
        self._card.explain(words)
        self.button.setToolTip(words)
        self.button.setAccessibleDescription(words)
