"""The jobs of an export: every format is written away from the window, and names stay at home unless asked for."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication

from tests.ui.plan_samples import a_plan
from workbench.errors import ExportError
from workbench.ui.pages.plan_export_job import FORMATS, NamesWish, Preview, Wish, make_preview, write_file
from workbench.workspace import Workspace

NAMES = NamesWish(recipient="The regional office", purpose="To share the work")
STARTS = {
    "pdf": b"%PDF",
    "docx": b"PK",
    "xlsx": b"PK",
    "html": b"<!doctype html",
    "md": b"# ",
    "csv": b"",
    "pptx": b"PK",
    "ics": b"BEGIN:VCALENDAR",
}


def away(work):
    """Runs `work` on a thread of its own, as a lane does."""
    found: list[object] = []

    def run() -> None:
        assert QThread.currentThread() is not QApplication.instance().thread()
        found.append(work())

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return found[0]


@pytest.mark.parametrize("key", [key for key, _title, _ending, _use in FORMATS])
def test_every_format_is_written_away_from_the_window(qapp, workspace: Workspace, tmp_path: Path, key):
    plan_id = a_plan(workspace)
    out = tmp_path / f"plan.{key}"
    size = away(lambda: write_file(workspace, Wish(plan_id), key=key, out=out))
    data = out.read_bytes()
    assert len(data) == size > 100
    assert data.lstrip(b"\xef\xbb\xbf").startswith(STARTS[key])


def test_pages_are_drawn_away_from_the_window(qapp, workspace: Workspace):
    plan_id = a_plan(workspace, name="خطة المياه في المدارس")
    preview = away(lambda: make_preview(workspace, Wish(plan_id)))
    assert isinstance(preview, Preview)
    assert len(preview.pages) == preview.count >= 1
    page = preview.pages[0]
    shades = {page.pixel(x, y) for x in range(0, page.width(), 7) for y in range(0, 400, 3)}
    assert len(shades) > 4
    assert any("left out" in line for line in preview.lines)
    assert any("3 cards" in line for line in preview.lines)


def test_names_go_out_only_with_recipient_and_reason(qapp, workspace: Workspace, tmp_path: Path):
    plan_id, without, with_names = a_plan(workspace), tmp_path / "a.md", tmp_path / "b.md"
    write_file(workspace, Wish(plan_id), key="md", out=without)
    write_file(workspace, Wish(plan_id, NAMES), key="md", out=with_names)
    # The owner of the plan answers for it in sight of everybody; owners of cards are people who help.
    assert without.read_text("utf-8").count("Amina Example") < with_names.read_text("utf-8").count("Amina Example")
    assert "The regional office" in with_names.read_text("utf-8")
    assert any("To share the work" in line for line in make_preview(workspace, Wish(plan_id, NAMES)).lines)


def test_unwritable_place_is_refused_before_any_work(qapp, workspace: Workspace, tmp_path: Path):
    with pytest.raises(ExportError):
        write_file(workspace, Wish(a_plan(workspace)), key="md", out=tmp_path / "no" / "plan.md")
