"""CharterSection: the charter of a plan, edited in place; a field is saved when it is left, and undo takes it back."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from workbench.ids import PlanId
from workbench.plans.horizon import LAST_DAY, CheckpointDay, ends_on
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.plan_acts import CardActs
from workbench.ui.pages.plan_desk import Gesture
from workbench.ui.pages.plan_holidays import HolidaysField, read_countries
from workbench.ui.pages.plan_inspector_fields import read_number
from workbench.ui.pages.plan_roles import RolesEditor
from workbench.ui.pages.plan_sheet_data import SheetData
from workbench.ui.pages.plan_sheet_fields import SheetLine, SheetText
from workbench.ui.pages.plan_wish import WHY
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.completer_list import complete
from workbench.ui.widgets.day_field import DayField
from workbench.ui.widgets.day_line import checkpoint_words
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.tab_order import in_tab_order

_TWO_FROM: Final = 700
_MOST_HOURS: Final = 168
_LINES: Final = {
    "name": ("Name", ""),
    "owner": ("Owner", "Who answers for it"),
    "sponsor": ("Sponsor", "Who stands behind it"),
    "community_name": ("Community", "All communities"),
}
_TEXTS: Final = {
    "purpose": ("Purpose", "What will be different after 90 days, and for whom?", 3),
    "problem": ("Problem it serves", "What goes wrong today?", 2),
    "value_for_organisation": ("Value for the organisation", "What does it save, prevent or make possible?", 2),
    "value_for_members": ("Value for members", "They are not paid for it: what is in it for them?", 2),
    "alignment": ("Strategic alignment", "Which goal of the organisation does it serve?", 2),
    "risks": ("Risks", "One to a line", 3),
}
_NOT_HERE: Final = "Not mirrored here, so nothing is known of its numbers"
_NEEDED: Final = frozenset({"name", "purpose", "owner"})


class CharterSection(QWidget):
    """What a plan is for, what it brings, who does what, and when."""

    def __init__(self, context: Context, acts: CardActs, *, today: Callable[[], date]) -> None:
        super().__init__()
        self._context, self._theme, self._acts = context, context.theme, acts
        self._data: SheetData | None = None
        self._is_wide: bool | None = None
        self._has_countries = False
        self.lines = {name: SheetLine() for name in _LINES}
        self.texts = {name: SheetText(lines=lines) for name, (_, _, lines) in _TEXTS.items()}
        self.starts_on = DayField(context.theme, today=today, allows_none=False)
        self.weekly_hours, self.holidays = SheetLine(), HolidaysField(context.theme)
        self.roles = RolesEditor(context.theme)
        self._communities, self._people = QStringListModel(self), QStringListModel(self)
        self.fields = self._built_fields()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        self._cards = self._built_cards()
        self._listen()
        self._arrange()
        self._order()
        self.setFocusProxy(self.lines["name"])

    def show_sheet(self, data: SheetData) -> None:
        """Shows what is stored; the field under the keyboard keeps what was typed while it stays the same plan."""
        is_other = self._data is None or self._data.plan.id != data.plan.id
        self._data = data
        plan = data.plan
        if is_other:
            for field in self.fields.values():
                field.say_problem("")
        controls: dict[str, SheetLine | SheetText] = {**self.lines, **self.texts}
        for name, control in controls.items():
            if is_other:
                control.put(getattr(plan, name))
            # What was refused stays with the words that say why, to be mended.
            if not self.fields[name].problem:
                control.offer(getattr(plan, name))
        if is_other or not (self.starts_on.line.hasFocus() or self.starts_on.is_wrong):
            self.starts_on.set_day(plan.starts_on)
        if not self.fields["weekly_hours"].problem:
            self.weekly_hours.offer(numbers.decimal(plan.weekly_hours))
        if not self.fields["holidays"].problem:
            self.holidays.offer(plan.holidays)
        self.roles.show_roles(plan.roles, people=data.people)
        self._communities.setStringList(list(data.communities))
        self._people.setStringList(list(data.people))
        self.fields["community_name"].set_hint("" if plan.is_here else _NOT_HERE)
        last = CheckpointDay(LAST_DAY, ends_on(plan.starts_on), data.checkpoints[-1].falls_on)
        follows = f" It follows “{data.before}”." if data.before else ""
        self.fields["starts_on"].set_hint(f"Day 90 is {checkpoint_words(last)}.{follows}")

    def save(self) -> None:
        """Writes whatever differs from what is stored."""
        for name in (*self.lines, *self.texts):
            self._save(name)

    def read_countries(self) -> None:
        """Fetches the names of countries once, when the charter is looked at."""
        if not self._has_countries:
            self._has_countries = True
            self._context.jobs.run(self, "countries", read_countries, self.holidays.show_countries)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _built_fields(self) -> dict[str, Field]:
        theme = self._theme
        found = {name: Field(theme, title, self.lines[name]) for name, (title, _) in _LINES.items()}
        found |= {name: Field(theme, title, self.texts[name]) for name, (title, _, _) in _TEXTS.items()}
        for name, (_, hint) in _LINES.items():
            self.lines[name].setPlaceholderText(hint)
        for name, (_, hint, _) in _TEXTS.items():
            self.texts[name].setPlaceholderText(hint)
        for name, model in (("owner", self._people), ("sponsor", self._people), ("community_name", self._communities)):
            complete(self.lines[name], model, theme)
        return found | {
            "starts_on": Field(theme, "Day 0", self.starts_on, hint=" "),
            "weekly_hours": Field(theme, "Hours a week", self.weekly_hours, hint="What one person gives"),
            "holidays": Field(theme, "Holidays of", self.holidays, hint="Nothing falls due on them or on a weekend"),
        }

    def _built_cards(self) -> tuple[Card, ...]:
        parts = {
            "What it is for": ("name", "purpose", "problem", "community_name"),
            "What it brings": ("value_for_organisation", "value_for_members", "alignment", "risks"),
            "Who does what": ("owner", "sponsor"),
            "When": ("starts_on", "weekly_hours", "holidays"),
        }
        cards = []
        for title, names in parts.items():
            card = Card(title)
            card.body.setSpacing(12)
            for name in names:
                card.body.addWidget(self.fields[name])
            if title == "Who does what":
                card.body.addWidget(Field(self._theme, "Roles", self.roles))
            card.body.addStretch(1)
            cards.append(card)
        return tuple(cards)

    def _arrange(self) -> None:
        is_wide = self.width() >= self._theme.px(_TWO_FROM)
        if is_wide is self._is_wide:
            return
        self._is_wide = is_wide
        for card in self._cards:
            # Not `takeAt`: an item it leaves behind would go on hearing in place of the new one that heights change.
            self._grid.removeWidget(card)
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, *(divmod(place, 2) if is_wide else (place, 0)))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if is_wide else 0)
        self._grid.setRowStretch(len(self._cards), 1)

    def _order(self) -> None:
        """Tab goes down each card, and through the cards as they are read."""
        lines, texts = self.lines, self.texts
        in_tab_order([
            lines["name"], texts["purpose"], texts["problem"], lines["community_name"],
            texts["value_for_organisation"], texts["value_for_members"], texts["alignment"], texts["risks"],
            lines["owner"], lines["sponsor"], self.roles.add,
            *self.starts_on.controls, self.weekly_hours, self.holidays,
        ])  # fmt: skip
        self.roles.follow(lines["sponsor"])

    # Saving

    def _listen(self) -> None:
        for name, line in self.lines.items():
            line.left.connect(partial(self._save, name))
        for name, text in self.texts.items():
            text.left.connect(partial(self._save, name))
        self.starts_on.edited.connect(self._save_day)
        self.weekly_hours.left.connect(self._save_hours)
        self.holidays.left.connect(self._save_holidays)
        self.roles.edited.connect(lambda roles: self._write(roles=roles))

    def _do(self, gesture: Gesture) -> None:
        if self._data is not None:
            self._acts.do_in(self._data.plan.id, gesture)

    def _write(self, **fields: object) -> None:
        plan = None if self._data is None else self._data.plan
        changed = {name: value for name, value in fields.items() if plan is not None and getattr(plan, name) != value}
        if changed:
            self._do(lambda editor: editor.set_plan(**changed))

    def _save(self, name: str) -> None:
        if self._data is None:
            return
        control: SheetLine | SheetText = self.lines.get(name) or self.texts[name]
        value = control.text().strip()
        problem = WHY[name] if name in _NEEDED and not value else ""
        if name == "community_name" and value and value not in self._data.communities:
            problem = "" if value == self._data.plan.community_name else WHY["community"]
        self.fields[name].say_problem(problem)
        if not problem:
            self._write(**{name: value})

    def _save_day(self) -> None:
        self.fields["starts_on"].say_problem(WHY["starts_on"] if self.starts_on.is_wrong else "")
        day = self.starts_on.day()
        if self._data is None or self.starts_on.is_wrong or day in {None, self._data.plan.starts_on}:
            return
        plan_id = self._data.plan.id
        refused = partial(self._put_day_back, plan_id)
        self._acts.do_in(plan_id, lambda editor: editor.set_plan(starts_on=day), refused=refused)

    def _put_day_back(self, plan_id: PlanId) -> None:
        """A day 0 that was refused is not left standing as if it were taken, even under the keyboard."""
        if self._data is not None and self._data.plan.id == plan_id:
            self.starts_on.set_day(self._data.plan.starts_on)

    def _save_hours(self) -> None:
        hours = read_number(self.weekly_hours.text())
        is_wrong = hours is None or not 0 < hours <= _MOST_HOURS
        self.fields["weekly_hours"].say_problem("A number of hours, such as 5." if is_wrong else "")
        if not is_wrong:
            self._write(weekly_hours=hours)

    def _save_holidays(self) -> None:
        code = self.holidays.code()
        words = "" if code is not None else "No holidays are known for this. Type a country, or leave it empty."
        self.fields["holidays"].say_problem(words)
        if code is not None:
            self._write(holidays=code)
