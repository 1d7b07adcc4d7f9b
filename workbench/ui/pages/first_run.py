"""First run: three screens at most, over the window: welcome and key, the recovery code, something to bring in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ui.pages.first_run_key import KeyScreen
from workbench.ui.theme import Theme
from workbench.ui.words import error_words
from workbench.vault import Passphrase

if TYPE_CHECKING:
    from workbench.ui.context import Context
    from workbench.ui.jobs import JobRunner
    from workbench.vault import KeySource
    from workbench.workspace import Workspace

WIDTH: Final = 680
_KEYS_LET_THROUGH: Final = ("Ctrl+Q", "Ctrl++", "Ctrl+=", "Ctrl+-", "Ctrl+0")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A start without a profile: how one is made, and the keeper of the key where the command line named it."""

    create: "Callable[[KeySource], Workspace]"
    key: "KeySource | None" = None


class FirstRun(QWidget):
    """Covers the window. `key_chosen(KeySource)` asks for the profile; `finished` when the window is uncovered."""

    key_chosen = Signal(object)
    finished = Signal()

    def __init__(self, window: QWidget, theme: Theme, *, profile: Path) -> None:
        super().__init__(window)
        self._theme, self._window = theme, window
        self._context: Context | None = None
        self._code = ""
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Welcome")
        self._screens = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._screens)
        self.key = KeyScreen(theme, profile=profile)
        self.key.chosen.connect(self._on_key)
        self._show(self.key)
        window.installEventFilter(self)
        theme.changed.connect(lambda: self._set_width(self._shown))
        self.setGeometry(window.rect())
        self._set_window_enabled(is_enabled=False)

    def look_for_vault(self, jobs: "JobRunner") -> None:
        """Finds out whether this computer offers a vault; until then a passphrase is on offer."""
        self.key.look_for_vault(jobs)

    def show_making(self) -> None:
        """The profile is being made."""
        self.key.show_making(is_making=True)

    def show_problem(self, error: Exception) -> None:
        """The profile could not be made: says why and what to do; everything typed stays."""
        self.key.show_making(is_making=False)
        self.key.show_problem(*error_words(error))

    def workspace_opened(self, context: "Context") -> None:
        """The profile is there: shows its recovery code, or what to bring in."""
        self._context = context
        # Some parts of the window were made just now, above this.
        self.raise_()
        self._set_window_enabled(is_enabled=False)
        if not self._code:
            self._bring()
            return
        from workbench.ui.pages.first_run_code import CodeScreen  # noqa: PLC0415 - only with a passphrase

        screen = CodeScreen(self._theme, code=self._code)
        self._code = ""
        screen.kept.connect(self._bring)
        self._show(screen)
        screen.take_focus()

    def leave(self) -> None:
        """Uncovers the window."""
        self._set_window_enabled(is_enabled=True)
        self._window.removeEventFilter(self)
        self.hide()
        self.finished.emit()
        self.deleteLater()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
            self._set_width(self._shown)
        return super().eventFilter(watched, event)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # The window's own keys mean nothing here, but for leaving and the size of the text.
            pressed = QKeySequence(event.keyCombination())
            if all(pressed != QKeySequence(keys) for keys in _KEYS_LET_THROUGH):
                event.accept()
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._context is not None:
            shown = self._shown
            if hasattr(shown, "go_back"):
                shown.go_back()
            return
        super().keyPressEvent(event)

    def _on_key(self, source: object) -> None:
        self.key_chosen.emit(source)

    def prepared(self, source: "KeySource") -> "KeySource":
        """The keeper of the key, telling a recovery code to the second screen."""
        return replace(source, show_recovery=self._keep_code) if isinstance(source, Passphrase) else source

    def _keep_code(self, code: str) -> None:
        """Called from the thread that makes the profile."""
        self._code = code

    def _bring(self) -> None:
        from workbench.ui.pages.first_run_bring import BringScreen  # noqa: PLC0415 - once the profile is there

        if self._context is None:
            return
        screen = BringScreen(self._context)
        screen.finished.connect(self.leave)
        self._show(screen)
        screen.take_focus()

    def _show(self, screen: QWidget) -> None:
        """Puts a screen in the middle, scrolling where the window is low or text is large."""
        self._shown = screen
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        holder.setProperty("ground", "clear")
        column = QVBoxLayout(holder)
        column.setContentsMargins(24, 24, 24, 24)
        column.addStretch(1)
        # Not by alignment: that would give wrapped words the height of one line.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(screen)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addStretch(2)
        self._set_width(screen)
        area.setWidget(holder)
        self._screens.addWidget(area)
        self._screens.setCurrentWidget(area)

    def _set_width(self, screen: QWidget) -> None:
        screen.setFixedWidth(min(self._theme.px(WIDTH), max(480, self._window.width() - 64)))

    def _set_window_enabled(self, *, is_enabled: bool) -> None:
        """What lies below can be neither clicked nor reached by Tab."""
        for child in self._window.children():
            if isinstance(child, QWidget) and child is not self and not child.isWindow():
                child.setEnabled(is_enabled)
