"""ShownNote: how many of a plan's cards pass the filter, and the way back to all of them."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from workbench.ui import numbers
from workbench.ui.pages.plan_cards import CardFilter, PlanCards
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.plain_label import PlainLabel


class ShownNote(QWidget):
    """Out of sight while no card is kept out."""

    def __init__(self, theme: Theme, cards: PlanCards) -> None:
        super().__init__()
        self._cards = cards
        self.words = PlainLabel("", role="caption")
        self.everything = push_button("Show all cards", theme=theme, kind="link", clicked=self._show_all)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.words)
        row.addWidget(self.everything)
        cards.changed.connect(self._say)
        self._say()

    def _say(self) -> None:
        shown, total = len(self._cards.shown), len(self._cards.rows)
        self.words.setText(f"{numbers.count(shown)} of {numbers.plural(total, 'card', 'cards')}")
        self.setVisible(shown < total)
        # Typed words are taken away where they were typed.
        self.everything.setVisible(self._cards.filter.has_terms)

    def _show_all(self) -> None:
        self._cards.set_filter(CardFilter(text=self._cards.filter.text))
