"""PlanNews: the line above the list of plans that says which files of partners wait to be taken in."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from workbench.ui.context import Context
from workbench.ui.exchange_watch import LOOK, news_words
from workbench.ui.pages.plan_exchange_data import WaitingLine, read_waiting, watched_folders
from workbench.workspace import Workspace


class PlanNews(QObject):
    """`words` is empty while nothing waits; `changed` is called with every answer. Looking changes nothing."""

    def __init__(self, context: Context, *, changed: Callable[[], object]) -> None:
        super().__init__(context)
        self._context, self._changed = context, changed
        self.words = ""

    def look(self) -> None:
        """Looks into the folders of partners, away from the window."""
        job = partial(waiting, self._context.workspace)
        self._context.jobs.run(self, "waiting", job, self._on_waiting)

    def open(self) -> None:
        """Goes where they are taken in."""
        self._context.actions.trigger(LOOK)

    def _on_waiting(self, lines: tuple[WaitingLine, ...]) -> None:
        # A folder or a file that cannot be read is named on the page where files are received.
        found = [line for line in lines if not line.trouble]
        self.words = news_words(found) if found else ""
        self._changed()


def waiting(workspace: Workspace) -> tuple[WaitingLine, ...]:
    """The files that wait; without a folder of a partner nothing is loaded that opens them."""
    return read_waiting(workspace) if watched_folders(workspace) else ()
