"""Lanes panel: announcements (Billboard) and talk (Dialogue) side by side."""

from typing import Final

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from workbench.queries.lanes import Lane
from workbench.ui import numbers
from workbench.ui.pages.conversation_list import ConversationList, ThreadDelegate
from workbench.ui.pages.questions_board import inset_head
from workbench.ui.pages.questions_data import Asked, ShownLanes
from workbench.ui.qt_models.thread_list import ThreadListModel
from workbench.ui.theme import Theme
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.plain_label import PlainLabel

LANE_TITLES: Final = {Lane.BILLBOARD: "Billboard", Lane.DIALOGUE: "Dialogue"}
_MEANS: Final = {Lane.BILLBOARD: "one person has written", Lane.DIALOGUE: "two or more have written"}
_EMPTY: Final = {
    Lane.BILLBOARD: "No announcement ran in this period.",
    Lane.DIALOGUE: "Nobody answered anybody in this period.",
}


class LanesPanel(QWidget):
    """`chosen(thread)` when one becomes current, `clicked(thread)` also where it was, `opened(thread)` on Enter."""

    chosen = Signal(int)
    clicked = Signal(int)
    opened = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._cards: dict[Lane, Card] = {}
        self._stacks: dict[Lane, QStackedWidget] = {}
        self.models = {lane: ThreadListModel(self) for lane in Lane}
        self.lists: dict[Lane, ConversationList] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for lane in Lane:
            row.addWidget(self._lane(lane), 1)

    def show_lanes(self, shown: ShownLanes, asked: Asked) -> None:
        """Shows both lanes anew."""
        for lane, view in self.lists.items():
            rows, count = shown.threads[lane], shown.counts[lane]
            view.blockSignals(True)  # noqa: FBT003 - Qt takes it by position
            self.models[lane].set_rows(len(rows), rows, page=0, now=asked.now)
            view.blockSignals(False)  # noqa: FBT003 - as above
            view.set_names_community(names=len(asked.scope) != 1)
            threads = numbers.plural(count.threads, "thread", "threads")
            messages = numbers.plural(count.messages, "message", "messages")
            self._cards[lane].set_subtitle(f"{_MEANS[lane]} · {threads} with {messages} in all")
            self._stacks[lane].setCurrentIndex(0 if rows else 1)

    def take_focus(self) -> None:
        """Puts the keyboard into the first lane that has a thread."""
        view = next((one for one in self.lists.values() if one.model().rowCount()), None)
        if view is not None:
            view.setFocus()

    def _lane(self, lane: Lane) -> QWidget:
        view = self.lists[lane] = ConversationList(self._theme, ThreadDelegate, name=LANE_TITLES[lane])
        model = self.models[lane]
        view.setModel(model)
        view.row_chosen.connect(lambda place: self._tell(lane, place, self.chosen))
        view.row_opened.connect(lambda place: self._tell(lane, place, self.opened))
        view.clicked.connect(lambda index: self._tell(lane, index.row(), self.clicked))
        view.doubleClicked.connect(lambda index: self._tell(lane, index.row(), self.opened))
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.addWidget(PlainLabel(_EMPTY[lane], role="small", wraps=True))
        inside.addStretch(1)
        stack = self._stacks[lane] = QStackedWidget()
        stack.addWidget(view)
        stack.addWidget(holder)
        card = self._cards[lane] = Card(LANE_TITLES[lane], " ", padding=1)
        inset_head(card)
        card.body.addWidget(stack, 1)
        return card

    def _tell(self, lane: Lane, place: int, told: SignalInstance) -> None:
        row = self.models[lane].row_at(place)
        if row is not None:
            told.emit(row.id)
