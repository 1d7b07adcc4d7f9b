"""CompleterList: what a line offers to complete itself with, dressed like every other list of the window.

The list of a completer is a window of its own, which no style sheet reaches by itself.
"""

from typing import Final

from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit, QListView
from typing_extensions import override

from workbench.ui.theme import Theme

_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_EDGE: Final = "QListView { border: 1px solid %s; padding: 0; }"


class CompleterList(QListView):
    """Takes the look of the moment each time it opens. A click beside it shuts it, and does what it was meant for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._look = ""
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    @override
    def sizeHintForRow(self, row: int) -> int:
        # Asked for before the list is shown, to say how tall it will be.
        self._take_look()
        return super().sizeHintForRow(row)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._take_look()
        super().showEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_press = watched is self and event.type() == QEvent.Type.MouseButtonPress
        if is_press and isinstance(event, QMouseEvent) and not self.rect().contains(event.position().toPoint()):
            # Before the completer hears of it, which would shut the list and swallow the click.
            self.hide()
            _pass_on(event)
            return True
        if watched is self and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            # A line that takes Enter for itself keeps it from the completer, which then would leave the list open.
            QTimer.singleShot(0, self, self.hide)
        return super().eventFilter(watched, event)

    def _take_look(self) -> None:
        look = self._theme.style_sheet() + _EDGE % self._theme.tokens.line
        if look != self._look:
            self._look = look
            self.setFont(self._theme.font())
            self.setStyleSheet(look)


def dress(completer: QCompleter, theme: Theme) -> CompleterList:
    """Gives a completer such a list, and answers it."""
    shown = CompleterList(theme)
    completer.setPopup(shown)
    shown.installEventFilter(shown)
    return shown


def complete(field: QLineEdit, names: QAbstractItemModel, theme: Theme) -> QCompleter:
    """Lets a line offer those of the names that hold what was typed, in either case."""
    completer = QCompleter(names, field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    field.setCompleter(completer)
    dress(completer, theme)
    return completer


def _pass_on(press: QMouseEvent) -> None:
    """Gives a press to the window it was over, as if nothing had been open."""
    place = press.globalPosition()
    under = QApplication.widgetAt(place.toPoint())
    window = None if under is None else under.window().windowHandle()
    if window is not None:
        local = QPointF(window.mapFromGlobal(place.toPoint()))
        again = QMouseEvent(press.type(), local, place, press.button(), press.buttons(), press.modifiers())
        QCoreApplication.postEvent(window, again)
