"""Dialogue page: gauges of talk, what it rests on, six collective behaviours and the hottest conversations."""

from functools import partial
from typing import ClassVar, Final

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.models.changes import Changes
from workbench.models.kinds import WEB_SITES
from workbench.operations.scorecard import Scorecard, ScoreLine
from workbench.queries.threads import ThreadRow
from workbench.ui.context import Context
from workbench.ui.grids import emptied
from workbench.ui.pages.community_page import CommunityPage
from workbench.ui.pages.dialogue_data import (
    BEHAVIOURS,
    GAUGES,
    RESILIENCE,
    SHOWN_HOT,
    DialogueView,
    opens_threads,
    read_dialogue,
    read_slow,
    read_threads,
)
from workbench.ui.pages.dialogue_heat import HeatCard
from workbench.ui.pages.dialogue_taken import DialogueTaken
from workbench.ui.pages.dialogue_threads import ThreadsSide
from workbench.ui.pages.dialogue_words import age_words, marks_of, means, sentence, title_of
from workbench.ui.pages.known_note import show_known
from workbench.ui.pages.scorecard import cells_of
from workbench.ui.pages.scorecard_data import joined
from workbench.ui.pages.scorecard_side import ScorecardSide
from workbench.ui.pages.scorecard_words import as_of_lines, window_words
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.gauge import LEGEND, GaugeRow
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.resilience_row import ResilienceRow
from workbench.ui.widgets.score_row import ScoreHead, ScoreRow

_TWO_FROM: Final = 880


