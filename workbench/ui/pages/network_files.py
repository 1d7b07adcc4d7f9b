"""NetworkFiles: the picture of the network, and its groups against offices, as files that name nobody."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.operations.network_table import table_csv
from workbench.ui import numbers
from workbench.ui.context import Context
from workbench.ui.pages.network_data import NetworkShown, picture_bytes, save_bytes
from workbench.ui.theme import SMALL
from workbench.ui.words import error_words

_FILES: Final = {".png": "Picture (*.png)", ".svg": "Drawing (*.svg)", ".csv": "Table (*.csv)"}


class NetworkFiles:
    """Saves `found`, what the page shows; nothing while that is None."""

    def __init__(self, context: Context, page: QWidget) -> None:
        self._context, self._page = context, page
        self.found: NetworkShown | None = None

    def choose(self, suffix: str) -> None:
        """Asks where a file of this kind goes, and saves it there."""
        name, _filter = QFileDialog.getSaveFileName(self._page, "Save the network", f"Network{suffix}", _FILES[suffix])
        if name:
            self.save(Path(name) if Path(name).suffix else Path(f"{name}{suffix}"))

    def save(self, path: Path) -> None:
        """Saves what is shown, as the suffix says: .png, .svg or .csv."""
        found = self.found
        if found is None:
            return
        font = self._context.theme.font(SMALL)

        def job() -> tuple[Path, int]:
            suffix = path.suffix.casefold()
            data = table_csv(found.look) if suffix == ".csv" else picture_bytes(found, font, suffix)
            return save_bytes(data, path)

        self._context.jobs.run(self._page, "save", job, self._on_saved, self._on_failed)

    def _on_saved(self, answer: tuple[Path, int]) -> None:
        path, size = answer
        self._context.tell(f"Saved {path.name}, {numbers.size(size)}.")

    def _on_failed(self, error: Exception) -> None:
        self._context.tell(" ".join(error_words(error)[0]))
