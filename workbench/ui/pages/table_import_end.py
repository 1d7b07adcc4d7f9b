"""TableOutcome: what came of importing a table, and a way to take it out again where that can be done whole."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.ui.pages.import_outcome import OutcomeView
from workbench.ui.source_work import SourceWork, Work
from workbench.ui.theme import Theme
from workbench.ui.widgets.buttons import push_button
from workbench.ui.widgets.plain_label import PlainLabel
from workbench.ui.words import error_words


class TableOutcome(QWidget):
    """`undone(name)` once a community that the import made is gone again. `view` says how the import ended."""

    undone = Signal(str)

    def __init__(self, theme: Theme, sources: SourceWork) -> None:
        super().__init__()
        self._sources = sources
        self._community = ""
        self._undoing: Work | None = None
        self.view = OutcomeView(theme)
        self._words = PlainLabel("", role="small", wraps=True)
        self._undo = push_button("Undo this import", theme=theme, icon="arrow-u-up-left", clicked=self._on_undo)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._undo)
        row.addWidget(self._words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.view)
        column.addLayout(row)
        sources.ended.connect(self._on_ended)

    def show_work(self, work: Work, *, is_new: bool) -> None:
        """How an import ended; only what made a community of its own can be told apart, and so be taken out."""
        self._community = work.subject
        self.view.show_work(work)
        is_there = work.total("added") + work.total("changed") + work.total("unchanged") > 0
        self._undo.setVisible(is_new and is_there)
        self._undo.setEnabled(True)
        self._words.setText(
            f"Takes “{work.subject}” out again, with everything in it."
            if is_new
            else f"What joined “{work.subject}” stays: it is told apart from the rest by nothing."
        )
        self._words.setVisible(is_there)

    def _on_undo(self) -> None:
        self._undoing = self._sources.undo_table(self._community)
        if self._undoing is not None:
            self._undo.setEnabled(False)
            self._words.setText("Taking it out…")

    def _on_ended(self, work: Work) -> None:
        if work is not self._undoing:
            return
        self._undoing = None
        work.is_seen = self.isVisible()
        if work.error is not None:
            self._undo.setEnabled(True)
            self._words.setText(" ".join(error_words(work.error)[0]))
        else:
            self.undone.emit(work.subject)
