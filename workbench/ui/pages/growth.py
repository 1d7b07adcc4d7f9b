"""Growth page: adoption, contributors and newcomers by month, the funnel and its cohorts, weeks that stand out."""

from datetime import date
from functools import partial
from importlib import import_module
from typing import ClassVar, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget
from typing_extensions import override

from workbench.clock import local_day
from workbench.models.changes import Changes
from workbench.models.kinds import WEB_SITES
from workbench.operations.annotations import annotate, change_annotation, remove_annotation
from workbench.operations.head_counts import kept_head_counts, put_back_head_counts, set_head_count
from workbench.operations.scorecard import ScoreLine
from workbench.ui.context import Context, PagePart
from workbench.ui.edit_history import Edit, Written, there_and_back
from workbench.ui.grids import emptied
from workbench.ui.pages.community_page import CommunityPage
from workbench.ui.pages.growth_charts import CHARTS, chart_data
from workbench.ui.pages.growth_data import GrowthData, read_growth, read_lines
from workbench.ui.pages.growth_edits import GrowthEdits
from workbench.ui.pages.growth_figures import FIGURES, figure_of
from workbench.ui.pages.growth_notes import GrowthNotes
from workbench.ui.pages.growth_staff import GrowthStaff
from workbench.ui.pages.known_note import show_known
from workbench.ui.pages.scorecard_side import ScorecardSide
from workbench.ui.pages.scorecard_words import FEW_LEFT_OUT, tip, window_words
from workbench.ui.pages.table_file import TableFile
from workbench.ui.theme import SMALL
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.chart import Chart
from workbench.ui.widgets.cohort_heat import CohortHeat
from workbench.ui.widgets.explainer import Explainer
from workbench.ui.widgets.funnel_bars import FunnelBars
from workbench.ui.widgets.funnel_card import FigureCard
from workbench.ui.widgets.lines import LinesLabel

_NARROW: Final = 880
_LONGEST_NOTE: Final = 120
_MEASURES: Final = {
    "adoption": "adoption",
    "contributors": "contributors",
    "newcomers": "new_contributors",
    "welcome": "greeted",
    "weeks": "burstiness",
    "funnel": "funnel",
    "cohorts": "funnel",
    "apart": "activated",
    "split": "split",
}
"""Which measure explains each chart and figure."""
_PLACES: Final = (
    ("adoption", "contributors"),
    ("weeks", "notes"),
    ("newcomers", "welcome"),
    ("cohorts", "split"),
    ("funnel", "apart"),
)
_OF_JOINERS: Final = frozenset({"cohorts", "apart"})
"""Left out where nobody's day of joining is known: the funnel says so once."""


