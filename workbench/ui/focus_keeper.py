"""FocusKeeper: gives the keyboard back to where it was when what has it is closed."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from workbench.ui.main_window import MainWindow

_REMEMBERED: Final = 8


class FocusKeeper(QObject):
    """Watches one window. Qt hands the keyboard of a hidden widget to the next one by Tab, often the rail.

    That is undone: the newest widget that had the keyboard and can still be reached gets it, else the page shown. What
    the program puts elsewhere itself, and what a person does by Tab or click, stays.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._past: list[QWidget] = []
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_changed)

    def _on_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and not self._window.isAncestorOf(now):
            return
        # With no widget at all its window was left, which is looked at below, or it is being deleted.
        if (now is None or _is_lost(old)) and not self._is_on_page(now):
            # Whoever closes something may still say itself where the keyboard goes.
            QTimer.singleShot(0, self, lambda: self._give_back(now))
        elif now is not None:
            self._past = [*(one for one in self._past if one is not now), now][-_REMEMBERED:]

    def _give_back(self, by_chance: QWidget | None) -> None:
        if QApplication.focusWidget() is not by_chance or QApplication.activeWindow() is not self._window:
            return
        self._past = [one for one in self._past if isValid(one)]
        able = (one for one in reversed(self._past) if one.isVisible() and one.isEnabled())
        before, page = next(able, None), self._window.page()
        if before is not None:
            before.setFocus()
        elif page is not None:
            page.hold_focus()

    def _is_on_page(self, widget: QWidget | None) -> bool:
        page = self._window.page()
        return page is not None and widget is not None and (widget is page or page.isAncestorOf(widget))


def _is_lost(old: QWidget | None) -> bool:
    """Whether the widget that had the keyboard can have it no more."""
    return old is not None and (not isValid(old) or not old.isVisible() or not old.isEnabled())
