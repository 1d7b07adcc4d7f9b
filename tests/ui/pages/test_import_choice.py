"""What is chosen for an import: how much it is and which name it proposes."""

from pathlib import Path

import pytest

from tests.ui.mail_files import an_archive
from workbench.errors import BadInputError
from workbench.ui.pages.import_choice import known_names, look_at, proposed_name


def test_a_folder_is_counted_with_its_size(tmp_path: Path):
    chosen = look_at([an_archive(tmp_path / "pumps")])
    assert chosen.files == 1
    assert chosen.size > 500


def test_an_empty_folder_is_refused(tmp_path: Path):
    with pytest.raises(BadInputError):
        look_at([tmp_path])


@pytest.mark.parametrize(
    ("names", "proposed"),
    [
        (["r-pumps"], "r-pumps"),
        (["r-pumps/2024-January.txt"], "r-pumps"),
        (["r-pumps/water-forum.mbox.gz"], "water-forum"),
        (["r-pumps/2023.txt", "r-pumps/2024.txt"], "r-pumps"),
    ],
)
def test_the_name_comes_from_the_folder_or_the_file(tmp_path: Path, names: list[str], proposed: str):
    (tmp_path / "r-pumps").mkdir()
    for name in names:
        if name != "r-pumps":
            (tmp_path / name).touch()
    assert proposed_name([tmp_path / name for name in names]) == proposed


def test_nothing_chosen_proposes_nothing():
    assert proposed_name([]) == ""


def test_communities_that_are_there_are_known(filled):
    assert "Water in schools" in known_names(filled.database)
