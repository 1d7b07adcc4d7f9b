"""Killed at random points of an import, a hundred times: what is stored is whole batches, and the rest can follow."""

import multiprocessing
import random
from multiprocessing.connection import Connection

from tests.sync import killed
from tests.sync.mirrored import Mirrored, a_mirror, snapshot
from workbench.sync.records import ActRecord, GoneRecord
from workbench.sync.rollup_check import differences

KILLS = 100
LONGEST_LIFE_SECONDS = 0.12


def test_a_hundred_kills_lose_and_double_nothing(tmp_path_factory):
    undisturbed = a_mirror(tmp_path_factory.mktemp("undisturbed"))
    records = killed.archive()
    for batch in killed.batches(records, None):
        undisturbed.mirror.apply(undisturbed.community_id, "messages", batch)
    expected = snapshot(undisturbed)

    rng = random.Random(11)
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        context.set_forkserver_preload([killed.__name__])
    kills = completed = 0
    folder = tmp_path_factory.mktemp("killed")
    a_mirror(folder).database.close()
    while kills < KILLS or completed == 0:
        mine, theirs = context.Pipe(duplex=False)
        process = context.Process(target=killed.run, args=(folder, theirs))
        process.start()
        theirs.close()
        acknowledged = [mine.recv()]
        process.join(rng.uniform(0, LONGEST_LIFE_SECONDS) if kills < KILLS else None)
        kills += process.is_alive()
        process.kill()
        process.join()
        acknowledged += heard(mine)
        mirrored = a_mirror(folder)
        stored = check(mirrored)
        assert stored >= max(acknowledged), "an acknowledged batch was lost"
        if stored == len(records):
            assert snapshot(mirrored) == expected
            completed += 1
            folder = tmp_path_factory.mktemp("killed")
            a_mirror(folder).database.close()
        mirrored.database.close()
    undisturbed.database.close()


def heard(said: Connection) -> list[int]:
    """What the killed run still had said."""
    told: list[int] = []
    try:
        while said.poll():
            told.append(said.recv())
    except EOFError:
        pass
    finally:
        said.close()
    return told


def check(mirrored: Mirrored) -> int:
    """Rows equal cursor and the database is sound; how many records the cursor promises."""
    with mirrored.database.read() as reader:
        assert reader.rows("PRAGMA quick_check") == [("ok",)]
        assert reader.rows("PRAGMA foreign_key_check") == []
        assert differences(reader) == []
        cursor, rows = reader.one("SELECT value, rows FROM streamcursor") or (0, 0)
        events = reader.scalar("SELECT count(*) FROM event")
    promised = [r for r in killed.archive()[: int(cursor)] if not isinstance(r, GoneRecord)]
    assert int(cursor) == rows
    assert events == len({(isinstance(record, ActRecord), record.remote_id) for record in promised})
    return int(cursor)
