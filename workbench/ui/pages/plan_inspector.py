"""CardInspector: one card in full; a field is saved when it is left, all of them with Ctrl+Return."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QEvent, QLocale, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from workbench.ids import CardId
from workbench.models.kinds import CardColumn, Pillar
from workbench.queries.plans import CardRow
from workbench.ui import numbers
from workbench.ui.qt_models.card_item import COLUMN_TITLES, PILLAR_TITLES
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.day_field import DayField
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.plain_label import PlainLabel

_NO_PILLAR: Final = "No pillar"
_MOST_HOURS: Final = 10_000


class CardInspector(QWidget):
    """`edited(id, name, value)` asks for one field to be written; `closed` and `archive_wanted` speak for themselves.

    A reading that arrives while somebody types leaves the field they are in alone.
    """

    edited = Signal(str, str, object)
    closed = Signal()
    archive_wanted = Signal()

    def __init__(self, theme: Theme, *, today: Callable[[], date]) -> None:
        super().__init__()
        self._theme = theme
        self._card: CardRow | None = None
        self.setAccessibleName("Card")
        self.title = _Text(lines=2)
        self.column = ChoiceBox(theme, name="Column")
        self.pillar = ChoiceBox(theme, name="Pillar")
        self.owner = _Line()
        self.due = DayField(theme, today=today)
        self.hours = _Line()
        self.notes = _Text(lines=6)
        self._owners = QCompleter([], self)
        self._fields = self._built_fields()
        self._listen()
        self._build()

    @property
    def card_id(self) -> CardId | None:
        """The card shown."""
        return None if self._card is None else self._card.id

    def show_card(self, card: CardRow, *, owners: Sequence[str]) -> None:
        """Shows a card; fields under the keyboard keep what was typed while it stays the same card."""
        is_same = self._card is not None and self._card.id == card.id
        if not is_same:
            self.save()
        self._card = card
        values: dict[QWidget, Callable[[], object]] = {
            self.title: lambda: self.title.setPlainText(card.title),
            self.owner: lambda: self.owner.setText(card.owner),
            self.due: lambda: self.due.set_day(card.due_on),
            self.hours: lambda: self.hours.setText(_hours(card.hours)),
            self.notes: lambda: self.notes.setPlainText(card.notes),
            self.column: lambda: self.column.setCurrentIndex(self.column.findData(card.column.value)),
            self.pillar: lambda: self.pillar.setCurrentIndex(self.pillar.findData(_stored(card.pillar))),
        }
        for control, show in values.items():
            if not is_same or not _has_focus(control):
                control.blockSignals(True)  # noqa: FBT003 - Qt's own signature
                show()
                control.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        if not is_same:
            for field in self._fields.values():
                field.say_problem("")
        self._owners.setModel(_strings(owners, self._owners))

    def save(self) -> None:
        """Writes every field that differs from the card."""
        for save in (self._save_title, self._save_owner, self._save_hours, self._save_notes):
            save()

    def take_focus(self) -> None:
        """Puts the keyboard in the title."""
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)
        self.title.selectAll()

    def problem(self, name: str) -> str:
        """What is said beside a field."""
        return self._fields[name].problem

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _is_ours(event):
            super().keyPressEvent(event)
            return
        # Moving the keyboard away saves the field it was in, as it does everywhere else.
        self.save()
        self.closed.emit()

    def _built_fields(self) -> dict[str, Field]:
        for column, title in COLUMN_TITLES.items():
            self.column.addItem(title, column.value)
        self.pillar.addItem(_NO_PILLAR, "")
        for pillar, title in PILLAR_TITLES.items():
            self.pillar.addItem(title, pillar.value)
        self.owner.setPlaceholderText("Nobody yet")
        self.hours.setPlaceholderText("Not estimated")
        self.notes.setPlaceholderText("Anything worth knowing")
        self._owners.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._owners.setFilterMode(Qt.MatchFlag.MatchContains)
        self.owner.setCompleter(self._owners)
        return {
            "title": Field(self._theme, "Title", self.title),
            "column": Field(self._theme, "Column", self.column),
            "pillar": Field(self._theme, "Pillar", self.pillar),
            "owner": Field(self._theme, "Owner", self.owner),
            "due_on": Field(self._theme, "Due", self.due),
            "hours": Field(self._theme, "Hours", self.hours),
            "notes": Field(self._theme, "Notes", self.notes),
        }

    def _listen(self) -> None:
        self.title.left.connect(self._save_title)
        self.owner.left.connect(self._save_owner)
        self.hours.left.connect(self._save_hours)
        self.notes.left.connect(self._save_notes)
        self.due.edited.connect(self._save_due)
        self.column.currentIndexChanged.connect(lambda: self._write("column", CardColumn(self.column.currentData())))
        self.pillar.currentIndexChanged.connect(self._save_pillar)

    def _build(self) -> None:
        inner = QWidget()
        inner.setProperty("ground", "clear")
        form = QVBoxLayout(inner)
        form.setContentsMargins(16, 4, 16, 16)
        form.setSpacing(12)
        form.addWidget(self._fields["title"])
        for pair in (("column", "pillar"), ("due_on", "hours")):
            row = QHBoxLayout()
            row.setSpacing(8)
            for name, stretch in zip(pair, (3, 2) if "hours" in pair else (1, 1), strict=True):
                row.addWidget(self._fields[name], stretch, Qt.AlignmentFlag.AlignTop)
            form.addLayout(row)
        form.addWidget(self._fields["owner"])
        form.addWidget(self._fields["notes"])
        form.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 8, 4)
        head.addWidget(PlainLabel("Card", role="strong"))
        head.addStretch(1)
        head.addWidget(icon_button("Close the card (Esc)", icon="x", theme=self._theme, clicked=self.closed.emit))
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.addWidget(
            push_button("Archive", theme=self._theme, kind="plain", icon="archive", clicked=self.archive_wanted.emit)
        )
        foot.addStretch(1)
        foot.addWidget(PlainLabel("Saved as you go", role="caption"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(area, 1)
        column.addLayout(foot)
        self.setFocusProxy(self.title)

    # Saving

    def _write(self, name: str, value: object) -> None:
        if self._card is not None and getattr(self._card, name) != value:
            self.edited.emit(self._card.id, name, value)

    def _save_title(self) -> None:
        title = " ".join(self.title.toPlainText().split())
        self._fields["title"].say_problem("" if title else "A card needs a title, so that everyone knows what to do.")
        if title:
            self._write("title", title)

    def _save_owner(self) -> None:
        self._write("owner", self.owner.text().strip())

    def _save_pillar(self) -> None:
        stored = self.pillar.currentData()
        self._write("pillar", Pillar(stored) if stored else None)

    def _save_notes(self) -> None:
        self._write("notes", self.notes.toPlainText().rstrip())

    def _save_due(self) -> None:
        words = "Write a day such as 14 May, tomorrow or +7." if self.due.is_wrong else ""
        self._fields["due_on"].say_problem(words)
        if not self.due.is_wrong:
            self._write("due_on", self.due.day())

    def _save_hours(self) -> None:
        text = self.hours.text().strip()
        hours = read_number(text) if text else None
        is_wrong = bool(text) and (hours is None or not 0 <= hours <= _MOST_HOURS)
        self._fields["hours"].say_problem("A number of hours, such as 1.5." if is_wrong else "")
        if not is_wrong:
            self._write("hours", hours)


def read_number(text: str) -> float | None:
    """A number as this language or plain English writes it; None for anything else."""
    for locale in (QLocale(), QLocale.c()):
        value, is_number = _to_double(locale, text.strip())
        if is_number:
            return value
    return None


def _to_double(locale: QLocale, text: str) -> tuple[float, bool]:
    answer: Any = locale.toDouble(text)
    return float(answer[0]), bool(answer[1])


class _Line(QLineEdit):
    left = Signal()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
            else:
                self.left.emit()
            return
        super().keyPressEvent(event)


class _Text(QPlainTextEdit):
    left = Signal()

    def __init__(self, *, lines: int) -> None:
        super().__init__()
        self._lines = lines
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
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def _fit(self) -> None:
        self.setFixedHeight(self._lines * self.fontMetrics().lineSpacing() + 26)


def _has_focus(control: QWidget) -> bool:
    proxy = control.focusProxy()
    return control.hasFocus() or (proxy is not None and proxy.hasFocus())


def _is_ours(event: QKeyEvent) -> bool:
    is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return is_control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}


def _hours(hours: float | None) -> str:
    """Hours as they would be typed."""
    return "" if hours is None else numbers.decimal(hours, digits=1 if round(hours, 1) == hours else 2)


def _stored(pillar: Pillar | None) -> str:
    return "" if pillar is None else pillar.value


def _strings(words: Sequence[str], parent: QCompleter) -> QStringListModel:
    return QStringListModel(list(words), parent)
