"""DaysStep: the second step of a new plan: the cards it begins with, its first day, and what a week may ask."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.plans.closed_days import NONE, closed_days
from workbench.plans.horizon import checkpoints
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.plan_holidays import Countries, HolidaysField, read_countries
from workbench.ui.pages.plan_inspector_fields import read_number
from workbench.ui.pages.plan_sheet_fields import SheetLine
from workbench.ui.pages.plan_templates import TemplateChoice
from workbench.ui.sanitiser import line
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.day_field import DayField
from workbench.ui.widgets.day_line import checkpoint_words
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from workbench.plans.drafts import CardDraft

WRONG: Final = {
    "starts_on": "Write a day such as 14 May, today or +7.",
    "weekly_hours": "A number of hours, such as 5.",
    "holidays": "No holidays are known for this. Type a country, or leave it empty.",
}
USUAL_HOURS: Final = 5.0
_MOST_HOURS: Final = 168


class DaysStep(QWidget):
    """`day_chosen` when day 0 is another; `typed` for everything else."""

    day_chosen = Signal()
    typed = Signal()

    def __init__(self, context: Context, *, today: Callable[[], date]) -> None:
        super().__init__()
        self._context, self._theme, self._today = context, context.theme, today
        self._has_countries = self._knows_countries = False
        self.starts_on = DayField(context.theme, today=today, allows_none=False)
        self.weekly_hours, self.holidays = SheetLine(), HolidaysField(context.theme)
        self.templates = TemplateChoice(context)
        self.cards: tuple[CardDraft, ...] = ()
        self._carried = PlainLabel("", role="second", wraps=True)
        theme = context.theme
        self.fields = {
            "starts_on": Field(theme, "Day 0", self.starts_on, hint=" "),
            "weekly_hours": Field(theme, "Hours a week", self.weekly_hours, hint="What one person gives"),
            "holidays": Field(theme, "Holidays of", self.holidays, hint="Nothing falls due on them or on a weekend"),
        }
        when = Card("When")
        row = QHBoxLayout()
        row.setSpacing(12)
        for name, stretch in (("starts_on", 2), ("weekly_hours", 1), ("holidays", 2)):
            row.addWidget(self.fields[name], stretch, Qt.AlignmentFlag.AlignTop)
        when.body.addLayout(row)
        when.body.addWidget(self._carried)
        self._carried.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(when)
        column.addWidget(self.templates, 1)
        self.starts_on.edited.connect(self._on_day)
        self.weekly_hours.left.connect(self.typed)
        self.holidays.left.connect(self.typed)
        self.holidays.textChanged.connect(self._say_days)
        self.setFocusProxy(self.starts_on)

    def begin(self, *, day: date, hours: float = USUAL_HOURS, holidays: str = "") -> None:
        """Shows what is proposed."""
        self.starts_on.set_day(day)
        self.weekly_hours.setText(numbers.decimal(hours))
        self.holidays.offer(holidays)
        self._say_days()
        self.carry(())

    def carry(self, cards: "Sequence[CardDraft]", *, before: str = "") -> None:
        """Says which cards of the plan `before` come along."""
        self.cards = tuple(cards)
        count = len(self.cards)
        plan = f"“{line(before)}”" if before else "the plan before"
        self._carried.setText(
            f"{numbers.plural(count, 'card', 'cards')} of {plan} {'comes' if count == 1 else 'come'} along."
        )
        self._carried.setVisible(count > 0)

    def read_countries(self, owner: QObject) -> None:
        """Fetches the names of countries once, when this step is looked at."""
        if not self._has_countries:
            self._has_countries = True
            self._context.jobs.run(owner, "countries", read_countries, self._on_countries)

    def hours(self) -> float | None:
        """Hours a week; None where no number was typed."""
        hours = read_number(self.weekly_hours.text())
        return hours if hours is not None and 0 < hours <= _MOST_HOURS else None

    def wrong(self) -> dict[str, str]:
        """What is wrong, by field."""
        found = {
            "starts_on": self.starts_on.is_wrong,
            "weekly_hours": self.hours() is None,
            "holidays": self.holidays.code() is None,
        }
        return {name: WRONG[name] for name, is_wrong in found.items() if is_wrong}

    def _on_countries(self, countries: Countries) -> None:
        self._knows_countries = True
        self.holidays.show_countries(countries)
        self._say_days()

    def _on_day(self) -> None:
        self._say_days()
        self.fields["starts_on"].say_problem(WRONG["starts_on"] if self.starts_on.is_wrong else "")
        self.day_chosen.emit()

    def _say_days(self) -> None:
        day = self.starts_on.day()
        # Until the countries are read the library of holidays is not loaded, and loading it here would hold the window.
        closed = closed_days(self.holidays.code() or "") if self._knows_countries else NONE
        last = None if day is None else checkpoints(day, holidays=closed)[-1]
        self.fields["starts_on"].set_hint("" if last is None else f"Day 90 is {checkpoint_words(last)}")
