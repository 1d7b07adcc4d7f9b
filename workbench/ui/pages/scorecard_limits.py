"""SeldomLimits: the two limits the measure of occasional contributors leaves free, beside what it says of itself."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from workbench.operations.measure_limits import MOST_DAYS, MOST_MESSAGES
from workbench.queries.seldom import Seldom
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.plain_label import PlainLabel


class SeldomLimits(QWidget):
    """`chosen(fewest, gap_days)` when both should hold from now on, for every community and month."""

    chosen = Signal(int, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.fewest = _field("Messages below which somebody counts", MOST_MESSAGES)
        self.gap_days = _field("Days of a pause above which somebody counts", MOST_DAYS)
        self.button = push_button("Use these limits", theme=theme, icon="check", clicked=self._choose)
        for field in (self.fewest, self.gap_days):
            field.textChanged.connect(self._check)
            field.returnPressed.connect(self._choose)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for row, (words, field) in enumerate(
            (("Fewer messages than", self.fewest), ("Or a pause of more days than", self.gap_days))
        ):
            grid.addWidget(PlainLabel(words, role="second", wraps=True), row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self.button, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)

    def show_limits(self, limits: Seldom) -> None:
        """Puts the limits in use into the fields."""
        self.fewest.setText(str(limits.fewest))
        self.gap_days.setText(str(limits.gap_days))

    def _check(self) -> None:
        self.button.setEnabled(self.fewest.hasAcceptableInput() and self.gap_days.hasAcceptableInput())

    def _choose(self) -> None:
        if self.fewest.hasAcceptableInput() and self.gap_days.hasAcceptableInput():
            self.chosen.emit(int(self.fewest.text()), int(self.gap_days.text()))


def _field(name: str, most: int) -> QLineEdit:
    field = QLineEdit()
    field.setValidator(QIntValidator(1, most, field))
    field.setMaximumWidth(96)
    field.setAccessibleName(name)
    field.setToolTip(name)
    return field
