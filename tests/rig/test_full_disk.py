"""A disk that is full: what the coordinator writes down is refused in words, and everything stays as it was."""

import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.builders import NOW, a_workspace
from tests.disks import SmallDisk, a_small_disk
from tests.networks import a_circle_of_friends
from workbench.errors import NoSpaceError, StoreError, WorkbenchError
from workbench.export.files import write_table, write_whole
from workbench.ids import CommunityId, PersonId
from workbench.metrics.window import last_days_over
from workbench.models.kinds import CommunityType
from workbench.operations.annotations import annotate
from workbench.operations.benchmarks import set_benchmark
from workbench.operations.community_card import set_card
from workbench.operations.network import look_at_network
from workbench.operations.network_cache import FOLDER, Drawn, DrawnNetworks
from workbench.operations.network_file import graphml
from workbench.operations.network_table import table_csv
from workbench.operations.network_work import Worked
from workbench.operations.people_export import write_directory
from workbench.operations.today_marks import MarkState, mark
from workbench.workspace import Workspace

HERE = CommunityId(1)
TABLES = ("annotation", "benchmark", "community", "community_card", "todaymark", "person", "personmerge")
WRITES: dict[str, Callable[[Workspace], object]] = {
    "annotation": lambda workspace: annotate(workspace, day=NOW.date(), words="Rains came early", community_id=HERE),
    "community card": lambda workspace: set_card(workspace, community_id=HERE, fields={"purpose": "Water " * 300}),
    "benchmark": lambda workspace: set_benchmark(
        workspace,
        measure="reply_rate",
        kind=CommunityType.COMMUNITY_OF_PRACTICE,
        value=0.5,
        source="A study",
        day=NOW.date(),
    ),
    "mark of today": lambda workspace: mark(
        workspace, keys=[f"answer:{number}" for number in range(200)], state=MarkState.DONE
    ),
}
FILES: dict[str, Callable[[Workspace, Path], object]] = {
    "people.csv": lambda workspace, out: write_directory(
        workspace, scope=(), out=out, recipient="The regional office", purpose="Inviting"
    ),
    "people.xlsx": lambda workspace, out: write_directory(
        workspace, scope=(), out=out, recipient="The regional office", purpose="Inviting"
    ),
    "network.graphml": lambda workspace, out: write_whole(out, graphml(a_look(workspace), as_of=NOW)),
    "scorecard.csv": lambda _workspace, out: write_table(out, "Reply rate,0.5\r\n" * 9),
    "groups.csv": lambda workspace, out: write_whole(out, table_csv(a_look(workspace))),
}


def a_look(workspace: Workspace):
    return look_at_network(workspace, scope=(HERE,), window=last_days_over(90, NOW), as_of=NOW)


@pytest.fixture(scope="module")
def disk() -> Iterator[SmallDisk]:
    """A small disk with a profile of a circle of friends on it."""
    with a_small_disk(16 << 20) as made:
        with a_workspace(made.folder) as workspace:
            a_circle_of_friends(workspace)
        yield made


@contextmanager
def a_full(disk: SmallDisk) -> Iterator[None]:
    """Nothing more fits; where no disk of our own could be had, no file grows beyond its first page."""
    filler, before = disk.folder / "filler", resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        if disk.is_real:
            place = os.statvfs(disk.folder)
            filler.write_bytes(bytes(place.f_bavail * place.f_frsize))
        else:
            resource.setrlimit(resource.RLIMIT_FSIZE, (256, before[1]))
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        filler.unlink(missing_ok=True)


def everything(workspace: Workspace) -> dict[str, object]:
    with workspace.database.read() as reader:
        return {table: reader.rows(f"SELECT * FROM {table}") for table in TABLES}


@pytest.mark.parametrize("what", WRITES)
def test_what_is_written_down_is_refused_and_can_be_said_again(disk: SmallDisk, what: str):
    with a_workspace(disk.folder) as workspace:
        before = everything(workspace)
        with a_full(disk), pytest.raises(NoSpaceError if disk.is_real else StoreError):
            WRITES[what](workspace)
        assert everything(workspace) == before
        WRITES[what](workspace)
        assert everything(workspace) != before


@pytest.mark.parametrize("name", FILES)
def test_a_file_for_others_stays_as_it_was(disk: SmallDisk, name: str):
    folder = disk.folder / "files"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"of last month")
    with a_workspace(disk.folder) as workspace:
        a_look(workspace)
        with a_full(disk), pytest.raises(NoSpaceError if disk.is_real else WorkbenchError):
            FILES[name](workspace, folder / name)
        assert (folder / name).read_bytes() == b"of last month"
        assert [path.name for path in folder.iterdir()] == [name]
        FILES[name](workspace, folder / name)
        assert len((folder / name).read_bytes()) > 100
    (folder / name).unlink()


def test_a_drawn_network_is_not_kept_by_half(disk: SmallDisk):
    people = tuple(map(PersonId, range(1, 400)))
    with a_workspace(disk.folder) as workspace:
        (workspace.profile / FOLDER).mkdir(exist_ok=True)
        with a_full(disk):
            DrawnNetworks(workspace, (HERE,)).keep(Drawn("0", people, Worked((), (), ())))
        assert not list((workspace.profile / FOLDER).glob("*.part"))
