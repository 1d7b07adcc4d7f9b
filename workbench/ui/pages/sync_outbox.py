"""OutboxView: everything written here by where it stands, one main button each and the rest in a menu."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QScrollArea, QVBoxLayout, QWidget

from workbench.models.changes import Changes
from workbench.models.kinds import PostKind
from workbench.operations import outbox
from workbench.queries.outbox import OutboxRow
from workbench.ui.context import Context
from workbench.ui.pages.conversation_reply import Deed
from workbench.ui.pages.conversation_topics import TopicDraft
from workbench.ui.pages.sync_outbox_line import OutboxItem
from workbench.ui.pages.sync_outbox_words import GROUPS, Group, group_of, places
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.state_panel import StatePanel, StateWords, copy

_AT_ONCE: Final = 8
"""Items made in one go; the rest a moment later, so that the window never stands still."""
MOST: Final = 100
"""Items of one group that are shown; the rest follows once these are done with."""


class OutboxView(QScrollArea):
    """Groups under one another; a line stays itself while its item does. `failed` when a deed was refused."""

    failed = Signal(Exception)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._items: dict[str, OutboxItem] = {}
        self._rows: tuple[OutboxRow, ...] = ()
        self._now = context.workspace.clock.now()
        self._left = 0
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        inner = QWidget()
        inner.setProperty("ground", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self._empty = StatePanel(context.theme)
        self._empty.show_words(
            StateWords(
                "Nothing is waiting to be sent",
                (
                    "Replies you write in Conversations are kept here and go out with the next sync, also after days "
                    "without a link.",
                ),
                "paper-plane-right",
            )
        )
        self.groups = {group: GroupCard(title) for group, title in GROUPS.items()}
        for card in self.groups.values():
            column.addWidget(card)
            card.hide()
        column.addWidget(self._empty, 1)
        column.addStretch(0)
        self._column = column
        self.setWidget(inner)

    @property
    def is_whole(self) -> bool:
        """Whether every item that is to be shown has been made."""
        return self._left == 0

    def show_rows(self, rows: Sequence[OutboxRow], *, now: datetime) -> None:
        """Shows newer data; what has the keyboard keeps it."""
        self._rows, self._now = tuple(rows), now
        for gone in set(self._items) - {row.id for row in rows}:
            self._drop(gone)
        self._empty.setVisible(not rows)
        self._column.setStretch(self._column.count() - 1, 1 if rows else 0)
        self._fill()

    def _fill(self) -> None:
        """Fills the groups; of items that are missing a few at a time."""
        self._left, made = 0, 0
        order = places(self._rows)
        for group, card in self.groups.items():
            own = [row for row in self._rows if group_of(row) is group]
            shown = []
            for row in own[:MOST]:
                is_new = row.id not in self._items
                made += is_new
                if is_new and made > _AT_ONCE:
                    self._left += 1
                else:
                    shown.append(self._item(row, order=order.get(row.id, ""), now=self._now))
            card.fill(shown, total=len(own), rest=len(own) - MOST)
        if self._left:
            QTimer.singleShot(0, self, self._fill)

    def take_focus(self) -> None:
        """Puts the keyboard on the first item."""
        first = next((item for card in self.groups.values() for item in card.items), None)
        if first is not None:
            first.take_focus()
        else:
            self.setFocus()

    def _item(self, row: OutboxRow, *, order: str, now: datetime) -> OutboxItem:
        item = self._items.get(row.id)
        if item is not None and item.row == row:
            item.tell(order=order, now=now)
            return item
        had_focus = item is not None and item.has_focus()
        if item is not None:
            self._drop(row.id)
        made = self._items[row.id] = OutboxItem(self._context.theme, row, act=self._act, more=self._more)
        made.tell(order=order, now=now)
        if had_focus:
            made.wants_focus = True
        return made

    def _drop(self, item_id: str) -> None:
        item = self._items.pop(item_id)
        for card in self.groups.values():
            card.leave(item)
        item.hide()
        item.deleteLater()

    def _more(self, item: OutboxItem) -> None:
        menu = QMenu(item.menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for deed, title in item.others:
            menu.addAction(title).triggered.connect(partial(self._act, deed, item.row))
        menu.popup(item.menu.mapToGlobal(item.menu.rect().bottomLeft()))

    def _act(self, deed: Deed, row: OutboxRow, *_checked: bool) -> None:
        context, store = self._context, self._context.workspace.outbox
        if deed is Deed.COPY:
            copy(row.text)
            context.tell("Copied as plain text.")
        elif deed is Deed.SETTINGS:
            context.open_page("sync", f"account:details:{row.account_id}")
        elif deed is Deed.OPEN:
            self._open(row)
        elif deed is Deed.EDIT and (row.thread_id is not None or row.kind is PostKind.TOPIC):
            self._edit(row)
        else:
            workspace = context.workspace
            acts: dict[Deed, Callable[[], Changes]] = {
                Deed.QUEUE: partial(outbox.retry, workspace, item_id=row.id),
                Deed.EDIT: partial(store.recall, row.id),
                Deed.SEND_AGAIN: partial(store.send_again, row.id),
                Deed.MARK_SENT: partial(store.mark_sent, row.id),
                Deed.RESUME: partial(outbox.resume, workspace),
                Deed.DROP: partial(store.drop, row.id),
            }
            self._run(acts[deed])

    def _open(self, row: OutboxRow) -> None:
        """The page of the post where it is known, else the conversation it belongs to."""
        if row.url:
            QDesktopServices.openUrl(QUrl(row.url))
        elif row.thread_id is not None:
            self._context.open_page("conversations", int(row.thread_id))
        else:
            self._context.tell("There is no page to open: look for it on the platform.")

    def _edit(self, row: OutboxRow) -> None:
        """Goes to its conversation, where drafts are edited; anything but a draft becomes one first."""
        place: object = TopicDraft(row.id) if row.kind is PostKind.TOPIC else int(row.thread_id or 0)
        if group_of(row) is Group.DRAFTS:
            self._context.open_page("conversations", place)
            return
        store = self._context.workspace.outbox
        self._run(partial(store.recall, row.id), then=lambda: self._context.open_page("conversations", place))

    def _run(self, deed: Callable[[], Changes], *, then: Callable[[], object] = lambda: None) -> None:
        def done(changes: Changes) -> None:
            self._context.bus.publish(changes)
            then()

        # A key of its own for each, in the one lane that keeps the order.
        self._context.jobs.run(self, f"deed {id(deed)}", deed, done, self.failed.emit, lane="plan")


class GroupCard(Card):
    """One group with its number; hidden while it is empty."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.items: list[OutboxItem] = []
        self._rest = PlainLabel("", role="caption")
        self.body.setSpacing(4)
        self.body.addWidget(self._rest)
        self._rest.hide()

    def fill(self, items: Sequence[OutboxItem], *, total: int, rest: int) -> None:
        """Shows these, in this order; `rest` of the `total` stay out."""
        self.items = list(items)
        self.set_subtitle(str(total))
        first = self.body.count() - 1 - sum(self.body.indexOf(item) >= 0 for item in items)
        for place, item in enumerate(items):
            if self.body.indexOf(item) != first + place:
                self.body.insertWidget(first + place, item)
            item.set_first(is_first=place == 0)
            item.show()
            if item.wants_focus:
                item.wants_focus = False
                item.take_focus()
        self._rest.setVisible(rest > 0)
        self._rest.setText(f"{rest} more")
        self.setVisible(bool(items))

    def leave(self, item: OutboxItem) -> None:
        """Lets go of an item that is gone or made anew."""
        if item in self.items:
            self.items.remove(item)
        self.body.removeWidget(item)
