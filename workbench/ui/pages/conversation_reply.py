"""Conversation reply: what stands under the reader: where each answer stands, and the box in which one is written."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.models.kinds import OutboxState, PostKind
from workbench.operations.outbox import NO_MAIL_SERVER, explained
from workbench.queries.outbox import OutboxRow
from workbench.sync.outbox_steps import Reason
from workbench.ui import numbers
from workbench.ui.directions import isolated
from workbench.ui.sanitiser import line
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import Kind, push_button
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_check import PlainCheck
from workbench.ui.widgets.plain_label import PlainLabel

_TEXT_HEIGHT: Final = 104
_MOST_LINES: Final = 2
_SIDE: Final = 24


class Deed(StrEnum):
    """What a button of an item asks for."""

    EDIT = "edit"
    QUEUE = "queue"
    OPEN = "open"
    SEND_AGAIN = "send_again"
    MARK_SENT = "mark_sent"
    RESUME = "resume"
    SETTINGS = "settings"
    COPY = "copy"
    DROP = "drop"


STATES: Final[dict[OutboxState, tuple[str, str, str]]] = {
    OutboxState.DRAFT: ("Draft", "pencil-simple", "neutral"),
    OutboxState.QUEUED: ("Queued", "clock", "neutral"),
    OutboxState.SENDING: ("Sending", "paper-plane-right", "neutral"),
    OutboxState.SENT: ("Sent", "check-circle", "good"),
    OutboxState.UNKNOWN: ("Not sure", "circle-dashed", "unknown"),
    OutboxState.REFUSED: ("Refused", "x-circle", "bad"),
    OutboxState.PAUSED: ("Paused", "pause-circle", "watch"),
    OutboxState.EXPIRED: ("Expired", "hourglass", "watch"),
}
"""Word, icon and colour of each state; the same wherever items are shown."""

_TITLES: Final = {
    Deed.EDIT: "Edit",
    Deed.QUEUE: "Queue again",
    Deed.OPEN: "Open thread",
    Deed.SEND_AGAIN: "Send again",
    Deed.MARK_SENT: "Mark as sent",
    Deed.RESUME: "Resume",
    Deed.SETTINGS: "Account details",
    Deed.COPY: "Copy text",
    Deed.DROP: "Drop",
}


def deeds(row: OutboxRow) -> tuple[Deed, ...]:
    """What can be done with an item now, the likeliest first."""
    if row.state is OutboxState.UNKNOWN:
        return (Deed.OPEN, Deed.SEND_AGAIN, Deed.MARK_SENT) if row.needs_decision else (Deed.OPEN,)
    if row.state is OutboxState.REFUSED and row.reason_code == Reason.SETTINGS:
        return (Deed.SETTINGS, Deed.QUEUE, Deed.EDIT, Deed.DROP)
    is_like = row.kind is PostKind.LIKE
    found: dict[OutboxState, tuple[Deed, ...]] = {
        OutboxState.DRAFT: (Deed.EDIT, Deed.QUEUE, Deed.DROP),
        OutboxState.QUEUED: (Deed.DROP,) if is_like else (Deed.EDIT,),
        OutboxState.REFUSED: (Deed.DROP,) if is_like else (Deed.EDIT, Deed.COPY, Deed.DROP),
        OutboxState.PAUSED: (Deed.RESUME, Deed.EDIT),
        OutboxState.EXPIRED: (Deed.QUEUE, Deed.DROP) if is_like else (Deed.QUEUE, Deed.EDIT, Deed.DROP),
    }
    return found.get(row.state, ())


def title_of(deed: Deed, row: OutboxRow) -> str:
    """What its button says."""
    if deed is Deed.QUEUE and row.state is OutboxState.DRAFT:
        return "Queue"
    return "Recall" if deed is Deed.EDIT and row.state is OutboxState.QUEUED else _TITLES[deed]


class ReplyEdit(QPlainTextEdit):
    """`sent` when Ctrl+Return is pressed; Tab leaves the box."""

    sent = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setTabChangesFocus(True)
        self.setAccessibleName("Your reply")
        self.setPlaceholderText("Write your reply. It is kept as you type.")
        theme.changed.connect(self._measure)
        self._measure()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_return = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.sent.emit()
            return
        super().keyPressEvent(event)

    def _measure(self) -> None:
        self.setFixedHeight(self._theme.px(_TEXT_HEIGHT))


class OutboxLine(QWidget):
    """One item: its state in a word, how it begins, why it stands there, and what can be done."""

    def __init__(self, theme: Theme, row: OutboxRow, *, act: Callable[[Deed, OutboxRow], object]) -> None:
        super().__init__()
        word, icon, token = STATES[row.state]
        begins = "Like" if row.kind is PostKind.LIKE else line(" ".join(row.text.split()))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel(icon, theme, token=token))
        head.addWidget(PlainLabel(word, role="strong"))
        preview = PlainLabel(isolated(begins), role="second", elides=True)
        policy = preview.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        preview.setSizePolicy(policy)
        head.addWidget(preview, 1)
        why = PlainLabel(line(explained(row)), role="small", wraps=True)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for deed in deeds(row):
            kind: Kind = "" if row.needs_decision and deed is deeds(row)[0] else "plain"
            button = push_button(title_of(deed, row), theme=theme, kind=kind, clicked=partial(act, deed, row))
            button.setAccessibleName(f"{title_of(deed, row)}: {word}, {begins[:60]}")
            buttons.addWidget(button)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(why, 1)
        foot.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 6, 16, 6)
        column.setSpacing(2)
        column.addLayout(head)
        column.addLayout(foot)


class _Trouble(QWidget):
    """What could not be done, between the items and the box."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.said = PlainLabel("", role="small", wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(_SIDE, 6, 16, 2)
        row.setSpacing(8)
        row.addWidget(IconLabel("warning-circle", theme, token="watch"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.said, 1)
        self.hide()


class ReplyPanel(QFrame):
    """The foot of an open conversation.

    `begun` when a reply is wanted, `typed` at each change, `queued`, `handed_over` and `posted` (by hand) and `dropped`
    by the buttons under the box, `like_wanted`, and `acted(Deed, OutboxRow)` for an item; `settings_wanted` where the
    account lacks what an answer needs.
    """

    begun = Signal()
    like_wanted = Signal()
    typed = Signal()
    queued = Signal()
    handed_over = Signal()
    posted = Signal()
    dropped = Signal()
    acted = Signal(object, object)
    settings_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("ground", "surface")
        self.edit = ReplyEdit(theme)
        self.edit.textChanged.connect(self.typed)
        self._title = PlainLabel("", role="strong", elides=True)
        self._state = PlainLabel("", role="caption")
        self._hint = PlainLabel("", role="small", wraps=True)
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 4, 0, 4)
        self._lines.setSpacing(0)
        self._made_lines: list[QWidget] = []
        self._trouble = _Trouble(theme)
        self._can_send = True
        self._bar = self._built_bar()
        self._box = self._built_box()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_rule())
        column.addLayout(self._lines)
        column.addWidget(self._trouble)
        column.addWidget(self._bar)
        column.addWidget(self._box)
        self.edit.sent.connect(self._on_sent)
        self.close_box()

    @property
    def is_open(self) -> bool:
        """Whether something is being written."""
        return not self._box.isHidden()

    def show_place(self, *, can_send: bool, can_like: bool, has_link: bool, needs_mail_server: bool = False) -> None:
        """Says what can be done in this conversation: a place that is only read gets its text by hand."""
        self._settings.setVisible(needs_mail_server)
        self._can_send = can_send
        self._like.setVisible(can_like)
        self._queue.setVisible(can_send)
        self._hand_over.setVisible(not can_send)
        self._hand_over.setText("Copy text and open thread" if has_link else "Copy text")
        self._hand_over.setAccessibleName(self._hand_over.text())
        by_hand = "Copy the text, post it there, and say here that you did."
        self._hint.setText(
            "It goes out with the next sync; until then you can take it back."
            if can_send
            else f"{NO_MAIL_SERVER} Give it one, or do it by hand: {by_hand[0].lower()}{by_hand[1:]}"
            if needs_mail_server
            else f"This account only reads. {by_hand}"
        )

    def show_items(self, rows: Sequence[OutboxRow]) -> None:
        """Shows where the items of this conversation stand; those that wait for a decision first."""
        for widget in self._made_lines:
            self._lines.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        chosen = sorted(rows, key=lambda row: not row.needs_decision)[:_MOST_LINES]
        self._made_lines = [OutboxLine(self._theme, row, act=self.acted.emit) for row in rows if row in chosen]
        if len(rows) > len(chosen):
            more = PlainLabel(f"{numbers.count(len(rows) - len(chosen))} more in the outbox.", role="caption")
            more.setContentsMargins(_SIDE, 0, 16, 4)
            self._made_lines.append(more)
        for widget in self._made_lines:
            self._lines.addWidget(widget)
            widget.show()  # now, not when the layout comes round to it
        margin = 4 if rows else 0
        self._lines.setContentsMargins(0, margin, 0, margin)

    def open_box(self, *, author: str, text: str) -> None:
        """Opens the box for an answer to somebody."""
        self._title.setText(isolated(f"Reply to {line(author)}") if author else "Reply")
        self.edit.blockSignals(True)  # noqa: FBT003 - Qt takes it by position
        self.edit.setPlainText(text)
        self.edit.blockSignals(False)  # noqa: FBT003 - as above
        self.edit.moveCursor(self.edit.textCursor().MoveOperation.End)
        self._posted.hide()
        self.say("")
        self._fit()
        self._bar.hide()
        self._box.show()
        self.edit.setFocus()

    def close_box(self) -> None:
        """Puts the box away; what was written is kept by whoever heard of it."""
        self._box.hide()
        self._bar.show()

    def say(self, words: str) -> None:
        """How far what is being written is kept."""
        self._state.setText(words)

    def say_trouble(self, words: str) -> None:
        """Why what was asked for last could not be done; nothing hides it."""
        self._trouble.said.setText(words)
        self._trouble.setVisible(bool(words))

    def offer_posted(self) -> None:
        """After the text was handed over: asks whether it was posted."""
        self._posted.show()

    def fit(self) -> None:
        """Follows what is written: nothing empty is sent."""
        self._fit()

    def _fit(self) -> None:
        has_text = bool(self.edit.toPlainText().strip())
        for button in (self._queue, self._hand_over):
            button.setEnabled(has_text)

    def _on_sent(self) -> None:
        if not self.edit.toPlainText().strip():
            return
        if self._can_send:
            self.queued.emit()
        else:
            self.handed_over.emit()

    def _built_bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(_SIDE, 8, 16, 8)
        row.setSpacing(8)
        reply = push_button("Reply", theme=self._theme, icon="arrow-bend-up-left", clicked=self.begun.emit)
        reply.setToolTip("Reply (Ctrl+R)")
        self._like = push_button("Like", theme=self._theme, kind="plain", icon="heart", clicked=self.like_wanted.emit)
        self._like.setToolTip("Like the message (Ctrl+Shift+L)")
        row.addWidget(reply)
        row.addWidget(self._like)
        row.addStretch(1)
        return bar

    def _built_box(self) -> QWidget:
        theme = self._theme
        self._queue = push_button("Queue reply", theme=theme, kind="primary", clicked=self.queued.emit)
        self._queue.setToolTip("Queue the reply (Ctrl+Return)")
        self._hand_over = push_button("Copy text", theme=theme, kind="primary", clicked=self.handed_over.emit)
        self._hand_over.setToolTip("Put the text on the clipboard (Ctrl+Return)")
        self._posted = push_button("I posted it", theme=theme, icon="check-circle", clicked=self.posted.emit)
        self._posted.hide()
        self._settings = push_button("Account details", theme=theme, icon="gear", clicked=self.settings_wanted.emit)
        self._settings.hide()
        box = QWidget()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._state)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._queue)
        foot.addWidget(self._hand_over)
        foot.addWidget(self._posted)
        foot.addWidget(self._settings)
        foot.addStretch(1)
        foot.addWidget(push_button("Discard", theme=theme, kind="plain", clicked=self.dropped.emit))
        column = QVBoxLayout(box)
        column.setContentsMargins(_SIDE, 8, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.edit)
        column.addWidget(PlainCheck(self.edit))
        # On a row of its own: beside the buttons it would be a column of single words in a narrow window.
        column.addWidget(self._hint)
        column.addLayout(foot)
        return box


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("rule", "true")
    rule.setFixedHeight(1)
    return rule
