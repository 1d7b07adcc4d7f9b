"""BoardChoices: what the columns and rows of a board stand for, and how many cards a column should hold at most."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, TypeVar

from PySide6.QtCore import QSettings, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from workbench.ui.qt_models.board_slots import Columns, Rows
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button

_COLUMNS, _ROWS, _LIMITS = "plans/columns", "plans/rows", "plans/limits"
_Choice = TypeVar("_Choice", Columns, Rows)
COLUMN_WORDS: Final = {
    Columns.STATUS: "Status",
    Columns.PILLAR: "Pillar",
    Columns.OWNER: "Owner",
    Columns.WEEK: "Week",
}
ROW_WORDS: Final = {Rows.NONE: "None", Rows.OBJECTIVE: "Objective"}


class BoardChoices(QWidget):
    """Two buttons with a menu each; what was chosen last is chosen again next time. `changed` after a choice."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._is_short = False
        self.columns = _kept(_COLUMNS, Columns.STATUS)
        self.rows = _kept(_ROWS, Rows.NONE)
        self._column_button = push_button("", theme=theme, icon="columns")
        self._row_button = push_button("", theme=theme, icon="rows")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._column_button)
        row.addWidget(self._row_button)
        self._fill(self._column_button, COLUMN_WORDS, self.set_columns)
        self._fill(self._row_button, ROW_WORDS, self.set_rows)
        self._say()

    def set_columns(self, columns: Columns) -> None:
        """Says what columns stand for."""
        self._set(columns, self.rows)

    def set_rows(self, rows: Rows) -> None:
        """Says what rows stand for."""
        self._set(self.columns, rows)

    def set_short(self, *, is_short: bool) -> None:
        """Leaves icons alone where words have no room."""
        self._is_short = is_short
        self._say()

    def _set(self, columns: Columns, rows: Rows) -> None:
        if (columns, rows) == (self.columns, self.rows):
            return
        self.columns, self.rows = columns, rows
        QSettings().setValue(_COLUMNS, columns.value)
        QSettings().setValue(_ROWS, rows.value)
        self._say()
        self.changed.emit()

    def _fill(self, button: QPushButton, words: Mapping[_Choice, str], chosen: Callable[[_Choice], None]) -> None:
        menu, group = QMenu(button), QActionGroup(button)
        for value, title in words.items():
            act = menu.addAction(title, partial(chosen, value))
            act.setCheckable(True)
            group.addAction(act)
        button.setMenu(menu)

    def _say(self) -> None:
        for button, what, words, place in (
            (self._column_button, "Columns", COLUMN_WORDS[self.columns], list(Columns).index(self.columns)),
            (self._row_button, "Rows", ROW_WORDS[self.rows], list(Rows).index(self.rows)),
        ):
            said = f"{what}: {words}"
            button.setText("" if self._is_short else said)
            button.setToolTip(said)
            button.setAccessibleName(said)
            button.menu().actions()[place].setChecked(True)


def kept_limits(plan_id: str, by: Columns) -> dict[str, int]:
    """The limits somebody set on a plan's columns: {column key: cards}."""
    return _limits(plan_id).get(by.value, {})


def keep_limit(plan_id: str, by: Columns, column: str, count: int) -> None:
    """Keeps the limit of a column; 0 for none."""
    limits = _limits(plan_id)
    found = {key: kept for key, kept in limits.get(by.value, {}).items() if key != column}
    limits[by.value] = found | ({column: count} if count else {})
    QSettings().setValue(f"{_LIMITS}/{plan_id}", json.dumps(limits))


def _limits(plan_id: str) -> dict[str, dict[str, int]]:
    text = QSettings().value(f"{_LIMITS}/{plan_id}", "{}") if plan_id else "{}"
    limits: dict[str, dict[str, int]] = json.loads(str(text))
    return limits


def _kept(key: str, otherwise: _Choice) -> _Choice:
    value = str(QSettings().value(key, otherwise.value))
    return type(otherwise)(value) if value in {each.value for each in type(otherwise)} else otherwise
