"""ThreadsSide: the conversations behind a number as a list at the side; Enter opens one."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.queries.behaviour_threads import MOST
from workbench.queries.threads import ThreadRow
from workbench.ui import numbers
from workbench.ui.pages.conversation_list import ConversationList, ThreadDelegate
from workbench.ui.qt_models.thread_list import ThreadListModel
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.plain_label import PlainLabel


class ThreadsSide(QWidget):
    """`opened(thread)` on Enter or a double click, `back` to the explanation, `closed` by its button."""

    opened = Signal(int)
    back = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.title = PlainLabel("", role="title", wraps=True)
        self.count = PlainLabel("", role="small", wraps=True)
        self.model = ThreadListModel(self)
        self.list = ConversationList(theme, ThreadDelegate, name="Conversations behind this number")
        self.list.setModel(self.model)
        self.list.row_opened.connect(self._on_opened)
        self.list.doubleClicked.connect(lambda index: self._on_opened(index.row()))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        close = icon_button("Close", icon="x", theme=theme, clicked=self.closed.emit)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 16, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.count)
        column.addWidget(self.list, 1)
        column.addWidget(push_button("How it is worked out", theme=theme, kind="link", clicked=self.back.emit))

    def show_threads(self, title: str, rows: Sequence[ThreadRow], *, now: datetime, names_community: bool) -> None:
        """Shows conversations under the name of a measure."""
        self.title.setText(title)
        many = numbers.plural(len(rows), "conversation", "conversations")
        newest = "The newest " if len(rows) == MOST else ""
        self.count.setText(
            f"{newest}{many}. Enter opens one." if rows else "No conversation stands behind it in this period."
        )
        self.list.setVisible(bool(rows))
        self.model.set_rows(len(rows), rows, page=0, now=now)
        self.list.set_names_community(names=names_community)
        self.setAccessibleName(f"{title}: {many}")
        if rows:
            self.list.choose(0)
            self.list.setFocus()

    def _on_opened(self, place: int) -> None:
        row = self.model.row_at(place)
        if row is not None:
            self.opened.emit(row.id)
