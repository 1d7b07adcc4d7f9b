"""What is chosen for an import: how much it is and which name it proposes."""

from pathlib import Path

import pytest

from tests.builders import NOW
from tests.sync.importers.analytics_files import EXPLORATION, a_file
from tests.ui.mail_files import an_archive
from workbench.errors import BadInputError
from workbench.ui.pages.import_choice import (
    FilesKind,
    Known,
    kind_of,
    known_names,
    known_sources,
    look_at,
    name_words,
    proposed_name,
)

UNKNOWN = "\n".join(("# 20260201-20260228", "", "Sivu,Katselut", "/,12", "/kaivot,3", ""))


def test_a_folder_is_counted_with_its_size(tmp_path: Path):
    chosen = look_at([an_archive(tmp_path / "pumps")], now=NOW)
    assert chosen.files == 1
    assert chosen.size > 500


def test_an_empty_folder_is_refused(tmp_path: Path):
    with pytest.raises(BadInputError):
        look_at([tmp_path], now=NOW)


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
    assert Known("Water in schools", is_site=False) in known_sources(filled.database)
    assert "Water in schools" in known_names(filled.database)


def test_exports_of_web_traffic_are_known_by_their_ending_and_looked_into(tmp_path: Path):
    paths = [a_file(tmp_path), a_file(tmp_path, EXPLORATION, "b.CSV")]
    chosen = look_at(paths, now=NOW)
    assert (chosen.kind, chosen.files, chosen.columns) == (FilesKind.TRAFFIC, 2, ())
    assert chosen.size == sum(path.stat().st_size for path in paths)
    assert proposed_name(paths) == ""
    assert kind_of([]) is kind_of([tmp_path]) is FilesKind.MAIL


def test_a_file_in_an_unknown_language_asks_for_its_column(tmp_path: Path):
    path = a_file(tmp_path, UNKNOWN)
    chosen = look_at([path], now=NOW)
    assert chosen.columns == ("Sivu", "Katselut")
    assert look_at([path], now=NOW, views="Katselut").columns == ()


def test_both_kinds_at_once_and_other_tables_are_refused(tmp_path: Path):
    with pytest.raises(BadInputError, match="not both"):
        look_at([a_file(tmp_path), an_archive(tmp_path / "pumps")], now=NOW)
    with pytest.raises(BadInputError):
        look_at([tmp_path / "gone.csv"], now=NOW)
    with pytest.raises(BadInputError):
        look_at([a_file(tmp_path, "\n", "empty.csv")], now=NOW)


def test_a_name_joins_only_what_is_of_its_kind():
    known = [Known("Pumps", is_site=False), Known("Our site", is_site=True)]
    assert name_words(FilesKind.MAIL, " pumps ", known) == (
        "Joins “Pumps”. Messages that are there already are not added again.", True,
    )  # fmt: skip
    assert name_words(FilesKind.TRAFFIC, "our  site", known)[0].startswith("Joins “Our site”. Days")
    assert name_words(FilesKind.TRAFFIC, "Pumps", known) == (
        "There is already a community called “Pumps”. Choose another name.", False,
    )  # fmt: skip
    assert name_words(FilesKind.MAIL, "Our site", known)[1] is False
    assert name_words(FilesKind.TRAFFIC, "New", known) == ("A new web site of this name.", True)
    assert name_words(FilesKind.TRAFFIC, " ", known) == ("How you want to see the site in lists and reports.", False)
