"""Drawn networks: kept sealed, found by what they show, and nothing when they cannot be read."""

import pytest

from tests.builders import a_workspace
from workbench.ids import PersonId
from workbench.metrics.ties import Edges
from workbench.operations import network_cache
from workbench.operations.network_cache import Drawn, DrawnNetworks, mark_of
from workbench.operations.network_work import Worked

PEOPLE = tuple(map(PersonId, range(1, 5)))
EDGES = Edges(4, [0, 1], [2, 3], [1, 1])
WORKED = Worked((0, 1, 0, 1), (0.5, 0.0, 0.0, 0.0), ((0.0, 1.0), (2.0, 3.0), (4.0, 5.0), (6.0, 7.0)))
SCOPE = (1,)


@pytest.fixture
def workspace(tmp_path):
    with a_workspace(tmp_path) as found:
        yield found


def drawn(number: int = 0) -> Drawn:
    return Drawn(f"{number}", PEOPLE, WORKED)


def test_what_is_kept_is_found_again_and_names_nobody(workspace):
    DrawnNetworks(workspace, SCOPE).keep(Drawn(mark_of(PEOPLE, EDGES), PEOPLE, WORKED))
    found = DrawnNetworks(workspace, SCOPE)
    assert found.find(mark_of(PEOPLE, EDGES)) == Drawn(mark_of(PEOPLE, EDGES), PEOPLE, WORKED)
    assert found.find(mark_of(PEOPLE, Edges(4, [0, 1], [2, 3], [1, 2]))) is None
    assert DrawnNetworks(workspace, (2,)).find(mark_of(PEOPLE, EDGES)) is None
    (file,) = (workspace.profile / network_cache.FOLDER).iterdir()
    assert b"clusters" not in file.read_bytes()
    assert file.parent.stat().st_mode & 0o077 == 0


def test_places_are_known_for_most_of_the_people_or_for_nobody(workspace):
    kept = DrawnNetworks(workspace, SCOPE)
    assert kept.places_for(PEOPLE) == {}
    kept.keep(drawn())
    newcomer = PersonId(9)
    assert kept.places_for((newcomer, *PEOPLE)) == {1: (0.0, 1.0), 2: (2.0, 3.0), 3: (4.0, 5.0), 4: (6.0, 7.0)}
    assert kept.places_for(tuple(map(PersonId, (1, 9, 10)))) == {}


def test_few_are_kept_of_a_scope_and_few_files(workspace, monkeypatch):
    monkeypatch.setattr(network_cache, "KEPT_FILES", 2)
    for number in range(5):
        DrawnNetworks(workspace, SCOPE).keep(drawn(number))
        DrawnNetworks(workspace, (number + 10,)).keep(drawn())
    kept = DrawnNetworks(workspace, SCOPE)
    assert [kept.find(f"{number}") is not None for number in range(5)] == [False, False, True, True, True]
    assert len(list((workspace.profile / network_cache.FOLDER).iterdir())) == 2


@pytest.mark.parametrize("content", [b"", b"x" * 40], ids=["empty", "not ours"])
def test_a_damaged_file_is_no_file(workspace, content):
    DrawnNetworks(workspace, SCOPE).keep(drawn())
    (file,) = (workspace.profile / network_cache.FOLDER).iterdir()
    file.write_bytes(content)
    assert DrawnNetworks(workspace, SCOPE).find("0") is None


def test_a_place_that_may_not_be_written_keeps_nothing(workspace):
    (workspace.profile / network_cache.FOLDER).write_text("a file where a folder should be", encoding="utf-8")
    DrawnNetworks(workspace, SCOPE).keep(drawn())
    assert DrawnNetworks(workspace, SCOPE).find("0") is None
