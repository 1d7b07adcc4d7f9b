"""MeasureChoices: the measures a plan can take, with their values before day 0 and a target for each chosen one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from workbench.metrics.catalog import METRICS, Metric
from workbench.metrics.value import Unit
from workbench.models.plan_parts import HAND_KEPT
from workbench.ui import numbers
from workbench.ui.pages.plan_data import MEASURE_DAYS, MeasureOffer, Outlook
from workbench.ui.pages.plan_inspector_fields import read_number
from workbench.ui.pages.plan_words import amount, now_words
from workbench.ui.theme import Theme
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.ticks import TickBox

NO_TARGET: Final = "no usual target for this measure"
_UNITS = {Unit.SHARE: "%", Unit.HOURS: "h"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A measure that was ticked; `target` is in the measure's own unit. One kept by hand has a title and a unit."""

    key: str
    target: float | None
    title: str = ""
    unit: str = ""


class MeasureChoices(QWidget):
    """One row for each measure: tick, value before day 0, target. `changed` follows every tick and target typed."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.rows: dict[str, _Row] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        for place, words in enumerate(("Measure", "Before day 0", "Target")):
            label = PlainLabel(words, role="caption")
            side = Qt.AlignmentFlag.AlignTrailing if place == 1 else Qt.AlignmentFlag.AlignLeading
            grid.addWidget(label, 0, place, side)
        for number, metric in enumerate(METRICS):
            row, place = _Row(metric, theme), 2 * number + 1
            row.tick.toggled.connect(self.changed)
            row.target.textEdited.connect(self.changed)
            grid.addWidget(row.tick, place, 0)
            grid.addWidget(row.now, place, 1, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(row.target, place, 2)
            grid.addWidget(row.unit, place, 3)
            grid.addWidget(row.note, place + 1, 0, 1, 4, Qt.AlignmentFlag.AlignTrailing)
            self.rows[metric.key] = row
        self.hand = HandRow(theme)
        grid.addWidget(self.hand, 2 * len(METRICS) + 1, 0, 1, 4)
        self.hand.changed.connect(self.changed)
        self.setFocusProxy(self.rows[METRICS[0].key].tick)

    def show_offers(self, offers: Sequence[MeasureOffer], *, has_type: bool = False) -> None:
        """Shows values; targets somebody typed stay, proposed ones follow the type of the community, if it `has_type`.

        A type that has no target for a ticked measure is said beside it.
        """
        for offer in offers:
            self.rows[offer.metric.key].show_offer(offer, has_type=has_type)

    def chosen(self) -> tuple[Chosen, ...]:
        """The ticked measures; a target that is no number counts as none, see `wrong_targets`."""
        ticked = [(key, row) for key, row in self.rows.items() if row.tick.isChecked()]
        return (*(Chosen(key, row.target_value()) for key, row in ticked), *self.hand.chosen())

    def choose(self, chosen: Sequence[Chosen]) -> None:
        """Ticks these and no others, with their targets as typed ones."""
        self.clear()
        for each in chosen:
            if each.key == HAND_KEPT:
                self.hand.choose(each)
            elif each.key in self.rows:
                self.rows[each.key].choose(each.target)

    def wrong_targets(self) -> tuple[str, ...]:
        """The titles of ticked measures whose target is no number."""
        wrong = [row.metric.title for row in self.rows.values() if row.tick.isChecked() and row.is_wrong()]
        return (*wrong, *(("Kept by hand",) if self.hand.is_wrong() else ()))

    def clear(self) -> None:
        """Unticks everything and forgets typed targets."""
        for row in self.rows.values():
            row.clear()
        self.hand.clear()


class HandRow(QWidget):
    """A measure no platform knows, such as attendance: what is counted, in which unit, and a target."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.tick = TickBox(theme, "Kept by hand")
        self.tick.setToolTip("Attendance, a survey's score: its readings are typed by people, and marked so")
        self.tick.setMinimumHeight(theme.px(32))
        self.title, self.unit, self.target = QLineEdit(), QLineEdit(), QLineEdit()
        self.title.setPlaceholderText("What is counted: people at the webinar")
        self.title.setAccessibleName("What is counted by hand")
        self.unit.setPlaceholderText("people")
        self.unit.setAccessibleName("Unit of what is counted by hand")
        self.target.setPlaceholderText("none")
        self.target.setAccessibleName("Target for what is counted by hand")
        self.unit.setFixedWidth(theme.px(88))
        self.target.setFixedWidth(theme.px(88))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.px(28), 0)
        row.setSpacing(8)
        row.addWidget(self.tick)
        row.addWidget(self.title, 1)
        row.addWidget(self.unit)
        row.addWidget(self.target)
        for line in (self.title, self.unit, self.target):
            line.setVisible(False)
            line.textEdited.connect(self.changed)
        self.tick.toggled.connect(self._on_tick)

    def chosen(self) -> tuple[Chosen, ...]:
        """What is asked for; nothing while it has no words."""
        title = self.title.text().strip()
        if not self.tick.isChecked() or not title:
            return ()
        return (Chosen(HAND_KEPT, self._number(), title, self.unit.text().strip()),)

    def choose(self, chosen: Chosen) -> None:
        """Shows a measure kept by hand."""
        self.tick.setChecked(True)
        self.title.setText(chosen.title)
        self.unit.setText(chosen.unit)
        self.target.setText(typed_target(chosen.target, None))

    def is_wrong(self) -> bool:
        """Whether the target is no number."""
        return self.tick.isChecked() and bool(self.target.text().strip()) and self._number() is None

    def clear(self) -> None:
        """Unticks it and forgets what was typed."""
        self.tick.setChecked(False)
        for line in (self.title, self.unit, self.target):
            line.clear()

    def _number(self) -> float | None:
        return read_number(self.target.text())

    def _on_tick(self) -> None:
        for line in (self.title, self.unit, self.target):
            line.setVisible(self.tick.isChecked())
        if self.tick.isChecked() and self.tick.hasFocus():
            self.title.setFocus()
        self.changed.emit()


