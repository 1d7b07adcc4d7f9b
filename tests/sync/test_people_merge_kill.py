"""Killed in the middle of making two people one, or of telling them apart: all of it is there, or nothing."""

import multiprocessing
import shutil

import pytest

from tests.sync import killed_merge
from tests.sync.mirrored import Mirrored, a_mirror
from workbench.sync.rollup_check import differences

STRIDE = 8
"""Statements between two kills."""


def everything(mirrored: Mirrored) -> dict[str, object]:
    """Every row of every table there is."""
    names = mirrored.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'message_fts%'")
    return {name: sorted(mirrored.rows(f'SELECT * FROM "{name}"'), key=repr) for (name,) in names}


@pytest.mark.parametrize("is_undo", [False, True], ids=["merge", "undo"])
def test_people_are_one_or_two_and_nothing_between_wherever_it_is_cut(tmp_path, is_undo):
    template = killed_merge.begin(tmp_path / "template")
    if is_undo:
        killed_merge.finish(template, is_undo=False)
    nothing = everything(template)
    template.database.close()
    shutil.copytree(tmp_path / "template", tmp_path / "complete")
    complete = a_mirror(tmp_path / "complete")
    killed_merge.finish(complete, is_undo=is_undo)
    whole = everything(complete)
    complete.database.close()
    assert whole != nothing

    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        context.set_forkserver_preload([killed_merge.__name__])
    kills = 0
    is_through = False
    while not is_through:
        folder = tmp_path / f"killed{kills}"
        shutil.copytree(tmp_path / "template", folder)
        process = context.Process(target=killed_merge.run, args=(folder, 1 + kills * STRIDE, is_undo))
        process.start()
        process.join()
        assert process.exitcode in {0, 9}
        is_through = process.exitcode == 0
        mirrored = a_mirror(folder)
        assert everything(mirrored) == (whole if is_through else nothing)
        with mirrored.database.read() as reader:
            assert differences(reader) == []
            assert reader.rows("PRAGMA quick_check") == [("ok",)]
        mirrored.database.close()
        kills += not is_through
    assert kills > 5
