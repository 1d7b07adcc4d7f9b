"""PlanSheet: the plan itself: charter, objectives, checkpoints, looking back; and what is done with a plan."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Final

import shiboken6
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from workbench.clock import local_day
from workbench.ids import PlanId
from workbench.models.changes import Changes
from workbench.ui.context import Context
from workbench.ui.icons import icon
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_cards import PlanCards
from workbench.ui.pages.plan_charter import CharterSection
from workbench.ui.pages.plan_checkpoint import CheckpointSection
from workbench.ui.pages.plan_data import MEASURED, BoardData
from workbench.ui.pages.plan_desk import Gesture
from workbench.ui.pages.plan_looking_back import LookingBackSection
from workbench.ui.pages.plan_objectives import ObjectivesSection
from workbench.ui.pages.plan_sheet_data import SheetData, read_sheet
from workbench.ui.pages.plan_sheet_fields import scrolled
from workbench.ui.pages.plan_start import of_plan
from workbench.ui.pages.plan_template_keep import KeepTemplate
from workbench.ui.widgets.buttons import push_button
from workbench.ui.words import error_words
from workbench.workspace import Workspace

if TYPE_CHECKING:
    from workbench.operations.plan_follow_up import CarriedOver
    from workbench.plans.templates import Template

_NAV_WIDTH: Final = 176
_ROW: Final = 36


class Part(StrEnum):
    """A part of the sheet."""

    CHARTER = "charter"
    OBJECTIVES = "objectives"
    CHECKPOINTS = "checkpoints"
    LOOKING_BACK = "looking_back"


PARTS: Final = {
    Part.CHARTER: ("Charter", "file-text"),
    Part.OBJECTIVES: ("Objectives", "target"),
    Part.CHECKPOINTS: ("Checkpoints", "flag"),
    Part.LOOKING_BACK: ("Looking back", "clock-counter-clockwise"),
}


class PlanSheet(QWidget):
    """A view of the plan; everything is edited in place, saved on leaving a field, and taken back by undo.

    `opened` is there because every view has it: no card is opened from here. `settled` once everything has come.
    """

    opened = Signal(str)
    settled = Signal()

    def __init__(self, context: Context, cards: PlanCards, acts: CardActs) -> None:
        super().__init__()
        self._context, self._theme, self._cards, self._acts = context, context.theme, cards, acts
        self._data: SheetData | None = None
        self._plan_id: PlanId | None = None
        self._waiting: Callable[[], None] | None = None
        self._is_reading = False
        self.charter = CharterSection(context, acts, today=self._today)
        self.objectives = ObjectivesSection(context, acts, today=self._today)
        self.checkpoints = CheckpointSection(context, acts, today=self._today)
        self.looking_back = LookingBackSection(context, acts)
        self.keep = KeepTemplate(context)
        self._sections: dict[Part, CharterSection | ObjectivesSection | CheckpointSection | LookingBackSection] = {
            Part.CHARTER: self.charter,
            Part.OBJECTIVES: self.objectives,
            Part.CHECKPOINTS: self.checkpoints,
            Part.LOOKING_BACK: self.looking_back,
        }
        self.list = QListWidget()
        self._stack = QStackedWidget()
        self._areas: dict[Part, QScrollArea] = {}
        self._build()
        self.list.currentRowChanged.connect(self._on_part)
        self.looking_back.next_wanted.connect(self._on_next)
        self.keep.wished.connect(self._keep)
        self.keep.left.connect(self._leave_keep)
        self.objectives.measured.connect(self._tell_settled)
        self.checkpoints.measured.connect(self._tell_settled)
        context.bus.changed.connect(self._on_changed)

    # What a view offers

    def show_plan(self, data: BoardData, *, today: date) -> None:  # noqa: ARG002 - every view is told the day
        """Reads the whole plan again."""
        if self._plan_id != data.plan.id:
            self._plan_id, self._data = data.plan.id, None
        self._is_reading = True
        job = partial(read_sheet, self._context.workspace.database, plan_id=data.plan.id)
        self._context.jobs.run(self, "sheet", job, self._on_read, self._on_failed, stopped=self._on_stopped)

    def take_focus(self) -> None:
        """Puts the keyboard on the list of parts."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def part(self) -> Part:
        """The part on show."""
        return tuple(Part)[max(0, self.list.currentRow())]

    def is_settled(self) -> bool:
        """Whether everything on show has been read."""
        is_busy = self.objectives.is_measuring or self.checkpoints.is_measuring or self.looking_back.is_reading
        return not (self._is_reading or is_busy)

    def open_part(self, part: Part) -> None:
        """Turns to a part."""
        self.list.setCurrentRow(tuple(Part).index(part))

    def open_checkpoint(self, day: int) -> None:
        """Turns to the checkpoint of a day."""
        self.open_part(Part.CHECKPOINTS)
        self._once_read(lambda: self.checkpoints.open_day(day))

    def open_due(self) -> None:
        """Turns to the first checkpoint that is not locked."""
        self.open_part(Part.CHECKPOINTS)
        self._once_read(self.checkpoints.open_due)
        self.checkpoints.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is done with a plan

    def rename(self) -> None:
        """Goes to the name of the plan."""
        self.open_part(Part.CHARTER)
        line = self.charter.lines["name"]
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        line.selectAll()

    def duplicate(self) -> None:
        """Opens the form for a plan like this one, with its cards on the same days of the plan."""
        self._once_read(self._duplicate)

    def _duplicate(self) -> None:
        if self._data is not None:
            job = partial(made_template, self._context.workspace, self._data.plan.id, self._data.plan.name, "")
            self._context.jobs.run(self, "template", job, self._on_duplicate, self._on_failed)

    def start_keeping(self) -> None:
        """Opens the lines for a template made of this plan."""
        self.open_part(Part.CHARTER)
        self._once_read(self._start_keeping)

    def _start_keeping(self) -> None:
        if self._data is not None:
            self.keep.begin(self._data.plan.name)
            self.keep.show()
            self.keep.title.setFocus(Qt.FocusReason.OtherFocusReason)
            self._areas[Part.CHARTER].verticalScrollBar().setValue(0)

    def archive(self) -> None:
        """Takes the plan out of use and offers the way back: the list shows archived plans on wish."""
        self._do(lambda editor: editor.set_plan(is_archived=True))
        self._context.tell("Plan archived. The list of plans shows it under “Show archived plans”.")

    def _do(self, gesture: Gesture) -> None:
        if self._data is not None:
            self._acts.do_in(self._data.plan.id, gesture)

    def _once_read(self, deed: Callable[[], None]) -> None:
        """At once, or as soon as the plan is read."""
        if self._data is None:
            self._waiting = deed
        else:
            deed()

    # Reading

    def _on_read(self, data: SheetData | None) -> None:
        self._is_reading = False
        if data is None or data.plan.id != self._plan_id:
            return
        self._data = data
        for part in Part:
            if part is self.part:
                self._sections[part].show_sheet(data)
                self._stale.discard(part)
            else:
                self._stale.add(part)
        if self.part is Part.CHARTER:
            self.charter.read_countries()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()
        self._tell_settled()

    def _on_part(self, _place: int) -> None:
        part = self.part
        self._stack.setCurrentWidget(self._areas[part])
        if self._data is not None and part in self._stale:
            self._stale.discard(part)
            self._sections[part].show_sheet(self._data)
        if part is Part.CHARTER:
            self.charter.read_countries()

    def _on_changed(self, changes: Changes) -> None:
        if changes & MEASURED:
            self.objectives.forget_measures()
            self.checkpoints.forget_measures()

    def _on_failed(self, error: Exception) -> None:
        self._is_reading = False
        self._context.tell(error_words(error)[0][0])

    def _on_stopped(self) -> None:
        self._is_reading = False

    def _tell_settled(self) -> None:
        if self.is_settled():
            self.settled.emit()

    # Templates and the next plan

    def _on_next(self, carried: "CarriedOver") -> None:
        if self._data is not None:
            wish = of_plan(self._data, cards=carried.cards, follows=carried.follows)
            self._context.open_page("plans", wish)

    def _on_duplicate(self, template: "Template") -> None:
        if self._data is not None:
            self._context.open_page("plans", of_plan(self._data, template=template))

    def _keep(self, title: str, words: str) -> None:
        if self._data is not None:
            job = partial(kept_template, self._context.workspace, self._data.plan.id, title, words)
            self._context.jobs.run(self, "keep", job, self._on_kept, self._on_failed, lane="plan")

    def _on_kept(self, template: "Template") -> None:
        self._leave_keep()
        self._context.bus.publish(Changes.PREFERENCES)
        self._context.tell(f"Saved as the template “{template.title}”; a new plan can begin with it.")

    def _leave_keep(self) -> None:
        had_focus = self.keep.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self.keep.hide()
        if had_focus:
            self.take_focus()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # A window that closes hides its pages first, and tells fields only later that the keyboard has left.
        if self._data is not None and not event.spontaneous() and shiboken6.isValid(self._context.jobs):
            self._sections[self.part].save()

    # Frame

    def _build(self) -> None:
        self._stale: set[Part] = set(Part)
        theme = self._theme
        self.list.setAccessibleName("Parts of the plan sheet")
        self.list.setProperty("ground", "clear")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for title, picture in PARTS.values():
            self.list.addItem(QListWidgetItem(icon(picture, theme), title))
        self.list.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.list.setFixedHeight(len(PARTS) * theme.px(_ROW) + 8)
        for part, section in self._sections.items():
            inner = QWidget()
            column = QVBoxLayout(inner)
            column.setContentsMargins(2, 2, 10, 12)
            column.setSpacing(12)
            if part is Part.CHARTER:
                column.addWidget(self.keep)
                self.keep.hide()
            column.addWidget(section, 1)
            area = self._areas[part] = scrolled(inner)
            self._stack.addWidget(area)
        side = QVBoxLayout()
        side.setSpacing(2)
        side.addWidget(self.list)
        side.addSpacing(8)
        self.buttons = {
            title: push_button(title, theme=theme, kind="link", icon=picture, clicked=deed)
            for title, picture, deed in self._deeds()
        }
        for button in self.buttons.values():
            button.setProperty("flush", "true")
            side.addWidget(button)
        side.addStretch(1)
        holder = QWidget()
        holder.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        holder.setFixedWidth(theme.px(_NAV_WIDTH))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(holder)
        row.addWidget(self._stack, 1)
        theme.changed.connect(lambda: holder.setFixedWidth(theme.px(_NAV_WIDTH)))
        self.list.setCurrentRow(0)

    def _deeds(self) -> Sequence[tuple[str, str, Callable[[], None]]]:
        return (
            ("Duplicate", "copy-simple", self.duplicate),
            ("Save as template", "stack", self.start_keeping),
            ("Archive plan", "archive", self.archive),
        )

    def _today(self) -> date:
        return local_day(self._context.workspace.clock.now())


def made_template(workspace: Workspace, plan_id: PlanId, title: str, words: str) -> "Template":
    """A template of a plan, which is not kept."""
    from workbench.plans.templates import template_from_plan  # noqa: PLC0415 - opens the document, away from the window

    return template_from_plan(workspace.plans.open(plan_id).view(), title=title, description=words)


def kept_template(workspace: Workspace, plan_id: PlanId, title: str, words: str) -> "Template":
    """A template of a plan, kept among one's own."""
    from workbench.operations.plan_templates import keep_template  # noqa: PLC0415 - as above

    return keep_template(workspace, made_template(workspace, plan_id, title, words))
