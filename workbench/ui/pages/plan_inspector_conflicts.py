"""ConflictBox: the values two people gave a field apart, each with who and when; one click keeps one of them."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from workbench.plans.field_words import field_words, value_words
from workbench.plans.views import Conflict
from workbench.ui import numbers
from workbench.ui.theme import Theme
from workbench.ui.widgets.choices import ChoiceRow
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel


class ConflictBox(QWidget):
    """Stands beside its field and is never in the way: `settled(conflict, index)` when a value was chosen."""

    settled = Signal(object, int)

    def __init__(
        self, theme: Theme, conflict: Conflict, *, now: datetime, authors: Mapping[str, str], titles: Mapping[str, str]
    ) -> None:
        super().__init__()
        self.conflict = conflict
        field = field_words(conflict.kind, conflict.field)
        said = f"{field}: two versions" if len(conflict.candidates) == 2 else f"{field}: several versions"  # noqa: PLR2004 - a pair
        self.setAccessibleName(f"{said}, choose which one stays")
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(IconLabel("git-fork", theme, token="watch"))
        head.addWidget(PlainLabel(f"{said}. Which one stays?", role="small", wraps=True), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        self.rows: list[ChoiceRow] = []
        for index, each in enumerate(conflict.candidates):
            who = authors.get(each.author, "") or "Somebody"
            row = ChoiceRow(
                theme,
                _said(each.value, titles) or "Nothing",
                f"{who[0].upper()}{who[1:]}, {numbers.moment(each.at)}",
            )
            row.setToolTip(numbers.ago(each.at, now=now))
            # With the arrows one looks at both; only Space, Enter or a click chooses.
            row.setAutoExclusive(False)
            row.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            row.clicked.connect(partial(self._settle, index))
            self.rows.append(row)
            column.addWidget(row)

    def _settle(self, index: int) -> None:
        self.setEnabled(False)
        self.settled.emit(self.conflict, index)


def _said(value: object, titles: Mapping[str, str]) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return numbers.day(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"Day {numbers.count(value)} of the plan"
    return value_words(value, titles=titles)
