"""TableFile: the numbers of a page as a CSV file; what went wrong while writing stands on the page."""

from functools import partial
from pathlib import Path
from typing import Final, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from workbench.export.files import write_table
from workbench.ui.context import Context
from workbench.ui.pages.page import Page
from workbench.ui.pages.plan_export_place import file_name, keep_folder, last_folder
from workbench.ui.widgets.notice import Notice
from workbench.ui.words import error_words

_PLACE: Final = 2


class TableFile:
    """Under the heading of `page`, `trouble` says why a file was not written; the next one written takes it away."""

    def __init__(self, context: Context, page: Page) -> None:
        self._context, self._page = context, page
        self.trouble = Notice(context.theme)
        # Behind heading and note, before whatever tabs come: in sight however far the page is scrolled.
        cast("QVBoxLayout", page.layout()).insertWidget(_PLACE, self.trouble)

    def choose(self, title: str, name: str, text: str, *, span: str = "", told: str = "") -> QFileDialog:
        """Asks where the table goes and writes it there; the dialog does not hold the window up.

        `name` is proposed, cut short where it is long, and after it the `span` it is about.
        """
        place = str(last_folder() / f"{f'{file_name(name)} {span}'.strip()}.csv")
        dialog = QFileDialog(self._page, title, place, "Table (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.write(Path(chosen), text, told=told))
        dialog.open()
        return dialog

    def write(self, path: Path, text: str, *, told: str = "") -> None:
        """Writes the file whole or leaves what was there, and says which; `told` is said of one that was written."""
        job = partial(write_table, path, text)
        self._context.jobs.run(self._page, "csv", job, lambda _: self._on_written(path, told), self._on_failed)

    def _on_written(self, path: Path, told: str) -> None:
        self.trouble.say("")
        keep_folder(path.parent)
        self._context.tell(f"Saved {path.name}. {told}".strip())

    def _on_failed(self, error: Exception) -> None:
        self.trouble.say(" ".join(error_words(error)[0]))
