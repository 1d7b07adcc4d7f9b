"""TableImportPanel: brings any table in: choose or drop it, say what it holds, look at what would come, undo it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.operations.tables import TableLook, TableOrder, Trial, look_into_table
from workbench.operations.worker import try_in_worker
from workbench.progress import Progress
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.jobs import Job
from workbench.ui.pages.import_choice import known_names
from workbench.ui.pages.table_import_end import TableOutcome
from workbench.ui.pages.table_import_map import TableMapView
from workbench.ui.pages.table_import_words import FILTERS, SUFFIXES
from workbench.ui.source_work import SourceWork, Work, WorkKind
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.drop_area import DropArea
from workbench.ui.widgets.field import ProblemLine
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.switch import Switch
from workbench.ui.widgets.work_progress import WorkProgress, fill_running
from workbench.ui.words import error_words

_TITLE = "Import a table"
_CHECK, _STOP = "Check all rows", "Stop checking"


def is_table(paths: Sequence[Path]) -> bool:
    """Whether what was dropped is one table rather than mail."""
    return len(paths) == 1 and paths[0].suffix.lower() in SUFFIXES


class TableImportPanel(Card):
    """`left` when one is done with it, `meanwhile` to leave it running; the others lead on from what came of it."""

    left = Signal()
    meanwhile = Signal()
    held_back_wanted = Signal()
    dashboard_wanted = Signal(int)

    def __init__(self, context: Context, sources: SourceWork) -> None:
        super().__init__(padding=24)
        self._context, self._sources = context, sources
        self._path: Path | None = None
        self._community = ""
        self._known: list[str] = []
        self._order: TableOrder | None = None
        self._trial: Trial | None = None
        self._checking: Job | None = None
        self._work: Work | None = None
        self._is_new = False
        self._heading = PlainLabel(_TITLE, role="title")
        self.body.addLayout(self._build_top())
        self._choosing, self._mapping, self._running = QWidget(), QWidget(), QWidget()
        self._outcome = TableOutcome(context.theme, sources)
        self._parts = Switch()
        for part in (self._choosing, self._mapping, self._running, self._outcome):
            self._parts.add(part)
        self.body.addWidget(self._parts)
        self._build_choosing()
        self._build_mapping()
        self._build_running()
        self._outcome.view.again.connect(self._on_import)
        self._outcome.view.more.connect(self._on_more)
        self._outcome.view.held_back_wanted.connect(self.held_back_wanted)
        self._outcome.view.dashboard_wanted.connect(self.dashboard_wanted)
        self._outcome.undone.connect(self._on_undone)
        sources.ended.connect(self._on_ended)

    def start(self, *, community: str = "") -> None:
        """Begins anew; running work is shown instead."""
        work = self._sources.newest(WorkKind.TABLE)
        if work is not None and work.is_running:
            self._watch(work)
            return
        self._community = community
        self._show_choice("")

    def take(self, paths: Sequence[Path]) -> None:
        """Looks into the first file."""
        if not paths:
            return
        self._path = paths[0]
        self._map.name.setText(self._community)
        self._look(None)

    def take_focus(self) -> None:
        """Puts the keyboard where work goes on."""
        shown = self._parts.shown()
        if shown is self._choosing:
            self._drop.files.setFocus()
        elif shown is self._mapping:
            self._map.take_focus()
        elif shown is self._running:
            self._progress.take_focus()
        else:
            self._outcome.view.take_focus()

    def _build_top(self) -> QHBoxLayout:
        """The heading, and beside it the file while there is one."""
        theme = self._context.theme
        self._file, self._size = PlainLabel("", elides=True), PlainLabel("", role="small")
        self._chosen = QWidget()
        inner = QHBoxLayout(self._chosen)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(IconLabel("table", theme, token="second"))
        inner.addWidget(self._file)
        inner.addWidget(self._size)
        inner.addWidget(push_button("Choose another", theme=theme, kind="link", clicked=lambda: self._show_choice("")))
        inner.addStretch(1)
        self._chosen.hide()
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(self._heading)
        row.addWidget(self._chosen, 1)
        return row

    def _turn_to(self, part: QWidget) -> None:
        self._chosen.setVisible(part is self._mapping)
        self._parts.turn_to(part)

    def _build_choosing(self) -> None:
        column = _column(self._choosing)
        said = "Members, posts, events or attendance from a spreadsheet. The file is only read, never changed."
        column.addWidget(PlainLabel(said, role="second", wraps=True))
        self._drop = DropArea(
            self._context.theme, words="Drop a table here: CSV, TSV or Excel (.xlsx), one file.", filters=FILTERS
        )
        self._drop.folder.hide()
        self._drop.given.connect(self.take)
        column.addWidget(self._drop)
        self._refusal = ProblemLine(self._context.theme)
        column.addWidget(self._refusal)
        row = QHBoxLayout()
        row.addWidget(push_button("Cancel", theme=self._context.theme, clicked=self.left.emit))
        row.addStretch(1)
        column.addLayout(row)

    def _build_mapping(self) -> None:
        theme = self._context.theme
        column = _column(self._mapping)
        self._map = TableMapView(theme, now=self._context.workspace.clock.now)
        self._map.changed.connect(self._on_changed)
        self._map.sheet_wanted.connect(self._look)
        column.addWidget(self._map)
        self._check = push_button(_CHECK, theme=theme, icon="check", clicked=self._on_check)
        self._go = push_button("Import", theme=theme, kind="primary", icon="download-simple", clicked=self._on_import)
        self._state = PlainLabel("", role="small")
        cancel = push_button("Cancel", theme=theme, clicked=self.left.emit)
        for widget in (self._go, self._check, cancel, self._state):
            self._map.buttons.addWidget(widget)
        self._map.buttons.addStretch(1)

    def _build_running(self) -> None:
        column = _column(self._running)
        self._progress = WorkProgress(self._context.theme, self._sources)
        fill_running(column, self._progress, theme=self._context.theme, leave=self.meanwhile.emit)

    def _on_more(self) -> None:
        self.start()

    def _show_choice(self, problem: str) -> None:
        self._stop_checking()
        self._heading.setText(_TITLE)
        self._refusal.say(problem)
        self._turn_to(self._choosing)
        if self.isVisible():
            self._drop.files.setFocus()

    def _look(self, sheet: str | None) -> None:
        path, workspace = self._path, self._context.workspace
        if path is None:
            return

        def job() -> tuple[TableLook, int, list[str]]:
            found = look_into_table(workspace, path=path, sheet=sheet)
            return found, path.stat().st_size, known_names(workspace.database)

        self._context.jobs.run(self, "look", job, self._on_looked, self._on_not_looked)

    def _on_looked(self, answer: tuple[TableLook, int, list[str]]) -> None:
        look, size, self._known = answer
        self._file.setText(look.shape.path.name)
        self._size.setText(numbers.size(size))
        self._map.show_look(look, community=look.shape.path.stem, known=self._known)
        self._turn_to(self._mapping)
        self._on_changed()
        if self.isVisible():
            self._map.take_focus()

    def _on_not_looked(self, error: Exception) -> None:
        self._show_choice(" ".join(error_words(error)[0]))

    def _on_changed(self) -> None:
        """What would be imported is another now: what was found before no longer counts."""
        self._stop_checking()
        self._trial = None
        self._order = self._map.order()
        self._state.setText("")
        self._go.setEnabled(self._order is not None)
        self._check.setEnabled(self._order is not None)
        self._go.setText("Import")
        self._go.setAccessibleName("Import")

    def _on_check(self) -> None:
        order = self._order
        if self._checking is not None or order is None:
            self._stop_checking()
            return
        self._map.show_trial(None)
        self._name_check(_STOP)
        self._state.setText("Reading all rows; nothing is written.")
        self._checking = self._context.jobs.run(
            self, "try", partial(try_in_worker, self._context.workspace, order),
            self._on_tried, self._on_not_tried, stopped=self._on_check_stopped, progressed=self._on_progress,
        )  # fmt: skip

    def _stop_checking(self) -> None:
        if self._checking is not None:
            self._checking.cancel.cancel()

    def _on_progress(self, progress: Progress) -> None:
        if self._checking is not None:
            share = "" if progress.fraction is None else f", {round(100 * progress.fraction)} %"
            self._state.setText(f"{numbers.plural(progress.done, 'row', 'rows')} read{share}; nothing is written.")

    def _on_tried(self, trial: Trial) -> None:
        self._on_check_stopped()
        self._trial = trial
        self._map.show_trial(trial)
        self._go.setEnabled(trial.rows > 0)
        words = f"Import {numbers.plural(trial.rows, 'row', 'rows')}" if trial.rows else "Import"
        self._go.setText(words)
        self._go.setAccessibleName(words)
        if trial.rows and self._check.hasFocus():
            self._go.setFocus()

    def _on_not_tried(self, error: Exception) -> None:
        self._on_check_stopped()
        self._map.say_problem(" ".join(error_words(error)[0]))

    def _on_check_stopped(self) -> None:
        self._checking = None
        self._state.setText("")
        self._name_check(_CHECK)

    def _name_check(self, words: str) -> None:
        self._check.setText(words)
        self._check.setAccessibleName(words)

    def _on_import(self) -> None:
        order = self._order
        if order is None:
            return
        self._stop_checking()
        name = order.community.casefold()
        self._is_new = self._is_new if self._parts.shown() is self._outcome else name not in {
            known.casefold() for known in self._known
        }  # fmt: skip
        work = self._sources.import_table(order)
        if work is not None:
            self._watch(work)

    def _watch(self, work: Work) -> None:
        self._work = work
        self._heading.setText(f"Importing {work.subject}")
        self._turn_to(self._running)
        self._progress.follow(work)
        self._progress.take_focus()

    def _on_ended(self, work: Work) -> None:
        if work is not self._work:
            return
        self._work = None
        work.is_seen = self.isVisible()
        self._heading.setText(_TITLE)
        if work.error is not None:
            self._turn_to(self._mapping)
            self._map.say_problem(" ".join(error_words(work.error)[0]))
            return
        self._outcome.show_work(work, is_new=self._is_new)
        self._turn_to(self._outcome)
        if work.is_seen:
            self._outcome.view.take_focus()

    def _on_undone(self, name: str) -> None:
        """Back to the table, which can be imported otherwise now."""
        self._known = [known for known in self._known if known.casefold() != name.casefold()]
        self._turn_to(self._mapping)
        self._on_changed()
        self._map.show_trial(None)
        self._state.setText(f"Undone. Nothing of “{name}” is left.")
        if self.isVisible():
            self._go.setFocus()


def _column(part: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 4, 0, 0)
    column.setSpacing(12)
    return column
