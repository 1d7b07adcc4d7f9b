"""DayField: a day typed as people write it (14 May, 2026-05-14, tomorrow, +7) or chosen from a short menu."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget
from typing_extensions import override

from workbench.ui import numbers
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button

_WORDS: Final = {"today": 0, "tomorrow": 1, "yesterday": -1}
_FORMATS: Final = (
    "yyyy-MM-dd", "d MMM yyyy", "d MMMM yyyy", "d.M.yyyy", "d/M/yyyy", "MMM d, yyyy", "MMMM d, yyyy",
    "d MMM", "d MMMM", "MMM d",
)  # fmt: skip
_MOST_DAYS: Final = 3650
_MONDAY_DAYS: Final = 7


def read_day(text: str, *, today: date) -> date | None:
    """The day meant by `text`; a day without a year is the nearest one to today. ValueError for anything else.

    Empty text is no day: None. In d/M/yyyy the day comes first, as in all languages of the window but one.
    """
    plain = text.strip().strip("\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}")  # as the window writes days
    if not plain:
        return None
    if plain.casefold() in _WORDS:
        return today + timedelta(days=_WORDS[plain.casefold()])
    if plain[0] in "+-" and plain[1:].isdecimal() and int(plain[1:]) <= _MOST_DAYS:
        return today + timedelta(days=int(plain))
    for locale in (QLocale(), QLocale.c()):
        for form in _FORMATS:
            found = locale.toDate(plain, form)
            if found.isValid():
                return _with_year(found, today) if "y" not in form else _as_date(found)
    raise ValueError(text)


class DayField(QWidget):
    """`edited` follows every finished change: Enter, leaving the field, a choice from the menu. `day()` is the answer.

    `entered` comes after Enter alone, once the day is read. `is_wrong` says that the text is no day; it stays as typed
    so that it can be mended.
    """

    edited = Signal()
    entered = Signal()

    def __init__(self, theme: Theme, *, today: Callable[[], date], allows_none: bool = True) -> None:
        super().__init__()
        self._today, self._allows_none = today, allows_none
        self._day: date | None = None
        self.is_wrong = False
        self.line = _Line()
        self.line.setPlaceholderText("No date" if allows_none else "14 May, tomorrow, +7")
        self.line.left.connect(self._on_left)
        self.line.entered.connect(self.entered)
        self._button = icon_button("Choose a day", icon="calendar-blank", theme=theme)
        self._button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self._button)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._button.setMenu(self._menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(self._button)
        self.setFocusProxy(self.line)

    @property
    def controls(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        return [self.line, self._button]

    def day(self) -> date | None:
        """The day in the field; the last right one while the text is no day."""
        return self._day

    def set_day(self, day: date | None) -> None:
        """Shows a day, without `edited`."""
        self._day, self.is_wrong = day, False
        self.line.setText("" if day is None else numbers.day(day))

    @override
    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def choices(self) -> tuple[tuple[str, date | None], ...]:
        """What the menu offers."""
        today = self._today()
        monday = today + timedelta(days=_MONDAY_DAYS - today.weekday())
        offered: list[tuple[str, date | None]] = [
            ("Today", today),
            ("Tomorrow", today + timedelta(days=1)),
            ("Next Monday", monday),
            ("In two weeks", today + timedelta(days=14)),
        ]
        return (*offered, ("No date", None)) if self._allows_none else tuple(offered)

    def _fill_menu(self) -> None:
        self._menu.clear()
        for words, day in self.choices():
            beside = "" if day is None else f"\t{numbers.short_day(day)}"
            self._menu.addAction(words + beside, partial(self._choose, day))

    def _choose(self, day: date | None) -> None:
        self.set_day(day)
        self.edited.emit()

    def _on_left(self) -> None:
        before, was_wrong = self._day, self.is_wrong
        try:
            day = read_day(self.line.text(), today=self._today())
        except ValueError:
            self.is_wrong = True
            self.edited.emit()
            return
        if day is None and not self._allows_none:
            self.is_wrong = True
            self.edited.emit()
            return
        self.set_day(day)
        if day != before or was_wrong:
            self.edited.emit()


class _Line(QLineEdit):
    left = Signal()
    entered = Signal()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left.emit()
            if is_plain:
                self.entered.emit()
                return
            event.ignore()
            return
        super().keyPressEvent(event)


def _with_year(found: QDate, today: date) -> date:
    """The year that brings a day nearest to today."""
    years = (today.year - 1, today.year, today.year + 1)
    days = [day for year in years if (day := _in_year(found, year)) is not None]
    return min(days, key=lambda day: abs(day - today))


def _in_year(found: QDate, year: int) -> date | None:
    try:
        return date(year, found.month(), found.day())
    except ValueError:
        return None


def _as_date(found: QDate) -> date:
    return date(found.year(), found.month(), found.day())