class _Row:
    def __init__(self, metric: Metric, theme: Theme) -> None:
        self.metric = metric
        self._is_typed = False
        self.tick = TickBox(theme, metric.title)
        self.tick.setToolTip(metric.formula[0].upper() + metric.formula[1:])
        self.tick.setMinimumHeight(theme.px(32))
        self.tick.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.now = PlainLabel("…", role="second")
        self.target = QLineEdit()
        self.target.setPlaceholderText("none")
        self.target.setAccessibleName(f"Target for {metric.title}")
        self.target.setFixedWidth(theme.px(88))
        self.target.setEnabled(False)
        self.unit = PlainLabel(_UNITS.get(metric.unit, ""), role="caption")
        self.unit.setMinimumWidth(theme.px(16))
        self.note = PlainLabel("", role="caption")
        self.note.hide()
        self._note, self._is_unusual = "", False
        self.tick.toggled.connect(self.target.setEnabled)
        self.tick.toggled.connect(self._say)
        self.target.textEdited.connect(self._on_typed)

    def show_offer(self, offer: MeasureOffer, *, has_type: bool) -> None:
        self.now.setText(now_words(offer.now))
        self.tick.setAccessibleDescription(f"{now_words(offer.now)} before day 0")
        if not self._is_typed:
            self.target.setText(typed_target(offer.proposed, self.metric.unit))
        self._note, self._is_unusual = reached_words(offer), has_type and offer.target is None
        self._say()

    def choose(self, target: float | None) -> None:
        """Ticks it, with a target that stands as if it had been typed."""
        self.tick.setChecked(True)
        self._is_typed = True
        self.target.setText(typed_target(target, self.metric.unit))

    def target_value(self) -> float | None:
        number = read_number(self._plain()) if self._plain() else None
        return number / 100 if number is not None and self.metric.unit is Unit.SHARE else number

    def is_wrong(self) -> bool:
        return bool(self._plain()) and read_number(self._plain()) is None

    def clear(self) -> None:
        self._is_typed = False
        self.tick.setChecked(False)
        self.target.clear()

    def _plain(self) -> str:
        return self.target.text().strip().rstrip("%").strip()

    def _on_typed(self) -> None:
        self._is_typed = True

    def _say(self) -> None:
        note = self._note or (NO_TARGET if self._is_unusual and self.tick.isChecked() else "")
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.target.setAccessibleDescription(note)


def span_words(outlook: Outlook, *, starts_on: date) -> str:
    """Of which days the values are that become the baseline, and how much of these days is known."""
    first, last = outlook.until - timedelta(days=MEASURE_DAYS), outlook.until - timedelta(days=1)
    which = "day 0" if outlook.until == starts_on else "today, as day 0 is still to come"
    # Some measures look at further days as well; of these days the one that knows most speaks.
    known = max((value.coverage or 0.0 for value in outlook.baselines.values()), default=0.0)
    return (
        f"Values of {numbers.day(first)} to {numbers.day(last)}, the {MEASURE_DAYS} days before {which}; "
        f"{numbers.known_percent(known)} known. They become the baseline."
    )


def reached_words(offer: MeasureOffer) -> str:
    """Why no target is proposed where the usual one is reached; nothing elsewhere."""
    now, target = offer.now.value, offer.target
    if not offer.is_reached or now is None or target is None:
        return ""
    side = "at" if now == target else "above" if now > target else "below"
    return f"already {side} the usual target of {amount(target, offer.metric.unit)}"


def typed_target(target: float | None, unit: Unit | None) -> str:
    """A target as it would be typed."""
    if target is None:
        return ""
    number = target * 100 if unit is Unit.SHARE else target
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return numbers.western(locale.toString(round(number, 1), "f", 0 if float(round(number, 1)).is_integer() else 1))
