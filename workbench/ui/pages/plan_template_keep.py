"""Keep template: a title and a few words for a plan that is to be kept as a template."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from workbench.ui.context import Context
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.plain_label import PlainLabel


class KeepTemplate(Card):
    """`wished(title, words)` when it is asked for, `left` without."""

    wished = Signal(str, str)
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__("Save this plan as a template")
        theme = context.theme
        self.title, self.words = QLineEdit(), QLineEdit()
        self.title.setPlaceholderText("Welcome week")
        self.words.setPlaceholderText("What it is good for")
        self._named = Field(theme, "Title", self.title)
        about = PlainLabel(
            "Its cards and objectives are kept with days counted from day 0. Owners, sponsor and who was promised "
            "something are left out; titles and notes stay as they are written.",
            role="second",
            wraps=True,
        )
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(push_button("Cancel", theme=theme, kind="plain", clicked=self.left.emit))
        foot.addWidget(push_button("Save the template", theme=theme, kind="primary", clicked=self.submit))
        for widget in (about, self._named, Field(theme, "Description", self.words)):
            self.body.addWidget(widget)
        self.body.addLayout(foot)
        for line in (self.title, self.words):
            line.returnPressed.connect(self.submit)
        self.setFocusProxy(self.title)

    @property
    def problem(self) -> str:
        """What is said to be missing."""
        return self._named.problem

    def begin(self, name: str) -> None:
        """Proposes the name of the plan."""
        self.title.setText(name)
        self.title.selectAll()
        self.words.clear()
        self._named.say_problem("")

    def submit(self) -> None:
        """Asks for the template, or says what is missing."""
        title = self.title.text().strip()
        self._named.say_problem("" if title else "A template needs a title, by which it is found again.")
        if title:
            self.wished.emit(title, self.words.text().strip())
