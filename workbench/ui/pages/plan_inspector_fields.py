"""Fields of the card at the side: lines and boxes that save by themselves, choices, and numbers as typed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from workbench.ui import numbers
from workbench.ui.numbers import read_number
from workbench.ui.theme import Theme
from workbench.ui.timers import single_shot
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.completer_list import dress

__all__ = [
    "SEVERAL",
    "Choice",
    "PersonLine",
    "SavedLine",
    "SavedText",
    "holds_focus",
    "in_common",
    "number_text",
    "read_number",
]

SEVERAL: Final = "Several"
"""Stands in a field in which the chosen cards differ."""
_TYPING_MILLISECONDS: Final = 60
_PAUSE_MILLISECONDS: Final = 1_000


class SavedLine(QLineEdit):
    """`left` by Enter, when the keyboard goes elsewhere and, with `after_pause`, once nobody types for a moment.

    Ctrl+Return is left to what holds it.
    """

    left = Signal()

    def __init__(self, *, after_pause: bool = False) -> None:
        super().__init__()
        self.pause = single_shot(self, _PAUSE_MILLISECONDS, self._on_pause)
        if after_pause:
            self.textEdited.connect(lambda _text: self.pause.start())

    def _on_pause(self) -> None:
        completer: QCompleter | None = self.completer()
        names = None if completer is None else completer.popup()
        if names is not None and names.isVisible():
            self.pause.start()  # names are being looked at: none of them is chosen yet
        elif self.text().strip():
            # An emptied line is often about to be filled again; it is saved when it is left.
            self.left.emit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.pause.stop()
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.pause.stop()
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
            else:
                self.left.emit()
            return
        super().keyPressEvent(event)


class SavedText(QPlainTextEdit):
    """Several lines that are saved when they are left, and after a pause in typing; Tab goes on to the next field."""

    left = Signal()

    def __init__(self, *, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.pause = single_shot(self, _PAUSE_MILLISECONDS, self.left.emit)
        self.textChanged.connect(self._on_text)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.pause.stop()
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def _on_text(self) -> None:
        # What is shown while nobody is here was not typed.
        if self.hasFocus():
            self.pause.start()

    def _fit(self) -> None:
        self.setFixedHeight(self._lines * self.fontMetrics().lineSpacing() + 26)


class PersonLine(SavedLine):
    """A name, completed from the directory: `asked(text)` after a pause in typing, `offer(names)` with the answer."""

    asked = Signal(str)

    def __init__(self, theme: Theme, *, after_pause: bool = False) -> None:
        super().__init__(after_pause=after_pause)
        self._near: tuple[str, ...] = ()
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        self._list = dress(completer, theme)
        completer.activated.connect(self._on_chosen)
        self._typing = single_shot(self, _TYPING_MILLISECONDS, lambda: self.asked.emit(self.text().strip()))
        self.textEdited.connect(lambda _text: self._typing.start())

    @property
    def offered(self) -> tuple[str, ...]:
        """The names that complete what is typed."""
        return tuple(self._names.stringList())

    def set_near(self, names: Iterable[str]) -> None:
        """The names offered first: those the plan knows already."""
        self._near = tuple(names)
        self.offer(())

    def offer(self, names: Iterable[str]) -> None:
        """Completes from these as well."""
        wanted = tuple(dict.fromkeys((*self._near, *names)))
        if wanted != self.offered:
            self._names.setStringList(list(wanted))
            if self.hasFocus() and names:
                self.completer().setCompletionPrefix(self.text())
                self.completer().complete()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._list
        if popup.isVisible() and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if popup.currentIndex().isValid():
                # The list is asked first what the key is for, and takes what nobody else wants.
                event.ignore()
                return
            popup.hide()
        super().keyPressEvent(event)

    def _on_chosen(self, name: str) -> None:
        # Told before Qt has put the name into the line.
        self.setText(name)
        self.left.emit()


class Choice(ChoiceBox):
    """One of a few values; `edited` when another was chosen. Where the chosen cards differ it says so."""

    edited = Signal()

    def __init__(self, theme: Theme, *, name: str, titles: Mapping[Any, str]) -> None:
        super().__init__(theme, name=name)
        self._values: tuple[Any, ...] = ()
        self._is_mixed = self._is_quiet = False
        self.set_titles(titles)
        self.currentIndexChanged.connect(self._on_changed)

    def set_titles(self, titles: Mapping[Any, str]) -> None:
        """Offers other values; what is shown stays where it is still there."""
        if (self._values, self._titles()) == (tuple(titles), tuple(titles.values())):
            return
        shown = self.value() if self._values and not self._is_mixed else None
        self._is_quiet = True
        self._values, self._is_mixed = tuple(titles), False
        self.clear()
        self.addItems(list(titles.values()))
        self.show_values({shown} if shown in self._values else ())

    def value(self) -> Any:
        """The value shown; asked for only after `edited`, or where the cards agree."""
        return self._values[max(0, self.currentIndex() - self._is_mixed)]

    def show_values(self, values: Collection[Any]) -> None:
        """Shows what the chosen cards have; more than one value is shown as several."""
        known = [value for value in self._values if value in values]
        is_mixed, self._is_quiet = len(values) > 1, True
        if is_mixed != self._is_mixed:
            self._is_mixed = is_mixed
            if is_mixed:
                self.insertItem(0, SEVERAL)
            else:
                self.removeItem(0)
        self.setCurrentIndex(0 if is_mixed or not known else self._values.index(known[0]))
        self._is_quiet = False

    def _titles(self) -> tuple[str, ...]:
        return tuple(self.itemText(place) for place in range(int(self._is_mixed), self.count()))

    def _on_changed(self, place: int) -> None:
        if not self._is_quiet and place >= int(self._is_mixed):
            self.edited.emit()


def number_text(value: float | None) -> str:
    """A number as it would be typed."""
    return "" if value is None else numbers.decimal(value, digits=1 if round(value, 1) == value else 2)


def holds_focus(control: QWidget) -> bool:
    """Whether somebody is in a control, or in a part of it."""
    proxy = control.focusProxy()
    return control.hasFocus() or (proxy is not None and proxy.hasFocus())


def in_common(values: Sequence[Any]) -> tuple[Any, ...]:
    """The values, each once, in order."""
    return tuple(dict.fromkeys(values))
