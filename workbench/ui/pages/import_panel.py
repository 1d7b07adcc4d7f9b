"""ImportPanel: brings mail archives or web traffic in: choose the files, name them, watch, and see what came of it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.import_choice import (
    WORDS,
    Chosen,
    FilesKind,
    Known,
    file_limit_of,
    kind_of,
    known_sources,
    look_at,
    name_words,
    proposed_name,
)
from workbench.ui.pages.import_files import KeptFiles
from workbench.ui.pages.import_outcome import OutcomeView
from workbench.ui.source_work import SourceWork, Work, WorkKind
from workbench.ui.widgets.buttons import on_enter, push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.drop_area import DropArea
from workbench.ui.widgets.field import Field
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.switch import Switch
from workbench.ui.widgets.work_progress import WorkProgress, fill_running
from workbench.ui.words import error_words

_NAMED = 4  # files named one by one; the rest are counted


class ImportPanel(Card):
    """`left` when one is done with it, `meanwhile` to leave it running.

    `held_back_wanted` and `dashboard_wanted(id)` lead on from what came of it.
    """

    left = Signal()
    meanwhile = Signal()
    held_back_wanted = Signal()
    dashboard_wanted = Signal(int)

    def __init__(self, context: Context, sources: SourceWork) -> None:
        super().__init__(padding=24)
        self._context, self._sources = context, sources
        self._paths: list[Path] = []
        self._known: list[Known] = []
        self._wanted = self._chosen_kind = FilesKind.MAIL
        self._asked: tuple[tuple[Path, ...], str] = ((), "")
        self._is_name_typed = False
        self._work: Work | None = None
        self._drops = {
            kind: DropArea(context.theme, words=words.drop, filters=words.filters) for kind, words in WORDS.items()
        }
        self._kept_files = KeptFiles(context.theme)
        self._name = QLineEdit()
        self._build()
        for drop in self._drops.values():
            drop.given.connect(self.take)
        self._drops[FilesKind.TRAFFIC].folder.hide()  # of a folder only its mail is read
        sources.changed.connect(self._follow)
        sources.ended.connect(self._on_ended)
        self._show_choice()

    def start(self, *, community: str = "", wanted: FilesKind = FilesKind.MAIL) -> None:
        """Begins anew, for a community that is there already or one to be named; running work is shown instead.

        `wanted` is what is asked for until files say what they are.
        """
        work = self._sources.newest(WorkKind.IMPORT)
        if work is not None and work.is_running:
            self._watch(work)
            return
        self._is_name_typed = bool(community)
        self._wanted = wanted
        self._kept_files.start()
        self._paths.clear()
        self._name.setText(community)
        self._ask_views(())
        self._say_problem("")
        self._parts.turn_to(self._choosing)
        self._show_choice()
        database = self._context.workspace.database
        self._context.jobs.run(self, "names", partial(known_sources, database), self._on_names)

    def take(self, paths: Sequence[Path]) -> None:
        """Adds files and folders to what is to be imported."""
        self._paths += [path for path in paths if path not in self._paths]
        self._ask_views(())
        self._parts.turn_to(self._choosing)
        if not self._is_name_typed:
            self._name.setText(proposed_name(self._paths))
        self._show_choice()

    def take_focus(self) -> None:
        """Puts the keyboard where work goes on."""
        if self._parts.shown() is self._choosing:
            (self._name if self._paths else self._way_in()).setFocus()
        elif self._parts.shown() is self._outcome:
            self._outcome.take_focus()
        else:
            self._progress.take_focus()

    def _way_in(self) -> QPushButton:
        """The likelier button: archives lie in folders, exports are single files."""
        drop = self._drops[self._wanted]
        return drop.files if self._wanted is FilesKind.TRAFFIC else drop.folder

    def set_leave_words(self, words: str) -> None:
        """What the button that leaves without importing is called."""
        self._leave.setText(words)
        self._leave.setAccessibleName(words)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

    def _build(self) -> None:
        self._heading = PlainLabel("", role="title", wraps=True)
        self.body.addWidget(self._heading)
        self._choosing, self._running = QWidget(), QWidget()
        self._outcome = OutcomeView(self._context.theme)
        self._outcome.again.connect(self._on_again)
        self._outcome.more.connect(self._on_more)
        self._outcome.held_back_wanted.connect(self.held_back_wanted)
        self._outcome.dashboard_wanted.connect(self.dashboard_wanted)
        self._outcome.left.connect(self.left)
        self._parts = Switch()
        for part in (self._choosing, self._running, self._outcome):
            self._parts.add(part)
        self._build_choosing()
        self._build_running()
        self.body.addWidget(self._parts)

    def _build_choosing(self) -> None:
        theme = self._context.theme
        column = QVBoxLayout(self._choosing)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(12)
        column.addWidget(
            PlainLabel("Files are only read, never changed. No network is needed.", role="second", wraps=True)
        )
        for drop in self._drops.values():
            column.addWidget(drop)
        self._chosen_icon = IconLabel("files", theme)
        self._chosen = PlainLabel("", elides=True)
        self._sum = PlainLabel("", role="small")
        self._clear = push_button("Choose others", theme=theme, kind="link", clicked=self._on_clear)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self._chosen_icon, self._chosen, self._sum, self._clear):
            row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
        self._views = ChoiceBox(theme, name="Column of page views")
        self._views.currentIndexChanged.connect(self._on_views)
        self._views_field = Field(
            theme, "Column of page views", self._views, hint="These files are in a language that is not known here."
        )
        self._views_field.hide()
        column.addWidget(self._views_field)
        self._label = PlainLabel("", role="strong")
        self._label.setBuddy(self._name)
        self._name.setMaxLength(200)
        self._name.textEdited.connect(self._on_name_typed)
        self._name.textChanged.connect(self._show_choice)
        on_enter(self._name, self._on_import)
        self._hint = PlainLabel("", role="small", wraps=True)
        self._problem = PlainLabel("", wraps=True)
        self._problem_icon = IconLabel("warning-circle", theme, token="bad")
        problem = QHBoxLayout()
        problem.setSpacing(8)
        problem.addWidget(self._problem_icon)
        problem.addWidget(self._problem, 1)
        column.addWidget(self._label)
        column.addWidget(self._name)
        column.addWidget(self._hint)
        column.addWidget(self._kept_files)
        column.addLayout(problem)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self._go = push_button("Import", theme=theme, kind="primary", icon="download-simple", clicked=self._on_import)
        self._leave = push_button("Cancel", theme=theme, clicked=self.left.emit)
        buttons.addWidget(self._go)
        buttons.addWidget(self._leave)
        buttons.addStretch(1)
        column.addLayout(buttons)
        self._say_problem("")

    def _build_running(self) -> None:
        column = QVBoxLayout(self._running)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(12)
        self._progress = WorkProgress(self._context.theme, self._sources)
        fill_running(column, self._progress, theme=self._context.theme, leave=self.meanwhile.emit)

    def _show_choice(self) -> None:
        has_paths = bool(self._paths)
        for kind, drop in self._drops.items():
            drop.setVisible(not has_paths and kind is self._wanted)
        for widget in (self._chosen_icon, self._chosen, self._sum, self._clear):
            widget.setVisible(has_paths)
        if has_paths:
            names = [path.name or str(path) for path in self._paths]
            more = f" and {numbers.count(len(names) - _NAMED)} more" if len(names) > _NAMED else ""
            self._chosen.setText(", ".join(names[:_NAMED]) + more)
            self._chosen_icon.set_icon("folder" if self._paths[0].is_dir() else "files", token="second")
        self._look_again()
        self._chosen_kind = kind_of(self._paths, wanted=self._wanted)
        self._kept_files.setVisible(has_paths and self._chosen_kind is FilesKind.MAIL)
        self._kept_files.propose(file_limit_of(self._name.text(), self._known))
        words = WORDS[self._chosen_kind]
        hint, may_import = name_words(self._chosen_kind, self._name.text(), self._known)
        self._hint.setText(hint)
        self._label.setText(words.name)
        self._name.setAccessibleName(words.name)
        self._heading.setText(words.heading)
        needs_column = not self._views_field.isHidden() and not self._column()
        self._go.setEnabled(has_paths and may_import and not needs_column)

    def _look_again(self) -> None:
        """Looks into the files, unless they were looked into and nothing about them has changed since."""
        asked = (tuple(self._paths), self._column())
        if asked == self._asked:
            return
        self._asked = asked
        if self._paths:
            job = partial(look_at, asked[0], now=self._context.workspace.clock.now(), views=asked[1])
            self._context.jobs.run(self, "look", job, self._on_looked, self._on_not_looked)

    def _column(self) -> str:
        """The column of page views a person named; empty where nobody had to."""
        return str(self._views.currentData() or "")

    def _ask_views(self, columns: Sequence[str]) -> None:
        """Asks which column holds the page views; without columns there is nothing to ask."""
        self._views.blockSignals(True)  # noqa: FBT003 - Qt takes it by position
        self._views.clear()
        for name in ("", *columns) if columns else ():
            self._views.addItem(name or "Choose…", name)
        self._views.blockSignals(False)  # noqa: FBT003 - as above
        self._views_field.setVisible(bool(columns))

    def _on_views(self) -> None:
        self._say_problem("")
        self._show_choice()

    def _say_problem(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self._problem_icon.setVisible(bool(words))

    def _on_names(self, names: list[Known]) -> None:
        self._known = names
        self._show_choice()

    def _on_looked(self, chosen: Chosen) -> None:
        self._kept_files.say_size(chosen.size)
        self._sum.setText(f"{numbers.plural(chosen.files, 'file', 'files')}, {numbers.size(chosen.size)}")
        if chosen.columns and self._views_field.isHidden():
            self._ask_views(chosen.columns)
            self._go.setEnabled(False)
        self._say_problem("")

    def _on_not_looked(self, error: Exception) -> None:
        self._sum.setText("")
        self._say_problem(" ".join(error_words(error)[0]))

    def _on_name_typed(self) -> None:
        self._is_name_typed = bool(self._name.text().strip())

    def _on_clear(self) -> None:
        self._paths.clear()
        self._ask_views(())
        self._say_problem("")
        self._show_choice()
        self._way_in().setFocus()

    def _on_import(self) -> None:
        if not self._go.isEnabled():
            return
        self._say_problem("")
        name, paths = " ".join(self._name.text().split()), tuple(self._paths)
        if self._chosen_kind is FilesKind.TRAFFIC:
            work = self._sources.import_traffic(paths, site=name, views=self._column())
        else:
            work = self._sources.import_mail(paths, community=name, file_limit=self._kept_files.limit)
        if work is not None:
            self._watch(work)

    def _on_more(self) -> None:
        self.start(wanted=self._chosen_kind)

    def _on_again(self) -> None:
        """The same files into the same community: goes on where it stopped."""
        self._parts.turn_to(self._choosing)
        self._on_import()

    def _watch(self, work: Work) -> None:
        self._work = work
        self._heading.setText(f"Importing {work.subject}")
        self._parts.turn_to(self._running)
        self._progress.follow(work)
        self._progress.take_focus()

    def _follow(self) -> None:
        work = self._sources.newest(WorkKind.IMPORT)
        if work is not None and work.is_running and self.isVisible() and work is not self._work:
            self._watch(work)

    def _on_ended(self, work: Work) -> None:
        if work is not self._work:
            return
        self._work = None
        if work.error is not None:
            self._parts.turn_to(self._choosing)
            self._show_choice()
            self._say_problem(" ".join(error_words(work.error)[0]))
            work.is_seen = self.isVisible()
            return
        self._heading.setText(WORDS[self._chosen_kind].heading)
        self._outcome.show_work(work)
        self._parts.turn_to(self._outcome)
        work.is_seen = self.isVisible()
        if work.is_seen:
            self._outcome.take_focus()
