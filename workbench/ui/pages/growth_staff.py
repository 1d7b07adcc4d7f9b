"""Growth staff: how many people could take part, from which day on and who says so; typed in beside the curve."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.ui import numbers
from workbench.ui.numbers import read_number
from workbench.ui.pages.growth_data import GrowthData
from workbench.ui.theme import SMALL, Theme
from workbench.ui.widgets.buttons import push_button, say, snug
from workbench.ui.widgets.day_field import DayField
from workbench.ui.widgets.field import ProblemLine
from workbench.ui.widgets.lines import LinesLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.ticks import TickBox


class GrowthStaff(QWidget):
    """One line that says what is known; a button opens the fields. `kept(people, day, source, holds before)`."""

    kept = Signal(int, object, str, bool)

    def __init__(self, theme: Theme, *, today: Callable[[], date]) -> None:
        super().__init__()
        self._theme, self._today = theme, today
        self._known = LinesLabel(theme, most=2, size=SMALL, token="second")
        self.opener = push_button("", theme=theme, kind="link", icon="users-three", clicked=self.open_fields)
        snug(self.opener)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._known, 1)
        line.addWidget(self.opener)
        self.people, self.source = QLineEdit(), QLineEdit()
        self.day = DayField(theme, today=today, allows_none=False)
        self.before = TickBox(theme, "It holds for the time before as well")
        self.saver = push_button("Save", theme=theme, kind="primary", clicked=self._keep)
        self._problem = ProblemLine(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self._built_fields())
        self._fields.hide()

    def show_data(self, data: GrowthData, *, is_writable: bool) -> None:
        """Says which head count is in use, or that there is none."""
        counted = data.head_count
        if counted is not None:
            said = (
                f"{numbers.count(counted.people)} people could take part ({counted.source}, {numbers.day(counted.on)}"
                f"{', and before' if counted.holds_before else ''})"
            )
        elif data.head_counts:
            said = f"The first head count holds from {numbers.day(data.head_counts[0].on)} on, after these months."
        elif data.can_have_head_count:
            said = "Nobody has typed in yet how many people could take part, so there is no share."
        else:
            said = "Choose one community, or all, to compare with a head count."
        self._known.set_text(said)
        say(self.opener, "Change" if data.head_counts else "Type it in")
        self.opener.setVisible(data.can_have_head_count and is_writable)
        if self._fields.isHidden() and counted is not None:
            self.people.setText(str(counted.people))
            self.source.setText(counted.source)
            self.before.setChecked(counted.holds_before)

    def open_fields(self) -> None:
        """Shows the fields, the day set to today; the same button puts them away again."""
        if self._fields.isVisible():
            self._fields.hide()
        else:
            self.begin()

    def begin(self) -> None:
        """Shows the fields, the day set to today, and puts the keyboard on them."""
        self.day.set_day(self._today())
        self._problem.say("")
        self._fields.show()
        self.people.setFocus()

    def shut(self) -> bool:
        """Puts the fields away without keeping them; False where they were not open."""
        if self._fields.isHidden():
            return False
        focus: QWidget | None = self.window().focusWidget()
        had_keyboard = focus is not None and self._fields.isAncestorOf(focus)
        self._fields.hide()
        if had_keyboard:
            self.opener.setFocus()
        return True

    def _built_fields(self) -> QWidget:
        self._fields = QWidget()
        grid = QGridLayout(self._fields)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        titles: tuple[tuple[str, QWidget, int], ...] = (
            ("People", self.people, 2),
            ("Counted on", self.day, 3),
            ("Who says so", self.source, 3),
        )
        for place, (title, control, stretch) in enumerate(titles):
            label = PlainLabel(title, role="captionstrong", elides=True)
            label.setBuddy(control)
            control.setAccessibleName(title)
            grid.addWidget(label, 0, place)
            grid.addWidget(control, 1, place)
            grid.setColumnStretch(place, stretch)
        grid.addWidget(self.saver, 1, len(titles))
        grid.addWidget(self.before, 2, 0, 1, len(titles) + 1)
        grid.addWidget(self._problem, 3, 0, 1, len(titles) + 1)
        self.people.setAccessibleName("People who could take part")
        self.people.setPlaceholderText("1200")
        self.source.setPlaceholderText("Staff list")
        for line in (self.people, self.source):
            line.returnPressed.connect(self._keep)
        return self._fields

    def _keep(self) -> None:
        people, day, source = read_number(self.people.text()), self.day.day(), self.source.text().strip()
        if people is None or people < 1 or people != int(people):
            self._problem.say("Type a whole number of people, at least one.")
        elif day is None or self.day.is_wrong:
            self._problem.say("Say on which day they were counted, such as 14 May.")
        elif not source:
            self._problem.say("Say who counted, or which list it is from.")
        else:
            self._fields.hide()
            self.kept.emit(int(people), day, source, self.before.isChecked())
