"""Listening panel: the words that are listened for at the left, and at the right what came in since the last look."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QWidget,
)

from workbench.ids import PersonId
from workbench.queries.listening import ListeningId, ListeningRow
from workbench.queries.owner_names import OwnerName
from workbench.queries.search import SearchRow
from workbench.ui import numbers
from workbench.ui.pages.conversation_kept import kept_words
from workbench.ui.pages.conversation_list import ConversationList, HitDelegate
from workbench.ui.pages.plan_inspector_fields import PersonLine
from workbench.ui.qt_models.thread_list import HitListModel
from workbench.ui.sanitiser import line
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button, push_button, snug
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.popover import Popover
from workbench.ui.widgets.state_panel import StatePanel, StateWords

_ID: Final = Qt.ItemDataRole.UserRole
_WIDTH: Final = 300


class ListeningPanel(QWidget):
    """`added(words)`, `picked(id)` when another is chosen, `looked(id)`, `stopped(id)`, `given(id, name, person)`.

    `named(id, name)` when it is to be called otherwise, `searched(ListeningRow)` when it is to be searched for.

    `hit_chosen(thread)` when a message that came in becomes current, `hit_clicked(thread)` also where it was so before,
    `hit_opened(thread)` on Enter.
    """

    added = Signal(str)
    picked = Signal(int)
    looked = Signal(int)
    stopped = Signal(int)
    given = Signal(int, str, object)
    named = Signal(int, str)
    searched = Signal(object)
    hit_chosen = Signal(int)
    hit_clicked = Signal(int)
    hit_opened = Signal(int)
    names_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: dict[ListeningId, ListeningRow] = {}
        self._ids: dict[str, PersonId | None] = {}
        self._is_quiet = self._is_awaited = False
        self.words = QLineEdit()
        self.words.setPlaceholderText("Word or #hashtag")
        self.words.setAccessibleName("Words to listen for")
        self.words.returnPressed.connect(self._on_add)
        self.add = push_button("Listen", theme=theme, icon="ear", clicked=self._on_add)
        self.list = QListWidget()
        self.list.setAccessibleName("Listened for")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(lambda item, _past: self._on_item(item))
        self.owner = PersonLine(theme)
        self.owner.setPlaceholderText("Who sees to it")
        self.owner.setAccessibleName("Who sees to what comes in")
        self.owner.asked.connect(self.names_wanted)
        self.owner.left.connect(self._on_owner)
        self.seen = push_button("All seen", theme=theme, icon="check", clicked=self._on_seen)
        self.stop = push_button("Stop listening", theme=theme, icon="ear-slash", clicked=self._on_stop)
        self.search = icon_button("Search for it", icon="magnifying-glass", theme=theme, clicked=self._on_search)
        self.rename = icon_button("Give it a name", icon="pencil-simple", theme=theme, clicked=self._on_rename)
        self.hits = ConversationList(theme, HitDelegate, name="Messages that came in")
        self._model = HitListModel(self)
        self.hits.setModel(self._model)
        self.hits.row_chosen.connect(lambda place: self._tell(place, self.hit_chosen))
        self.hits.row_opened.connect(lambda place: self._tell(place, self.hit_opened))
        self.hits.clicked.connect(lambda index: self._tell(index.row(), self.hit_clicked))
        self._title = PlainLabel("", role="strong", elides=True)
        self._nothing = StatePanel(theme)
        self._build()

    def show_rows(self, rows: Sequence[ListeningRow], *, is_writable: bool) -> None:
        """Shows what is listened for; what was chosen stays chosen."""
        # A term that was just given is the one to look at.
        fresh = next((row.id for row in rows if self._is_awaited and row.id not in self._rows), None)
        chosen = self.chosen if fresh is None else fresh
        self._is_awaited = self._is_awaited and fresh is None
        self._rows = {row.id: row for row in rows}
        self._is_quiet = True
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(kept_words(row))
            item.setToolTip(line(row.words) if row.name else "")
            item.setData(_ID, row.id)
            item.setSizeHint(QSize(0, self._theme.px(36)))
            self.list.addItem(item)
        self._is_quiet = False
        for widget in (self.words, self.add, self.owner, self.rename, self.seen, self.stop):
            widget.setEnabled(is_writable)
        place = next((at for at, row in enumerate(rows) if row.id == chosen), 0)
        self.list.setCurrentRow(place if rows else -1)
        if not rows:
            self._say("Hear when something comes up", "Give a word, a “phrase” or a #hashtag. New messages with it are "
                      "listed here, so that you can hand them to somebody before you write yourself.")  # fmt: skip

    @property
    def chosen(self) -> ListeningId | None:
        """The id of what is chosen."""
        place = self.list.currentRow()
        return ListeningId(self.list.item(place).data(_ID)) if place >= 0 else None

    def show_hits(self, listening_id: ListeningId, hits: Sequence[SearchRow]) -> None:
        """Shows what came in for the chosen one; an answer for another is passed over."""
        row = self._rows.get(listening_id)
        if row is None or listening_id != self.chosen:
            return
        self._title.setText(f"New with “{line(row.title)}”")
        self._model.set_rows(hits)
        self.seen.setVisible(bool(hits))
        if hits:
            self._stack.setCurrentWidget(self.hits)
        else:
            since = numbers.moment(row.looked_at or row.created_at)
            self._say("Nothing new", f"No message with “{line(row.title)}” came in since {since}.")

    def offer(self, names: Sequence[OwnerName]) -> None:
        """Completes the owner's line from these."""
        self._ids = {one.name: one.person_id for one in names}
        self.owner.offer([one.name for one in names])

    def take_focus(self) -> None:
        """Puts the keyboard into the list, or where the first word goes."""
        (self.list if self._rows else self.words).setFocus()

    def _on_add(self) -> None:
        text = self.words.text().strip()
        if text:
            self.words.clear()
            self._is_awaited = True
            self.added.emit(text)

    def _on_item(self, item: QListWidgetItem | None) -> None:
        if self._is_quiet or item is None:
            return
        row = self._rows[item.data(_ID)]
        self.owner.setText(row.owner)
        self._tools.show()
        self.picked.emit(row.id)

    def _on_owner(self) -> None:
        chosen, name = self.chosen, " ".join(self.owner.text().split())
        if chosen is not None and name != self._rows[chosen].owner:
            self.given.emit(chosen, name, self._ids.get(name))

    def _on_seen(self) -> None:
        if self.chosen is not None:
            self.looked.emit(self.chosen)

    def _on_search(self) -> None:
        if self.chosen is not None:
            self.searched.emit(self._rows[self.chosen])

    def _on_rename(self) -> None:
        if self.chosen is not None:
            popover = NamePopover(self._theme, self.rename, row=self._rows[self.chosen], named=self.named.emit)
            popover.open_at(self.rename)
            popover.name.setFocus()

    def _on_stop(self) -> None:
        if self.chosen is not None:
            self.stopped.emit(self.chosen)

    def _tell(self, place: int, told: SignalInstance) -> None:
        hit = self._model.row_at(place)
        if hit is not None:
            told.emit(hit.thread_id)

    def _say(self, title: str, sentence: str) -> None:
        self._nothing.show_words(StateWords(title, (sentence,), "ear"))
        self._stack.setCurrentWidget(self._nothing)
        self._tools.setVisible(bool(self._rows))
        self.seen.setVisible(False)

    def _build(self) -> None:
        near = Card("Listened for")
        near.setFixedWidth(self._theme.px(_WIDTH))
        line_ = QHBoxLayout()
        line_.setSpacing(8)
        line_.addWidget(self.words, 1)
        line_.addWidget(self.add)
        near.body.addLayout(line_)
        near.body.addWidget(self.list, 1)
        far = Card(padding=1)
        self._tools = QWidget()
        tools = QHBoxLayout(self._tools)
        tools.setContentsMargins(12, 8, 12, 8)
        tools.setSpacing(8)
        tools.addWidget(self._title)
        tools.addStretch(1)
        label = QLabel("For")
        label.setBuddy(self.owner)
        tools.addWidget(label)
        self.owner.setFixedWidth(self._theme.px(160))
        for widget in (self.owner, self.search, self.rename, self.seen, self.stop):
            tools.addWidget(widget)
        for button in (self.seen, self.stop):
            snug(button)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.hits)
        self._stack.addWidget(self._nothing)
        far.body.addWidget(self._tools)
        far.body.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(near)
        row.addWidget(far, 1)


class NamePopover(Popover):
    """Asks what a kept search is to be called; empty is by its words."""

    def __init__(
        self, theme: Theme, anchor: QWidget, *, row: ListeningRow, named: Callable[[int, str], object]
    ) -> None:
        super().__init__(theme, anchor, width=280)
        self._row, self._named = row, named
        self.name = QLineEdit(row.name)
        self.name.setPlaceholderText(line(row.words))
        self.name.returnPressed.connect(self._on_name)
        self.column.addWidget(Field(theme, "Name of this search", self.name))
        self.column.addWidget(push_button("Call it so", theme=theme, icon="check", clicked=self._on_name))

    def _on_name(self) -> None:
        name = " ".join(self.name.text().split())
        self.close()
        if name != self._row.name:
            self._named(self._row.id, name)
