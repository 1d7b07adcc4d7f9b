"""ArchivedCards: the cards of a plan that were taken off it, as a list; one or many can be brought back."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from workbench.ids import CardId
from workbench.queries.plans import CardRow
from workbench.ui import numbers
from workbench.ui.icons import icon
from workbench.ui.qt_models.card_item import COLUMN_TITLES
from workbench.ui.qt_models.rows_model import Column, RowsModel
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button, say
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.state_panel import Offer, StatePanel, StateWords
from workbench.ui.widgets.table_view import TableView

_WIDTHS: Final = (0, 128, 192, 128, 80)
_ADD: Final = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class ArchivedCards(QWidget):
    """`brought_back(ids)` puts cards where they were; `closed` goes back to the plan. Enter brings one back."""

    brought_back = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._model: RowsModel[CardRow] = RowsModel(_columns(), words=_words, parent=self)
        self.table = TableView(theme, name="Archived cards")
        self.table.setModel(self._model)
        self.table.set_widths(_WIDTHS)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.opened.connect(lambda place: self._bring([self._model.row_at(place).id]))
        self._marked: frozenset[CardId] = frozenset()
        self.table.selectionModel().selectionChanged.connect(self._on_marked)
        self._model.modelReset.connect(self._mark)
        self.words = PlainLabel("", role="second", elides=True)
        self.back = push_button("Bring back", theme=theme, kind="primary", clicked=self.bring_chosen)
        self.back.setIcon(icon("arrow-u-up-left", theme, token="on_accent"))
        self._empty = StatePanel(theme)
        self._stack = QStackedWidget()
        self._build()
        self.setFocusProxy(self.table)

    def show_cards(self, cards: Sequence[CardRow]) -> None:
        """Shows what is archived now; marks stay on their cards, and begin with the first one."""
        self._model.set_rows(cards)
        if not cards:
            words = "A card that is archived leaves every view of the plan and waits here. Nothing of it is lost."
            offers = (Offer("Back to the plan", self.closed.emit, "arrow-left"),)
            self._empty.show_words(StateWords("No card is archived", (words,), "archive", offers))
        self._stack.setCurrentIndex(0 if cards else 1)

    def set_filter(self, text: str) -> None:
        """Shows cards that hold every typed word in title, owner or notes."""
        self._model.set_filter(text)

    @property
    def chosen(self) -> tuple[CardId, ...]:
        """The marked cards, as they are listed."""
        places = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return tuple(self._model.row_at(place).id for place in places)

    def bring_chosen(self) -> None:
        """Asks for the marked cards to be put back."""
        self._bring(self.chosen)

    def _bring(self, cards: Sequence[CardId]) -> None:
        if cards:
            self.brought_back.emit(tuple(cards))

    def _mark(self) -> None:
        """Marks the same cards after sorting, filtering and reading; where none of them is listed, the first one."""
        listed = [self._model.row_at(place).id for place in range(self._model.rowCount())]
        places = [place for place, card in enumerate(listed) if card in self._marked] or [0][: len(listed)]
        selection = self.table.selectionModel()
        for place in places:
            selection.select(self._model.index(place, 0), _ADD)
        if places:
            selection.setCurrentIndex(self._model.index(places[0], 0), _ADD)
        self._say()

    def _on_marked(self) -> None:
        self._marked = frozenset(self.chosen)
        self._say()

    def _say(self) -> None:
        count = len(self.chosen)
        self.back.setEnabled(count > 0)
        say(self.back, "Bring back" if count <= 1 else f"Bring back {numbers.count(count)} cards")
        self.words.setText(f"{numbers.plural(self._model.total, 'card is', 'cards are')} archived")

    def _build(self) -> None:
        card = Card(padding=1)
        card.body.addWidget(self.table)
        foot = QHBoxLayout()
        foot.addWidget(self.words)
        foot.addStretch(1)
        foot.addWidget(self.back)
        held = QWidget()
        inner = QVBoxLayout(held)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(card)
        inner.addLayout(foot)
        for widget in (held, self._empty):
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)


def _columns() -> list[Column[CardRow]]:
    return [
        Column("Card", lambda row: row.title, lambda row: row.title.casefold(), tip=lambda row: row.title),
        Column("Was in", lambda row: COLUMN_TITLES[row.column], lambda row: list(COLUMN_TITLES).index(row.column)),
        Column("Owner", lambda row: row.owner or "Nobody yet", lambda row: row.owner.casefold() or None),
        Column(
            "Due", _due, lambda row: row.due_on, tip=lambda row: "" if row.due_on is None else numbers.day(row.due_on)
        ),
        Column("Hours", _hours, lambda row: row.hours, is_number=True),
    ]


def _due(row: CardRow) -> str:
    return numbers.MISSING if row.due_on is None else numbers.short_day(row.due_on)


def _hours(row: CardRow) -> str:
    return numbers.MISSING if row.hours is None else numbers.decimal(row.hours)


def _words(row: CardRow) -> str:
    return f"{row.title} {row.owner} {row.notes}"
