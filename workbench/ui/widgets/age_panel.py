"""AgePanel: open questions by how long they have waited; each row has a word and a shape, not only a colour."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.export.cells import csv_table
from workbench.ui import icons, numbers
from workbench.ui.directions import isolated
from workbench.ui.theme import BODY, MEANING_ICONS, Meaning, Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.focus_ring import paint_ring
from workbench.ui.widgets.plain_label import PlainLabel

AGES: Final = (
    ("Under 24 hours", Meaning.GOOD),
    ("24 to 48 hours", Meaning.NEUTRAL),
    ("2 to 7 days", Meaning.WATCH),
    ("Over 7 days", Meaning.BAD),
)
_ROW: Final = 32


class _Bar(QWidget):
    """Icon, words, a bar as long as its share, the number at the end."""

    def __init__(self, theme: Theme, words: str, meaning: Meaning) -> None:
        super().__init__()
        self._theme, self._words, self._meaning = theme, words, meaning
        self._count, self._most = 0, 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_count(self, count: int, most: int) -> None:
        self._count, self._most = count, max(1, most)
        self.setAccessibleName(f"{self._words}: {numbers.count(count)}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._theme.px(_ROW))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        px, tokens = self._theme.px, self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        side, words_width, number_width = px(16), px(124), px(44)
        middle = self.height() // 2
        icons.draw(
            painter,
            MEANING_ICONS[self._meaning],
            self._placed(QRect(0, middle - side // 2, side, side)),
            tokens.of(self._meaning),
        )
        painter.setFont(self._theme.font(BODY))
        painter.setPen(tokens.colour("second"))
        near = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(self._placed(QRect(side + 8, 0, words_width, self.height())), near, isolated(self._words))
        track = QRect(
            side + 8 + words_width, middle - 5, max(0, self.width() - side - 8 - words_width - number_width), 10
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour("grid"))
        painter.drawRoundedRect(self._placed(track), 3, 3)
        length = round(track.width() * self._count / self._most)
        if length:
            painter.setBrush(tokens.of(self._meaning))
            painter.drawRoundedRect(
                self._placed(QRect(track.left(), track.top(), max(4, length), track.height())), 3, 3
            )
        painter.setFont(self._theme.font(BODY, weight=QFont.Weight.DemiBold))
        painter.setPen(tokens.colour("text"))
        far = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing
        painter.drawText(
            self._placed(QRect(self.width() - number_width, 0, number_width, self.height())),
            far,
            numbers.count(self._count),
        )

    def _placed(self, box: QRect) -> QRect:
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            return QRect(self.width() - box.right() - 1, box.top(), box.width(), box.height())
        return box


class AgePanel(Card):
    """`opened` is called by its button, which is hidden while nothing waits.

    It takes the keyboard, so that what it counts is reached without a mouse and read out.
    """

    def __init__(self, theme: Theme, *, opened: Callable[[], object]) -> None:
        super().__init__("Questions without a reply", " ")
        self._theme, self._explained = theme, ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._counts: tuple[int, ...] = ()
        self._bars = [_Bar(theme, words, meaning) for words, meaning in AGES]
        self.body.setSpacing(4)
        self._unknown = PlainLabel("Not known for these days", role="second")
        self._unknown.hide()
        self.body.addWidget(self._unknown)
        for bar in self._bars:
            self.body.addWidget(bar)
        self._settled = PlainLabel(role="small", wraps=True)
        self._settled.hide()
        self.body.addWidget(self._settled)
        self.body.addStretch(1)
        self._button = push_button("See them", theme=theme, icon="chats", clicked=opened)
        self.body.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_counts(
        self,
        counts: Sequence[int],
        *,
        is_known: bool = True,
        is_whole: bool = True,
        days: int | None = None,
        settled: str = "",
    ) -> None:
        """Shows one number for each of AGES; where no day `is_known`, none is not zero.

        Unless the days are known as a whole, nothing is claimed of questions that are not here. Of a period only those
        asked in its `days` are counted. `settled` says which of those without a reply do not wait all the same.
        """
        most, waiting = max(counts, default=0), sum(counts)
        is_silent = not is_known and not waiting
        self._counts = () if is_silent else tuple(counts)
        for bar, count in zip(self._bars, counts, strict=True):
            bar.show_count(count, most)
            bar.setHidden(is_silent)
        self._unknown.setVisible(is_silent)
        none_words = "" if is_silent else "every question has one" if is_whole else "none so far"
        which = f"in {numbers.plural(days, 'day', 'days')}" if days else "in all" if settled else "open"
        count_words = f"{numbers.count(waiting)} {which}"
        self.set_subtitle(count_words if waiting else none_words)
        self._settled.setText(settled)
        self._settled.setVisible(bool(settled))
        self._button.setVisible(waiting > 0)
        self._describe()

    @override
    def explain(self, words: str) -> None:
        super().explain(words)
        self._explained = words
        self._describe()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            paint_ring(QPainter(self), self.rect().toRectF(), self._theme)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _describe(self) -> None:
        bars = "; ".join(bar.accessibleName() for bar in self._bars) if self._counts else self._unknown.text()
        self.setAccessibleDescription(f"{bars}. {self._explained}".strip())

    @property
    def counts(self) -> tuple[int, ...]:
        """One number for each of AGES, none where nobody knows."""
        return self._counts

    def csv(self) -> str:
        """The numbers as CSV: questions are counted, not people."""
        rows = ((words, str(count)) for (words, _), count in zip(AGES, self._counts, strict=True))
        return csv_table((("waiting", "questions without a reply"), *rows))

    def drawn(self) -> QWidget:
        """The bars for a picture."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        for (words, meaning), count in zip(AGES, self._counts, strict=True):
            bar = _Bar(self._theme, words, meaning)
            bar.show_count(count, max(self._counts))
            column.addWidget(bar)
        return holder
