"""PlanTimeline: the cards of a plan along its 90 days, by objective or owner if one likes, with the hours they take."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QRect, QSettings, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout
from typing_extensions import override

from workbench.ids import CardId, ObjectiveId
from workbench.plans.closed_days import NONE
from workbench.plans.horizon import checkpoints
from workbench.plans.hours import week_hours
from workbench.queries.plans import CardRow
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_cards import PlanCards
from workbench.ui.pages.plan_data import BoardData
from workbench.ui.pages.plan_days import near
from workbench.ui.pages.plan_shown import ShownNote
from workbench.ui.pages.plan_waiting import WaitingView
from workbench.ui.pages.plan_writes import CardWrites
from workbench.ui.qt_models.card_span import CardSpan, card_span
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import carded
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.new_line import NewLine
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.timeline_layout import lines_of, loads
from workbench.ui.widgets.timeline_view import TimelineView

_GROUP_KEY: Final = "plans/timeline_group"
_ZOOM_KEY: Final = "plans/timeline_zoom"


class GroupBy(StrEnum):
    """What lines are put together by."""

    NONE = "none"
    OBJECTIVE = "objective"
    OWNER = "owner"


class Zoom(StrEnum):
    """How much time is in sight."""

    FIT = "fit"
    WEEK = "week"


_GROUPS: Final = {GroupBy.NONE: "Not grouped", GroupBy.OBJECTIVE: "By objective", GroupBy.OWNER: "By owner"}
_ZOOMS: Final = {Zoom.FIT: "Whole plan", Zoom.WEEK: "Week by week"}


class PlanTimeline(WaitingView):
    """A line for each card that has a day. `opened(id)` asks for the details."""

    opened = Signal(str)

    def __init__(self, context: Context, cards: PlanCards, acts: CardActs) -> None:
        super().__init__(cards)
        self._context, self._acts = context, acts
        self._writes = CardWrites(cards, acts)
        self._objectives: Mapping[ObjectiveId, str] = {}
        self._closed: Container[date] = NONE
        self.view = TimelineView(context.theme)
        self.group = ChoiceBox(context.theme, name="Group the cards")
        self.zoom = ChoiceBox(context.theme, name="Time in sight")
        self.undated = PlainLabel("", role="caption")
        self.line = NewLine(self.view.viewport())
        self._build()
        self._recall()
        self.group.currentIndexChanged.connect(self._on_group)
        self.zoom.currentIndexChanged.connect(self._on_zoom)
        cards.chosen_changed.connect(self._mark)
        self.view.chosen.connect(self._on_chosen)
        self.view.opened.connect(self.opened)
        self.view.moved.connect(self._on_moved)
        self.view.dropped.connect(self._on_dropped)
        self.view.stretched.connect(self._on_stretched)
        self.view.menu_wanted.connect(lambda at: acts.show_menu(self, at))

    def show_plan(self, data: BoardData, *, today: date) -> None:
        """Shows what was read of a plan; place and zoom stay."""
        del today  # the cards know it
        plan = data.plan
        self._objectives = {each.id: each.title for each in data.objectives}
        self._closed = data.closed
        found = checkpoints(plan.starts_on, holidays=self._closed)
        marks = {each.falls_on: f"Day {numbers.count(each.day)}" for each in found}
        self.view.show_plan_days(plan.starts_on, checkpoints=marks, closed=self._closed, limit=plan.weekly_hours)
        self.take_in()

    def take_focus(self) -> None:
        """Puts the keyboard on the chosen card."""
        self.view.setFocus()

    def start_card(self) -> None:
        """Opens a line for a new card, which is due today."""
        self.line.open(QRect(12, 60, 240, 32), done=self._add)

    def finish_line(self) -> None:
        """Adds the card whose title is typed."""
        self.line.finish()

    def _build(self) -> None:
        for box, words in ((self.group, _GROUPS), (self.zoom, _ZOOMS)):
            for value, title in words.items():
                box.addItem(title, value.value)
        theme = self._context.theme
        self.today = push_button("Today", theme=theme, clicked=lambda: self.view.centre(self._cards.today))
        self.zoom.setToolTip("Ctrl and the wheel do the same")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.group)
        head.addWidget(self.zoom)
        head.addStretch(1)
        head.addWidget(ShownNote(theme, self._cards))
        head.addWidget(self.undated)
        head.addWidget(self.today)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(carded(self.view), 1)
        self.setFocusProxy(self.view)

    def _recall(self) -> None:
        group = self.group.findData(str(QSettings().value(_GROUP_KEY, GroupBy.NONE.value)))
        zoom = self.zoom.findData(str(QSettings().value(_ZOOM_KEY, Zoom.FIT.value)))
        self.group.setCurrentIndex(max(0, group))
        self.zoom.setCurrentIndex(max(0, zoom))
        self._set_zoom()

    def _on_group(self) -> None:
        QSettings().setValue(_GROUP_KEY, self.group.currentData())
        self.take_in()

    def _on_zoom(self) -> None:
        QSettings().setValue(_ZOOM_KEY, self.zoom.currentData())
        self._set_zoom()

    def _set_zoom(self) -> None:
        is_fit = self.zoom.currentData() == Zoom.FIT
        self.view.set_fit(is_fit=is_fit)
        self.today.setVisible(not is_fit)

    # What is read

    @override
    def show_cards(self) -> None:
        cards, today = self._cards, self._cards.today
        rows = [cards.rows[card] for card in cards.shown]
        dated = [(row, span) for row in rows if (span := card_span(row, cards.items[row.id], today=today)) is not None]
        hours = week_hours(rows, holidays=self._closed)
        self.view.show_lines(lines_of(self._grouped(dated)), loads=loads(hours), today=today)
        missing = len(rows) - len(dated)
        self.undated.setText(f"{numbers.plural(missing, 'card has', 'cards have')} no day" if missing else "")
        self._mark()

    def _grouped(self, dated: Sequence[tuple[CardRow, CardSpan]]) -> list[tuple[str, list[CardSpan]]]:
        group = self.group.currentData()
        if group == GroupBy.NONE:
            return [("", [span for _row, span in dated])]
        found: dict[str, list[CardSpan]] = {}
        if group == GroupBy.OBJECTIVE:
            found = {title: [] for title in (*self._objectives.values(), "No objective")}
        for row, span in dated:
            objective = "" if row.objective_id is None else self._objectives.get(row.objective_id, "")
            title = (objective or "No objective") if group == GroupBy.OBJECTIVE else row.owner
            found.setdefault(title, []).append(span)
        if group == GroupBy.OBJECTIVE:
            return list(found.items())
        order = sorted(found, key=lambda owner: (not owner, owner.casefold()))
        return [(owner or "Nobody yet", found[owner]) for owner in order]

    def _mark(self) -> None:
        self.view.mark(self._cards.chosen, current=self._cards.current)

    # What people do

    def _add(self, title: str) -> None:
        from workbench.plans.drafts import CardDraft  # noqa: PLC0415 - loads with the first edit

        self._acts.add(CardDraft(title, due_on=self._cards.today), on_top=False)

    def _on_chosen(self, cards: Iterable[CardId], current: str) -> None:
        self._cards.choose(cards, current=CardId(current) if current else None)

    def _on_moved(self, days: int) -> None:
        self._tell(self._acts.shift(days))

    def _on_dropped(self, card: str, days: int) -> None:
        row = self._cards.rows.get(CardId(card))
        if row is not None and row.due_on is not None:
            self._tell(self._writes.put(row.id, near(row.due_on, days)))

    def _tell(self, moved: int) -> None:
        if moved > 1:
            self._context.tell(f"{numbers.count(moved)} cards moved.", action="edit.undo")

    def _on_stretched(self, card: str, first: date, last: date) -> None:
        self._writes.stretch(CardId(card), first=first, last=last)
