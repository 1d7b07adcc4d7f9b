"""MessageView: a thread as one scrolled page; only messages in sight have widgets, so a thousand scroll like ten."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame
from typing_extensions import override

from workbench.ids import EventId
from workbench.ui.message_parts import CHUNK
from workbench.ui.theme import BODY, Theme
from workbench.ui.widgets.message_card import MessageCard, ReadyMessage
from workbench.ui.widgets.message_files import ReadyFile

_SPARE: Final = 200
"""Pixels above and below the visible part that are made ready as well."""
_GUESSED_CHROME: Final = 76
_LINE: Final = 20


class MessageView(QAbstractScrollArea):
    """Heights are guessed until a message comes near, then measured; what one is reading never jumps."""

    link_wanted = Signal(str, str)
    author_wanted = Signal(int)
    file_wanted = Signal(object, object)
    """What is asked for (FileDeed), of which file (AttachmentRow)."""
    moved = Signal(int)
    """The place of the message that keys act on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._messages: list[ReadyMessage] = []
        self._heights: list[int] = []
        self._tops: list[int] = [0]
        self._measured: set[int] = set()
        self._cards: dict[int, MessageCard] = {}
        self._idle: list[MessageCard] = []
        self._terms: tuple[str, ...] = ()
        self._current = 0
        self._is_placing = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Messages")
        self.viewport().setProperty("ground", "surface")
        self.verticalScrollBar().valueChanged.connect(self._place)
        theme.changed.connect(self._on_theme)

    def show_messages(
        self, messages: Sequence[ReadyMessage], *, at: EventId | None = None, terms: tuple[str, ...] = ()
    ) -> None:
        """Shows another thread, from its beginning or from one message on."""
        self._messages = list(messages)
        self._terms = terms
        self._current = next((place for place, one in enumerate(messages) if one.row.id == at), 0)
        self._forget_heights()
        self._release(all_cards=True)
        self._set_range()
        self._scroll_to(self._tops[self._current])
        self._place()
        # What lies above is measured only now and may have pushed the wanted message away.
        self._scroll_to(self._tops[self._current])
        self.moved.emit(self._current)

    def show_files(self, files: Mapping[EventId, tuple[ReadyFile, ...]]) -> None:
        """Shows how the files of these messages stand now; nothing else moves."""
        for place, message in enumerate(self._messages):
            wanted = files.get(message.row.id, message.files)
            if wanted != message.files:
                self._messages[place] = replace(message, files=wanted)
                card = self._cards.get(place)
                if card is not None:
                    card.show_message(self._messages[place], terms=self._terms)
                self._measured.discard(place)
        self._place()

    @property
    def current(self) -> ReadyMessage | None:
        """The message that keys act on."""
        return self._messages[self._current] if self._messages else None

    @property
    def place(self) -> int:
        """Its place, from 0."""
        return self._current

    @property
    def cards(self) -> int:
        """How many message widgets exist."""
        return len(self._cards) + len(self._idle)

    def step(self, by: int) -> bool:
        """Goes to the next or previous message; False at the end."""
        place = self._current + by
        if not 0 <= place < len(self._messages):
            return False
        self._set_current(place)
        self._scroll_to(self._tops[place])
        self._place()
        self._scroll_to(self._tops[place])
        return True

    def copy(self) -> bool:
        """Puts what is selected, or the whole current message, on the clipboard as plain text."""
        card = self._cards.get(self._current)
        chosen = next((one for one in self._cards.values() if one.body.textCursor().hasSelection()), None)
        if chosen is not None:
            text = chosen.body.textCursor().selection().toPlainText()
        elif self.current is not None:
            html_words = card.body.document().toPlainText() if card is not None else ""
            text = html_words if self.current.html else self.current.plain()
        else:
            return False
        QGuiApplication.clipboard().setText(text)
        return True

    # Events

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        first = self._first_in_sight()
        into = self.verticalScrollBar().value() - self._tops[first]
        share = into / self._heights[first] if self._heights else 0.0
        if event.size().width() != event.oldSize().width():
            self._forget_heights()
        self._set_range()
        if self._heights:
            self._scroll_to(self._tops[first] + round(share * self._heights[first]))
        self._place()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, page = self.verticalScrollBar(), self.viewport().height() - self._theme.px(40)
        moves = {
            Qt.Key.Key_Down: self._theme.px(40), Qt.Key.Key_Up: -self._theme.px(40),
            Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page, Qt.Key.Key_Space: page,
            Qt.Key.Key_End: bar.maximum(), Qt.Key.Key_Home: -bar.maximum(),
        }  # fmt: skip
        by = moves.get(Qt.Key(event.key()))
        if by is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        is_back = event.key() == Qt.Key.Key_Space and bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        bar.setValue(bar.value() + (-by if is_back else by))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._say_keys()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._say_keys()

    def _say_keys(self) -> None:
        for card in self._cards.values():
            card.set_keys(are_here=self.hasFocus())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            place = next((place for place, card in self._cards.items() if card.body is watched), None)
            if place is not None:
                self._set_current(place)
        return super().eventFilter(watched, event)

    # Where everything lies

    def _forget_heights(self) -> None:
        width = max(80, self.viewport().width() - self._theme.px(60))
        letters = max(1, width // max(1, QFontMetrics(self._theme.font(BODY)).averageCharWidth()))
        chrome, line = self._theme.px(_GUESSED_CHROME), self._theme.px(_LINE)
        self._heights = [chrome + line * _lines(one, letters) for one in self._messages]
        self._measured.clear()
        self._sum_up()

    def _sum_up(self) -> None:
        self._tops = list(accumulate(self._heights, initial=0))

    def _set_range(self) -> None:
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._tops[-1] - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(self._theme.px(40))

    def _scroll_to(self, top: int) -> None:
        self.verticalScrollBar().setValue(top)

    def _first_in_sight(self) -> int:
        value = self.verticalScrollBar().value()
        return max(0, min(len(self._heights) - 1, bisect_right(self._tops, value) - 1))

    def _place(self) -> None:
        """Binds, measures and moves the cards in sight."""
        if self._is_placing or not self._messages:
            return
        self._is_placing = True
        bar, height = self.verticalScrollBar(), self.viewport().height()
        first = max(0, bisect_right(self._tops, bar.value() - _SPARE) - 1)
        place = first
        while place < len(self._messages) and self._tops[place] < bar.value() + height + _SPARE:
            self._make_ready(place)
            place += 1
        self._release(keep=range(first, place))
        value = bar.value()
        for number, card in self._cards.items():
            card.move(0, self._tops[number] - value)
            card.show()
        self._is_placing = False

    def _make_ready(self, place: int) -> None:
        width = self.viewport().width()
        card = self._cards.get(place)
        if card is None:
            card = self._cards[place] = self._idle.pop() if self._idle else self._new_card()
            card.show_message(self._messages[place], terms=self._terms)
            card.set_current(is_current=place == self._current)
            card.set_keys(are_here=self.hasFocus())
        elif place in self._measured:
            return
        height = card.height_for(width)
        card.resize(width, height)
        card.settle()
        self._measured.add(place)
        change = height - self._heights[place]
        if change:
            bar, was_above = self.verticalScrollBar(), self._tops[place] < self.verticalScrollBar().value()
            self._heights[place] = height
            self._sum_up()
            self._set_range()
            if was_above:
                bar.setValue(bar.value() + change)

    def _release(self, *, keep: range = range(0), all_cards: bool = False) -> None:
        for place in [place for place in self._cards if all_cards or place not in keep]:
            card = self._cards.pop(place)
            card.hide()
            self._idle.append(card)

    def _new_card(self) -> MessageCard:
        card = MessageCard(self._theme, self.viewport())
        card.author_wanted.connect(self.author_wanted)
        card.body.link_wanted.connect(self.link_wanted)
        card.body.installEventFilter(self)
        card.fold_wanted.connect(lambda name: self._on_fold(card, name))
        card.pressed.connect(lambda: self._on_pressed(card))
        card.files.wanted.connect(self.file_wanted)
        card.files.opened_up.connect(lambda: self._measure_again(card))
        return card

    def _on_fold(self, card: MessageCard, name: str) -> None:
        place = next((place for place, one in self._cards.items() if one is card), None)
        if place is None:
            return
        self._messages[place] = self._messages[place].folded(name)
        card.show_message(self._messages[place], terms=self._terms)
        self._measured.discard(place)
        self._place()

    def _measure_again(self, card: MessageCard) -> None:
        place = next((place for place, one in self._cards.items() if one is card), None)
        if place is not None:
            self._measured.discard(place)
            self._place()

    def _on_pressed(self, card: MessageCard) -> None:
        place = next((place for place, one in self._cards.items() if one is card), None)
        if place is not None:
            self._set_current(place)

    def _set_current(self, place: int) -> None:
        if place != self._current:
            self._current = place
            for number, card in self._cards.items():
                card.set_current(is_current=number == place)
                card.set_keys(are_here=self.hasFocus())
            self.moved.emit(place)

    def _on_theme(self) -> None:
        self._forget_heights()
        self._release(all_cards=True)
        self._set_range()
        self._place()


def _lines(message: ReadyMessage, letters: int) -> int:
    """About how many lines a message takes; only a guess until it is laid out."""
    text = message.html or message.row.text[:CHUNK]
    return text.count("\n") + 1 + len(text) // (letters * 2)