class GrowthPage(CommunityPage):
    """About the scope and period of the top bar; a period of fewer than three months is looked at as twelve."""

    KEY: ClassVar[str] = "growth"
    TITLE: ClassVar[str] = "Growth"
    ICON: ClassVar[str] = "trend-up"
    DEPENDS_ON: ClassVar[Changes] = CommunityPage.DEPENDS_ON | Changes.PLANS | Changes.PREFERENCES
    FIRST_USE: ClassVar[tuple[str, str]] = (
        "How a community grows",
        "Once a community is here, this page shows who joined and began to take part, month by month, "
        "and the weeks that stand out.",
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._data: GrowthData | None = None
        self._lines: dict[str, ScoreLine] = {}
        self._chosen = ""
        self._arranged: tuple[int, tuple[str, ...]] = (0, ())
        self._has_people = self._has_joiners = True
        self._is_staff_wanted = False
        self._pending: list[str] = []
        self.file = TableFile(context, self)
        theme, told, saved = self.theme, context.tell, self._save_csv
        self.charts = {key: Chart(theme, title, told=told, saved=saved) for key, title in CHARTS.items()}
        views = {key: CohortHeat(theme) if key in {"cohorts", "split"} else FunnelBars(theme) for key in FIGURES}
        self.figures = {
            key: FigureCard(theme, title, views[key], told=told, saved=saved) for key, title in FIGURES.items()
        }
        self.notes = GrowthNotes(theme, today=self._day_here, longest=_LONGEST_NOTE)
        self.staff = GrowthStaff(theme, today=self._day_here)
        self.side = ScorecardSide(theme)
        self.edits = GrowthEdits(context, self)
        self._helps: dict[str, Explainer] = {}
        self._captions = {key: LinesLabel(theme, most=3, size=SMALL, token="third") for key in CHARTS}
        self._build()
        self._connect()

    # Page

    @override
    def opened(self, argument: object) -> None:
        super().opened(argument)
        self._is_staff_wanted = argument is PagePart.HEAD_COUNT
        if self._is_staff_wanted:
            self.mark_stale()

    @override
    def refresh(self) -> None:
        workspace, scope = self.context.workspace, self.context.scope
        now = workspace.clock.now()
        days = self.context.period.days(now.date())
        self.read(partial(read_growth, workspace.database, scope=scope, days=days, now=now), self._on_data)

    @override
    def is_complete(self) -> bool:
        is_drawn = not self._has_people or all(one.is_drawn for one in self.charts.values())
        return super().is_complete() and is_drawn

    @override
    def inspector(self) -> QWidget | None:
        return self.side if self._chosen else None

    @override
    def take_focus(self) -> None:
        self.tabs.setFocus()

    @override
    def go_back(self) -> bool:
        if self.notes.shut() or self.staff.shut():
            return True
        if self._chosen:
            self._shut()
            return True
        return super().go_back()

    # Acts

    def explain(self, key: str) -> None:
        """Shows at the side what the number behind a chart or figure says of itself."""
        line = self._lines.get(_MEASURES[key])
        if line is not None:
            self._chosen = key
            self.side.show_line(line)
            self.inspector_changed.emit()
            # The side takes room: cards may have moved to one column.
            QTimer.singleShot(0, self, partial(self._keep_in_view, key))

    # Showing

    def _build(self) -> None:
        self.add_tables_button()
        self.add_tabs()
        for key, caption in self._captions.items():
            self.charts[key].body.addWidget(caption)
        self.charts["adoption"].body.addWidget(self.staff)
        for key, card in self._cards().items():
            if key in _MEASURES:
                self._helps[key] = Explainer(self.theme, card, opened=partial(self.explain, key))
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self.arrange()
        self.turn_tables()

    def _connect(self) -> None:
        self.side.closed.connect(self._shut)
        self.side.threads_wanted.connect(self._show_threads)
        self.notes.kept.connect(self._keep_note)
        self.notes.removed.connect(self._remove_note)
        self.staff.kept.connect(self._keep_staff)
        self.follow(self.edits)
        self.edits.failed.connect(self.context.tell_error)

    def _cards(self) -> dict[str, Card]:
        return {**self.charts, **self.figures, "notes": self.notes}

    @override
    def arrange(self) -> None:
        """Two columns where there is room, one where there is not."""
        columns = 2 if self.width() >= self.theme.px(_NARROW) else 1
        cards = self._cards()
        keys = tuple(key for pair in _PLACES for key in pair if self._has_joiners or key not in _OF_JOINERS)
        if (columns, keys) == self._arranged:
            return
        self._arranged = (columns, keys)
        emptied(self._grid)
        for place, key in enumerate(keys):
            self._grid.addWidget(cards[key], place // columns, place % columns)
        # Shown before it has a place, a card would be a window of its own for a moment.
        for key, card in cards.items():
            card.setVisible(key in keys)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)

    def _on_data(self, data: GrowthData) -> None:
        self._data = data
        is_site = data.known.kind in WEB_SITES
        self._has_people = not is_site and (data.known.has_messages or data.known.until is not None)
        self._tables.setVisible(self._has_people)
        if not self._has_people:
            show = self.show_site if is_site else self.show_first_step
            show(data.name, "growth")
            return
        chosen = self.context.period.days(self._today())
        is_widened = chosen is not None and data.window.start_on < chosen[0].replace(day=1)
        why = ", twelve months at least" if is_widened else ""
        self.set_title(data.name, f"growth · {window_words(data.window)}{why}")
        show_known(self, data.known)
        is_writable = self.context.workspace.database.writable
        self.notes.show_data(data, is_writable=is_writable)
        self.staff.show_data(data, is_writable=is_writable)
        for key, card in self.figures.items():
            card.show_figure(figure_of(key, data))
        self._has_joiners = not self.figures["funnel"].is_empty
        self.arrange()
        if self._is_staff_wanted:
            self._is_staff_wanted = False
            QTimer.singleShot(0, self.staff, self._show_staff)
        # Figures are on screen before the library that draws lines is even asked for; explanations come last.
        load = partial(_load_plots, is_wanted=not self.context.shows_tables)
        self.read_on("plots", load, self._on_plots)

    def _on_plots(self, _loaded: object) -> None:
        self._pending = list(self.charts)
        self._draw_next()

    def _draw_next(self) -> None:
        """Draws one chart a turn, so that keys and mouse come in between; explanations are read after the last."""
        data, workspace = self._data, self.context.workspace
        if data is None:
            return
        if not self._pending:
            scope, now = self.context.scope, workspace.clock.now()
            job = partial(read_lines, workspace.database, scope=scope, window=data.window, now=now)
            self.read_on("lines", job, self._on_lines)
            return
        key = self._pending.pop(0)
        shown = chart_data(key, data)
        self.charts[key].show_data(shown)
        self._captions[key].set_text(shown.note)
        self._captions[key].setVisible(bool(shown.note))
        QTimer.singleShot(0, self, self._draw_next)

    def _on_lines(self, lines: dict[str, ScoreLine]) -> None:
        self.finish()
        self._lines = lines
        for key, helper in self._helps.items():
            helper.say(tip(lines[_MEASURES[key]]))
        if self._chosen:
            self.explain(self._chosen)

    @override
    def show_tables(self, *, shows: bool) -> None:
        for chart in self.charts.values():
            chart.show_as_table(is_table=shows)
        for figure in self.figures.values():
            figure.show_as_table(is_table=shows)

    def _save_csv(self, title: str, text: str) -> None:
        data = self._data
        if data is not None:
            span = f"{data.window.start_on.isoformat()} to {data.last.isoformat()}"
            self.file.choose(f"Save: {title}", f"{title} {data.name}", text, span=span, told=FEW_LEFT_OUT)

    def _show_staff(self) -> None:
        if not self.staff.opener.isHidden():
            self.staff.begin()
        if isinstance(self._shown, QScrollArea):
            self._shown.ensureWidgetVisible(self.staff)

    def _keep_in_view(self, key: str) -> None:
        if isinstance(self._shown, QScrollArea):
            self._shown.ensureWidgetVisible(self._helps[key].button)

    # Writing

    def _keep_note(self, id_: str, day: date, words: str) -> None:
        workspace = self.context.workspace
        community = self._data.community_id if self._data is not None else None
        if id_:
            deed = partial(change_annotation, workspace, annotation_id=id_, day=day, words=words)
        else:
            deed = partial(annotate, workspace, day=day, words=words, community_id=community)
        self.edits.make(deed, "Note changed" if id_ else "Note kept")

    def _remove_note(self, id_: str) -> None:
        self.edits.make(partial(remove_annotation, self.context.workspace, annotation_id=id_), "Note removed")

    def _keep_staff(self, people: int, on: date, source: str, holds_before: bool) -> None:  # noqa: FBT001 - a signal's
        workspace = self.context.workspace
        keep = partial(
            set_head_count,
            workspace,
            people=people,
            on=on,
            source=source,
            community_id=None if self._data is None else self._data.community_id,
            holds_before=holds_before,
        )

        def kept() -> Written:
            back = partial(put_back_head_counts, workspace, kept_head_counts(workspace))
            return Written(keep(), there_and_back(back, keep))

        self.edits.write(Edit(kept, "Head count kept", "Taken back: head count", "Made again: head count"))

    def _shut(self) -> None:
        key, self._chosen = self._chosen, ""
        self.inspector_changed.emit()
        if key in self._helps:
            self._helps[key].button.setFocus()

    def _show_threads(self, ids: tuple[int, ...]) -> None:
        if ids:
            self.open_thread(ids[0])

    def _today(self) -> date:
        return self.context.workspace.clock.now().date()

    def _day_here(self) -> date:
        return local_day(self.context.workspace.clock.now())


def _load_plots(*, is_wanted: bool) -> None:
    """Loads, away from the window, what draws lines."""
    if is_wanted:
        import_module("workbench.ui.widgets.plot")
