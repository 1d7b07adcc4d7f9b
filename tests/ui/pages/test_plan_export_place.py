"""Where an export goes: names every system takes, and the folder of the last file while it is there."""

from pathlib import Path

import pytest

from workbench.ui.pages.plan_export_place import file_name, keep_folder, last_folder


@pytest.mark.parametrize(
    ("plan", "name"),
    [("Safe water", "Safe water"), ('a/b\\c:d*e?"f<g>h|i', "a b c d e f g h i"), ("خطة المياه", "خطة المياه"),
     ("...", "Plan"), ("", "Plan"), ("x" * 200, "x" * 80), ("long words " * 8, "long words " * 6 + "long words"), ("tab\there", "tab here")],
)  # fmt: skip
def test_plan_names_make_file_names_every_system_takes(plan, name):
    assert file_name(plan) == name


def test_the_last_folder_is_proposed_while_it_is_there(qapp, tmp_path: Path):
    folder = tmp_path / "second"
    folder.mkdir()
    keep_folder(folder)
    assert last_folder() == folder
    folder.rmdir()
    assert last_folder() not in {folder, tmp_path}
