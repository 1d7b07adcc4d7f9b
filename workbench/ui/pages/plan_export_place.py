"""Where an export goes: the name it is given, the folder the last one went to, and the system's own save dialog."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSettings, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.ui.pages.plan_export_job import FORMATS

FOLDER: Final = "export/folder"
"""Setting: the folder the last file was saved in."""
_UNFIT: Final = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_LONGEST_NAME: Final = 80


def ask_place(parent: QWidget, *, key: str, name: str, chosen: Callable[[Path], object]) -> QFileDialog:
    """Opens the dialog, which does not hold the window up and asks before it lets a file be written over."""
    title, ending = next((title, ending) for found, title, ending, _use in FORMATS if found == key)
    dialog = QFileDialog(
        parent, "Save the plan summary", str(last_folder() / f"{name}{ending}"), f"{title} (*{ending})"
    )
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
    return dialog


def last_folder() -> Path:
    """Where the last file went, while that folder is there; else where documents are kept."""
    kept = str(QSettings().value(FOLDER, ""))
    return Path(kept) if kept and Path(kept).is_dir() else _documents()


def keep_folder(folder: Path) -> None:
    """The next file is proposed in this folder."""
    QSettings().setValue(FOLDER, str(folder))


def file_name(plan: str) -> str:
    """A plan's name as a file name every system takes; letters of any script stay."""
    plain = " ".join(_UNFIT.sub(" ", plan).split())
    if len(plain) > _LONGEST_NAME:
        # Between two words, where there are any.
        cut = plain[: _LONGEST_NAME + 1].rpartition(" ")[0]
        plain = cut or plain[:_LONGEST_NAME]
    return plain.strip(" .") or "Plan"


def _documents() -> Path:
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if place and Path(place).is_dir() else Path.home()
