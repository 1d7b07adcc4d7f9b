"""StatePanel and Skeleton: what a page shows when it has nothing to show yet, or could not read it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ui.actions import ActionRegistry
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import Kind, push_button
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel

_WORDS_WIDTH: Final = 440
_MARGIN: Final = 24


@dataclass(frozen=True, slots=True)
class Offer:
    """A button under the words of a state; the first offer of a panel is its primary one."""

    title: str
    act: Callable[[], object]
    icon: str = ""


def ways_in(actions: ActionRegistry) -> tuple[Offer, ...]:
    """What a page offers that has nothing to show before something is brought in."""
    return (
        Offer("Import a mailing list", lambda: actions.trigger("import.mailing_list"), "tray"),
        Offer("Add an account", lambda: actions.trigger("account.add"), "plus-circle"),
        Offer("Use the sample network", lambda: actions.trigger("sample.install"), "flask"),
    )


@dataclass(frozen=True, slots=True)
class StateWords:
    """A state in words: a title, a few sentences, and what can be done; `details` can be copied, never read aloud."""

    title: str
    sentences: tuple[str, ...]
    icon: str
    offers: tuple[Offer, ...] = ()
    details: str = ""


class StatePanel(QWidget):
    """Centred icon, title, sentences and buttons."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._inner: QWidget | None = None
        self._icon: QWidget | None = None

    def show_words(self, words: StateWords) -> None:
        """Replaces what is shown."""
        if self._inner is not None:
            self._inner.hide()
            self._inner.deleteLater()
            self._layout.takeAt(0)
        self._inner = self._built(words)
        self._layout.addWidget(self._inner, 1, Qt.AlignmentFlag.AlignCenter)
        self._inner.show()
        self._fit()
        self.setAccessibleName(words.title)
        self.setAccessibleDescription(" ".join(words.sentences))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The icon gives way where the words would stand on each other."""
        if self._inner is None or self._icon is None:
            return
        taken = self._icon.sizeHint().height() if self._icon.isHidden() else 0
        room = self.height() - 2 * _MARGIN
        self._icon.setHidden(self._inner.sizeHint().height() + taken > room)

    def _built(self, words: StateWords) -> QWidget:
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setSpacing(8)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._icon = IconLabel(words.icon, self._theme, token="third", size=40)
        column.addWidget(self._icon, 0, centre)
        column.addSpacing(8)
        title = PlainLabel(words.title, role="title", wraps=True)
        title.setAlignment(centre)
        column.addWidget(title)
        for sentence in words.sentences:
            line = PlainLabel(sentence, role="second", wraps=True)
            line.setAlignment(centre)
            line.setFixedWidth(self._theme.px(_WORDS_WIDTH))
            column.addWidget(line, 0, centre)
            # In its place it has the letters it is drawn with, and only then is its height that of its lines.
            line.ensurePolished()
            # A wrapped line that is aligned is given one line's height only, and loses its last words.
            line.setMinimumHeight(line.heightForWidth(line.width()))
        column.addSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        for place, offer in enumerate(words.offers):
            kind: Kind = "primary" if place == 0 else ""
            row.addWidget(push_button(offer.title, theme=self._theme, kind=kind, icon=offer.icon, clicked=offer.act))
        if words.details:
            details = push_button("Copy details", theme=self._theme, icon="copy", clicked=lambda: copy(words.details))
            row.addWidget(details)
        row.addStretch()
        column.addLayout(row)
        return inner


class Skeleton(QWidget):
    """Quiet bars where rows will be; still, so that it never distracts."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("Loading")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("line"))
        shares = (0.34, 0.62, 0.55, 0.68, 0.48, 0.6)
        for place, share in enumerate(shares):
            painter.setOpacity(1 - place / len(shares))
            bar = QRectF(0, 16 + place * 40, self.width() * share, 12)
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                bar.moveRight(self.width())
            painter.drawRoundedRect(bar, 6, 6)


def copy(text: str) -> None:
    """Puts text on the clipboard."""
    QGuiApplication.clipboard().setText(text)
