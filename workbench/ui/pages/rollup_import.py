"""RollupImportPanel: the files of offices from one folder: progress that can be stopped, and what came of it."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from workbench.progress import Progress
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.jobs import Job
from workbench.ui.pages.rollup_data import take_in
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.drop_area import DropArea
from workbench.ui.widgets.icon_label import IconLabel
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.widgets.reading_column import ReadingColumn
from workbench.ui.words import error_words

if TYPE_CHECKING:
    from workbench.operations.rollup_import import RollupImport

_MOST: Final = 200


class RollupImportPanel(ReadingColumn):
    """`left` when one is done with it; `imported` after every import."""

    left = Signal()
    imported = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme)
        self._context, self._theme = context, context.theme
        self._job: Job | None = None
        self.result: RollupImport | None = None
        self.trouble = Notice(self._theme)
        self._choice, self._running = Card("Take in what offices sent"), Card("Taking in")
        self._outcome = QWidget()
        self._outcome_column = QVBoxLayout(self._outcome)
        self._outcome_column.setContentsMargins(0, 0, 0, 0)
        self._outcome_column.setSpacing(12)
        self.drop = DropArea(self._theme, words="Drop the folder with the office files here", filters="")
        self.drop.files.hide()
        self.drop.given.connect(lambda paths: self.take(paths[0]))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress of taking in")
        self._count = PlainLabel("", role="small")
        self.stop = push_button("Stop", theme=self._theme, icon="x", clicked=self._on_stop)
        self._build()

    def start(self) -> None:
        """Begins anew; what is under way is shown instead."""
        if self._job is None:
            self.trouble.say("")
            self._show(self._choice)

    def take(self, path: Path) -> None:
        """Takes in every office file of a folder; a file stands for the folder it lies in."""
        if self._job is not None:
            return
        folder = path if path.is_dir() else path.parent
        self.trouble.say("")
        self._bar.setRange(0, 0)
        self._count.setText("Looking…")
        self.stop.setEnabled(True)
        self._show(self._running)
        self.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self._job = self._context.jobs.run(
            self, "import", partial(take_in, self._context.workspace, folder), self._on_done, self._on_failed,
            stopped=self._on_stopped, progressed=self._on_progress, title="Taking in office files",
        )  # fmt: skip
        self._job.watchers.add(self._running)

    def take_focus(self) -> None:
        """Puts the keyboard where work goes on."""
        (self.drop.folder if self._job is None else self.stop).setFocus(Qt.FocusReason.OtherFocusReason)

    def is_settled(self) -> bool:
        """Whether nothing is being taken in."""
        return self._job is None

    def _build(self) -> None:
        said = (
            "Choose the folder the files arrive in, from e-mail, a stick or a shared drive. Taking in the same folder "
            "again changes nothing; files in any order, twice or with gaps do no harm."
        )
        self._choice.body.addWidget(PlainLabel(said, role="second", wraps=True))
        self._choice.body.addWidget(self.drop)
        note = "Only files signed by your partners are taken in. Add an office with the partner file it gave you."
        self._choice.body.addWidget(PlainLabel(note, role="small", wraps=True))
        self._running.body.addWidget(self._bar)
        row = QHBoxLayout()
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self.stop)
        self._running.body.addLayout(row)
        self._running.body.addWidget(PlainLabel("You can go on working. Offices that are finished stay.", role="small"))
        for widget in (self.trouble, self._choice, self._running, self._outcome):
            self.column.addWidget(widget)
        self._show(self._choice)

    def _show(self, part: QWidget) -> None:
        for each in (self._choice, self._running, self._outcome):
            each.setVisible(each is part)

    def _on_progress(self, progress: Progress) -> None:
        if progress.fraction is not None:
            self._bar.setRange(0, 1000)
            self._bar.setValue(round(progress.fraction * 1000))
        of = "" if progress.total is None else f" of {numbers.count(progress.total)}"
        left = None if self._job is None else self._job.seconds_left(self._context.jobs.seconds())
        more = "" if left is None else f" · {numbers.length(left)} left"
        self._count.setText(f"{numbers.count(progress.done)}{of} {progress.unit}{more}")

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel.cancel()
            self.stop.setEnabled(False)
            self._count.setText("Stopping. What is finished stays.")

    def _on_done(self, result: "RollupImport") -> None:
        self._job, self.result = None, result
        self._show_outcome(result)
        self._context.bus.publish(result.changes)
        self.imported.emit()

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self.trouble.say(" ".join(error_words(error)[0]))
        self._show(self._choice)

    def _on_stopped(self) -> None:
        self._job = None
        self.trouble.say("Stopped. The offices that were finished are here; take in the folder again for the rest.")
        self._show(self._choice)
        self.imported.emit()

    def _show_outcome(self, result: "RollupImport") -> None:
        column = self._outcome_column
        while (item := column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        column.addWidget(self._built_head(result))
        aside = [(each.file, each.reason) for each in result.set_aside]
        troubles = [(office, trouble.words.capitalize()) for office, trouble in result.troubles]
        for title, said, lines in (
            ("Set aside", "Nothing of these was kept; they can be taken in once the reason is gone.", aside),
            ("Gaps and twins", "Numbers that never came, or came twice. Ask the office to send again.", troubles),
        ):
            if lines:
                column.addWidget(_listed(title, said, lines))
        self._show(self._outcome)
        self._see.setFocus(Qt.FocusReason.OtherFocusReason)

    def _built_head(self, result: "RollupImport") -> Card:
        card = Card(padding=20)
        icon, token, words = outcome_words(result)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, self._theme, token=token, size=20))
        row.addWidget(PlainLabel(words, role="title", wraps=True), 1)
        card.body.addLayout(row)
        figures = (
            f"{numbers.plural(result.taken, 'file', 'files')} taken in from "
            f"{numbers.plural(result.offices, 'office', 'offices')}, {numbers.count(result.unchanged)} known already, "
            f"{numbers.count(len(result.set_aside))} set aside."
        )
        card.body.addWidget(PlainLabel(figures, role="second", wraps=True))
        card.setAccessibleName(f"{words}. {figures}")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        see = push_button(
            "See the offices", theme=self._theme, kind="primary", icon="buildings", clicked=self.left.emit
        )
        self._see = see
        buttons.addWidget(see)
        buttons.addWidget(push_button("Take in another folder", theme=self._theme, clicked=self.start))
        buttons.addStretch(1)
        card.body.addLayout(buttons)
        return card


def outcome_words(result: "RollupImport") -> tuple[str, str, str]:
    """Icon, token and title of what came of a folder."""
    if result.set_aside and not result.taken and not result.unchanged:
        return "warning-circle", "watch", "No file could be taken in"
    if result.set_aside:
        return "warning-circle", "watch", "Taken in, but for a few files"
    if not result.taken:
        words = "Nothing new in this folder" if result.unchanged else "No office file lies in this folder"
        return "check-circle" if result.unchanged else "circle-dashed", "good" if result.unchanged else "unknown", words
    return "check-circle", "good", "Everything was taken in"


def choose_folder(parent: QWidget) -> Path | None:
    """Asks for a folder."""
    name = QFileDialog.getExistingDirectory(parent, "Choose the folder with the office files")
    return Path(name) if name else None


def _listed(title: str, said: str, lines: list[tuple[str, str]]) -> Card:
    card = Card(title, numbers.count(len(lines)))
    card.body.addWidget(PlainLabel(said, role="small", wraps=True))
    for name, reason in lines[:_MOST]:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(PlainLabel(name, role="strong", elides=True))
        row.addWidget(PlainLabel(reason, wraps=True), 1)
        card.body.addLayout(row)
    if len(lines) > _MOST:
        card.body.addWidget(PlainLabel(f"and {numbers.count(len(lines) - _MOST)} more", role="small"))
    return card
