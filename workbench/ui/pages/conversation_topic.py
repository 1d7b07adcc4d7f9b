"""TopicPanel: where a new thread is written: its community, title and text, and what becomes of it."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ids import CommunityId
from workbench.operations.topics import TopicPlace
from workbench.operations.writing_help import PROMPTS
from workbench.ui.directions import isolated
from workbench.ui.icons import icon
from workbench.ui.sanitiser import line
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button, push_button, say
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.plain_check import PlainCheck
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.tab_order import in_tab_order

_SIDE: Final = 24
_TITLE_LENGTH: Final = 250
_SENT: Final = "It goes out with the next sync; until then you can take it back in the outbox."
_BY_HAND: Final = "This account only reads. Copy the text, post it there, and say here that you did."


class TopicPanel(QFrame):
    """`typed` at each change; `queued`, `handed_over` and `posted` (by hand), `dropped` and `closed` by its buttons.

    Ctrl+Return queues or hands over, whichever this community can have.
    """

    typed = Signal()
    queued = Signal()
    handed_over = Signal()
    posted = Signal()
    dropped = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._places: tuple[TopicPlace, ...] = ()
        self.setProperty("ground", "surface")
        self.community = ChoiceBox(theme, name="Community")
        self.title = QLineEdit()
        self.title.setMaxLength(_TITLE_LENGTH)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText("Write your message. It is kept as you type.")
        self._state = PlainLabel("", role="caption")
        self._hint = PlainLabel("", role="small", wraps=True)
        self.fields = {
            "community": Field(theme, "Community", self.community),
            "title": Field(theme, "Title", self.title),
            "text": Field(theme, "Text", self.text),
        }
        self._build()
        self.community.currentIndexChanged.connect(self._on_place)
        self.title.textChanged.connect(self._on_typed)
        self.text.textChanged.connect(self._on_typed)

    @property
    def place(self) -> TopicPlace | None:
        """The chosen community."""
        index = self.community.currentIndex()
        return self._places[index] if 0 <= index < len(self._places) else None

    def offer(self, places: Sequence[TopicPlace], *, chosen: CommunityId | None) -> None:
        """Offers these communities; `chosen`, or the first one where that is not among them, is shown."""
        self._places = tuple(places)
        self.community.blockSignals(True)  # noqa: FBT003 - Qt takes it by position
        self.community.clear()
        for place in places:
            words = line(place.community)
            self.community.addItem(words if place.can_send else f"{words} (by hand)", place.community_id)
        found = next((at for at, place in enumerate(places) if place.community_id == chosen), 0)
        self.community.setCurrentIndex(found if places else -1)
        self.community.blockSignals(False)  # noqa: FBT003 - as above
        self._fit()

    def fill(self, *, subject: str, text: str) -> None:
        """Shows what was written before."""
        for control in (self.title, self.text):
            control.blockSignals(True)  # noqa: FBT003 - as above
        self.title.setText(subject)
        self.text.setPlainText(text)
        for control in (self.title, self.text):
            control.blockSignals(False)  # noqa: FBT003 - as above
        self._posted.hide()
        self.say("")
        self.say_trouble("")
        self._fit()

    def take_focus(self) -> None:
        """Puts the keyboard on the first thing that is still to be given."""
        if not self.title.text().strip():
            self.title.setFocus()
        else:
            self.text.setFocus()
            self.text.moveCursor(self.text.textCursor().MoveOperation.End)

    def say(self, words: str) -> None:
        """How far what is being written is kept."""
        self._state.setText(words)

    def say_trouble(self, words: str) -> None:
        """Why what was asked for last could not be done."""
        self.fields["text"].say_problem(words)

    def add_foot(self, widget: QWidget) -> None:
        """Puts something below the buttons; while it is shown, the line that says what happens gives way to it."""
        widget.installEventFilter(self)
        self._column.addWidget(widget)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Show, QEvent.Type.Hide}:
            self._hint.setVisible(event.type() is QEvent.Type.Hide)
        return super().eventFilter(watched, event)

    def offer_posted(self) -> None:
        """After the text was handed over: asks whether it was posted."""
        self._posted.show()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_return = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._on_go()
            return
        super().keyPressEvent(event)

    def _on_go(self) -> None:
        if self._go.isEnabled() and self.place is not None:
            (self.queued if self.place.can_send else self.handed_over).emit()

    def _on_place(self) -> None:
        self._fit()
        self.typed.emit()

    def _on_typed(self) -> None:
        self._fit()
        self.typed.emit()

    def _fit(self) -> None:
        """Follows what is chosen and written: nothing empty is sent."""
        place = self.place
        can_send = place is not None and place.can_send
        has_link = place is not None and bool(place.url)
        words = "Queue thread" if can_send else "Copy text and open the platform" if has_link else "Copy text"
        say(self._go, words)
        self._go.setIcon(icon("paper-plane-right" if can_send else "copy", self._theme, token="on_accent"))
        self._go.setToolTip(f"{words} (Ctrl+Return)")
        self._hint.setText(_SENT if can_send else _BY_HAND)
        is_ready = bool(self.title.text().strip() and self.text.toPlainText().strip())
        self._go.setEnabled(place is not None and is_ready)

    def _prompt_menu(self, button: QWidget) -> QMenu:
        menu = QMenu(button)
        for language, prompts in PROMPTS.items():
            part = menu.addMenu(language.value)
            for prompt in prompts:
                part.addAction(isolated(prompt), partial(self.begin_with, prompt))
        return menu

    def begin_with(self, prompt: str) -> None:
        """Puts a question where the cursor is."""
        self.text.insertPlainText(prompt)
        self.text.setFocus()

    def _build(self) -> None:
        theme = self._theme
        self._go = push_button("Queue thread", theme=theme, kind="primary", icon="copy", clicked=self._on_go)
        self._posted = push_button("I posted it", theme=theme, icon="check-circle", clicked=self.posted.emit)
        self._posted.hide()
        prompts = push_button("Open questions", theme=theme, kind="plain", icon="question")
        prompts.setToolTip("Questions to begin a talk with, in four languages")
        prompts.setMenu(self._prompt_menu(prompts))
        discard = push_button("Discard", theme=theme, kind="plain", clicked=self.dropped.emit)
        close = icon_button("Close and keep the draft (Esc)", icon="x", theme=theme, clicked=self.closed.emit)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(PlainLabel(isolated("New thread"), role="title"))
        head.addStretch(1)
        head.addWidget(self._state)
        head.addWidget(close)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._go)
        foot.addWidget(self._posted)
        foot.addStretch(1)
        foot.addWidget(prompts)
        foot.addWidget(discard)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.fields["community"])
        column.addWidget(self.fields["title"])
        column.addWidget(self.fields["text"], 1)
        column.addWidget(PlainCheck(self.text))
        column.addWidget(self._hint)
        column.addLayout(foot)
        controls: list[QWidget] = [
            self.community,
            self.title,
            self.text,
            self._go,
            self._posted,
            prompts,
            discard,
            close,
        ]
        in_tab_order(controls)
