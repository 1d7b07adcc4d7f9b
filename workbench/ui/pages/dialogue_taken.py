"""Dialogue taken along: the cards of the page as pictures and tables, without figures of fewer than five people."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.metrics.disclosure import is_withheld, told_parts
from workbench.metrics.value import Value
from workbench.operations.scorecard import Scorecard, ScoreLine
from workbench.operations.standing import Standing
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.dialogue_data import BEHAVIOURS, GAUGES, RESILIENCE, DialogueView
from workbench.ui.pages.dialogue_heat import HEAT_WORDS, HeatCard
from workbench.ui.pages.dialogue_words import marks_of, means, sentence, title_of
from workbench.ui.pages.known_note import known_words_on
from workbench.ui.pages.page import Page
from workbench.ui.pages.scorecard import cells_of
from workbench.ui.pages.scorecard_words import FEW_LEFT_OUT, as_csv, window_words
from workbench.ui.pages.table_file import TableFile
from workbench.ui.theme import Meaning, Theme
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.chart_data import WITHHELD
from workbench.ui.widgets.gauge import LEGEND, GaugeRow
from workbench.ui.widgets.resilience_row import ResilienceRow
from workbench.ui.widgets.score_row import ScoreCells, ScoreHead
from workbench.ui.widgets.take_along import TakeMenu, Taken

_DAY: Final = timedelta(days=1)
_NO_NAMES: Final = "It has the titles of conversations as they were written, and names nobody who wrote."


class DialogueTaken:
    """The menus of the three cards of measures and of the heat. `card` is what the page shows now, None before."""

    def __init__(self, context: Context, page: Page, cards: Sequence[Card], heat: HeatCard) -> None:
        self.card: Scorecard | None = None
        self._view: DialogueView | None = None
        self._context, self._heat, self._age = context, heat, ""
        self.file = TableFile(context, page)
        talk, rests, together = cards
        makers: tuple[tuple[Card, Callable[[], Taken | None]], ...] = (
            (talk, lambda: self._lines(talk, GAUGES, LEGEND)),
            (rests, lambda: self._lines(rests, RESILIENCE, self._age)),
            (together, lambda: self._lines(together, tuple(BEHAVIOURS))),
            (heat, self._hot),
        )
        self.menus = [
            TakeMenu(context.theme, card, taken=taken, told=context.tell, saved=self._save) for card, taken in makers
        ]

    def show_view(self, view: DialogueView, *, age: str) -> None:
        """What the page was read as, and how old the conversation is."""
        self._view, self._age = view, age

    def _save(self, taken: Taken) -> None:
        span = ""
        if self.card is not None:
            window = self.card.window
            span = f"{window.start_on.isoformat()} to {(window.end_on - _DAY).isoformat()}"
        self.file.choose(f"Save: {taken.title}", taken.name, taken.csv, span=span, told=taken.told)

    def _lines(self, card: Card, keys: Sequence[str], *beside: str) -> Taken | None:
        if self.card is None or self._view is None:
            return None
        lines = {line.metric.key: line for line in self.card.lines}
        shown, title = [lines[key] for key in keys if key in lines], card.accessibleName()
        return Taken(
            title,
            (*self._about(self.card, window_words(self.card.window)), *beside),
            as_csv(((title_of(line), line) for line in shown), self.card),
            partial(drawn_lines, self._context.theme, shown, lines),
            f"{title} {self.card.community}",
            FEW_LEFT_OUT,
        )

    def _hot(self) -> Taken | None:
        if self.card is None or self._view is None or not self._view.hot:
            return None
        title, day = self._heat.accessibleName(), self.card.as_of.date()
        return Taken(
            title,
            (*self._about(self.card, f"as it was on {numbers.day(day)}"), HEAT_WORDS),
            self._heat.csv(),
            self._heat.drawn,
            f"{title} {self.card.community}",
            _NO_NAMES,
        )

    def _about(self, card: Scorecard, when: str) -> tuple[str, ...]:
        """Whose numbers, of which days, how far known."""
        if self._view is None:
            return ()
        today = self._context.workspace.clock.now().date()
        return f"{card.community} · {when}", known_words_on(self._view.known, today=today)


def drawn_lines(theme: Theme, shown: Sequence[ScoreLine], lines: dict[str, ScoreLine]) -> QWidget:
    """Rows as on the page, nothing in them chosen."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(ScoreHead(theme))
    for line in shown:
        key, cells, told = line.metric.key, told_cells(line), told_line(line)
        if key in GAUGES:
            column.addWidget(GaugeRow(theme, cells, marks_of(told)))
        else:
            words = means(key, lines) if key in BEHAVIOURS else sentence(told)
            column.addWidget(ResilienceRow(theme, cells, words))
    return holder


def told_line(line: ScoreLine) -> ScoreLine:
    """A line without what counts few people: no value, no numbers behind it, and not how that stands."""
    key = line.metric.key
    gone = is_withheld(key, line.now)
    return replace(
        line,
        now=_told(key, line.now),
        previous=replace(line.previous, value=_told(key, line.previous.value)),
        year_ago=replace(line.year_ago, value=_told(key, line.year_ago.value)),
        standing=Standing.NEUTRAL if gone else line.standing,
    )


def told_cells(line: ScoreLine) -> ScoreCells:
    """What the row of a line says where it leaves: that something is withheld stands in its place."""
    key, cells = line.metric.key, cells_of(line, title_of(line))
    values = (line.now, line.previous.value, line.year_ago.value)
    are_shown = (True, line.previous.is_comparable, line.year_ago.is_comparable)
    now, before, year_ago = (
        WITHHELD if is_shown and is_withheld(key, value) else words
        for is_shown, value, words in zip(are_shown, values, cells.values, strict=True)
    )
    if is_withheld(key, line.now):
        cells = replace(cells, standing="", meaning=Meaning.NEUTRAL)
    return replace(cells, values=(now, before, year_ago))


def _told(key: str, value: Value) -> Value:
    numerator, denominator = told_parts(key, value)
    gone = is_withheld(key, value)
    return replace(value, value=None if gone else value.value, numerator=numerator, denominator=denominator)
