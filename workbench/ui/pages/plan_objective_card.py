"""ObjectiveCard: one objective of a plan: where it stands, its path to the target, and its details when asked for."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget
from typing_extensions import override

from workbench.metrics.catalog import find_metric
from workbench.metrics.value import Unit
from workbench.models.kinds import Horizon, ObjectiveKind
from workbench.models.plan_parts import HAND_KEPT, ObjectiveTags
from workbench.plans.horizon import ends_on
from workbench.queries.plans import CheckpointRow, ObjectiveRow, PlanRow
from workbench.ui import numbers
from workbench.ui.grids import emptied
from workbench.ui.pages.plan_data import MEASURE_DAYS
from workbench.ui.pages.plan_inspector_fields import read_number
from workbench.ui.pages.plan_measures import typed_target
from workbench.ui.pages.plan_readings import ReadingsEditor
from workbench.ui.pages.plan_sheet_data import ObjectivePath
from workbench.ui.pages.plan_sheet_fields import SheetLine, SheetText
from workbench.ui.pages.plan_sheet_words import CHIPS, baseline_days, baseline_words, measure_title, said
from workbench.ui.theme import Meaning, Theme
from workbench.ui.widgets.buttons import push_button, say
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.chip import Chip
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.day_field import DayField
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.lines import LinesLabel
from workbench.ui.widgets.path_chart import PathChart, PathData
from workbench.ui.widgets.plain_label import PlainLabel

_TWO_FROM: Final = 640
KINDS: Final = {
    None: "Not said",
    ObjectiveKind.IMPROVING: "Improving: what there is gets better",
    ObjectiveKind.ENABLING: "Enabling: something becomes possible",
}
HORIZONS: Final = {None: "Not said", Horizon.SHORT: "Short term", Horizon.LONG: "Long term"}
_TAGS: Final = {
    "behaviour": ("Behaviour", "Asking, answering, sharing"),
    "family": ("Family", "Engagement, collaboration"),
    "benefit": ("Benefit", "Time saved, lives reached"),
    "risk": ("Risk", "Staff turnover, key person"),
}


class ObjectiveCard(Card):
    """`edited(fields)` asks for fields to be written; the rest speak for themselves.

    Values come from the mirror; only an objective kept by hand has readings to be typed.
    """

    edited = Signal(object)
    archive_wanted = Signal(bool)
    reading_added = Signal(object, float, str)
    reading_removed = Signal(object)

    def __init__(self, theme: Theme, *, today: Callable[[], date]) -> None:
        super().__init__()
        self._theme, self._today = theme, today
        self._row: ObjectiveRow | None = None
        self._is_wide: bool | None = None
        self.body.setSpacing(8)
        self.title = SheetLine()
        self.chip, self._hand = Chip(theme), Chip(theme, "Kept by hand", icon="hand")
        self._facts = LinesLabel(theme, token="second")
        self._days = PlainLabel("", role="caption", wraps=True)
        self._pointed = PlainLabel(" ", role="caption")
        self.chart = PathChart(theme)
        self.kind, self.horizon = ChoiceBox(theme, name="Kind"), ChoiceBox(theme, name="Horizon")
        self.target, self.unit, self.alignment = SheetLine(), SheetLine(), SheetLine()
        self.problem = SheetText(lines=2)
        self.due = DayField(theme, today=today)
        self.tags = {name: SheetLine() for name in _TAGS}
        self.readings = ReadingsEditor(theme, today=today)
        self.more = push_button("Details", theme=theme, kind="link", icon="pencil-simple", clicked=self.turn)
        self.archive = push_button("Archive", theme=theme, kind="plain", icon="archive", clicked=self._on_archive)
        self.fields = self._built_fields()
        self._details = QWidget()
        self._grid = QGridLayout(self._details)
        self._build()
        self._listen()
        self.setFocusProxy(self.title)

    def show_objective(
        self,
        row: ObjectiveRow,
        path: ObjectivePath | None,
        *,
        plan: PlanRow,
        checkpoints: tuple[CheckpointRow, ...],
    ) -> None:
        """Shows an objective; without a path its values are still being worked out."""
        self._row = row
        is_hand = row.measure == HAND_KEPT
        self.setAccessibleName(f"Objective: {row.title}")
        self.title.offer(row.title)
        self._hand.setVisible(is_hand)
        self.readings.setVisible(is_hand and not row.is_archived)
        self.fields["unit"].setVisible(is_hand)
        self.readings.show_readings(row.readings, unit=row.hand_unit)
        self._offer_details(row)
        self._say_standing(row, path)
        days = baseline_days(row, plan.starts_on)
        self._days.setText(days)
        self._days.setVisible(bool(days))
        self.chart.setVisible(not row.is_archived)
        self._pointed.setVisible(not row.is_archived)
        if not row.is_archived:
            self.chart.show_path(_path(row, path, plan=plan, checkpoints=checkpoints, today=self._today()))
        say(self.archive, "Take it back" if row.is_archived else "Archive")

    def turn(self) -> None:
        """Shows the details, or puts them away."""
        self._details.setVisible(self._details.isHidden())
        say(self.more, "Details" if self._details.isHidden() else "Close the details")

    def save(self) -> None:
        """Writes whatever differs from what is stored."""
        self._save_title()
        self._save_target()
        self._save_texts()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # Showing

    def _say_standing(self, row: ObjectiveRow, path: ObjectivePath | None) -> None:
        if row.is_archived:
            words, meaning = "Archived", Meaning.NEUTRAL
        elif path is None:
            words, meaning = "", Meaning.NEUTRAL
        else:
            words, meaning = CHIPS.get(path.standing, ("", Meaning.NEUTRAL))
        self.chip.setVisible(bool(words))
        self.chip.show_text(words, meaning=meaning)
        facts = [measure_title(row), f"baseline {baseline_words(row)}", f"now {_now(row, path)}"]
        facts.append("no target" if row.target is None else f"target {said(row.target, row)}")
        if row.due is not None:
            facts.append(f"by {numbers.day(row.due)}")
        self._facts.set_text(" · ".join(facts))

    def _offer_details(self, row: ObjectiveRow) -> None:
        for box, value in ((self.kind, row.kind), (self.horizon, row.horizon)):
            box.blockSignals(True)  # noqa: FBT003 - Qt's own signature
            box.setCurrentIndex(box.findData("" if value is None else value.value))
            box.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        unit = None if row.measure == HAND_KEPT else find_metric(row.measure).unit
        self.target.offer(typed_target(row.target, unit))
        self.unit.offer(row.hand_unit)
        self.alignment.offer(row.alignment)
        self.problem.offer(row.problem)
        if not self.due.line.hasFocus():
            self.due.set_day(row.due)
        for name, line in self.tags.items():
            line.offer(", ".join(getattr(row.tags, name)))

    # Building

    def _built_fields(self) -> dict[str, Field]:
        theme = self._theme
        for kind, words in KINDS.items():
            self.kind.addItem(words, "" if kind is None else kind.value)
        for horizon, words in HORIZONS.items():
            self.horizon.addItem(words, "" if horizon is None else horizon.value)
        self.problem.setPlaceholderText("What goes wrong today?")
        self.alignment.setPlaceholderText("Which goal of the organisation?")
        self.unit.setPlaceholderText("people, % of those asked")
        self.target.setPlaceholderText("none")
        found = {
            "kind": Field(theme, "Kind", self.kind),
            "target": Field(theme, "Target", self.target),
            "unit": Field(theme, "Unit", self.unit),
            "due": Field(theme, "To be reached by", self.due),
            "horizon": Field(theme, "Horizon", self.horizon),
            "problem": Field(theme, "Problem it solves", self.problem),
            "alignment": Field(theme, "Strategic alignment", self.alignment),
        }
        self.due.line.setPlaceholderText("Day 90")
        for name, (title, hint) in _TAGS.items():
            self.tags[name].setPlaceholderText(hint)
            found[name] = Field(theme, title, self.tags[name])
            self.tags[name].setAccessibleName(f"{title} tags, separated by commas")
        return found

    def _build(self) -> None:
        self.title.setAccessibleName("Objective")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self._hand)
        head.addWidget(self.chip)
        self.body.addLayout(head)
        self.body.addWidget(self._facts)
        self.body.addWidget(self._days)
        self.body.addWidget(self.chart)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._pointed, 1)
        foot.addWidget(self.more)
        foot.addWidget(self.archive)
        self.body.addWidget(self.readings)
        self.body.addLayout(foot)
        self._grid.setContentsMargins(0, 4, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        self.body.addWidget(self._details)
        self._details.hide()
        self._arrange()

    def _arrange(self) -> None:
        is_wide = self.width() >= self._theme.px(_TWO_FROM)
        if is_wide is self._is_wide:
            return
        self._is_wide = is_wide
        emptied(self._grid)
        for place, field in enumerate(self.fields.values()):
            at = divmod(place, 2) if is_wide else (place, 0)
            self._grid.addWidget(field, *at, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if is_wide else 0)

    # Saving

    def _listen(self) -> None:
        self.chart.pointed.connect(lambda words: self._pointed.setText(words or " "))
        self.title.left.connect(self._save_title)
        self.target.left.connect(self._save_target)
        for line in (self.unit, self.alignment, *self.tags.values()):
            line.left.connect(self._save_texts)
        self.problem.left.connect(self._save_texts)
        self.due.edited.connect(self._save_due)
        self.kind.currentIndexChanged.connect(partial(self._save_choice, "kind"))
        self.horizon.currentIndexChanged.connect(partial(self._save_choice, "horizon"))
        self.readings.added.connect(self.reading_added)
        self.readings.removed.connect(self.reading_removed)

    def _write(self, **fields: object) -> None:
        row = self._row
        changed = {name: value for name, value in fields.items() if row is not None and getattr(row, name) != value}
        if changed:
            self.edited.emit(changed)

    def _save_title(self) -> None:
        title = self.title.text().strip()
        if title:
            self._write(title=title)
        elif self._row is not None:
            self.title.setText(self._row.title)

    def _save_target(self) -> None:
        if self._row is None:
            return
        plain = self.target.text().strip().rstrip("%").strip()
        value = read_number(plain) if plain else None
        is_wrong = bool(plain) and value is None
        self.fields["target"].say_problem("A target is a number, or nothing." if is_wrong else "")
        if is_wrong:
            return
        is_share = self._row.measure != HAND_KEPT and find_metric(self._row.measure).unit is Unit.SHARE
        if value is not None and is_share:
            value /= 100
        unit = None if self._row.measure == HAND_KEPT else find_metric(self._row.measure).unit
        # What is shown is rounded; a target nobody touched stays as exact as it was.
        if typed_target(value, unit) != typed_target(self._row.target, unit):
            self._write(target=value)

    def _save_texts(self) -> None:
        words = {name: _words(line.text()) for name, line in self.tags.items()}
        self._write(
            hand_unit=self.unit.text().strip(),
            alignment=self.alignment.text().strip(),
            problem=self.problem.text(),
            tags=ObjectiveTags(**words),
        )

    def _save_due(self) -> None:
        self.fields["due"].say_problem("Write a day such as 14 May, or leave it empty." if self.due.is_wrong else "")
        if not self.due.is_wrong:
            self._write(due=self.due.day())

    def _save_choice(self, name: str, _place: int = 0) -> None:
        stored = (self.kind if name == "kind" else self.horizon).currentData()
        made = ObjectiveKind if name == "kind" else Horizon
        self._write(**{name: made(stored) if stored else None})

    def _on_archive(self) -> None:
        if self._row is not None:
            self.archive_wanted.emit(not self._row.is_archived)


def _words(text: str) -> tuple[str, ...]:
    """Tags as typed, in any of the commas people use."""
    plain = text.replace("،", ",").replace("，", ",").replace(";", ",")
    return tuple(dict.fromkeys(word for part in plain.split(",") if (word := " ".join(part.split()))))


def _now(row: ObjectiveRow, path: ObjectivePath | None) -> str:
    if path is None:
        return "…"
    if row.measure == HAND_KEPT:
        return said(row.readings[-1].value, row) if row.readings else "no reading yet"
    if path.now is None or path.now.value is None:
        return "not known"
    return said(path.now.value, row)


def _path(
    row: ObjectiveRow,
    path: ObjectivePath | None,
    *,
    plan: PlanRow,
    checkpoints: tuple[CheckpointRow, ...],
    today: date,
) -> PathData:
    frozen = [
        (checkpoint.day, measure.value)
        for checkpoint in checkpoints
        if checkpoint.locked_at is not None
        for measure in checkpoint.measures
        if measure.objective_id == row.id and measure.value is not None
    ]
    due = row.due if row.due is not None and row.due > plan.starts_on else ends_on(plan.starts_on)
    return PathData(
        title=row.title,
        starts_on=plan.starts_on,
        today=today,
        due=due,
        baseline=row.baseline_value,
        target=row.target,
        points=() if path is None else path.points,
        frozen=tuple(frozen),
        text=lambda value: said(value, row),
        needs="" if row.measure == HAND_KEPT else f"the {numbers.count(MEASURE_DAYS)} days before it",
    )
