"""Coordinator: somebody at the window, who presses keys, clicks buttons, and reads what stands there."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QPlainTextEdit, QTextEdit, QWidget
from typing_extensions import override

from workbench.ids import EventId
from workbench.queries.messages import thread_messages
from workbench.queries.outbox import OutboxRow, list_outbox
from workbench.ui.context import Context
from workbench.ui.main_window import PAGES, MainWindow
from workbench.ui.pages.page import Page
from workbench.ui.source_work import Work

CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
_WINDOWS = frozenset({Qt.WindowType.Widget, Qt.WindowType.Window, Qt.WindowType.Dialog})
PATIENCE = 30_000
"""Milliseconds: a sync starts a process and waits between its tries on a line that is gone."""


class Strays(QObject):
    """`seen` are windows that came up beside the one there is, menus and tips apart: a person sees them flash."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.seen: list[str] = []
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        # Somebody else may sit at a whole window of their own.
        if is_shown and not isinstance(watched, MainWindow) and watched.windowType() in _WINDOWS:
            self.seen.append(f"{type(watched).__name__} “{_name(watched)}”")
        return False


class Coordinator:
    """`told` are the lines that showed at the foot of the page, oldest first."""

    def __init__(self, qtbot, window: MainWindow, context: Context) -> None:
        self._qtbot = qtbot
        self.window, self.context = window, context
        self.told: list[str] = []
        self.strays = Strays(window)
        context.told.connect(lambda words, _action: self.told.append(words))

    @property
    def page(self) -> Page:
        """The page that is shown."""
        page = self.window.page()
        assert page is not None
        return page

    def settle(self) -> None:
        """Until nothing is under way and the page shows everything it asked for."""
        self._qtbot.waitUntil(lambda: not self.context.jobs._newest and self.page.is_settled(), timeout=PATIENCE)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """Presses a key where the keyboard is, and lets what follows from it end."""
        QTest.keyClick(self._focus(), key, modifiers)
        self.settle()

    def write(self, text: str) -> None:
        """Types where the keyboard is."""
        QTest.keyClicks(self._focus(), text)

    def wait_for_box(self) -> None:
        """Until the keyboard is in a box for words: it comes a moment after what it belongs to."""
        self._qtbot.waitUntil(lambda: isinstance(self._focus(), QTextEdit | QPlainTextEdit), timeout=PATIENCE)

    def go_to(self, page: str) -> None:
        """Opens a page by its key in the rail."""
        shown = [entry.key for entry in PAGES if entry.in_rail]
        self.press(Qt.Key(Qt.Key.Key_1 + shown.index(page)), CONTROL)
        assert self.window.here() == page

    def command(self, words: str) -> None:
        """Finds a deed in the palette and does it."""
        self.press(Qt.Key.Key_K, CONTROL)
        self.write(words)
        self.settle()
        self.press(Qt.Key.Key_Return)

    def button(self, words: str) -> QAbstractButton:
        """The button of these words that can be seen and pressed."""
        found = [one for one in self._buttons() if words in {one.text(), one.accessibleName()}]
        assert found, f"no button “{words}”, only {sorted({_name(one) for one in self._buttons()})}"
        return found[0]

    def click(self, words: str) -> None:
        """Clicks a button, and lets what follows from it end."""
        QTest.mouseClick(self.button(words), Qt.MouseButton.LeftButton)
        self.settle()

    def choose(self, words: str, *, of: str) -> None:
        """Opens the menu of a button and chooses from it."""
        self.click(of)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(one for one in menu.actions() if one.text() == words)
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, PLAIN, menu.actionGeometry(action).center())
        self.settle()
        # On a real screen a menu never takes the keyboard from its window; on the offscreen one it does.
        self.window.activateWindow()
        self._qtbot.waitUntil(self.window.isActiveWindow)

    def words(self) -> str:
        """Everything that can be read in the window."""
        labels = (one for kind in (QLabel, QAbstractButton) for one in self.window.findChildren(kind))
        return " ".join(one.text() for one in labels if one.isVisible())

    def tab_to(self, name: str) -> None:
        """Presses Tab until the keyboard is on what has this name."""
        passed = []
        for _ in range(60):
            QTest.keyClick(self._focus(), Qt.Key.Key_Tab)
            here = self._focus()
            passed.append(_name(here) or repr(here))
            if passed[-1] == name:
                return
        message = f"Tab never came to “{name}”, only to {passed}"
        raise AssertionError(message)

    @contextmanager
    def a_sync(self) -> Iterator[list[Work]]:
        """Waits for the end of the sync that is begun in the block, and holds it afterwards."""
        ended: list[Work] = []
        with self._qtbot.waitSignal(self.context.sources.ended, timeout=PATIENCE) as signal:
            yield ended
        ended += signal.args
        self.settle()

    def outbox(self) -> list[OutboxRow]:
        """What the profile holds of what was written here."""
        with self.context.workspace.database.read() as reader:
            return list_outbox(reader)

    def texts(self) -> list[str]:
        """The texts of all messages in the profile."""
        with self.context.workspace.database.read() as reader:
            return [str(text) for (text,) in reader.rows("SELECT text FROM body")]

    def thread_texts(self, thread_id: EventId) -> list[str]:
        """The texts of a conversation in the profile, oldest first."""
        with self.context.workspace.database.read() as reader:
            return [row.text for row in thread_messages(reader, thread_id)]

    def _focus(self) -> QWidget:
        return self.window.focusWidget() or self.window

    def _buttons(self) -> list[QAbstractButton]:
        return [one for one in self.window.findChildren(QAbstractButton) if one.isVisible() and one.isEnabled()]


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text
