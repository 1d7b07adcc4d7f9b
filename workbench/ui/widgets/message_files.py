"""MessageFiles: the files below a message: what each is, how large, what can be done with it. None is ever run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.models.file_kinds import FileKind, kind_of
from workbench.models.kinds import FileReason
from workbench.queries.attachments import AttachmentRow
from workbench.ui import numbers
from workbench.ui.directions import isolated
from workbench.ui.sanitiser import line
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import Kind, push_button
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel

PICTURE_BYTES: Final = 3_000_000
"""Larger pictures are not shown beside the text: they are for a program of their own."""
_MOST_PIXELS: Final = 40_000_000
_PICTURE: Final = QSize(320, 192)
_SHOWN: Final = 6
_ROW: Final = 36
_FORMATS: Final = frozenset({b"png", b"jpeg", b"jpg", b"gif", b"webp", b"bmp"})

ICONS: Final = {
    FileKind.PICTURE: "image",
    FileKind.DOCUMENT: "file-text",
    FileKind.TEXT: "file-text",
    FileKind.SOUND: "speaker-high",
    FileKind.FILM: "film-strip",
    FileKind.PACKED: "package",
    FileKind.PROGRAM: "warning",
    FileKind.OTHER: "file",
}
_REASONS: Final = {
    FileReason.TOO_LARGE: "larger than this account fetches by itself",
    FileReason.KIND: "not fetched by itself",
    FileReason.ELSEWHERE: "on another host",
    FileReason.GONE: "no longer at its platform",
    FileReason.REFUSED: "its platform did not give it",
    FileReason.NOT_KEPT: "came with the mail and was not kept",
    FileReason.ONLY_NAMED: "named in the export, which does not hold it",
}


class FileDeed(StrEnum):
    """What a button of a file asks for."""

    FETCH = "fetch"
    FETCH_ANYWAY = "fetch_anyway"
    NOT_NOW = "not_now"
    STOP = "stop"
    SAVE = "save"


class FileState(StrEnum):
    """What is under way with a file in this window."""

    RESTING = "resting"
    ASKING = "asking"
    FETCHING = "fetching"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """A file as it is shown; `said` is the question or what went wrong, `picture` a small one of its content."""

    row: AttachmentRow
    picture: QImage | None = None
    state: FileState = FileState.RESTING
    said: str = ""

    @property
    def kind(self) -> FileKind:
        """What it is, by its name and what is said of it."""
        return kind_of(self.row.media_type, self.row.name)

    def facts(self) -> str:
        """How large it is, and what one should know of it."""
        if self.state is FileState.FETCHING:
            return "Fetching…"
        if self.said:
            return self.said
        row = self.row
        size = "size unknown" if row.size is None else numbers.size(row.size)
        known = "a program, which is only stored and never run" if self.kind is FileKind.PROGRAM else ""
        why = _REASONS[row.reason] if row.reason is not None and not row.is_here else ""
        return " · ".join(filter(None, (size, known or why)))

    def deeds(self) -> tuple[tuple[FileDeed, str], ...]:
        """The buttons beside it, with their words."""
        fetch = "Fetch" if self.row.size is None else f"Fetch {numbers.size(self.row.size)}"
        if self.state is FileState.FETCHING:
            return ((FileDeed.STOP, "Stop"),)
        if self.state is FileState.ASKING:
            return ((FileDeed.FETCH_ANYWAY, fetch), (FileDeed.NOT_NOW, "Not now"))
        if self.row.is_here:
            return ((FileDeed.SAVE, "Save as…"),)
        if not self.row.has_address:
            return ()
        return ((FileDeed.FETCH, "Try again" if self.state is FileState.FAILED else fetch),)


def small_picture(content: bytes) -> QImage | None:
    """A small copy of a picture, for showing; None for what is none, or is too large to be opened unasked.

    May take some milliseconds; call it off the main thread.
    """
    if len(content) > PICTURE_BYTES:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    if bytes(reader.format().data()) not in _FORMATS:
        return None
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > _MOST_PIXELS:
        return None
    if size.width() > _PICTURE.width() or size.height() > _PICTURE.height():
        reader.setScaledSize(size.scaled(_PICTURE, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    picture = reader.read()
    return None if picture.isNull() else picture


class MessageFiles(QWidget):
    """`wanted(FileDeed, AttachmentRow)` when a button is pressed. One row a file, pictures below their row."""

    wanted = Signal(object, object)
    opened_up = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._files: tuple[ReadyFile, ...] = ()
        self._shows_all = False
        self._scale = theme.text_scale
        self._made: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def show_files(self, files: Sequence[ReadyFile]) -> None:
        """Shows the files of a message; none at all takes no room."""
        if tuple(files) == self._files and self._scale == self._theme.text_scale:
            return
        self._scale = self._theme.text_scale
        if [file.row.id for file in files] != [file.row.id for file in self._files]:
            self._shows_all = False
        self._files = tuple(files)
        self._fill()

    def full_height(self) -> int:
        """The height of all of it, whatever the width."""
        return sum(widget.height() for widget in self._made)

    def _fill(self) -> None:
        focus = self._focused()
        for widget in self._made:
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        shown = self._files if self._shows_all else self._files[:_SHOWN]
        self._made = []
        for file in shown:
            row = _FileRow(self._theme, file, act=self.wanted.emit)
            self._made.append(row)
            if file.picture is not None:
                self._made.append(_Picture(self._theme, file.picture, name=file.row.name))
        left = len(self._files) - len(shown)
        if left:
            words = f"Show {numbers.plural(left, 'more file', 'more files')}"
            more = push_button(words, theme=self._theme, kind="link", clicked=self._open_up)
            more.setFixedHeight(self._theme.px(_ROW))
            self._made.append(more)
        for widget in self._made:
            self._column.addWidget(widget)
            widget.show()
        if left:
            self._column.setAlignment(self._made[-1], Qt.AlignmentFlag.AlignLeading)
        self.setVisible(bool(self._made))
        for widget in self._made:
            if isinstance(widget, _FileRow) and widget.file.row.id == focus:
                widget.take_focus()

    def _focused(self) -> int | None:
        """The file whose button has the keyboard, so that it keeps it when the button changes."""
        rows = (widget for widget in self._made if isinstance(widget, _FileRow))
        return next((row.file.row.id for row in rows if row.has_focus()), None)

    def _open_up(self) -> None:
        self._shows_all = True
        self._fill()
        self.opened_up.emit()


class _FileRow(QWidget):
    """Icon, name, facts, buttons."""

    def __init__(self, theme: Theme, file: ReadyFile, *, act: Callable[[FileDeed, AttachmentRow], object]) -> None:
        super().__init__()
        self.file = file
        self.setFixedHeight(theme.px(_ROW))
        shown = line(file.row.name) or "file"
        token = "watch" if file.kind is FileKind.PROGRAM else "second"
        name = PlainLabel(isolated(shown), elides=True)
        facts = PlainLabel(isolated(file.facts()), role="small", elides=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        row.addWidget(IconLabel(ICONS[file.kind], theme, token=token))
        row.addWidget(name)
        row.addWidget(facts)
        row.addStretch(1)
        self._buttons = []
        for deed, words in file.deeds():
            kind: Kind = "" if deed is FileDeed.FETCH_ANYWAY else "link"
            button = push_button(words, theme=theme, kind=kind, clicked=partial(act, deed, file.row))
            button.setAccessibleName(f"{words}: {shown}, {file.facts()}")
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self._buttons.append(button)
            row.addWidget(button)
        self.setAccessibleName(f"File {shown}, {file.facts()}")

    def has_focus(self) -> bool:
        """Whether one of the buttons has the keyboard."""
        return any(button.hasFocus() for button in self._buttons)

    def take_focus(self) -> None:
        """Gives the first button the keyboard, once it is shown."""
        if self._buttons:
            self._buttons[0].setFocus()


class _Picture(QWidget):
    """A small picture with round corners."""

    def __init__(self, theme: Theme, picture: QImage, *, name: str) -> None:
        super().__init__()
        self._theme, self._picture = theme, picture
        self._side = QSize(theme.px(_PICTURE.width() // 2), theme.px(_PICTURE.height() // 2))
        self.setFixedHeight(self._box().height() + theme.px(8))
        self.setAccessibleName(f"Picture: {line(name)}")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box = self._box()
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            box.moveLeft(self.width() - box.width() - box.left())
        path = QPainterPath()
        path.addRoundedRect(box, 6, 6)
        painter.setClipPath(path)
        painter.drawImage(box, self._picture)
        painter.setClipping(False)
        painter.setPen(self._theme.colour("line"))
        painter.drawPath(path)

    def _box(self) -> QRect:
        size = self._picture.size()
        if size.width() > self._side.width() or size.height() > self._side.height():
            size = size.scaled(self._side, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(8, 8))
        # In line with the words beside the icon above it.
        return QRect(self._theme.px(24), 0, size.width(), size.height())
