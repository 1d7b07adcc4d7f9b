"""ObjectivesSection: the objectives of a plan one below the other, and the line that adds another."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.ids import ObjectiveId
from workbench.metrics.catalog import METRICS, find_metric
from workbench.metrics.value import Unit
from workbench.models.changes import Changes
from workbench.models.plan_parts import HAND_KEPT
from workbench.queries.plans import PlanRow
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_desk import Gesture
from workbench.ui.pages.plan_inspector_fields import read_number
from workbench.ui.pages.plan_objective_card import ObjectiveCard
from workbench.ui.pages.plan_sheet_data import ObjectivePath, SheetData, read_paths
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button, say
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.field import Field, ProblemLine
from workbench.ui.words import error_words
from workbench.workspace import Workspace

if TYPE_CHECKING:
    from workbench.plans.drafts import ObjectiveDraft
    from workbench.plans.editor import PlanEditor

_LAST: Final = "A plan keeps at least one objective: without a measure nobody can say whether it worked."


class ObjectivesSection(QWidget):
    """Values are read from the mirror away from the window; `measured` once they have come."""

    measured = Signal()

    def __init__(self, context: Context, acts: CardActs, *, today: Callable[[], date]) -> None:
        super().__init__()
        self._context, self._theme, self._acts, self._today = context, context.theme, acts, today
        self._data: SheetData | None = None
        self._asked: object = None
        self.is_measuring = False
        self.paths: dict[ObjectiveId, ObjectivePath] = {}
        self.cards: dict[ObjectiveId, ObjectiveCard] = {}
        self._column = QVBoxLayout()
        self._column.setSpacing(12)
        self.add = NewObjective(context.theme)
        self.add.wished.connect(self._add)
        self.archived = push_button("", theme=context.theme, kind="link", icon="archive", clicked=self._turn_archived)
        self._shows_archived = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._column)
        foot = QHBoxLayout()
        foot.addWidget(self.archived)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addWidget(self.add)
        column.addStretch(1)

    def show_sheet(self, data: SheetData) -> None:
        """Shows the objectives; their values follow."""
        if self._data is None or self._data.plan.id != data.plan.id:
            self._clear()
            self._shows_archived = False
            self._asked, self.paths = None, {}
        self._data = data
        self._place(data)
        asked = (data.plan.id, data.plan.scope, data.plan.starts_on, data.live)
        if asked != self._asked:
            self._asked = asked
            self._measure(data)

    def forget_measures(self) -> None:
        """Works the values out again with the next reading."""
        self._asked = None

    def take_focus(self) -> None:
        """Puts the keyboard into the first objective."""
        first = next(iter(self.cards.values()), None)
        (first or self.add).setFocus()

    def save(self) -> None:
        """Writes whatever was typed."""
        for card in self.cards.values():
            card.save()

    def _place(self, data: SheetData) -> None:
        shown = [row for row in data.objectives if self._shows_archived or not row.is_archived]
        wanted = {row.id for row in shown}
        for objective in [key for key in self.cards if key not in wanted]:
            self._drop(objective)
        for place, row in enumerate(shown):
            card = self.cards.get(row.id) or self._made(row.id)
            if self._column.indexOf(card) != place:
                self._column.insertWidget(place, card)
            card.show_objective(row, self.paths.get(row.id), plan=data.plan, checkpoints=data.checkpoints)
        away = len(data.objectives) - len(data.live)
        self.archived.setVisible(away > 0)
        words = "Hide" if self._shows_archived else "Show"
        say(self.archived, f"{words} {numbers.plural(away, 'archived objective', 'archived objectives')}")

    def _made(self, objective: ObjectiveId) -> ObjectiveCard:
        card = self.cards[objective] = ObjectiveCard(self._theme, today=self._today)
        card.edited.connect(partial(self._edit, objective))
        card.archive_wanted.connect(partial(self._archive, objective))
        card.reading_added.connect(partial(self._add_reading, objective))
        card.reading_removed.connect(partial(self._remove_reading, objective))
        return card

    def _drop(self, objective: ObjectiveId) -> None:
        card = self.cards.pop(objective)
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _clear(self) -> None:
        for objective in list(self.cards):
            self._drop(objective)

    def _turn_archived(self) -> None:
        self._shows_archived = not self._shows_archived
        if self._data is not None:
            self._place(self._data)

    # Gestures

    def _do(self, gesture: Gesture) -> None:
        if self._data is not None:
            self._acts.do_in(self._data.plan.id, gesture)

    def _edit(self, objective: ObjectiveId, fields: dict[str, object]) -> None:
        self._do(lambda editor: editor.set_objective(objective, **fields))

    def _archive(self, objective: ObjectiveId, is_archived: bool) -> None:  # noqa: FBT001 - a Qt signal carries it so
        if is_archived and self._data is not None and len(self._data.live) == 1:
            self._context.tell(_LAST)
            return
        self._do(lambda editor: editor.set_objective(objective, is_archived=is_archived))
        if is_archived:
            self._context.tell("Objective archived.", action="edit.undo")

    def _add_reading(self, objective: ObjectiveId, on: date, value: float, note: str) -> None:
        self._do(lambda editor: editor.add_reading(objective, on=on, value=value, note=note))

    def _remove_reading(self, objective: ObjectiveId, on: date) -> None:
        self._do(lambda editor: editor.remove_reading(objective, on=on))
        self._context.tell("Reading removed.", action="edit.undo")

    def _add(self, title: str, measure: str, unit: str, target: float | None) -> None:
        if self._data is None:
            return
        workspace, plan, today = self._context.workspace, self._data.plan, self._today()

        def gesture(editor: "PlanEditor") -> Changes:
            from workbench.plans.drafts import ObjectiveDraft  # noqa: PLC0415 - loads with the first edit

            draft = ObjectiveDraft(title=title, measure=measure, target=target, hand_unit=unit)
            return editor.add_objective(frozen(workspace, draft, plan=plan, today=today))

        self._do(gesture)

    # Measuring

    def _measure(self, data: SheetData) -> None:
        workspace = self._context.workspace
        self.is_measuring = True
        now = workspace.clock.now()
        job = partial(read_paths, workspace.database, plan=data.plan, objectives=data.live, now=now)
        self._context.jobs.run(self, "paths", job, self._on_paths, self._on_failed, stopped=self._on_stopped)

    def _on_paths(self, paths: dict[ObjectiveId, ObjectivePath]) -> None:
        self.is_measuring = False
        self.paths = paths
        if self._data is not None:
            self._place(self._data)
        self.measured.emit()

    def _on_failed(self, error: Exception) -> None:
        self._on_stopped()
        self._context.tell(error_words(error)[0][0])

    def _on_stopped(self) -> None:
        self.is_measuring = False
        self._asked = None


class NewObjective(Card):
    """`wished(title, measure, unit, target)`: what is to be added; the target in the unit of the measure."""

    wished = Signal(str, str, str, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__("Add an objective")
        self._theme = theme
        self.title, self.target, self.unit = QLineEdit(), QLineEdit(), QLineEdit()
        self.measure = ChoiceBox(theme, name="Measure")
        for metric in METRICS:
            self.measure.addItem(metric.title, metric.key)
        self.measure.addItem("Kept by hand", HAND_KEPT)
        self.title.setPlaceholderText("What will be better, or possible")
        self.target.setPlaceholderText("none")
        self.unit.setPlaceholderText("people, points")
        self._problem = ProblemLine(theme)
        self.fields = {
            "title": Field(theme, "Objective", self.title),
            "measure": Field(theme, "Measure", self.measure, hint=" "),
            "unit": Field(theme, "Unit", self.unit),
            "target": Field(theme, "Target", self.target),
        }
        button = push_button("Add the objective", theme=theme, icon="plus", clicked=self.submit)
        row = QGridLayout()
        row.setHorizontalSpacing(12)
        row.addWidget(self.fields["title"], 0, 0, 1, 3)
        for column, name in enumerate(("measure", "unit", "target")):
            row.addWidget(self.fields[name], 1, column, Qt.AlignmentFlag.AlignTop)
        row.setColumnStretch(0, 2)
        row.setColumnStretch(1, 1)
        row.setColumnStretch(2, 1)
        row.setVerticalSpacing(12)
        foot = QHBoxLayout()
        foot.addWidget(self._problem, 1)
        foot.addStretch(1)
        foot.addWidget(button)
        self.body.addLayout(row)
        self.body.addLayout(foot)
        self.measure.currentIndexChanged.connect(self._on_measure)
        for line in (self.title, self.target, self.unit):
            line.returnPressed.connect(self.submit)
        self._on_measure()
        self.setFocusProxy(self.title)

    @property
    def problem(self) -> str:
        """What is said to be missing."""
        return self._problem.text

    def submit(self) -> None:
        """Asks for the objective, or says what is missing."""
        key = str(self.measure.currentData())
        is_hand = key == HAND_KEPT
        plain = self.target.text().strip().rstrip("%").strip()
        target = read_number(plain) if plain else None
        if not self.title.text().strip():
            self._problem.say("An objective needs words, so that everyone knows what is meant.")
            self.title.setFocus()
            return
        if plain and target is None:
            self._problem.say("A target is a number, or nothing.")
            self.target.setFocus()
            return
        self._problem.say("")
        if target is not None and not is_hand and find_metric(key).unit is Unit.SHARE:
            target /= 100
        self.wished.emit(self.title.text().strip(), key, self.unit.text().strip() if is_hand else "", target)
        for line in (self.title, self.target, self.unit):
            line.clear()

    def _on_measure(self) -> None:
        key = str(self.measure.currentData())
        is_hand = key == HAND_KEPT
        self.fields["unit"].setVisible(is_hand)
        formula = "Readings are typed by people: attendance, a survey's score." if is_hand else find_metric(key).formula
        self.fields["measure"].set_hint(formula[0].upper() + formula[1:])


def frozen(workspace: Workspace, draft: "ObjectiveDraft", *, plan: PlanRow, today: date) -> "ObjectiveDraft":
    """The draft with its baseline as it was before day 0; what is kept by hand has its first reading instead."""
    from workbench.operations.plan_measures import measured_before  # noqa: PLC0415 - loads with the first edit
    from workbench.plans.views import Baseline  # noqa: PLC0415 - as above

    if draft.measure == HAND_KEPT:
        return draft
    with workspace.database.read() as reader:
        value = measured_before(reader, [draft], scope=plan.scope, day=min(plan.starts_on, today))[draft.measure]
    baseline = Baseline(value.value, value.numerator, value.denominator, value.coverage, workspace.clock.now())
    return replace(draft, baseline=baseline)
