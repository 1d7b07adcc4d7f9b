"""Documents as operations: the summary gathered in one reading, and written whole or not at all."""

from pathlib import Path

import pytest

from tests.builders import NOW, a_workspace
from tests.disks import a_small_disk, an_unwritable
from workbench.errors import BadInputError, ExportError, StoreError
from workbench.export.exporter import Exporter, exporters
from workbench.export.summary import NamesDisclosure, PlanSummary
from workbench.ids import PlanId
from workbench.operations.documents import plan_summary, write_report
from workbench.operations.plans import MeasureChoice, start_plan
from workbench.paths import log_folder
from workbench.workspace import Workspace


@pytest.fixture
def planned(tmp_path: Path):
    with a_workspace(tmp_path) as workspace:
        plan_id = start_plan(
            workspace, name="Seals", purpose="p", owner="Amina Example", measures=[MeasureChoice("messages")]
        )
        yield workspace, plan_id


def markdown() -> Exporter:
    return next(exporter for exporter in exporters() if exporter.key == "md")


class Untouched:
    """An exporter that must not be asked."""

    key, title, suffix = "none", "None", ".none"

    def render(self, summary: PlanSummary) -> bytes:
        pytest.fail("work was done before the place was looked at")


def test_summary_is_as_of_the_workspace_clock(planned: tuple[Workspace, PlanId]):
    workspace, plan_id = planned
    summary = plan_summary(workspace, plan_id=plan_id)
    assert (summary.plan, summary.as_of, summary.names) == ("Seals", NOW, None)
    names = NamesDisclosure(purpose="hand-over", recipient="Regional office")
    assert plan_summary(workspace, plan_id=plan_id, names=names).names == names


def test_unknown_plan_is_refused(planned: tuple[Workspace, PlanId]):
    with pytest.raises(BadInputError, match="no such plan"):
        plan_summary(planned[0], plan_id=PlanId("nobody"))


def test_report_replaces_an_older_one_and_tells_its_size(planned: tuple[Workspace, PlanId], tmp_path: Path):
    workspace, plan_id = planned
    out = tmp_path / "summary.md"
    out.write_text("old", encoding="utf-8")
    size = write_report(workspace, plan_id=plan_id, exporter=markdown(), out=out)
    assert len(out.read_bytes()) == size > 100
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_names_that_went_out_stand_in_the_log_without_a_name(planned: tuple[Workspace, PlanId], tmp_path: Path):
    workspace, plan_id = planned
    log = log_folder(workspace.profile) / "workbench.log"
    write_report(workspace, plan_id=plan_id, exporter=markdown(), out=tmp_path / "without.md")
    assert not log.exists()
    names = NamesDisclosure(purpose="hand-over", recipient="Luis Ejemplo")
    write_report(workspace, plan_id=plan_id, exporter=markdown(), out=tmp_path / "with.md", names=names)
    line = log.read_text(encoding="utf-8")
    assert '"event": "report.names"' in line
    assert "Luis" not in line


def test_place_that_cannot_be_written_is_found_before_any_work(planned: tuple[Workspace, PlanId], tmp_path: Path):
    workspace, plan_id = planned
    (tmp_path / "closed").mkdir()
    with an_unwritable(tmp_path / "closed") as closed:
        for out in (closed / "x.md", tmp_path / "nowhere" / "x.md", tmp_path):
            with pytest.raises(ExportError):
                write_report(workspace, plan_id=plan_id, exporter=Untouched(), out=out)


def test_full_disk_leaves_the_older_document_whole(planned: tuple[Workspace, PlanId]):
    workspace, plan_id = planned
    document = markdown().render(plan_summary(workspace, plan_id=plan_id))
    with a_small_disk(4096) as disk:
        out = disk.folder / "summary.md"
        out.write_text("old", encoding="utf-8")

        class Large(Untouched):
            def render(self, summary: PlanSummary) -> bytes:
                return document * 40

        with pytest.raises(StoreError):
            write_report(workspace, plan_id=plan_id, exporter=Large(), out=out)
        assert out.read_text(encoding="utf-8") == "old"
        assert [path.name for path in disk.folder.iterdir()] == ["summary.md"]
