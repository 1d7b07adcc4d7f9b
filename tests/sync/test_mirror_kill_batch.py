"""Killed at every statement of one batch: all of it is there, or nothing."""

import multiprocessing
import shutil

from tests.sync import killed_batch
from tests.sync.mirrored import Mirrored, a_mirror, snapshot
from workbench.sync.rollup_check import differences


def everything(mirrored: Mirrored) -> dict[str, object]:
    """What was mirrored, with all that commits beside it."""
    beside = {
        name: mirrored.rows(f"SELECT * FROM {name}")
        for name in ("streamcursor", "coverage", "quarantine", "communitystate", "pageday", "syncrun", "member")
    }
    return snapshot(mirrored) | beside


def test_a_batch_is_whole_or_not_there_wherever_it_is_cut(tmp_path):
    undisturbed = killed_batch.begin(tmp_path / "undisturbed")
    nothing = everything(undisturbed)
    undisturbed.database.close()
    for folder in ("template", "complete"):
        shutil.copytree(tmp_path / "undisturbed", tmp_path / folder)
    complete = a_mirror(tmp_path / "complete")
    killed_batch.finish(complete)
    whole = everything(complete)
    complete.database.close()

    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        context.set_forkserver_preload([killed_batch.__name__])
    statement, count = 0, None
    while count is None:
        statement += 1
        folder = tmp_path / f"killed{statement}"
        shutil.copytree(tmp_path / "template", folder)
        mine, theirs = context.Pipe(duplex=False)
        process = context.Process(target=killed_batch.run, args=(folder, statement, theirs))
        process.start()
        theirs.close()
        process.join()
        if process.exitcode == 0:
            count = mine.recv()
        mine.close()
        mirrored = a_mirror(folder)
        assert everything(mirrored) == (nothing if count is None else whole)
        with mirrored.database.read() as reader:
            assert differences(reader) == []
            assert reader.rows("PRAGMA quick_check") == [("ok",)]
        mirrored.database.close()
        shutil.rmtree(folder)
    assert count == statement - 1
    assert count > 90
