"""CardForm: the fields of one card, or what several chosen ones have in common; each is written when it is left."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.ids import ObjectiveId
from workbench.models.kinds import CardColumn, CardKind, Channel, Focus
from workbench.plans.closed_days import NONE
from workbench.plans.horizon import ends_on
from workbench.queries.plans import CardRow
from workbench.ui import numbers
from workbench.ui.pages.plan_inspector_fields import (
    SEVERAL,
    Choice,
    PersonLine,
    SavedLine,
    SavedText,
    holds_focus,
    in_common,
    number_text,
    read_number,
)
from workbench.ui.qt_models.card_item import COLUMN_TITLES, PILLAR_TITLES
from workbench.ui.theme import Theme
from workbench.ui.widgets.field import Field, ProblemLine
from workbench.ui.widgets.plan_day_field import PlanDayField
from workbench.ui.widgets.recurrence_chooser import RecurrenceChooser

KIND_TITLES: Final = {CardKind.ACTIVITY: "Activity", CardKind.COMMITMENT: "Commitment"}
FOCUS_TITLES: Final = {None: "Not said", Focus.PURPOSE: "Purpose", Focus.PEOPLE: "People", Focus.PRACTICE: "Practice"}
CHANNEL_TITLES: Final = {
    None: "Not said", Channel.POST: "Post", Channel.EMAIL: "E-mail", Channel.PAGE: "Intranet page",
    Channel.CALL: "Call", Channel.EVENT: "Event",
}  # fmt: skip
_NO_PILLAR: Final = "No pillar"
_NO_OBJECTIVE: Final = "No objective"
_MOST_HOURS: Final = 10_000
_SATURDAY: Final = 5
_OF_ONE: Final = ("title", "notes", "came_of", "starts_on", "recurrence")
"""What is shown of one card only; several share the rest."""
_TITLES: Final = {
    "title": "Title", "promised_to": "Promised to", "column": "Column", "pillar": "Pillar", "due_on": "Due",
    "hours": "Hours", "owner": "Owner", "objective_id": "Objective", "notes": "Notes", "starts_on": "From",
    "focus": "Works on", "channel": "Channel", "kind": "Kind", "recurrence": "Repeats",
    "came_of": "What came of it",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormPlan:
    """What the fields need to know of the plan."""

    starts_on: date
    closed: Container[date] = NONE
    owners: tuple[str, ...] = ()
    objectives: tuple[tuple[ObjectiveId, str], ...] = ()
    overload: Callable[[Sequence[CardRow], float | None], str] = lambda _cards, _hours: ""
    """Why so many hours for each of these cards are too many; "" where they are not."""


class CardForm(QWidget):
    """`edited(fields)` asks for fields to be written into every card shown, by the names `PlanEditor.set_card` takes.

    A reading that arrives while somebody types leaves the field they are in alone. `asked(line, text)` wants names.
    """

    edited = Signal(dict)
    asked = Signal(object, str)

    def __init__(self, theme: Theme, *, today: Callable[[], date]) -> None:
        super().__init__()
        self._theme, self._today = theme, today
        self._cards: tuple[CardRow, ...] = ()
        self._plan = FormPlan(date.min)
        self.title, self.notes, self.came_of = SavedText(lines=2), SavedText(lines=5), SavedText(lines=2)
        self.owner, self.promised_to = (PersonLine(theme, after_pause=True) for _ in range(2))
        self.due, self.starts = PlanDayField(theme, today=today), PlanDayField(theme, today=today)
        self.hours = SavedLine(after_pause=True)
        self.recurrence = RecurrenceChooser(theme)
        self.choices: dict[str, Choice] = {
            "column": Choice(theme, name="Column", titles=COLUMN_TITLES),
            "pillar": Choice(theme, name="Pillar", titles={None: _NO_PILLAR, **PILLAR_TITLES}),
            "objective_id": Choice(theme, name="Objective", titles={None: _NO_OBJECTIVE}),
            "focus": Choice(theme, name="Works on", titles=FOCUS_TITLES),
            "channel": Choice(theme, name="Channel", titles=CHANNEL_TITLES),
            "kind": Choice(theme, name="Kind", titles=KIND_TITLES),
        }
        controls: dict[str, QWidget] = {
            "title": self.title, "promised_to": self.promised_to, "due_on": self.due, "hours": self.hours,
            "owner": self.owner, "notes": self.notes, "starts_on": self.starts, "recurrence": self.recurrence,
            "came_of": self.came_of, **self.choices,
        }  # fmt: skip
        self.load = ProblemLine(theme, icon="warning-circle", token="watch")
        self.fields = {name: Field(theme, title, controls[name]) for name, title in _TITLES.items()}
        self.column = self.choices["column"]
        self.pillar = self.choices["pillar"]
        self._listen()
        self.setVisible(False)

    @property
    def cards(self) -> tuple[CardRow, ...]:
        """The cards shown."""
        return self._cards

    def show_cards(self, cards: Sequence[CardRow], plan: FormPlan) -> None:
        """Shows one card or several together; the field somebody is in keeps what was typed while these stay."""
        is_same = [card.id for card in self._cards] == [card.id for card in cards]
        if not is_same:
            self.save()
        self._cards, self._plan = tuple(cards), plan
        self.choices["objective_id"].set_titles({None: _NO_OBJECTIVE, **dict(plan.objectives)})
        for line in (self.owner, self.promised_to):
            line.set_near(plan.owners)
        for name, choice in self.choices.items():
            if not is_same or not choice.view().isVisible():
                choice.show_values(self._common(name))
        self._show_lines(is_same=is_same)
        self._show_days(is_same=is_same)
        if not is_same or not self.recurrence.is_in_use:
            self.recurrence.show_values(self._common("recurrence"))
        for name in _OF_ONE:
            self.fields[name].setVisible(len(cards) == 1)
        self.fields["promised_to"].setVisible(self._common("kind") == (CardKind.COMMITMENT,))
        if not is_same:
            for field in self.fields.values():
                field.say_problem("")
        self._hint_days()
        self._say_load()

    def _show_days(self, *, is_same: bool) -> None:
        plan = self._plan
        for field, name, number in ((self.due, "due_on", "due_day"), (self.starts, "starts_on", "starts_day")):
            if not (is_same and self._is_held(name, field)):
                days, counts = self._common(name), self._common(number)
                day = days[0] if len(days) == 1 else None
                counted = counts[0] if len(days) == len(counts) == 1 else None
                field.show_day(day, counted, starts_on=plan.starts_on, closed=plan.closed)
                field.line.setPlaceholderText(SEVERAL if len(days) > 1 else "No date")

    def save(self) -> None:
        """Writes every field that differs from the card."""
        for save in (self._save_title, self._save_hours, self._save_notes, self._save_came_of):
            save()
        self._save_line("owner", self.owner)
        self._save_line("promised_to", self.promised_to)

    def rows(self, parts: Iterable[Sequence[str]], *, places: Mapping[str, QVBoxLayout]) -> QVBoxLayout:
        """Lays fields out, one or two beside each other; `places` takes the room below each row, by field."""
        column = QVBoxLayout()
        column.setSpacing(12)
        for names in parts:
            held = QVBoxLayout()
            held.setSpacing(6)
            row = QHBoxLayout()
            row.setSpacing(8)
            for name, stretch in zip(names, (3, 2) if "hours" in names else (1, 1), strict=False):
                row.addWidget(self.fields[name], stretch, Qt.AlignmentFlag.AlignTop)
            held.addLayout(row)
            for name in names:
                held.addLayout(places[name])
            column.addLayout(held)
        return column

    # Showing

    def _is_held(self, name: str, control: QWidget) -> bool:
        """Whether what was typed stays: somebody is there, or it was refused and is to be mended."""
        return holds_focus(control) or bool(self.fields[name].problem)

    def _common(self, name: str) -> tuple[Any, ...]:
        return in_common([getattr(card, name) for card in self._cards])

    def _show_lines(self, *, is_same: bool) -> None:
        hints: dict[QLineEdit, str] = {
            self.owner: "Nobody yet",
            self.promised_to: "A person or an office",
            self.hours: "Not said",
        }
        lines: dict[str, QLineEdit] = {"owner": self.owner, "promised_to": self.promised_to, "hours": self.hours}
        for name, line in lines.items():
            found = self._common(name)
            line.setPlaceholderText(SEVERAL if len(found) > 1 else hints[line])
            if not (is_same and self._is_held(name, line)):
                line.setText(_typed(found[0]) if len(found) == 1 else "")
        texts: dict[str, SavedText] = {"title": self.title, "notes": self.notes, "came_of": self.came_of}
        for name, box in texts.items():
            if not (is_same and self._is_held(name, box)):
                found = self._common(name)
                text = str(found[0]) if len(found) == 1 else ""
                if box.toPlainText() != text:
                    box.setPlainText(text)

    def _hint_days(self) -> None:
        for name, field in (("due_on", self.due), ("starts_on", self.starts)):
            number = field.number()
            words = [] if number is None else [f"Day {numbers.count(number)} of the plan"]
            if name == "due_on" and len(self._cards) == 1 and (late := self._late(self._cards[0])):
                words.append(f"{numbers.plural(late, 'day', 'days')} late")
            if name == "due_on":
                words += self._doubts(field.day())
            said = ", ".join(words)
            self.fields[name].set_hint(said[:1].upper() + said[1:])

    def _doubts(self, day: date | None) -> list[str]:
        """What makes one ask whether a due day is meant; it is taken all the same."""
        if day is None:
            return []
        last = ends_on(self._plan.starts_on)
        found = [f"after the plan ends on {numbers.short_day(last)}"] if day > last else []
        if day.weekday() >= _SATURDAY:
            return [*found, "on a weekend"]
        return [*found, "on a holiday"] if day in self._plan.closed else found

    def _say_load(self) -> None:
        """While the hours are typed already: what is silently too much is found out in the week itself."""
        text = self.hours.text().strip()
        self.load.say(self._plan.overload(self._cards, read_number(text)) if text else "")

    def _late(self, card: CardRow) -> int:
        is_open = card.column is not CardColumn.DONE
        return max(0, (self._today() - card.due_on).days) if is_open and card.due_on is not None else 0

    # Saving

    def _listen(self) -> None:
        self.title.setPlaceholderText("What is to be done")
        self.notes.setPlaceholderText("Anything worth knowing")
        self.title.left.connect(self._save_title)
        self.came_of.setPlaceholderText("What is different now; it stands in the report")
        self.notes.left.connect(self._save_notes)
        self.came_of.left.connect(self._save_came_of)
        self.hours.left.connect(self._save_hours)
        self.hours.textEdited.connect(self._say_load)
        for name, line in (("owner", self.owner), ("promised_to", self.promised_to)):
            line.left.connect(lambda name=name, line=line: self._save_line(name, line))
            line.asked.connect(lambda text, line=line: self.asked.emit(line, text))
        for name, choice in self.choices.items():
            choice.edited.connect(lambda name=name, choice=choice: self._write(name, choice.value()))
        self.due.edited.connect(self._save_due)
        self.starts.edited.connect(self._save_starts)
        for field in (self.due, self.starts):
            field.counted_changed.connect(self._hint_days)
        self.recurrence.edited.connect(self._save_recurrence)

    def _write(self, name: str, value: object) -> None:
        if any(getattr(card, name) != value for card in self._cards):
            self.edited.emit({name: value})

    def _save_title(self) -> None:
        if len(self._cards) != 1:
            return
        title = " ".join(self.title.toPlainText().split())
        self.fields["title"].say_problem("" if title else "A card needs a title, so that everyone knows what to do.")
        if title:
            self._write("title", title)

    def _save_notes(self) -> None:
        if len(self._cards) == 1:
            self._write("notes", self.notes.toPlainText().rstrip())

    def _save_came_of(self) -> None:
        if len(self._cards) == 1:
            self._write("came_of", self.came_of.toPlainText().strip())

    def _save_line(self, name: str, line: QLineEdit) -> None:
        text = " ".join(line.text().split())
        if text or len(self._common(name)) == 1:
            self._write(name, text)

    def _save_hours(self) -> None:
        text = self.hours.text().strip()
        hours = read_number(text) if text else None
        is_wrong = bool(text) and (hours is None or not 0 <= hours <= _MOST_HOURS)
        self.fields["hours"].say_problem("A number of hours, such as 1.5." if is_wrong else "")
        if not is_wrong and (text or len(self._common("hours")) == 1):
            self._write("hours", hours)

    def _save_due(self) -> None:
        if self._refused("due_on", self.due):
            return
        day = self.due.day()
        fields = _said("due", day, self.due.number())
        if len(self._cards) == 1:
            card = self._cards[0]
            if (card.due_on, card.due_day) == (day, self.due.number()):
                return
            if card.starts_on is not None and (day is None or card.starts_on > day):
                # A window that would end before it begins has no beginning of its own any more.
                fields["starts_on"] = None
        self.edited.emit(fields)

    def _save_starts(self) -> None:
        card = self._cards[0] if len(self._cards) == 1 else None
        if card is None or self._refused("starts_on", self.starts):
            return
        day = self.starts.day()
        if day is not None and (card.due_on is None or day > card.due_on):
            why = "Say first when it is due." if card.due_on is None else "It would begin after it is due."
            self.fields["starts_on"].say_problem(why)
            return
        if (card.starts_on, card.starts_day) != (day, self.starts.number()):
            self.edited.emit(_said("starts", day, self.starts.number()))

    def _save_recurrence(self) -> None:
        found = self.recurrence.recurrence()
        has_day = bool(self._cards) and self._cards[0].due_on is not None
        self.fields["recurrence"].say_problem("" if has_day or found is None else "Say first when it is due.")
        if has_day or found is None:
            self._write("recurrence", found)

    def _refused(self, name: str, field: PlanDayField) -> bool:
        self.fields[name].say_problem("Write a day such as 14 May, +7 or day 22." if field.is_wrong else "")
        return field.is_wrong


def _typed(value: object) -> str:
    return number_text(value) if isinstance(value, float | int) else str(value or "")


def _said(name: str, day: date | None, number: int | None) -> dict[str, object]:
    return {f"{name}_on": day} if number is None else {f"{name}_day": number}
