"""TimesChoice: of a card that comes back, whether an edit is meant for this time or for all; and the days for all."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from workbench.queries.plans import CardRow
from workbench.ui import numbers
from workbench.ui.qt_models.card_item import series_words
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from workbench.plans.views import CardView

_DAYS: Final = frozenset({"due_on", "due_day", "starts_on", "starts_day"})


class TimesChoice(QWidget):
    """Hidden for a card that does not come back; with each card it begins with this time alone."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._words = PlainLabel("", role="small", wraps=True)
        self.one = push_button("Only this time", theme=theme)
        self.all = push_button("All times", theme=theme)
        self._group = QButtonGroup(self)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(IconLabel("repeat", theme))
        head.addWidget(self._words, 1)
        row = QHBoxLayout()
        row.setSpacing(4)
        for button, which in ((self.one, "this time"), (self.all, "all times")):
            what = f"What you change here is for {which}"
            button.setCheckable(True)
            button.setToolTip(what)
            button.setAccessibleDescription(what)
            self._group.addButton(button)
            row.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(row)
        self.one.setChecked(True)
        self.hide()

    @property
    def is_all(self) -> bool:
        """Whether all times are meant."""
        return self.all.isChecked()

    def show_card(self, card: CardRow | None, *, times: int, is_same: bool) -> None:
        """Shows which time a card is; None hides the choice."""
        is_series = card is not None and card.series_id is not None
        if not is_same or not is_series:
            self.one.setChecked(True)
        if card is not None and is_series:
            often = "Came back" if card.recurrence is None else series_words(card.recurrence.every_days)
            self._words.setText(f"{often}: time {numbers.count(card.occurrence + 1)} of {numbers.count(times)}")
        self.setVisible(is_series)


def for_all_times(fields: Mapping[str, object], *, card: "CardView | CardRow", common: "CardView") -> dict[str, object]:
    """The fields as `set_series` takes them: a day of one time becomes that of the first, as far ahead or back.

    `common` is what all times have in common, with the days of the first.
    """
    found = {name: value for name, value in fields.items() if name not in _DAYS}
    for name in ("due", "starts"):
        on, day = f"{name}_on", f"{name}_day"
        if on not in fields and day not in fields:
            continue
        was_on, was_day = getattr(card, on), getattr(card, day)
        first_on, first_day = getattr(common, on), getattr(common, day)
        new = fields.get(day, fields.get(on))
        step = _step(new, was=was_day if isinstance(new, int) else was_on)
        if step is None or (first_on is None and first_day is None):
            found[day if isinstance(new, int) else on] = new
        elif first_day is not None:
            found[day] = first_day + step
        else:
            found[on] = first_on + timedelta(days=step)
    return found


def _step(new: object, *, was: object) -> int | None:
    if isinstance(new, int) and isinstance(was, int):
        return new - was
    if new is None or was is None or isinstance(new, int) or isinstance(was, int):
        return None
    days: timedelta = new - was  # type: ignore[operator]  # two days, as checked above
    return days.days