class DialoguePage(CommunityPage):
    """About the scope and the period of the top bar, up to the last day that is over."""

    KEY: ClassVar[str] = "dialogue"
    TITLE: ClassVar[str] = "Dialogue"
    ICON: ClassVar[str] = "chats-circle"
    DEPENDS_ON: ClassVar[Changes] = CommunityPage.DEPENDS_ON | Changes.PLANS | Changes.MARKS
    FIRST_USE: ClassVar[tuple[str, str]] = (
        "How a community talks",
        "Once a community is here, this page shows how people talk and what it rests on.",
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._card: Scorecard | None = None
        self._hot = SHOWN_HOT
        self._chosen = ""
        self._side: QWidget | None = None
        self.gauges: dict[str, GaugeRow] = {}
        self.resilience: dict[str, ResilienceRow] = {}
        self.behaviours: dict[str, ResilienceRow] = {}
        self.side, self.threads = ScorecardSide(self.theme), ThreadsSide(self.theme)
        for side in (self.side, self.threads):
            side.closed.connect(self._shut)
        self.side.threads_wanted.connect(lambda _ids: self._list_threads())
        self.threads.back.connect(lambda: self._explain(self._chosen))
        self.threads.opened.connect(self.open_thread)
        self.add_tabs()
        self._build()

    # Page

    @override
    def refresh(self) -> None:
        workspace, now = self.context.workspace, self.context.workspace.clock.now()
        days = self.context.period.days(now.date())
        job = partial(read_dialogue, workspace.database, scope=self.context.scope, days=days, now=now, hot=self._hot)
        self.read(job, self._on_view)

    @override
    def inspector(self) -> QWidget | None:
        return self._side

    @override
    def take_focus(self) -> None:
        first = next(iter(self.gauges.values()), None)
        (first.row if first is not None else self).setFocus()

    @override
    def go_back(self) -> bool:
        if not self._chosen:
            return super().go_back()
        self._shut()
        return True

    # Acts

    def choose(self, key: str) -> None:
        """Shows what a measure says of itself; of a behaviour the conversations behind it."""
        self._mark(key)
        line = self._line(key)
        if key in BEHAVIOURS and line is not None and opens_threads(key, _ids_of(line)):
            self._list_threads()
        else:
            self._explain(key)

    def show_more(self) -> None:
        """Shows ten more conversations, cooler ones."""
        self._hot += SHOWN_HOT
        self.refresh()

    # Showing

    def _build(self) -> None:
        self._talk, self._rests = Card("How people talk"), Card("What it rests on")
        self._together, self._heat = Card("What they do together"), HeatCard(self.theme)
        self._heat.opened.connect(self.open_thread)
        self._heat.more_wanted.connect(self.show_more)
        self._places: dict[Card, QVBoxLayout] = {}
        for card in (self._talk, self._rests, self._together):
            rows = self._places[card] = QVBoxLayout()
            rows.setSpacing(0)
            card.body.setSpacing(0)
            card.body.addWidget(ScoreHead(self.theme))
            card.body.addLayout(rows)
            card.body.addStretch(1)
        self._talk.tools.addWidget(PlainLabel(LEGEND, role="small"))
        self.taken = DialogueTaken(self.context, self, (self._talk, self._rests, self._together), self._heat)
        self._age = PlainLabel("", role="small", wraps=True)
        self._age.setContentsMargins(0, 4, 0, 4)
        self._rests.body.insertWidget(1, self._age)
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        self.body.addLayout(self._grid)
        self.body.addWidget(self._heat)
        self.body.addStretch(1)
        self._is_stacked: bool | None = None

    def _on_view(self, view: DialogueView) -> None:
        card, now = view.card, self.context.workspace.clock.now()
        if view.known.kind in WEB_SITES or view.is_empty:
            if self._chosen:
                self._shut()
            show = self.show_site if view.known.kind in WEB_SITES else self.show_first_step
            show(card.community, "dialogue")
            return
        self.set_title(card.community, f"dialogue · {window_words(card.window)}")
        show_known(self, view.known)
        old, means = age_words(view.age, today=now.date())
        self._age.setText(f"{old} of conversation. {means}" if view.age.since else means)
        self._heat.show_threads(view.hot, wanted=self._hot, now=now, names_community=len(card.scope) != 1)
        self.taken.show_view(view, age=self._age.text())
        self._show(card)
        job = partial(read_slow, self.context.workspace.database, scope=card.scope, window=card.window, now=now)
        self.read_on("later", job, partial(self._on_slow, card))

    def _on_slow(self, first: Scorecard, later: Scorecard) -> None:
        self.finish()
        self._show(joined(first, later))
        if self._side is self.side:
            self._explain(self._chosen)
        elif self._side is self.threads:
            self._list_threads()

    def _show(self, card: Scorecard) -> None:
        self._card = self.taken.card = card
        lines = {line.metric.key: line for line in card.lines}
        for key in GAUGES:
            if key in lines:
                self._show_gauge(key, lines[key])
        for key in RESILIENCE:
            self._show_meaning(self.resilience, lines[key], sentence(lines[key]))
        for key in BEHAVIOURS:
            if key in lines:
                self._show_meaning(self.behaviours, lines[key], means(key, lines))
        self._put_in_order()
        self.arrange()

    def _show_gauge(self, key: str, line: ScoreLine) -> None:
        cells, marks = cells_of(line, title_of(line)), marks_of(line)
        gauge = self.gauges.get(key)
        if gauge is None:
            gauge = self.gauges[key] = GaugeRow(self.theme, cells, marks)
            self._connect(gauge.row)
        else:
            gauge.show_gauge(cells, marks)

    def _show_meaning(self, rows: dict[str, ResilienceRow], line: ScoreLine, means: str) -> None:
        key, cells = line.metric.key, cells_of(line, title_of(line))
        row = rows.get(key)
        if row is None:
            row = rows[key] = ResilienceRow(self.theme, cells, means)
            self._connect(row.row)
        else:
            row.show_words(cells, means)

    def _connect(self, row: ScoreRow) -> None:
        row.chosen.connect(self.choose)
        row.stepped.connect(partial(self._step, row))

    def _put_in_order(self) -> None:
        """Rows come when they are worked out, and stand in the order of the page."""
        parts: tuple[tuple[Card, tuple[QWidget, ...]], ...] = (
            (self._talk, tuple(self.gauges[key] for key in GAUGES if key in self.gauges)),
            (self._rests, tuple(self.resilience.values())),
            (self._together, tuple(self.behaviours[key] for key in BEHAVIOURS if key in self.behaviours)),
        )
        for card, rows in parts:
            for place, row in enumerate(rows):
                if self._places[card].indexOf(row) != place:
                    self._places[card].insertWidget(place, row)

    def _rows(self) -> list[ScoreRow]:
        """In the order of the page."""
        shown = [self.gauges[key].row for key in GAUGES if key in self.gauges]
        shown += [row.row for row in self.resilience.values()]
        return shown + [self.behaviours[key].row for key in BEHAVIOURS if key in self.behaviours]

    @override
    def arrange(self) -> None:
        """Two columns of cards where there is room, one where there is not."""
        is_stacked = self.width() < self.theme.px(_TWO_FROM)
        if is_stacked is self._is_stacked:
            return
        self._is_stacked = is_stacked
        emptied(self._grid)
        cards = (self._talk, self._rests, self._together)
        places = ((0, 0), (1, 0), (2, 0)) if is_stacked else ((0, 0), (0, 1), (1, 0))
        for card, (row, column) in zip(cards, places, strict=True):
            self._grid.addWidget(card, row, column, 1, 1 if card is not self._together or is_stacked else 2)
        for column in range(2):
            self._grid.setColumnStretch(column, 0 if is_stacked and column else 1)

    def _step(self, row: ScoreRow, by: int) -> None:
        rows = self._rows()
        place = rows.index(row) + by
        if 0 <= place < len(rows):
            rows[place].setFocus()

    # At the side

    def _line(self, key: str) -> ScoreLine | None:
        lines = () if self._card is None else self._card.lines
        return next((line for line in lines if line.metric.key == key), None)

    def _mark(self, key: str) -> None:
        self._chosen = key
        for row in self._rows():
            row.set_chosen(is_chosen=row.cells.key == key)

    def _explain(self, key: str) -> None:
        line = self._line(key)
        if line is not None:
            as_of = self.context.workspace.clock.now() if self._card is None else self._card.as_of
            self.side.show_line(line, also=as_of_lines(key, as_of))
            self._put_aside(self.side)

    def _list_threads(self) -> None:
        line = self._line(self._chosen)
        if line is None or self._card is None:
            return
        card, window = self._card, self._card.window
        job = partial(
            read_threads,
            self.context.workspace.database,
            key=self._chosen,
            ids=_ids_of(line),
            groups=_groups_of(line),
            scope=card.scope,
            period=(window.start, window.end),
        )
        self.read_on("threads", job, partial(self._on_threads, line))

    def _on_threads(self, line: ScoreLine, rows: list[ThreadRow]) -> None:
        title = BEHAVIOURS.get(line.metric.key, line.metric.title)
        now, scope = self.context.workspace.clock.now(), self.context.scope
        self._put_aside(self.threads)
        self.threads.show_threads(title, rows, now=now, names_community=len(scope) != 1)

    def _put_aside(self, side: QWidget) -> None:
        self._side = side
        self.inspector_changed.emit()

    def _shut(self) -> None:
        key, self._chosen, self._side = self._chosen, "", None
        rows = self._rows()
        self._mark("")
        self.inspector_changed.emit()
        for row in rows:
            if row.cells.key == key:
                row.setFocus()


def _groups_of(line: ScoreLine) -> tuple[tuple[int, ...], ...]:
    found = line.now.detail.get("groups", ())
    return tuple(map(tuple, found)) if isinstance(found, tuple) else ()


def _ids_of(line: ScoreLine) -> tuple[int, ...]:
    found = line.now.detail.get("thread_ids", ())
    return tuple(found) if isinstance(found, tuple | list) else ()
