"""Scorecard page: the five families and every other measure of a month, each explaining itself."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.metrics.metric import Section
from workbench.metrics.window import Window, last_full_month
from workbench.models.changes import Changes
from workbench.operations.measure_limits import choose_seldom
from workbench.operations.scorecard import SECTION_TITLES, Scorecard, ScoreLine
from workbench.ui.context import Context
from workbench.ui.grids import emptied
from workbench.ui.pages.community_page import CommunityPage
from workbench.ui.pages.known_note import show_known
from workbench.ui.pages.scorecard_data import LATER, ScorecardView, joined, read_last, read_scorecard
from workbench.ui.pages.scorecard_side import ScorecardSide
from workbench.ui.pages.scorecard_words import (
    FEW_LEFT_OUT,
    MEANINGS,
    as_csv,
    compared_words,
    spoken,
    standing_words,
    tip,
    value_words,
    window_words,
)
from workbench.ui.pages.table_file import TableFile
from workbench.ui.qt_models.community_table import TYPE_TITLES
from workbench.ui.widgets.buttons import icon_button, push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.chip import Chip
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.score_row import ScoreCells, ScoreHead, ScoreRow

_TWO_FROM: Final = 880
_FAMILIES: Final = "families"
_FOUR_DAYS: Final = timedelta(days=4)


class ScorecardPage(CommunityPage):
    """About the scope of the top bar; the month is chosen here, because a scorecard is of a month."""

    KEY: ClassVar[str] = "scorecard"
    TITLE: ClassVar[str] = "Scorecard"
    ICON: ClassVar[str] = "gauge"
    OWN_PERIOD: ClassVar[tuple[str, str]] = (
        "One month",
        "A scorecard is of one month: the arrows beside its name go to another. The period chosen counts elsewhere.",
    )
    DEPENDS_ON: ClassVar[Changes] = CommunityPage.DEPENDS_ON | Changes.PLANS | Changes.MARKS | Changes.PREFERENCES
    FIRST_USE: ClassVar[tuple[str, str]] = (
        "What the numbers say, month by month",
        "Once a community is here, every measure stands on this page with its target and what it was before.",
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._window: Window | None = None
        self._card: Scorecard | None = None
        self.rows: dict[str, ScoreRow] = {}
        self._tips: dict[str, str] = {}
        self._also: dict[str, Sequence[tuple[str, str]]] = {}
        self._lines: dict[str, ScoreLine] = {}
        """What the rows say: those that were there before the slow ones came are not put into words again."""
        self.side = ScorecardSide(self.theme)
        self.side.closed.connect(self._shut)
        self.side.threads_wanted.connect(self._show_threads)
        self.side.limits.chosen.connect(self._choose_limits)
        self._chosen = ""
        self._cards: dict[str, Card] = {}
        self.file = TableFile(context, self)
        self._arranged = (0, 0)
        self._build()

    # Page

    @override
    def refresh(self) -> None:
        workspace = self.context.workspace
        job = partial(
            read_scorecard,
            workspace.database,
            scope=self.context.scope,
            window=self._window,
            now=workspace.clock.now(),
        )
        self.read(job, self._on_view)

    @override
    def inspector(self) -> QWidget | None:
        return self.side if self._chosen else None

    @override
    def take_focus(self) -> None:
        first = next(iter(self.rows.values()), None)
        (first or self).setFocus()

    @override
    def go_back(self) -> bool:
        if not self._chosen:
            return super().go_back()
        self._shut()
        return True

    # Acts

    def step_month(self, by: int) -> None:
        """Goes to the month before or after; not beyond the last one that is over."""
        last = last_full_month(self.context.workspace.clock.now())
        now = self._window or last
        wanted = now.previous if by < 0 else _month_after(now)
        if wanted.start <= last.start:
            self._window = None if wanted == last else wanted
            self.refresh()

    def show_month_of(self, last: date) -> None:
        """Goes to the last month that is over on that day."""
        self._window = last_full_month(datetime.combine(last + timedelta(days=1), time(), UTC))
        self.refresh()

    def choose(self, key: str) -> None:
        """Shows at the side what one measure says of itself."""
        line = self._line(key)
        if line is None:
            return
        for row in self.rows.values():
            row.set_chosen(is_chosen=row.cells.key == key)
        self._chosen = key
        self.side.show_line(line, also=self._also.get(key, ()))
        self.inspector_changed.emit()

    def _choose_limits(self, fewest: int, gap_days: int) -> None:
        job = partial(choose_seldom, self.context.workspace, fewest=fewest, gap_days=gap_days)
        self.context.jobs.run(self, "limits", job, self.context.bus.publish, self.context.tell_error, lane="plan")

    def save_csv(self) -> None:
        """Asks for a place and writes the table; figures of fewer than five people are withheld."""
        card = self._card
        if card is not None:
            text = as_csv(((line.metric.title, line) for line in card.lines), card)
            month = f"{card.window.start_on:%Y-%m}"
            name = f"Scorecard {card.community}"
            self.file.choose("Save the scorecard", name, text, span=month, told=FEW_LEFT_OUT)

    # Showing

    def _build(self) -> None:
        theme = self.theme
        self._type = Chip(theme)
        self.chips.addWidget(self._type)
        back, on = partial(self.step_month, -1), partial(self.step_month, 1)
        self.earlier = icon_button("The month before", icon="caret-left", theme=theme, clicked=back)
        self.later = icon_button("The month after", icon="caret-right", theme=theme, clicked=on)
        self.month = PlainLabel("", role="strong")
        for widget in (self.earlier, self.month, self.later):
            self.buttons.addWidget(widget)
        self.buttons.addWidget(push_button("Save as CSV", theme=theme, icon="download-simple", clicked=self.save_csv))
        self.add_tabs()
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)

    def _on_view(self, view: ScorecardView) -> None:
        if view.known.is_nothing and not view.card.scope:
            self._type.hide()
            self.show_first_step(view.card.community, "scorecard")
            return
        self._tips, self._also = dict(view.tips), dict(view.also)
        self._show(view.card)
        show_known(self, view.known, to_month=self.show_month_of)
        workspace = self.context.workspace
        job = partial(
            read_scorecard,
            workspace.database,
            scope=view.card.scope,
            window=view.card.window,
            now=workspace.clock.now(),
            keys=LATER,
        )
        self.read_on("later", job, partial(self._on_later, view.card))

    def _on_later(self, first: Scorecard, view: ScorecardView) -> None:
        self._tips |= view.tips
        self._also |= view.also
        card = joined(first, view.card)
        self._show(card)
        workspace = self.context.workspace
        job = partial(read_last, workspace, scope=card.scope, window=card.window, now=workspace.clock.now())
        self.read_on("last", job, partial(self._on_last, card))

    def _on_last(self, first: Scorecard, view: ScorecardView) -> None:
        self.finish()
        self._tips |= view.tips
        self._show(joined(first, view.card))

    def _show(self, card: Scorecard) -> None:
        self._card = card
        self.set_title(card.community, "scorecard")
        self._type.setVisible(card.type is not None)
        if card.type is not None:
            self._type.show_text(TYPE_TITLES[card.type], icon="tag")
        self.month.setText(window_words(card.window))
        last = last_full_month(self.context.workspace.clock.now())
        is_last = card.window.start >= last.start
        self.later.setEnabled(not is_last)
        after = window_words(card.window.following)
        self.later.setToolTip(f"{after} is not over yet, and a scorecard is of whole months" if is_last else after)
        families = tuple((f"{one.title}: {_lower(line)}", line) for one in card.families for line in one.lines)
        self._fill(_FAMILIES, "The five families", families)
        for section in Section:
            lines = tuple((line.metric.title, line) for line in card.others if line.metric.section is section)
            self._fill(section.value, SECTION_TITLES[section], lines)
        self.arrange()
        if self.window().focusWidget() in {None, self}:
            self.take_focus()  # who opened the page before there were rows is on the first
        if self._chosen:
            self.choose(self._chosen)

    def _fill(self, key: str, title: str, lines: tuple[tuple[str, ScoreLine], ...]) -> None:
        """Puts lines into the card of a family or section; rows stay themselves while their measure does."""
        card = self._cards.get(key)
        if card is None:
            if not lines:
                return
            card = self._cards[key] = Card(title)
            card.body.setSpacing(0)
            card.body.addWidget(ScoreHead(self.theme))
        for name, line in lines:
            row = self.rows.get(line.metric.key)
            if row is None:
                row = self.rows[line.metric.key] = ScoreRow(
                    self.theme, cells_of(line, name, self._tips[line.metric.key])
                )
                row.chosen.connect(self.choose)
                row.stepped.connect(partial(self._step, row))
            elif self._lines.get(line.metric.key) is not line:
                row.show_cells(cells_of(line, name, self._tips[line.metric.key]))
            self._lines[line.metric.key] = line
            card.body.addWidget(row)

    @override
    def arrange(self) -> None:
        """Two columns of cards where there is room, one where there is not; a card goes to the shorter column."""
        columns = 2 if self.width() >= self.theme.px(_TWO_FROM) else 1
        if (columns, len(self._cards)) == self._arranged:
            return
        self._arranged = (columns, len(self._cards))
        emptied(self._grid)
        stacks = [QVBoxLayout() for _ in range(columns)]
        for place, stack in enumerate(stacks):
            stack.setSpacing(16)
            self._grid.addLayout(stack, 0, place, Qt.AlignmentFlag.AlignTop)
            self._grid.setColumnStretch(place, 1)
        heights = [0] * columns
        for card in self._cards.values():
            place = heights.index(min(heights))
            heights[place] += card.body.count() + 2
            stacks[place].addWidget(card)
            card.show()  # what is not shown yet cannot take the keyboard

    def _step(self, row: ScoreRow, by: int) -> None:
        rows = list(self.rows.values())
        place = rows.index(row) + by
        if 0 <= place < len(rows):
            rows[place].setFocus()

    def _line(self, key: str) -> ScoreLine | None:
        lines = () if self._card is None else self._card.lines
        return next((line for line in lines if line.metric.key == key), None)

    def _shut(self) -> None:
        key, self._chosen = self._chosen, ""
        for row in self.rows.values():
            row.set_chosen(is_chosen=False)
        self.inspector_changed.emit()
        if key in self.rows:
            self.rows[key].setFocus()

    def _show_threads(self, ids: tuple[int, ...]) -> None:
        if ids:
            self.open_thread(ids[0])


def cells_of(line: ScoreLine, title: str, said: str | None = None) -> ScoreCells:
    """What the row of a measure says under this title; `said` is its tip where that was put into words before."""
    meaning, _ = MEANINGS[line.standing]
    return ScoreCells(
        key=line.metric.key,
        title=title,
        values=(
            value_words(line.now),
            compared_words(line.previous, beside=line.now),
            compared_words(line.year_ago, beside=line.now),
        ),
        standing=standing_words(line),
        meaning=meaning,
        spoken=spoken(line),
        tip=tip(line) if said is None else said,
    )


def _lower(line: ScoreLine) -> str:
    title = line.metric.title
    return title[0].lower() + title[1:]


def _month_after(window: Window) -> Window:
    first = window.end_on
    return Window.between(first, (first.replace(day=28) + _FOUR_DAYS).replace(day=1))
