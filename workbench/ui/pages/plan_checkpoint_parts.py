"""Parts of a checkpoint: the table of its measures, what falls short, and the balance of the pillars."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from workbench.ids import ObjectiveId
from workbench.models.plan_parts import CheckpointMeasure
from workbench.queries.plans import ObjectiveRow
from workbench.ui import numbers
from workbench.ui.pages.plan_sheet_data import SheetData
from workbench.ui.pages.plan_sheet_words import aimed_at, balance, balance_words, baseline_words, said
from workbench.ui.qt_models.card_item import PILLAR_ICONS, PILLAR_TITLES
from workbench.ui.theme import Theme
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.lines import LinesLabel
from workbench.ui.widgets.plain_label import PlainLabel

_OWN_COLUMN: Final = 2
"""The value of the checkpoint itself, after title and baseline."""


class MeasureTable(QWidget):
    """A row for each objective: baseline, the value of the checkpoint, where the way was, target."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._held: list[QWidget] = []
        self.lines: tuple[tuple[str, ...], ...] = ()

    def show_waiting(self) -> None:
        """Says that numbers are on their way."""
        self._say((("Reading the mirror…",),))

    def show_measures(
        self,
        measures: Sequence[CheckpointMeasure],
        goals: dict[ObjectiveId, ObjectiveRow],
        *,
        starts_on: date,
        day: int,
        is_ahead: bool = False,
    ) -> None:
        """Shows numbers beside what they are compared with; an objective that is gone keeps its plain number.

        Of a checkpoint that is still ahead they are those of today.
        """
        number = numbers.count(day)
        own, path = ("Today", f"Path, day {number}") if is_ahead else (f"Day {number}", "Path")
        head = ("Objective", "Baseline", own, path, "Target")
        self._say((head, *(_line(each, goals.get(each.objective_id), starts_on, day) for each in measures)))

    def _say(self, lines: tuple[tuple[str, ...], ...]) -> None:
        if lines == self.lines:
            return
        self.lines = lines
        for widget in self._held:
            widget.hide()
            widget.deleteLater()
        self._held = []
        for at, line in enumerate(lines):
            for column, words in enumerate(line):
                is_head = at == 0 and len(lines) > 1
                role = "caption" if is_head else "strong" if column == _OWN_COLUMN else "second" if column else ""
                label = PlainLabel(words, role=role)
                side = Qt.AlignmentFlag.AlignTrailing if column else Qt.AlignmentFlag.AlignLeading
                label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                self._grid.addWidget(label, at, column)
                self._held.append(label)
        self.setAccessibleName(". ".join(", ".join(line) for line in lines[1:] or lines))


class ShortBanner(Banner):
    """Names what falls short; hidden while nothing does."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._lines: list[LinesLabel] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(IconLabel("warning-circle", theme, token="watch"), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._column, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return "\n".join(line.text for line in self._lines)

    def show_lines(self, lines: Sequence[str]) -> None:
        """One line for each."""
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = []
        for words in lines:
            line = LinesLabel(self._theme, most=3)
            line.set_text(words)
            self._column.addWidget(line)
            self._lines.append(line)
        self.setVisible(bool(lines))


class BalanceCard(Card):
    """How many cards serve each pillar of BUILD; one that has none is named."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Balance")
        self.words = LinesLabel(theme, token="second")
        self.counts = {pillar: PlainLabel("", role="strong") for pillar in PILLAR_TITLES}
        row = QHBoxLayout()
        row.setSpacing(24)
        for pillar, title in PILLAR_TITLES.items():
            cell = QHBoxLayout()
            cell.setSpacing(6)
            cell.addWidget(IconLabel(PILLAR_ICONS[pillar], theme, token="second"))
            cell.addWidget(PlainLabel(title, role="second"))
            cell.addWidget(self.counts[pillar])
            row.addLayout(cell)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.words)

    def show_balance(self, data: SheetData) -> None:
        """Counts the cards of a plan."""
        for pillar, count in balance(data.cards).items():
            self.counts[pillar].setText(numbers.count(count))
            self.counts[pillar].setAccessibleName(f"{PILLAR_TITLES[pillar]}: {numbers.count(count)}")
        self.words.set_text(balance_words(data.cards))


def _line(measure: CheckpointMeasure, objective: ObjectiveRow | None, starts_on: date, day: int) -> tuple[str, ...]:
    if objective is None:
        value = numbers.MISSING if measure.value is None else numbers.decimal(measure.value)
        return (measure.title, numbers.MISSING, value, numbers.MISSING, numbers.MISSING)
    value = said(measure.value, objective) if measure.value is not None else "not known"
    aimed = aimed_at(objective, starts_on, day)
    return (
        measure.title,
        baseline_words(objective),
        value,
        numbers.MISSING if aimed is None else said(aimed, objective),
        numbers.MISSING if objective.target is None else said(objective.target, objective),
    )
