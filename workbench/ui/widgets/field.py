"""Field: a label, a control, a quiet hint, and a place for the one line that says what is wrong with it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.ui.theme import SMALL, Theme
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.lines import LinesLabel
from workbench.ui.widgets.plain_label import PlainLabel


class ProblemLine(QWidget):
    """An icon and a sentence in the colour of what is wrong or to be watched; hidden while there is nothing to say."""

    def __init__(self, theme: Theme, *, icon: str = "x-circle", token: str = "bad") -> None:
        super().__init__()
        self._words = LinesLabel(theme, most=3, size=SMALL, token=token)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(6)
        row.addWidget(IconLabel(icon, theme, token=token), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while hidden."""
        return self._words.text

    def say(self, words: str) -> None:
        """Says what is wrong; empty takes it away."""
        self._words.set_text(words)
        self.setVisible(bool(words))


class Field(QWidget):
    """The label belongs to the control: a screen reader says both, and the problem with them."""

    def __init__(
        self, theme: Theme, label: str, control: QWidget, *, hint: str = "", beside: QWidget | None = None
    ) -> None:
        super().__init__()
        self.control = control
        self._label, self._about = label, hint
        title = PlainLabel(label, role="captionstrong")
        title.setBuddy(control)
        control.setAccessibleName(label)
        control.setAccessibleDescription(hint)
        self.hint = PlainLabel(hint, role="caption", wraps=True)
        self._problem = ProblemLine(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(title)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(control, 1)
        if beside is not None:
            row.addWidget(beside)
        column.addLayout(row)
        column.addWidget(self.hint)
        column.addWidget(self._problem)
        self.hint.setVisible(bool(hint))

    @property
    def problem(self) -> str:
        """What is said to be wrong; empty for nothing."""
        return self._problem.text

    def say_problem(self, words: str) -> None:
        """Says what is wrong beside the control; empty takes it away."""
        self._problem.say(words)
        self.control.setAccessibleDescription(words or self._about)

    def set_hint(self, words: str) -> None:
        """Changes the quiet line under the control."""
        self._about = words
        self.hint.setText(words)
        self.hint.setVisible(bool(words))
