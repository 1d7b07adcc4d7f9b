"""Conversation way: above the messages, how a question found its answer, what is near it, and the way to the board."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.ids import EventId
from workbench.models.changes import Changes
from workbench.models.database import Database
from workbench.queries.answer_path import AnswerPath, answer_path
from workbench.queries.hashtags import thread_tags
from workbench.queries.related import related_threads
from workbench.queries.threads import ThreadRow
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.directions import isolated
from workbench.ui.pages.conversation_reader import ConversationReader
from workbench.ui.sanitiser import line, short_subject
from workbench.ui.widgets.answer_line import AnswerLine, hops_words
from workbench.ui.widgets.buttons import push_button, snug
from workbench.ui.widgets.link_row import LinkRow
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.words import error_words

IS_SHOWN = "conversations/way"
_RELATED = 3


@dataclass(frozen=True, slots=True)
class Way:
    """What stands above one conversation."""

    thread_id: EventId
    path: AnswerPath | None
    related: tuple[ThreadRow, ...]
    tags: tuple[str, ...]


def read_way(database: Database, thread_id: EventId) -> Way:
    """The way of a thread, and what is near it."""
    with database.read() as reader:
        return Way(
            thread_id,
            answer_path(reader, thread_id),
            tuple(related_threads(reader, thread_id, limit=_RELATED)),
            thread_tags(reader, thread_id),
        )


class ConversationWay(QWidget):
    """Shown and put away by `toggle`; it stays as it was left, and reads only while it is shown."""

    def __init__(self, context: Context, reader: ConversationReader) -> None:
        super().__init__()
        self._context, self._reader = context, reader
        self.setProperty("ground", "surface")
        self.line = AnswerLine(context.theme)
        self._hops = PlainLabel("", role="small", wraps=True)
        self._nothing = PlainLabel("Nothing near it was found.", role="small", wraps=True)
        self._title = PlainLabel("Related", role="small")
        self._links = QVBoxLayout()
        self._links.setSpacing(0)
        self._tags = QHBoxLayout()
        self._tags.setSpacing(4)
        self.board = push_button("On the question board", theme=context.theme, kind="link", icon="question")
        self.board.clicked.connect(self._open_board)
        self._build()
        self._is_wanted = QSettings().value(IS_SHOWN, "") == "yes"
        self.hide()
        reader.thread_shown.connect(self._on_thread)
        context.bus.changed.connect(self._on_changed)

    def toggle(self) -> None:
        """Shows it, or puts it away."""
        self._is_wanted = not self._is_wanted
        QSettings().setValue(IS_SHOWN, "yes" if self._is_wanted else "no")
        self._on_thread()

    def _on_changed(self, changes: Changes) -> None:
        if changes & Changes.EVENTS:
            self._on_thread()

    def _on_thread(self) -> None:
        thread = self._reader.shown
        if not self._is_wanted or thread is None:
            self.hide()
            return
        job = partial(read_way, self._context.workspace.database, thread.id)
        self._context.jobs.run(self, "way", job, self._on_way, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        # What the messages say is there all the same.
        self.hide()
        words, _details = error_words(error)
        self._context.tell(words[0])

    def _on_way(self, way: Way) -> None:
        thread = self._reader.shown
        if thread is None or thread.id != way.thread_id or not self._is_wanted:
            return
        self.line.show_path(way.path if way.path is not None and way.path.is_answered else None)
        self._hops.setVisible(way.path is not None)
        if way.path is not None:
            self._hops.setText(hops_words(way.path))
        self.board.setVisible(way.path is not None)
        self._title.setVisible(bool(way.related))
        self._nothing.setVisible(way.path is None and not way.related and not way.tags)
        _clear(self._links)
        _clear(self._tags)
        for row in way.related:
            words = short_subject(row.subject, row.community) or "No subject"
            told = f"{words}: {numbers.plural(row.messages, 'message', 'messages')}, {line(row.community)}"
            link = LinkRow(self._context.theme, words, told)
            link.clicked.connect(partial(self._open, row.id))
            self._links.addWidget(link)
        for tag in way.tags:
            button = push_button(isolated(f"#{line(tag)}"), theme=self._context.theme, kind="link")
            button.clicked.connect(partial(self._search, tag))
            snug(button)
            self._tags.addWidget(button)
        self._tags.addStretch(1)
        self.show()

    def _open(self, thread_id: EventId, _is_checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's own argument
        self._context.open_page("conversations", int(thread_id))

    def _search(self, tag: str, _is_checked: bool = False) -> None:  # noqa: FBT001, FBT002 - as above
        self._context.open_page("conversations", f"#{tag}")

    def _open_board(self) -> None:
        thread = self._reader.shown
        if thread is not None:
            self._context.open_page("questions", int(thread.id))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 8)
        column.setSpacing(4)
        column.addWidget(self.line)
        below = QHBoxLayout()
        below.addWidget(self._hops, 1)
        below.addWidget(self.board)
        column.addLayout(below)
        column.addLayout(self._tags)
        for widget in (self._title, self._nothing):
            column.addWidget(widget)
        column.addLayout(self._links)


def _clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
