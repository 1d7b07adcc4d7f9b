"""KeptSearches: the searches that are kept, as a menu beside the search box; choosing one searches it again."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton

from workbench.queries.listening import ListeningRow
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.directions import isolated
from workbench.ui.pages.questions_data import read_listening
from workbench.ui.sanitiser import line
from workbench.ui.widgets.buttons import icon_button


class KeptSearches(QObject):
    """`chosen(ListeningRow)`; they are read when the button is pressed, so that new hits are counted up to now."""

    chosen = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.button: QToolButton = icon_button(
            "Kept searches", icon="bookmark-simple", theme=context.theme, clicked=self._read
        )
        self.menu = QMenu(self.button)

    def show_rows(self, rows: Sequence[ListeningRow]) -> None:
        """Lists them with what is new in each, and leads to where they are renamed and given up."""
        self.menu.clear()
        for row in rows:
            action = self.menu.addAction(kept_words(row).replace("&", "&&"))
            action.triggered.connect(partial(self._choose, row))
        if not rows:
            self.menu.addAction("No search is kept yet: narrow one and give it a name").setEnabled(False)
        self.menu.addSeparator()
        self.menu.addAction("Rename or stop…", partial(self._context.open_page, "questions", "Listening"))
        is_turned = self.button.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = self.button.width() - self.menu.sizeHint().width() if is_turned else 0
        self.menu.popup(self.button.mapToGlobal(QPoint(side, self.button.height())))

    def _read(self) -> None:
        context = self._context
        context.jobs.run(
            self, "kept", partial(read_listening, context.workspace.database), self.show_rows, context.tell_error
        )

    def _choose(self, row: ListeningRow) -> None:
        self.chosen.emit(row)


def kept_words(row: ListeningRow) -> str:
    """What a kept search is called, with how much is new in it and who sees to it."""
    new = "" if not row.new else f"{numbers.count(row.new)}{'+' if row.is_cut else ''} new"
    return " · ".join(isolated(part) for part in (line(row.title), new, line(row.owner)) if part)
