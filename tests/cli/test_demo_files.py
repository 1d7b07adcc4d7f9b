"""The demo's files: documents that need no Qt, and an office added up at a headquarters of its own."""

from pathlib import Path

from tests.builders import a_workspace
from workbench.cli.demo_files import HEADQUARTERS, STICK, WITHOUT_QT, add_up, write_documents
from workbench.cli.plan_words import FORMATS
from workbench.operations.plans import MeasureChoice, start_plan


def test_every_format_and_json_are_written(tmp_path: Path):
    with a_workspace(tmp_path) as workspace:
        plan_id = start_plan(workspace, name="P", purpose="p", owner="o", measures=[MeasureChoice("messages")])
        written = dict(write_documents(workspace, plan_id, tmp_path))
    assert {path.suffix for path in written} == {".json", *(f".{key}" for key in WITHOUT_QT)}
    assert set(FORMATS) - set(WITHOUT_QT) == {"pdf"}
    assert all(path.stat().st_size == size for path, size in written.items())


def test_one_office_is_heard_and_two_are_waited_for(tmp_path: Path):
    with a_workspace(tmp_path) as workspace:
        start_plan(workspace, name="P", purpose="p", owner="o", measures=[MeasureChoice("messages")])
        file, table, words = add_up(workspace, tmp_path, clock=workspace.clock)
    assert file.parent == tmp_path / STICK
    assert table.exists()
    assert (tmp_path / HEADQUARTERS).is_dir()
    assert words.startswith("1 of 3 offices")
