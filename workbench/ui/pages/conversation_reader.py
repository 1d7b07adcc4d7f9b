"""Conversation reader: the thread that is open: subject, what can be done with it, its messages."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from workbench.ids import EventId
from workbench.ui import numbers
from workbench.ui.actions import ActionRegistry
from workbench.ui.directions import isolated, subject_words
from workbench.ui.icons import icon
from workbench.ui.pages.conversation_data import OpenedThread
from workbench.ui.sanitiser import line, short_subject
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.message_view import MessageView
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.state_panel import StatePanel, StateWords, copy

_LIST_WIDTH: Final = 400
_LIST_SHARE: Final = 0.4
_ONE_ROW_FROM: Final = 520
_HEAD_IN_ONE_ROW_FROM: Final = 480
_MAY_BREAK: Final = "\N{ZERO WIDTH SPACE}"
_BUTTONS: Final = (
    "thread.star",
    "thread.card",
    "thread.watch",
    "thread.unread",
    "thread.copy",
    "thread.way",
    "thread.previous",
    "thread.next",
)


def open_outside(url: QUrl) -> bool:
    """Hands an address to the browser or mail program of this machine."""
    return QDesktopServices.openUrl(url)


class LinkBar(QFrame):
    """Says where a link really leads and waits for a yes; the only way an address leaves this program."""

    closed = Signal()

    def __init__(self, theme: Theme, *, follow: Callable[[QUrl], bool]) -> None:
        super().__init__()
        self._theme, self._follow = theme, follow
        self._url = QUrl()
        self.setProperty("ground", "surface")
        # The host is what this is about: it wraps and is never cut.
        self._host = PlainLabel("", role="strong", wraps=True)
        self._whole = PlainLabel("", role="small", elides=True)
        self._warning = PlainLabel("", role="small", wraps=True)
        self._open = push_button("Open in browser", theme=theme, icon="arrow-square-out", clicked=self._on_open)
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (self._host, self._whole, self._warning):
            _take_all_room(label)
            words.addWidget(label)
        said = QHBoxLayout()
        said.setSpacing(12)
        said.addWidget(IconLabel("link", theme, size=20), 0, Qt.AlignmentFlag.AlignTop)
        said.addLayout(words, 1)
        choices = QHBoxLayout()
        choices.setSpacing(4)
        choices.addWidget(self._open)
        choices.addWidget(icon_button("Copy address", icon="copy", theme=theme, clicked=self._on_copy))
        choices.addWidget(icon_button("Do not open", icon="x", theme=theme, clicked=self.shut))
        choices.addStretch(0)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setContentsMargins(24, 12, 16, 12)
        self._row.setSpacing(12)
        self._row.addLayout(said, 1)
        self._row.addLayout(choices)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_rule())
        column.addLayout(self._row)
        self.hide()

    def ask(self, address: str, words: str) -> None:
        """Asks about an address; one that is neither web nor mail is not offered at all."""
        url = QUrl(address)
        if url.scheme() not in {"http", "https", "mailto"}:
            return
        self._url = url
        is_mail = url.scheme() == "mailto"
        host = url.path() if is_mail else real_host(url)
        self._host.setText(f"Write to {line(host)}" if is_mail else f"Leads to {host.replace('.', f'.{_MAY_BREAK}')}")
        self._whole.setText(line(url.toString(QUrl.ComponentFormattingOption.FullyEncoded)))
        said = "" if is_mail else disguise(words, url)
        self._warning.setText(said)
        self._warning.setVisible(bool(said))
        self._open.setText("Open mail program" if is_mail else "Open in browser")
        self.setAccessibleName(self._host.text())
        self.show()
        self._open.setFocus()
        QTimer.singleShot(0, self, self._fit_words)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < self._theme.px(_ONE_ROW_FROM)
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)
        QTimer.singleShot(0, self, self._fit_words)

    def shut(self) -> None:
        """Goes without opening anything."""
        self.hide()
        self.closed.emit()

    def _fit_words(self) -> None:
        """Room for every line: nested layouts ask for a height before they know the width."""
        for label in (self._host, self._warning):
            label.setMinimumHeight(max(0, label.heightForWidth(label.width())))

    def _on_open(self) -> None:
        self._follow(self._url)
        self.shut()

    def _on_copy(self) -> None:
        copy(self._url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        self.shut()


class ConversationReader(QWidget):
    """`author_wanted(person)` when a name is clicked; `thread_shown` when another thread is open, or none."""

    author_wanted = Signal(int)
    thread_shown = Signal()

    def __init__(self, theme: Theme, actions: ActionRegistry, *, follow: Callable[[QUrl], bool] = open_outside) -> None:
        super().__init__()
        self._theme, self._actions = theme, actions
        self._shown: OpenedThread | None = None
        self.setProperty("ground", "surface")
        self._subject = PlainLabel("", role="title", wraps=True)
        self._facts = PlainLabel("", role="small", elides=True)
        self.messages = MessageView(theme)
        self.links = LinkBar(theme, follow=follow)
        self.messages.link_wanted.connect(self.links.ask)
        self.messages.author_wanted.connect(self.author_wanted)
        self.links.closed.connect(self.messages.setFocus)
        _take_all_room(self._facts)
        self._panel = StatePanel(theme)
        self._star = icon_button("Star", icon="star", theme=theme)
        self.buttons: dict[str, QWidget] = {}
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._panel)
        self._stack.addWidget(self._built())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.say("Choose a conversation", "It opens here. J and K go to the next and previous one.")

    @property
    def shown(self) -> OpenedThread | None:
        """What is open."""
        return self._shown

    def say(self, title: str, *sentences: str, icon: str = "chats") -> None:
        """Shows words instead of a thread."""
        self._shown = None
        self._panel.show_words(StateWords(title, sentences, icon))
        self._stack.setCurrentIndex(0)
        self.thread_shown.emit()

    def add_head(self, widget: QWidget) -> None:
        """Puts something above the messages."""
        self._column.insertWidget(self._column.indexOf(self.messages), widget)

    def add_foot(self, widget: QWidget) -> None:
        """Puts something below the messages."""
        self._column.addWidget(widget)

    @property
    def is_starred(self) -> bool:
        """Whether the open thread is shown as starred."""
        return self._star.isChecked()

    def show_thread(self, thread: OpenedThread, *, at: EventId | None = None, terms: tuple[str, ...] = ()) -> None:
        """Opens a thread, at one of its messages when `at` is given."""
        if not thread.messages:
            self.say("This conversation is gone", "Its messages were removed at the source or from this profile.")
            return
        first = thread.messages[0].row
        self._shown = thread
        self._subject.setText(subject_words(short_subject(first.subject, first.community)) or "No subject")
        people = len({message.row.author_id for message in thread.messages})
        count = numbers.plural(len(thread.messages), "message", "messages")
        facts = (isolated(line(first.community)), count, numbers.plural(people, "person", "people"))
        begun = f"begun {numbers.day_of(first.sent_at)}"
        if thread.row is not None and not thread.row.has_beginning:
            begun = "the beginning of this thread is not here yet"
        self._facts.setText(isolated(" · ".join((*facts, begun))))
        self.links.hide()
        self._stack.setCurrentIndex(1)
        self.show_star(is_starred=thread.row is not None and thread.row.is_starred)
        self.messages.show_messages(thread.messages, at=at, terms=terms)
        self.thread_shown.emit()

    def show_star(self, *, is_starred: bool) -> None:
        """Shows whether the open thread is starred."""
        self._star.setChecked(is_starred)
        self._star.setToolTip("Take the star off (S)" if is_starred else "Star (S)")
        self._star.setAccessibleName("Starred" if is_starred else "Not starred")

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(320, 200)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < self._theme.px(_HEAD_IN_ONE_ROW_FROM)
        self._head.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)

    def _built(self) -> QWidget:
        inner = QWidget()
        self._head = head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.setContentsMargins(24, 12, 12, 12)
        head.setSpacing(4)
        words, tools = QVBoxLayout(), QHBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._subject)
        words.addWidget(self._facts)
        head.addLayout(words, 1)
        for action_id in _BUTTONS:
            self.buttons[action_id] = self._button(action_id)
            tools.addWidget(self.buttons[action_id], 0, Qt.AlignmentFlag.AlignTop)
        tools.addStretch(1)
        head.addLayout(tools)
        self._column = column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(_rule())
        column.addWidget(self.messages, 1)
        column.addWidget(self.links)
        return inner

    def _button(self, action_id: str) -> QWidget:
        spec = self._actions.spec(action_id)
        if action_id == "thread.star":
            button = self._star
            button.setCheckable(True)
        else:
            button = icon_button(spec.title, icon=spec.icon, theme=self._theme)
        button.setIcon(icon(spec.icon, self._theme))
        button.setToolTip(self._actions.action(action_id).toolTip())
        button.clicked.connect(lambda: self._on_button(action_id))
        return button

    def _on_button(self, action_id: str) -> None:
        if action_id == "thread.star":
            # The click has checked the button already; the action itself decides what is shown.
            self._star.setChecked(not self._star.isChecked())
        self._actions.trigger(action_id)


class ReaderSplit(QSplitter):
    """List and reader side by side; the list keeps its share until somebody drags the line between them."""

    def __init__(self, theme: Theme, near: QWidget, far: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._was_dragged = False
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(near)
        self.addWidget(far)
        self.setStretchFactor(1, 1)
        self.splitterMoved.connect(self._on_dragged)
        theme.changed.connect(self._share)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _on_dragged(self) -> None:
        self._was_dragged = True

    def _share(self) -> None:
        if not self._was_dragged:
            width = min(self._theme.px(_LIST_WIDTH), round(self.width() * _LIST_SHARE))
            self.setSizes([width, self.width() - width])


def real_host(url: QUrl) -> str:
    """The host as the network knows it: look-alike letters show as `xn--…`."""
    host = url.host(QUrl.ComponentFormattingOption.FullyEncoded)
    port = f":{url.port()}" if url.port() != -1 else ""
    return f"{host}{port}" or "an address without a host"


def disguise(words: str, url: QUrl) -> str:
    """What is odd about a link, in words; empty when nothing is."""
    if url.userInfo():
        return "What stands before the @ is not the site."
    written = QUrl.fromUserInput(words.strip()) if "." in words and " " not in words.strip() else QUrl()
    shown = written.host().removeprefix("www.")
    if shown and "." in shown and shown != url.host().removeprefix("www."):
        return f"Written as {line(shown)}, but does not lead there."
    if real_host(url).startswith("xn--") or ".xn--" in real_host(url):
        return "Holds letters of another script and may only look familiar."
    return ""


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("rule", "true")
    rule.setFixedHeight(1)
    return rule


def _take_all_room(label: PlainLabel) -> None:
    """A label that only asks for its own width would hold its whole column to it."""
    policy = label.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    label.setSizePolicy(policy)
