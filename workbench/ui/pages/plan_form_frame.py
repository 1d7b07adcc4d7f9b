"""FormFrame: the frame of a new plan: its steps as tabs, a line about the draft, and the buttons below."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from workbench.ui.pages.plan_sheet_fields import scrolled
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.field import ProblemLine
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.tabs import Tabs

_START: Final = "Start the plan"


class FormFrame(QWidget):
    """`turned(place)` when another step is shown, `submitted`, `cancelled` and `discarded` by the buttons."""

    turned = Signal(int)
    submitted = Signal()
    cancelled = Signal()
    discarded = Signal()

    def __init__(self, theme: Theme, steps: Mapping[str, QWidget]) -> None:
        super().__init__()
        self._widgets = tuple(steps.values())
        self.tabs = Tabs(steps, name="Steps of a new plan")
        self.problem = ProblemLine(theme)
        self.draft_line = PlainLabel("", role="caption")
        self.discard = push_button("Discard", theme=theme, kind="link", clicked=self.discarded.emit)
        self.start = push_button(_START, theme=theme, kind="primary", clicked=self.submitted.emit)
        self.next = push_button("Next", theme=theme, clicked=lambda: self.go(1))
        self.back = push_button("Back", theme=theme, kind="plain", clicked=lambda: self.go(-1))
        self.leave = push_button("Cancel", theme=theme, kind="plain", clicked=self.cancelled.emit)
        self._stack = QStackedWidget()
        self._areas = [_area(widget) for widget in self._widgets]
        self._build()
        self.tabs.currentChanged.connect(self._on_turned)
        self.tabs.entered.connect(self._take_focus)
        self._on_turned(0)

    def go(self, steps: int) -> None:
        """Turns to the next step, or back, and puts the keyboard there."""
        self.tabs.setCurrentIndex(max(0, min(len(self._widgets) - 1, self.tabs.currentIndex() + steps)))
        self._take_focus()

    def show_concerned(self, place: int, control: QWidget, concerned: QWidget) -> None:
        """Turns to a step, puts the keyboard into a control and brings what is said of it into sight."""
        self.tabs.setCurrentIndex(place)
        control.setFocus(Qt.FocusReason.OtherFocusReason)
        area = self._areas[place]
        # The line that says what is wrong takes its room with the next layout.
        QTimer.singleShot(0, self, lambda: area.ensureWidgetVisible(concerned))

    def show_draft(self, words: str, *, is_draft: bool) -> None:
        """Says what the form begins with; a draft can be thrown away."""
        self.draft_line.setText(words)
        self.discard.setVisible(is_draft)

    def show_busy(self, *, is_busy: bool) -> None:
        """Keeps the button from being pressed twice."""
        self.start.setEnabled(not is_busy)
        self.start.setText("Starting…" if is_busy else _START)

    def _build(self) -> None:
        for area in self._areas:
            self._stack.addWidget(area)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.tabs)
        head.addStretch(1)
        head.addWidget(self.draft_line)
        head.addWidget(self.discard)
        self.discard.hide()
        self.discard.setAccessibleName("Discard the draft")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.leave.setToolTip("What you typed is kept for the next time")
        foot.addWidget(self.leave)
        foot.addWidget(self.problem, 1)
        foot.addStretch(1)
        for button in (self.back, self.next, self.start):
            foot.addWidget(button)
        self.start.setToolTip(f"{_START} (Ctrl+Return)")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)

    def _take_focus(self) -> None:
        self._widgets[self.tabs.currentIndex()].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_turned(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self.back.setVisible(place > 0)
        self.next.setVisible(place < len(self._widgets) - 1)
        self.turned.emit(place)


def _area(widget: QWidget) -> QScrollArea:
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 8, 0)
    column.addWidget(widget)
    return scrolled(inner)
