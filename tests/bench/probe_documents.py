"""Every document of one plan, as it is made while the program runs; prints JSON.

probe_documents.py FOLDER: for each format, full and on one page, milliseconds (median of five, after the first
one, which loads the writer), kilobytes, and the limit: the same document by its own library alone, or the bare facts as
JSON where the format is text.
"""

import workbench.ui  # noqa: F401 - first, as in the program: it puts Python's own import back behind Qt

# isort: split
import io
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

import docx
import pptx
import python_calamine
import xlsxwriter
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPdfWriter, QTextDocument

from workbench.cli.demo_plan import start_demo_plan
from workbench.cli.plan_words import FORMATS
from workbench.cli.upkeep import document_maker
from workbench.export.gather import gather
from workbench.export.summary import Extent, PlanSummary
from workbench.operations.sources import install_sample
from workbench.ui.raster import gui_application
from workbench.vault import KeyFile
from workbench.workspace import Workspace

ROUNDS = 5


def measured(workspace: Workspace) -> dict[str, dict[str, float]]:
    """By format and length; "gather" is what reading the facts takes, once for all."""
    plan_id = start_demo_plan(workspace)
    found: dict[str, dict[str, float]] = {}

    def gathered(extent: Extent) -> PlanSummary:
        with workspace.database.read() as reader:
            return gather(reader, plan_id, as_of=workspace.clock.now(), extent=extent)

    for extent in (Extent.FULL, Extent.ONE_PAGE):
        summary = gathered(extent)
        for key in FORMATS:
            maker = document_maker(key)
            data = maker.render(summary)
            taken = median(partial(maker.render, summary))
            found[f"{key}, {extent.value}"] = {
                "ms": taken, "kb": len(data) / 1000, "limit": median(limit_of(key, data, summary)),
            }  # fmt: skip
    found["gather"] = {"ms": median(lambda: gathered(Extent.FULL)), "kb": 0.0, "limit": 0.0}
    return found


def limit_of(key: str, data: bytes, summary: PlanSummary) -> Callable[[], object]:
    """The work that has to be done in any case: by the library that writes the format, or by `json.dumps`."""
    facts = asdict(summary)
    if key == "docx":
        return lambda: docx.Document(io.BytesIO(data)).save(io.BytesIO())
    if key == "pptx":
        return lambda: pptx.Presentation(io.BytesIO(data)).save(io.BytesIO())
    if key == "xlsx":
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
        return lambda: plain_workbook(sheets)
    if key == "pdf":
        html = document_maker("html").render(summary).decode()
        return lambda: plain_pdf(html)
    return lambda: json.dumps(facts, default=str, ensure_ascii=False, indent=1)


def plain_workbook(sheets: Sequence[Sequence[Sequence[object]]]) -> bytes:
    """The same cells without looks."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, [str(value) for value in row])
    return stream.getvalue()


def plain_pdf(html: str) -> int:
    """The text of the page through Qt's own layout, without its charts."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    document = QTextDocument()
    document.setHtml(html)
    document.print_(writer)
    return int(buffer.size())


def median(work: Callable[[], object]) -> float:
    """Milliseconds."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return sorted(taken)[ROUNDS // 2]


def main(arguments: list[str]) -> int:
    """On a profile of its own with the sample network, made once in the folder that is named."""
    home = Path(arguments[0])
    if not (home / "ready").exists():
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        with Workspace.create(home / "profile", key=KeyFile(home / "key")) as workspace:
            install_sample(workspace)
        (home / "ready").touch()
    application = gui_application()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "profile"
        shutil.copytree(home / "profile", copy)
        with Workspace.open(copy, key=KeyFile(home / "key")) as workspace:
            found = measured(workspace)
    del application
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[2:]))
