"""MessageCard: one message of a thread: who, when, how deep, and its words; lent to whichever message is in sight."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC
from typing import Final

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from workbench.ids import PersonId
from workbench.queries.messages import MessageRow
from workbench.ui import icons, numbers
from workbench.ui.directions import isolated
from workbench.ui.message_parts import CHUNK, Part, parts_of
from workbench.ui.sanitiser import TURN_MARK, clean_html, has_turns, line, shown
from workbench.ui.theme import BODY, SMALL, Theme
from workbench.ui.widgets.html_view import MORE, HtmlView
from workbench.ui.widgets.message_files import MessageFiles, ReadyFile

DEEPEST: Final = 4
_HEAD: Final = 44
_NOTE: Final = 22
_FOOT: Final = 16
_SIDE: Final = 24
_STEP: Final = 20
_ABOVE_FILES: Final = 8
_UPLOADS: Final = re.compile(r"!?\[([^\]\n|]*)(?:\|[^\]\n]*)?\]\(upload://[^)\s]*\)")
_FILE_NOTES: Final = re.compile(r"(?:\n*\[attachment: [^\]\n]*\])+\s*\Z")


@dataclass(frozen=True, slots=True)
class ReadyMessage:
    """A message made ready off the main thread; `html` is clean. `reach` is how much of a plain text is laid out."""

    row: MessageRow
    html: str = ""
    note: str = ""
    reach: int = CHUNK
    opened: frozenset[int] = field(default=frozenset())
    files: tuple[ReadyFile, ...] = ()

    def parts(self) -> tuple[Part, ...]:
        """The plain text in parts, up to `reach`."""
        return parts_of(self.row.text[: self.reach])

    @property
    def left(self) -> int:
        """Characters that wait behind a link."""
        return 0 if self.html else max(0, len(self.row.text) - self.reach)

    def folded(self, name: str) -> "ReadyMessage":
        """After a fold was clicked."""
        if name == MORE:
            return replace(self, reach=self.reach + CHUNK)
        return replace(self, opened=self.opened ^ {int(name)})

    def plain(self) -> str:
        """The words for the clipboard, as they are shown."""
        return shown(self.row.text)


def ready(row: MessageRow, files: tuple[ReadyFile, ...] = ()) -> ReadyMessage:
    """Cleans and says what was left out; may take some milliseconds for a long HTML body."""
    if files:
        # Mail names its files at the end of its text and forums within it, where a search finds them; here they stand
        # below it.
        row = replace(row, text=_UPLOADS.sub(r"\1", _FILE_NOTES.sub("", row.text)))
    notes = []
    html = ""
    turned = has_turns(row.text) or has_turns(row.subject) or has_turns(row.author)
    if row.html is not None and not row.text.strip():
        cleaned = clean_html(row.html)
        html, turned = cleaned.html, turned or cleaned.has_turns
        notes.append(
            "Pictures and styles are left out" + ("; only the first part is shown." if cleaned.is_cut else ".")
        )
    if turned:
        notes.append(f"Marks that turn text round are shown as {TURN_MARK}.")
    return ReadyMessage(row, html, " ".join(notes), files=files)


class MessageCard(QWidget):
    """Head and note are painted, the body is an HtmlView."""

    author_wanted = Signal(int)
    fold_wanted = Signal(str)
    pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._message: ReadyMessage | None = None
        self._is_current = self._has_keys = False
        self.body = HtmlView(theme)
        self.body.setParent(self)
        self.body.fold_wanted.connect(self.fold_wanted)
        self.files = MessageFiles(theme, self)
        self.setMouseTracking(True)
        self.hide()

    @property
    def message(self) -> ReadyMessage | None:
        """What is shown."""
        return self._message

    def show_message(self, message: ReadyMessage, *, terms: tuple[str, ...]) -> None:
        """Shows another message, or the same one folded otherwise."""
        self._message = message
        if message.html:
            self.body.show_html(message.html)
        else:
            self.body.show_parts(message.parts(), opened=message.opened, left=message.left)
        if terms:
            self.body.highlight(terms)
        self.files.show_files(message.files)
        row = message.row
        self.body.setAccessibleName(f"Message from {line(row.author)}, {numbers.moment(row.sent_at)}")
        self.update()

    def set_keys(self, *, are_here: bool) -> None:
        """Says whether keys go to the messages: the one they act on shows it."""
        if are_here is not self._has_keys:
            self._has_keys = are_here
            self.update()

    def set_current(self, *, is_current: bool) -> None:
        """Marks the message that keys act on."""
        if is_current is not self._is_current:
            self._is_current = is_current
            self.update()

    def height_for(self, width: int) -> int:
        """The height of all of it at a width."""
        px = self._theme.px
        return self._body_top() + self.body.height_for(self._body_width(width)) + self._files_height() + px(_FOOT)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_body()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._message is not None:
            if self._when_box().contains(event.pos()):
                QToolTip.showText(event.globalPos(), when_in_full(self._message.row), self)
            elif self._author_box().contains(event.pos()):
                QToolTip.showText(event.globalPos(), "Show this person", self)
            return True
        return super().event(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._message is not None and self._author_box().contains(event.position().toPoint())
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()
        if self._message is not None and self._author_box().contains(event.position().toPoint()):
            self.author_wanted.emit(self._message.row.author_id)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._message is None:
            return
        px, tokens, row = self._theme.px, self._theme.tokens, self._message.row
        painter = QPainter(self)
        painter.setPen(tokens.colour("grid"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        for level in range(min(row.depth, DEEPEST)):
            painter.fillRect(
                self._placed(QRect(px(_SIDE) + level * px(_STEP), 0, 1, self.height() - 1)), tokens.colour("line")
            )
        if self._is_current:
            painter.fillRect(self._placed(QRect(0, 0, 3, self.height() - 1)), tokens.colour("accent"))
        if self._is_current and self._has_keys:
            painter.setPen(QPen(tokens.colour("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -2))
        painter.setFont(self._author_font())
        painter.setPen(tokens.colour("text"))
        box = self._author_box()
        name = painter.fontMetrics().elidedText(line(row.author), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, _MIDDLE, isolated(name))
        painter.setFont(self._theme.font(SMALL))
        painter.setPen(tokens.colour("watch" if row.sent_at_is_guess else "third"))
        painter.drawText(self._when_box(), _MIDDLE, isolated(when(row)))
        if self._message.note:
            self._paint_note(painter)

    def _paint_note(self, painter: QPainter) -> None:
        px = self._theme.px
        left, side = self._left(), px(14)
        top = px(_HEAD) - px(6)
        icons.draw(
            painter,
            "shield-check",
            self._placed(QRect(left, top + (px(_NOTE) - side) // 2, side, side)),
            self._theme.colour("unknown"),
        )
        painter.setPen(self._theme.colour("unknown"))
        room = self._placed(QRect(left + side + 6, top, max(0, self.width() - left - side - 6 - px(_SIDE)), px(_NOTE)))
        words = self._message.note if self._message is not None else ""
        painter.drawText(
            room, _MIDDLE, painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        )

    def _place_body(self) -> None:
        if self._message is not None:
            top, width, files = self._body_top(), self._body_width(self.width()), self._files_height()
            end = max(top, self.height() - self._theme.px(_FOOT) - files)
            self.body.setGeometry(self._placed(QRect(self._left(), top, width, end - top)))
            gap = self._theme.px(_ABOVE_FILES) if files else 0
            self.files.setGeometry(self._placed(QRect(self._left(), end + gap, width, max(0, files - gap))))

    def settle(self) -> None:
        """Puts the body where this message wants it; called after width, message or depth changed."""
        self._place_body()

    def _files_height(self) -> int:
        height = self.files.full_height()
        return height + self._theme.px(_ABOVE_FILES) if height else 0

    def _left(self) -> int:
        depth = min(self._message.row.depth, DEEPEST) if self._message is not None else 0
        return self._theme.px(_SIDE) + depth * self._theme.px(_STEP) + (self._theme.px(12) if depth else 0)

    def _body_top(self) -> int:
        return self._theme.px(_HEAD) + (
            self._theme.px(_NOTE) if self._message is not None and self._message.note else 0
        )

    def _body_width(self, width: int) -> int:
        return max(80, width - self._left() - self._theme.px(_SIDE))

    def _author_font(self) -> QFont:
        return self._theme.font(BODY, weight=QFont.Weight.DemiBold)

    def _when_width(self) -> int:
        if self._message is None:
            return 0
        return QFontMetrics(self._theme.font(SMALL)).horizontalAdvance(when(self._message.row)) + 4

    def _when_box(self) -> QRect:
        px, width = self._theme.px, self._when_width()
        return self._placed(QRect(self.width() - px(_SIDE) - width, px(12), width, px(20)))

    def _author_box(self) -> QRect:
        if self._message is None:
            return QRect()
        left = self._left()
        room = max(0, self.width() - left - self._theme.px(_SIDE) - self._when_width() - 12)
        wanted = QFontMetrics(self._author_font()).horizontalAdvance(line(self._message.row.author)) + 2
        return self._placed(QRect(left, self._theme.px(12), min(room, wanted), self._theme.px(20)))

    def _placed(self, box: QRect) -> QRect:
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            return QRect(self.width() - box.left() - box.width(), box.top(), box.width(), box.height())
        return box


def when(row: MessageRow) -> str:
    """The moment in local time; a guessed one says so."""
    return f"{numbers.moment(row.sent_at)} · date guessed" if row.sent_at_is_guess else numbers.moment(row.sent_at)


def when_in_full(row: MessageRow) -> str:
    """The moment in UTC, and why it may be wrong."""
    utc = row.sent_at.astimezone(UTC)
    words = f"{numbers.day(utc.date())}, {utc:%H:%M} UTC"
    return f"{words}. The message had no usable date; this is when it was filed." if row.sent_at_is_guess else words


def person_of(value: int) -> PersonId:
    """A person's id as it comes out of a Qt signal."""
    return PersonId(value)


_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
