"""HtmlView: the words of one message, plain or HTML; it loads nothing from anywhere and follows no link by itself."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QTextEdit
from typing_extensions import override

from workbench.models.search_text import term_ranges
from workbench.ui import numbers
from workbench.ui.message_parts import Part, PartKind, link_ranges
from workbench.ui.theme import BODY, SMALL, Theme

FOLD: Final = "fold:"
"""Links of our own: `fold:3` opens or closes part 3, `fold:more` shows the next stretch of a long text."""
MORE: Final = "more"
_QUOTE_DEPTH: Final = QTextFormat.Property.UserProperty + 1
_LINE_HEIGHT: Final = 106.0
_BARE: Final = "QTextEdit { border: none; padding: 0; min-height: 0; background: transparent; }"
_MOST_HIGHLIGHTS: Final = 300
_BEYOND_PLANE: Final = 0xFFFF


def _nothing(kind: int) -> Any:
    """What every address holds for us. A picture must be an empty one: for none at all Qt reads the file itself."""
    if kind != QTextDocument.ResourceType.ImageResource.value:
        return None
    picture = QImage(1, 1, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


class ClosedDocument(QTextDocument):
    """A document that gets nothing: without this Qt itself would read `data:` addresses and files beside it."""

    @override
    def loadResource(self, type: int, name: QUrl | str) -> Any:
        return _nothing(type)


class HtmlView(QTextBrowser):
    """As high as its words; `link_wanted(address, words)` when a link is chosen, `fold_wanted(name)` for our own."""

    link_wanted = Signal(str, str)
    fold_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setDocument(ClosedDocument(self))
        self.document().setUndoRedoEnabled(False)
        self.document().setDocumentMargin(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet(_BARE)
        self.viewport().setAutoFillBackground(False)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        for hide in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            hide(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setAcceptDrops(False)
        self.anchorClicked.connect(self._on_link)

    # What is shown

    def show_parts(self, parts: Sequence[Part], *, opened: frozenset[int], left: int = 0) -> None:
        """Shows plain text; parts in `opened` are unfolded, `left` is how many characters wait behind a link."""
        self._begin()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for number, part in enumerate(parts):
            if part.folds:
                self._add_fold(cursor, number, part, is_open=number in opened)
            if not part.folds or number in opened:
                self._add_part(cursor, part)
        if left:
            self._add_link(cursor, f"{FOLD}{MORE}", f"Show more ({numbers.count(left)} characters left)")
        cursor.endEditBlock()

    def show_html(self, cleaned: str) -> None:
        """Shows HTML that the sanitiser let through."""
        self._begin()
        colour = self._theme.tokens.accent
        self.document().setDefaultStyleSheet(f"a {{ color: {colour}; }} pre, code {{ font-family: monospace; }}")
        self.document().setHtml(cleaned)

    def highlight(self, terms: Sequence[str]) -> None:
        """Marks the words of a search."""
        marks: list[QTextEdit.ExtraSelection] = []
        text = self.document().toPlainText() if terms else ""
        wide = [place for place, letter in enumerate(text) if ord(letter) > _BEYOND_PLANE] if not text.isascii() else []
        for start, end in term_ranges(text, terms)[:_MOST_HIGHLIGHTS] if terms else ():
            cursor = QTextCursor(self.document())
            cursor.setPosition(start + sum(place < start for place in wide))
            cursor.setPosition(end + sum(place < end for place in wide), QTextCursor.MoveMode.KeepAnchor)
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor
            mark.format.setBackground(self._theme.colour("mark"))
            mark.format.setForeground(self._theme.colour("text"))
            marks.append(mark)
        self.setExtraSelections(marks)

    def height_for(self, width: int) -> int:
        """The height of all words at a width."""
        document = self.document()
        if document.textWidth() != width:
            document.setTextWidth(width)
        return int(document.size().height()) + 1

    # What it never does

    @override
    def loadResource(self, type: int, name: QUrl | str) -> Any:
        return _nothing(type)

    @override
    def doSetSource(
        self, name: QUrl | str, type: QTextDocument.ResourceType = QTextDocument.ResourceType.UnknownResource
    ) -> None:
        return

    # Events

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_ours = event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.SelectAll)
        if is_ours or event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        else:
            event.ignore()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        # Qt's own menu would offer to copy the address of our folds, and is not in the words of this program.
        event.ignore()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            event.ignore()
            return False
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._paint_bars(event)
        super().paintEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, 40)

    def _paint_bars(self, event: QPaintEvent) -> None:
        """A quiet bar along each level of quoting."""
        painter = QPainter(self.viewport())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("line"))
        layout, area = self.document().documentLayout(), event.rect()
        block = self.document().findBlock(layout.hitTest(QPointF(area.topLeft()), Qt.HitTestAccuracy.FuzzyHit))
        while block.isValid():
            box = layout.blockBoundingRect(block)
            if box.top() > area.bottom():
                return
            going_on = block.next().blockFormat().intProperty(_QUOTE_DEPTH) if block.next().isValid() else 0
            for level in range(block.blockFormat().intProperty(_QUOTE_DEPTH)):
                at = level * self._step() + 1.0
                left = self.viewport().width() - at - 3 if _is_turned(block) else at
                painter.drawRoundedRect(
                    QRectF(left, box.top(), 3, box.height() + (self._gap() if level < going_on else 0)), 1.5, 1.5
                )
            block = block.next()

    # How plain text becomes blocks

    def _begin(self) -> None:
        self.setExtraSelections([])
        document = self.document()
        document.clear()
        document.setDefaultFont(self._theme.font(BODY))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        document.setDefaultTextOption(option)

    def _add_part(self, cursor: QTextCursor, part: Part) -> None:
        ink = QTextCharFormat()
        is_own = part.kind is PartKind.OWN
        ink.setForeground(self._theme.colour("text" if is_own else "third"))
        paragraph: list[str] = []
        for line in (*part.lines, ""):
            if line:
                paragraph.append(line)
            elif paragraph:
                self._add_block(cursor, part.depth)
                # A line separator keeps the lines of a paragraph in one block, with one direction of reading.
                self._add_text(cursor, "\u2028".join(paragraph), ink)
                paragraph = []

    def _add_text(self, cursor: QTextCursor, text: str, ink: QTextCharFormat) -> None:
        done = 0
        for start, end, target in link_ranges(text):
            cursor.insertText(text[done:start], ink)
            cursor.insertText(text[start:end], self._link_format(target))
            done = end
        cursor.insertText(text[done:], ink)

    def _add_fold(self, cursor: QTextCursor, number: int, part: Part, *, is_open: bool) -> None:
        what = (
            numbers.plural(len(part.lines), "quoted line", "quoted lines") if part.kind is PartKind.QUOTE else "footer"
        )
        self._add_link(cursor, f"{FOLD}{number}", f"{'Hide' if is_open else 'Show'} {what}", depth=part.depth)

    def _add_link(self, cursor: QTextCursor, target: str, words: str, *, depth: int = 0) -> None:
        self._add_block(cursor, depth)
        ink = self._link_format(target)
        ink.setFontUnderline(False)
        ink.setProperty(QTextFormat.Property.FontPixelSize, self._theme.px(SMALL))
        ink.setFontWeight(QFont.Weight.Medium)
        cursor.insertText(words, ink)

    def _add_block(self, cursor: QTextCursor, depth: int) -> None:
        block = QTextBlockFormat()
        block.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        block.setLeftMargin(depth * self._step())
        block.setProperty(_QUOTE_DEPTH, depth)
        if self.document().isEmpty() and cursor.atStart():
            cursor.setBlockFormat(block)
            return
        block.setTopMargin(self._gap())
        cursor.insertBlock(block, QTextCharFormat())

    def _link_format(self, target: str) -> QTextCharFormat:
        ink = QTextCharFormat()
        ink.setAnchor(True)
        ink.setAnchorHref(target)
        ink.setForeground(self._theme.colour("accent"))
        ink.setFontUnderline(not target.startswith(FOLD))
        return ink

    def _step(self) -> int:
        return self._theme.px(14)

    def _gap(self) -> int:
        return self._theme.px(8)

    def _on_link(self, url: QUrl) -> None:
        target = url.toString()
        if target.startswith(FOLD):
            self.fold_wanted.emit(target.removeprefix(FOLD))
        else:
            self.link_wanted.emit(target, self._words_of_link(target))

    def _words_of_link(self, target: str) -> str:
        """What the link is written as, where it was chosen with the mouse."""
        place = self.viewport().mapFromGlobal(self.cursor().pos())
        cursor = self.cursorForPosition(place)
        block = cursor.block()
        walker = block.begin()
        while not walker.atEnd():
            fragment = walker.fragment()
            if fragment.charFormat().anchorHref() == target:
                return fragment.text()
            walker += 1
        return ""


def _is_turned(block: QTextBlock) -> bool:
    return block.textDirection() is Qt.LayoutDirection.RightToLeft
