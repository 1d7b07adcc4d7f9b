"""ComparisonSide: one measure over all the communities compared, and a benchmark typed in with its source."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from workbench.metrics.catalog import find_metric
from workbench.metrics.value import Unit
from workbench.models.changes import Changes
from workbench.models.kinds import CommunityType
from workbench.operations.benchmarks import set_benchmark
from workbench.operations.comparison import ComparedCommunity
from workbench.operations.scorecard import ScoreLine
from workbench.queries.benchmarks import BenchmarkRow
from workbench.ui import numbers
from workbench.ui.directions import isolated
from workbench.ui.pages.comparison_data import benchmark_words
from workbench.ui.pages.person_section import emptied
from workbench.ui.pages.scorecard_words import number_words, standing_words, value_words
from workbench.ui.sanitiser import line as one_line
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.day_field import DayField
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.workspace import Workspace

_HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class TypedBenchmark:
    """A benchmark as it was typed: a number in the unit of its measure, who published it, of which day."""

    value: float
    source: str
    day: date


@dataclass(frozen=True, slots=True)
class BenchmarkEdit:
    """The benchmark of a measure for a type, before and after; None where there is none."""

    key: str
    kind: CommunityType | None
    before: BenchmarkRow | None
    after: BenchmarkRow | None

    @property
    def name(self) -> str:
        """The measure."""
        return find_metric(self.key).title

    @property
    def what(self) -> str:
        """What was edited."""
        return "benchmark"

    def inverse(self) -> "BenchmarkEdit":
        """What takes it back."""
        return replace(self, before=self.after, after=self.before)

    def apply(self, workspace: Workspace) -> Changes:
        """Writes `after`."""
        row = self.after
        if row is None:
            return set_benchmark(workspace, measure=self.key, kind=self.kind, value=None)
        return set_benchmark(
            workspace, measure=self.key, kind=self.kind, value=row.value, source=row.source, day=row.day
        )


class ComparisonSide(QScrollArea):
    """`benchmark_wanted(key, TypedBenchmark or None)` to keep one or take it away; `closed` by its button."""

    closed = Signal()
    benchmark_wanted = Signal(str, object)

    def __init__(self, theme: Theme, *, today: Callable[[], date]) -> None:
        super().__init__()
        self._theme, self._key = theme, ""
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.title = PlainLabel("", role="title", wraps=True)
        self._formula = PlainLabel("", role="second", wraps=True)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(10)
        self.number, self.source = QLineEdit(), QLineEdit()
        self.source.setPlaceholderText("Who published it, where")
        self.day = DayField(theme, today=today)
        self.day.line.setPlaceholderText("14 May, yesterday")
        self._number = Field(theme, "Benchmark", self.number)
        self._source = Field(theme, "Its source", self.source)
        self._day = Field(theme, "Of which date", self.day, hint="Needed, as the source is: numbers age.")
        # What was missing is not said any longer once it is there.
        for line, field in ((self.number, self._number), (self.source, self._source), (self.day.line, self._day)):
            line.textChanged.connect(lambda _text, field=field: field.say_problem(""))
        self._kept = PlainLabel("", role="small", wraps=True)
        self.keeper = push_button("Keep benchmark", theme=theme, kind="primary", clicked=self._keep)
        self.remover = push_button(
            "Remove", theme=theme, kind="plain", clicked=lambda: self.benchmark_wanted.emit(self._key, None)
        )
        self._build()

    def show_measure(
        self, key: str, communities: Sequence[ComparedCommunity], benchmark: BenchmarkRow | None, *, is_writable: bool
    ) -> None:
        """Shows one measure; what is being typed for the same one stays."""
        metric, is_same = find_metric(key), key == self._key
        self._key = key
        self.title.setText(metric.title)
        self.setAccessibleName(metric.title)
        self._formula.setText(metric.formula)
        emptied(self._facts)
        for each in communities:
            self._facts.addWidget(self._fact(each.card.name, _said(each.line(key))))
        self._facts.addWidget(self._fact("What moves this", metric.moves))
        self._facts.addWidget(self._fact("Source", metric.source))
        unit = "in percent" if metric.unit is Unit.SHARE else f"in {metric.unit.value}"
        self._number.set_hint(f"A number from elsewhere, {unit}.")
        self._kept.setText("" if benchmark is None else f"Kept: {benchmark_words(benchmark, metric.unit)}")
        self._kept.setVisible(benchmark is not None)
        self.remover.setVisible(benchmark is not None and is_writable)
        if not is_same:
            self._fill(benchmark, metric.unit)
        for part in (self._number, self._source, self._day, self.keeper):
            part.setVisible(is_writable)

    def say_problem(self, words: str) -> None:
        """Says what is wrong with what was typed."""
        self._number.say_problem(words)

    def _keep(self) -> None:
        value, unit = numbers.read_number(self.number.text().rstrip(" %٪")), find_metric(self._key).unit
        day = self.day.day()
        self._number.say_problem("" if value is not None else "Type a number.")
        self._source.say_problem("" if self.source.text().strip() else "Say who published it.")
        self._day.say_problem("" if day is not None else "Give its date.")
        if value is not None and day is not None and self.source.text().strip():
            number = value / _HUNDRED if unit is Unit.SHARE else value
            self.benchmark_wanted.emit(self._key, TypedBenchmark(number, self.source.text(), day))

    def _fill(self, benchmark: BenchmarkRow | None, unit: Unit) -> None:
        value = None if benchmark is None else benchmark.value
        shown = value * _HUNDRED if value is not None and unit is Unit.SHARE else value
        self.number.setText("" if shown is None else numbers.decimal(shown))
        self.source.setText("" if benchmark is None else benchmark.source)
        self.day.set_day(None if benchmark is None else benchmark.day)
        for field in (self._number, self._source, self._day):
            field.say_problem("")

    def _build(self) -> None:
        inner = QWidget()
        inner.setProperty("ground", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 16, 16, 16)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        close = icon_button("Close", icon="x", theme=self._theme, clicked=self.closed.emit)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self._formula)
        column.addWidget(self._kept)
        for field in (self._number, self._source, self._day):
            column.addWidget(field)
        buttons = QHBoxLayout()
        buttons.addWidget(self.keeper)
        buttons.addWidget(self.remover)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addLayout(self._facts)
        column.addStretch(1)
        self.setWidget(inner)

    def _fact(self, what: str, said: str) -> QWidget:
        fact = QWidget()
        column = QVBoxLayout(fact)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(PlainLabel(isolated(one_line(what)), role="captionstrong", wraps=True))
        column.addWidget(PlainLabel(said, role="second", wraps=True))
        return fact


def _said(line: ScoreLine) -> str:
    """One community's value with what it came from and what it aims at."""
    parts = [value_words(line.now)]
    words = standing_words(line)
    if words:
        parts.append(words.lower())
    if line.explanation.target is not None:
        parts.append(f"target {number_words(line.explanation.target, line.now.unit)}")
    if line.now.unit is Unit.SHARE and line.now.denominator:
        parts.append(f"{numbers.count(line.now.numerator)} of {numbers.count(line.now.denominator)}")
    parts.append(f"{numbers.known_percent(line.explanation.coverage)} of the days known")
    return ", ".join(parts)
