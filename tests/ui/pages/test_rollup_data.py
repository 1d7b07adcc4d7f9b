"""What the Roll-up page does: report, import, tables, the list of offices, and an office's own file."""

from tests.operations.laptops import Laptop
from tests.ui.pages.rollup_parts import a_folder
from workbench.cancel import CancelToken
from workbench.models.changes import Changes
from workbench.operations.partners import add_partner, own_identity
from workbench.progress import silent
from workbench.ui.pages.rollup_data import (
    OfficeWish,
    expect_list,
    name_office,
    read_own_office,
    read_report,
    send_office,
    take_in,
    write_tables,
)
from workbench.workspace import Workspace


def test_a_folder_is_taken_in_and_written_as_tables(workspace: Workspace, tmp_path):
    folder = a_folder(workspace, tmp_path / "in", "ken", "uga")
    result = take_in(workspace, folder, report=silent, cancel=CancelToken())
    assert (result.taken, result.offices, result.changes) == (4, 2, Changes.ROLLUP)
    assert len(read_report(workspace).plans) == 2
    for ending in ("xlsx", "csv"):
        path, size = write_tables(workspace, tmp_path / f"rollup.{ending}")
        assert path.stat().st_size == size


def test_a_list_of_offices_names_what_is_missing(workspace: Workspace, tmp_path):
    listed = tmp_path / "offices.csv"
    listed.write_text("code,name,country\nken,Kenya,Kenya\nuga,Uganda,Uganda\n", "utf-8")
    assert expect_list(workspace, listed) == (2, Changes.ROLLUP)
    report = read_report(workspace)
    assert [office.name for office in report.silent] == ["Kenya", "Uganda"]
    assert report.coverage_words == "0 of 2 offices"


def test_an_office_says_who_it_is_and_writes_its_file(pair, workspace: Workspace, tmp_path):
    headquarters: Laptop = pair[1]
    empty = read_own_office(workspace)
    assert (empty.office, empty.own, empty.snapshot) == (None, None, None)
    name_office(workspace, "ken", "Kenya")
    add_partner(workspace, own_identity(headquarters.workspace))
    file = send_office(workspace, OfficeWish(("Bo Example",), tmp_path, "Cleo Example"))
    assert file.path.suffix == ".cwoffice"
    known = read_own_office(workspace)
    assert known.office is not None
    assert known.own is not None
    assert known.snapshot is not None
    assert (known.office.name, known.own.name) == ("Kenya", "Cleo Example")
