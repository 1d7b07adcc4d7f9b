"""The demo's files: every document of a plan, an office's file for headquarters, and the table made of it there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from workbench.cli.upkeep import document_maker
from workbench.clock import Clock
from workbench.export.files import write_whole
from workbench.export.summary import Extent
from workbench.ids import PlanId
from workbench.operations import rollup
from workbench.operations.documents import write_report
from workbench.operations.partners import add_partner, own_identity
from workbench.operations.plans import plan_text
from workbench.operations.rollup_import import import_folder
from workbench.vault import KeyFile
from workbench.workspace import Workspace

STICK = "to-headquarters"
HEADQUARTERS = "headquarters"
FULL: Final = ("pdf", "docx", "pptx", "xlsx", "html", "md", "csv", "ics")
ONE_PAGE: Final = ("pdf", "docx", "pptx")
WITHOUT_QT: Final = FULL[1:]
_OFFICE, _HEADQUARTERS = "Office in {} (sample)", "Headquarters (sample)"


def write_documents(workspace: Workspace, plan_id: PlanId, out: Path) -> Iterator[tuple[Path, int]]:
    """Writes the plan as every document that needs no Qt, and as JSON; answers each with its bytes."""
    wanted = [(key, Extent.FULL, f"plan-summary.{key}") for key in WITHOUT_QT]
    wanted += [(key, Extent.ONE_PAGE, f"plan-one-page.{key}") for key in ONE_PAGE if key in WITHOUT_QT]
    for key, extent, name in wanted:
        path = out / name
        yield path, write_report(workspace, plan_id=plan_id, exporter=document_maker(key), out=path, extent=extent)
    data = plan_text(workspace, plan_id).encode()
    write_whole(out / "plan.json", data)
    yield out / "plan.json", len(data)


def add_up(workspace: Workspace, out: Path, *, clock: Clock) -> tuple[Path, Path, str]:
    """Writes the office's sealed file, takes it in at a headquarters of its own, and writes the table of all offices.

    Answers the sealed file, the table, and in words which offices were heard; two more are waited for and stay silent.
    """
    stick = out / STICK
    stick.mkdir(exist_ok=True)
    rollup.set_own_office(workspace, code="ken", name=_OFFICE.format("Kenya"), country="Kenya")
    office = own_identity(workspace, name=_OFFICE.format("Kenya"))
    with Workspace.create(out / HEADQUARTERS, key=KeyFile(out / f"{HEADQUARTERS}.key"), clock=clock) as headquarters:
        add_partner(workspace, own_identity(headquarters, name=_HEADQUARTERS))
        add_partner(headquarters, office)
        file = rollup.write_office_file(workspace, out=stick, to=[_HEADQUARTERS])
        with rollup.open_place(headquarters) as place:
            for code, country in (("ken", "Kenya"), ("npl", "Nepal"), ("per", "Peru")):
                rollup.expect_office(headquarters, place=place, code=code, name=_OFFICE.format(country))
            import_folder(headquarters, place=place, folder=stick)
            table = out / "rollup.xlsx"
            rollup.write_rollup(headquarters, place=place, out=table)
            words = rollup.rollup_report(headquarters, place=place).coverage_words
    return file.path, table, words
