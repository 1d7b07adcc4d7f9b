"""Imports by the command line, killed while they write: nothing is lost, nothing doubled."""

import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_workspace
from tests.cli.archives import a_folder_of_mail
from tests.cli.runs import DONE, ROOT, Desk, a_desk, command
from tests.sync.mirrored import Mirrored, snapshot
from workbench.sync.rollup_check import differences

KILLS = 10


def sound_events(desk: Desk) -> int:
    """How many messages are stored; the database is sound and its sums agree with them."""
    with a_workspace(desk.folder) as workspace, workspace.database.read() as reader:
        assert reader.rows("PRAGMA quick_check") == [("ok",)]
        assert differences(reader) == []
        return int(reader.scalar("SELECT count(*) FROM event"))


def stored(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """All that was mirrored, in a form that can be compared."""
    with a_workspace(desk.folder) as workspace:
        with workspace.database.read() as reader:
            community = reader.scalar("SELECT id FROM community")
        account = workspace.accounts.list()[0].id
        return snapshot(Mirrored(workspace.database, workspace.mirror, workspace.accounts, account, community))


def fresh_desks(folder: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Desk]:
    number = 0
    while True:
        number += 1
        (folder / str(number)).mkdir()
        yield a_desk(folder / str(number), capsys).make()


def test_killed_imports_lose_and_double_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    mails = 3300
    mail = a_folder_of_mail(tmp_path / "mail", files=3, mails=mails // 3)
    words = ["import", "mailing-list", str(mail), "--community", "Water"]
    desks = fresh_desks(tmp_path, capsys)
    undisturbed = next(desks)
    started = time.monotonic()
    assert undisturbed.child(*words).code == DONE
    length = time.monotonic() - started
    expected = stored(undisturbed)
    assert len(expected["events"]) == mails

    rng = random.Random(11)
    desk = next(desks)
    kills = 0
    while kills < KILLS:
        with subprocess.Popen(
            command([*desk.where, *words]), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as child:
            try:
                child.wait(rng.uniform(0.2, 0.9) * length)
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                kills += 1
        if sound_events(desk) == mails and child.returncode == DONE:
            assert stored(desk) == expected
            desk = next(desks)
    last = desk.child("--json", *words)
    assert last.code == DONE, last.err
    assert stored(desk) == expected
    assert desk.rows("check")["is_sound"]
