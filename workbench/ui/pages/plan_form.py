"""PlanForm: starting a plan: name, community, purpose, owner, measures, day 0; refuses in words beside the field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from workbench.ids import CommunityId
from workbench.plans.horizon import checkpoints
from workbench.ui.pages.plan_data import MeasureOffer, Outlook
from workbench.ui.pages.plan_measures import Chosen, MeasureChoices
from workbench.ui.pages.plan_words import outlook_words
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.day_field import DayField
from workbench.ui.widgets.day_line import checkpoint_words
from workbench.ui.widgets.field import Field, ProblemLine
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.ticks import TickBox

_TWO_COLUMNS_FROM: Final = 820
WHY: Final = {
    "name": "A plan needs a name, by which people and reports call it.",
    "purpose": "A plan needs a purpose: without one nobody can say after 90 days whether it worked.",
    "owner": "A plan needs an owner: work that belongs to nobody is not done by anybody.",
    "measures": "A plan needs at least one measure: without a number nobody can show what changed.",
    "taken": "Another plan has this name already; people and reports tell plans apart by it.",
    "community": "There is no community of this name here. Leave the field empty for all communities.",
    "starts_on": "Write a day such as 14 May, today or +7.",
    "target": "A target is a number, or nothing: {measures}.",
}


@dataclass(frozen=True, slots=True)
class PlanWish:
    """A plan to be started, complete and checked as far as the form can."""

    name: str
    community: str | None
    purpose: str
    owner: str
    measures: tuple[Chosen, ...]
    starts_on: date
    with_starter_cards: bool


class PlanForm(QWidget):
    """`wished(PlanWish)` once everything needed is there; `community_chosen(id or None)` asks for that one's values.

    `outlook_wanted(id or None, day 0)` asks what would be frozen as the baseline.
    """

    wished = Signal(PlanWish)
    cancelled = Signal()
    community_chosen = Signal(object)
    outlook_wanted = Signal(object, object)

    def __init__(self, theme: Theme, *, today: Callable[[], date]) -> None:
        super().__init__()
        self._theme, self._today = theme, today
        self._communities: dict[str, CommunityId] = {}
        self._taken: frozenset[str] = frozenset()
        self._asked: CommunityId | None = None
        self._has_tried = False
        self._is_wide: bool | None = None
        self.name, self.community, self.owner = QLineEdit(), QLineEdit(), QLineEdit()
        self.purpose = _Purpose()
        self.starts_on = DayField(theme, today=today, allows_none=False)
        self.starter = TickBox(theme, "Begin with the starter cards")
        self.starter.setToolTip("About five hours a week: listen for 30 days, activate for 30, show value for 30")
        self.measures = MeasureChoices(theme)
        self._outlook: Outlook | None = None
        self._unknown = PlainLabel("", role="small", wraps=True)
        self._names = QStringListModel(self)
        self.fields = self._built_fields()
        self._measure_problem, self._foot_problem = ProblemLine(theme), ProblemLine(theme)
        self._start = push_button("Start the plan", theme=theme, kind="primary", clicked=self.submit)
        self._grid, self._area = QGridLayout(), QScrollArea()
        self._about, self._numbers = self._built_about(), self._built_numbers()
        self._build()
        self._listen()
        self.setFocusProxy(self.name)

    def begin(
        self, *, communities: Mapping[CommunityId, str], plans: Sequence[str], community: CommunityId | None, owner: str
    ) -> None:
        """Empties the form for a new plan; `community` and `owner` are proposed."""
        self._communities = {name: key for key, name in communities.items()}
        self._taken = frozenset(name.strip().casefold() for name in plans)
        self._names.setStringList(sorted(self._communities, key=str.casefold))
        self._has_tried = False
        for line in (self.name, self.owner):
            line.clear()
        self.owner.setText(owner)
        self.purpose.clear()
        self.community.setText("" if community is None else communities.get(community, ""))
        self.starts_on.set_day(self._today())
        self.starter.setChecked(True)
        self.measures.clear()
        self._check()
        self._say_days()
        self._asked = self._community()
        self.community_chosen.emit(self._asked)
        self._ask_outlook()

    def show_offers(self, offers: Sequence[MeasureOffer]) -> None:
        """Shows the values of the community in the form."""
        self.measures.show_offers(offers)

    def show_outlook(self, outlook: Outlook) -> None:
        """Says beside the measures when their baselines would be empty."""
        self._outlook = outlook
        self._say_unknown()

    @property
    def warning(self) -> str:
        """What is said of empty baselines; nothing where there is nothing to say."""
        return self._unknown.text()

    def show_busy(self, *, is_busy: bool) -> None:
        """Keeps the button from being pressed twice."""
        self._start.setEnabled(not is_busy)
        self._start.setText("Starting…" if is_busy else "Start the plan")

    def show_failure(self, words: str) -> None:
        """Says what the program found that the form could not."""
        self._foot_problem.say(words)

    def problems(self) -> dict[str, str]:
        """What is said to be wrong, by field."""
        said = {name: field.problem for name, field in self.fields.items()} | {"measures": self._measure_problem.text}
        return {name: words for name, words in said.items() if words}

    def submit(self) -> None:
        """Asks for the plan, or says what is missing and goes to the first field concerned."""
        self._has_tried = True
        self._foot_problem.say("")
        found = self._check()
        if found:
            first = next(name for name in (*self.fields, "measures") if name in found)
            control = self.measures if first == "measures" else self.fields[first].control
            control.setFocus(Qt.FocusReason.OtherFocusReason)
            concerned = self._measure_problem if first == "measures" else self.fields[first]
            # The line that says what is wrong takes its room with the next layout.
            QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(concerned))
            return
        day = self.starts_on.day() or self._today()
        self.wished.emit(
            PlanWish(
                name=self.name.text().strip(),
                community=self.community.text().strip() or None,
                purpose=self.purpose.toPlainText().strip(),
                owner=self.owner.text().strip(),
                measures=self.measures.chosen(),
                starts_on=day,
                with_starter_cards=self.starter.isChecked(),
            )
        )

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_submit(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_submit(event):
            self.submit()
            return
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _built_fields(self) -> dict[str, Field]:
        self.name.setPlaceholderText("Safe water at school")
        self.community.setPlaceholderText("All communities, or type part of a name")
        self.owner.setPlaceholderText("Who answers for it")
        self.purpose.setPlaceholderText("What will be different after 90 days, and for whom?")
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.community.setCompleter(completer)
        theme = self._theme
        return {
            "name": Field(theme, "Name", self.name),
            "community": Field(theme, "Community", self.community),
            "purpose": Field(theme, "Purpose", self.purpose),
            "owner": Field(theme, "Owner", self.owner),
            "starts_on": Field(theme, "Day 0", self.starts_on, hint=" "),
        }

    def _built_about(self) -> Card:
        card = Card("What it is for")
        card.body.setSpacing(12)
        for name in ("name", "community", "purpose"):
            card.body.addWidget(self.fields[name])
        row = QHBoxLayout()
        row.setSpacing(12)
        for name in ("owner", "starts_on"):
            row.addWidget(self.fields[name], 1, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(row)
        card.body.addWidget(self.starter)
        card.body.addStretch(1)
        return card

    def _built_numbers(self) -> Card:
        card = Card("What will show that it worked", "Tick one to three")
        card.body.addWidget(self._measure_problem)
        card.body.addWidget(self._unknown)
        card.body.addWidget(self.measures)
        card.body.addStretch(1)
        return card

    def _build(self) -> None:
        inner = QWidget()
        inner.setProperty("ground", "clear")
        self._grid.setSpacing(16)
        self._grid.setContentsMargins(0, 0, 0, 0)
        inner.setLayout(self._grid)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inner)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._foot_problem, 1)
        foot.addStretch(1)
        foot.addWidget(push_button("Cancel", theme=self._theme, kind="plain", clicked=self.cancelled.emit))
        foot.addWidget(self._start)
        self._start.setToolTip("Start the plan (Ctrl+Return)")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._area, 1)
        column.addLayout(foot)

    def _arrange(self) -> None:
        is_wide = self.width() >= self._theme.px(_TWO_COLUMNS_FROM)
        if is_wide is self._is_wide:
            return
        self._is_wide = is_wide
        while self._grid.takeAt(0) is not None:
            pass
        self._grid.addWidget(self._about, 0, 0)
        self._grid.addWidget(self._numbers, 0 if is_wide else 1, 1 if is_wide else 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if is_wide else 0)

    def _listen(self) -> None:
        for line in (self.name, self.owner, self.community):
            line.textChanged.connect(self._on_typed)
            line.returnPressed.connect(self.focusNextChild)
        self.purpose.textChanged.connect(self._on_typed)
        self.measures.changed.connect(self._on_typed)
        self.measures.changed.connect(self._say_unknown)
        self.starts_on.edited.connect(self._on_day)

    def _on_typed(self) -> None:
        if self._has_tried:
            self._check()
        wanted = self._community()
        if wanted != self._asked:
            self._asked = wanted
            self.community_chosen.emit(wanted)
            self._ask_outlook()

    def _on_day(self) -> None:
        self._say_days()
        self._ask_outlook()
        words = WHY["starts_on"] if self.starts_on.is_wrong else ""
        self.fields["starts_on"].say_problem(words)

    def _say_days(self) -> None:
        day = self.starts_on.day()
        said = "" if day is None else f"Day 90 is {checkpoint_words(checkpoints(day)[-1])}"
        self.fields["starts_on"].set_hint(said)

    def _ask_outlook(self) -> None:
        self._outlook = None
        self._say_unknown()
        day = self.starts_on.day()
        if day is not None:
            self.outlook_wanted.emit(self._asked, day)

    def _say_unknown(self) -> None:
        """Of the ticked measures; while none is ticked, of all that could be."""
        keys = [chosen.key for chosen in self.measures.chosen()] or list(self.measures.rows)
        is_one, outlook = self._asked is not None, self._outlook
        self._unknown.setText("" if outlook is None else outlook_words(outlook, keys, is_one=is_one))
        self._unknown.setVisible(bool(self._unknown.text()))

    def _community(self) -> CommunityId | None:
        return self._communities.get(self.community.text().strip())

    def _check(self) -> dict[str, str]:
        """Says what is missing beside each field, once somebody has tried to start; answers it by field."""
        found: dict[str, str] = {}
        if self._has_tried:
            name, community = self.name.text().strip(), self.community.text().strip()
            wrong = self.measures.wrong_targets()
            checks = {
                "name": WHY["taken"] if name.casefold() in self._taken else "" if name else WHY["name"],
                "community": WHY["community"] if community and community not in self._communities else "",
                "purpose": "" if self.purpose.toPlainText().strip() else WHY["purpose"],
                "owner": "" if self.owner.text().strip() else WHY["owner"],
                "starts_on": WHY["starts_on"] if self.starts_on.is_wrong else "",
                "measures": WHY["target"].format(measures=", ".join(wrong)) if wrong else "",
            }
            if not self.measures.chosen():
                checks["measures"] = WHY["measures"]
            found = {key: words for key, words in checks.items() if words}
        for key, field in self.fields.items():
            field.say_problem(found.get(key, ""))
        self._measure_problem.say(found.get("measures", ""))
        return found


class _Purpose(QPlainTextEdit):
    """Three lines; Tab goes on to the next field."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(3 * self.fontMetrics().lineSpacing() + 26)


def _is_submit(event: QKeyEvent) -> bool:
    is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return is_control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
