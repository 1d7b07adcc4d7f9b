"""A sender killed at random moments: every item is there once, and none is taken for one that is still being sent."""

import multiprocessing
import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

from tests.builders import NOW, a_clock, a_workspace
from tests.sync import sending_killed
from tests.sync.outbox_desk import a_desk
from workbench.models.kinds import OutboxState
from workbench.operations.outbox import outbox_rows

KILLS, POSTS = 25, 120


def test_sender_killed_at_any_moment_loses_and_doubles_nothing(tmp_path: Path):
    rng = random.Random(3)
    with a_workspace(tmp_path) as workspace:
        desk = a_desk(tmp_path, database=workspace.database, clock=workspace.clock, threads=POSTS)
        with workspace.database.write():
            for number in range(POSTS):
                desk.reply(f"Answer {number}", thread=number)
    platform = sending_killed.FilePlatform(tmp_path / "platform.txt")
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        context.set_forkserver_preload([sending_killed.__name__])
    killed = 0
    chosen: list[str] = []
    for turn in range(1, 200):
        mine, theirs = context.Pipe(duplex=False)
        process = context.Process(target=sending_killed.run, args=(tmp_path, 30 + turn * 5, theirs))
        process.start()
        theirs.close()
        assert mine.recv() == "begun"
        process.join(rng.uniform(0, 0.08) if killed < KILLS else None)
        killed += process.is_alive()
        process.kill()
        process.join()
        mine.close()
        with a_workspace(tmp_path, clock=a_clock(NOW + timedelta(minutes=30 + turn * 5 + 4))) as workspace:
            rows = outbox_rows(workspace)
            assert len(rows) == POSTS
            assert OutboxState.SENDING not in {row.state for row in rows}, "a dead process is not taken for a live one"
            for row in rows:
                if row.needs_decision:
                    chosen.append(row.text)
                    workspace.outbox.send_again(row.id)
        if all(row.state is OutboxState.SENT for row in rows):
            break
    assert killed >= min(KILLS, 5)
    assert Counter(platform.texts()) == Counter(f"Answer {number}" for number in range(POSTS))
