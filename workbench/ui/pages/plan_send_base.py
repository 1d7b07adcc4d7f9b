"""SealedSend: what every panel ends with that writes a sealed file: the folder, the button, and what came of it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.widgets.buttons import icon_button, push_button, snug
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.words import error_words


class _Header(Protocol):
    @property
    def sequence(self) -> int: ...


class SealedFile(Protocol):
    """A file that was written: where, under which number, how large."""

    @property
    def path(self) -> Path:
        """Where it lies."""
        ...

    @property
    def header(self) -> _Header:
        """What stands on it unsealed."""
        ...

    @property
    def size(self) -> int:
        """Its bytes."""
        ...


class SealedSend(QWidget):
    """A panel says when `go` was pressed and fills in its own fields; `written` is the file the words are about."""

    def __init__(self, context: Context, *, title: str, icon: str) -> None:
        super().__init__()
        self._context, self._theme = context, context.theme
        self.written: Path | None = None
        self._by_chance: QWidget | None = None
        self.place = QLineEdit()
        choose = icon_button("Choose a folder", icon="folder-open", theme=self._theme, clicked=self._choose_place)
        self.place_field = Field(self._theme, "Folder", self.place, beside=choose)
        self.place.textChanged.connect(self._forget_written)
        self.go = push_button(title, theme=self._theme, kind="primary", icon=icon)
        self._result = PlainLabel("", role="small", wraps=True)
        self.reveal = push_button("Show in folder", theme=self._theme, kind="link", clicked=self.show_in_folder)
        self._say_result("")

    @property
    def result(self) -> str:
        """What is said of the file written last, or of what is missing for one."""
        return self._result.text()

    def show_in_folder(self) -> None:
        """Opens the folder of the file written last."""
        if self.written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.written.parent)))

    def say_trouble(self, words: str) -> None:
        """Says what went wrong, where the panel has its place for it."""
        self.place_field.say_problem(words)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(8)
        snug(self.go)
        foot.addWidget(self.go)
        foot.addWidget(self._result, 1)
        foot.addWidget(self.reveal)
        foot.addStretch()
        return foot

    def _seal(self, job: Callable[[], SealedFile], done: Callable[[SealedFile], None], *, title: str) -> None:
        """Writes the file away from the window; meanwhile nothing else is written."""
        had_keyboard = self.go.hasFocus()
        self.go.setEnabled(False)
        # A button that is switched off hands the keyboard to whatever comes next; it gets it back from there alone.
        self._by_chance = self.window().focusWidget() if had_keyboard else None
        self._say_result("Sealing…")

        def finish(file: SealedFile) -> None:
            self._switch_on()
            done(file)

        self._context.jobs.run(self, "send", job, finish, self._on_failed, stopped=self._on_stopped, title=title)

    def _switch_on(self) -> None:
        self.go.setEnabled(True)
        by_chance, self._by_chance = self._by_chance, None
        if by_chance is not None and self.window().focusWidget() is by_chance:
            self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget_written(self) -> None:
        """What was written is no answer to what is asked for now."""
        if self.written is not None:
            self._say_result("")

    def _show_written(self, file: SealedFile, who: Sequence[str]) -> None:
        """Says what was written, where, and who can open it."""
        self._say_result(
            f"{file.path.name}: number {numbers.count(file.header.sequence)}, {numbers.size(file.size)}, "
            f"in {file.path.parent}. Only {' and '.join(who)} can open it.",
            written=file.path,
        )

    def _say_result(self, words: str, *, written: Path | None = None) -> None:
        self.written = written
        self._result.setText(words)
        self._result.setVisible(bool(words))
        self.reveal.setVisible(written is not None)

    def _on_failed(self, error: Exception) -> None:
        self._on_stopped()
        self.say_trouble(" ".join(error_words(error)[0]))

    def _on_stopped(self) -> None:
        self._switch_on()
        self._say_result("")

    def _choose_place(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Choose a folder", self.place.text())
        if name:
            self.place.setText(name)


def documents() -> Path:
    """The folder people keep documents in."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if place and Path(place).is_dir() else Path.home()
