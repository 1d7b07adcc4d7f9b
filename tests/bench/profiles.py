"""Ready profiles of any size, made once and kept: through the mirror up to a million messages, in bulk above."""

import shutil
from datetime import timedelta
from pathlib import Path

from tests.bench import bulk
from tests.bench.network import BATCH, LISTED, NOW, YEARS, history, members_of, messages_of, shares, sizes_of
from workbench.clock import FixedClock
from workbench.models.kinds import AccountKind
from workbench.models.moments import DayRange
from workbench.sync.connector import Batch, Cursor
from workbench.sync.records import CommunityRecord, MessageRecord
from workbench.vault import KeyFile
from workbench.workspace import Workspace

MOST_BY_MIRROR = 1_000_000


def profile_of(folder: Path, messages: int) -> Path:
    """The folder of a ready profile of this size (`profile/` and `key` in it), made once and kept between runs."""
    home = folder / f"{messages}"
    ready = home / "ready"
    if ready.exists():
        return home
    if home.exists():
        shutil.rmtree(home)
    home.mkdir(parents=True)
    if messages > MOST_BY_MIRROR:
        bulk.build(home, messages)
    else:
        with Workspace.create(home / "profile", key=KeyFile(home / "key"), clock=FixedClock(NOW)) as workspace:
            _by_mirror(workspace, messages)
    ready.touch()
    return home


def _by_mirror(workspace: Workspace, messages: int) -> None:
    communities, people = sizes_of(messages)
    account = workspace.accounts.add(AccountKind.TABLE, "Bench")
    for number, count in enumerate(shares(messages, communities)):
        record = CommunityRecord(f"c{number}", f"Community {number:04}")
        community = workspace.mirror.ensure_community(account, record)
        if number % LISTED == 0:
            workspace.mirror.apply(community, "members", Batch(tuple(members_of(number, count, people))))
        batch: list[MessageRecord] = []
        for done, message in enumerate(messages_of(number, count, people), start=1):
            batch.append(message)
            if len(batch) == BATCH or done == count:
                covered = (DayRange((NOW - timedelta(days=365 * YEARS)).date(), NOW.date()),) if done == count else ()
                workspace.mirror.apply(community, "messages", Batch(tuple(batch), Cursor(str(done)), covered=covered))
                batch = []
    history(workspace)
    workspace.mirror.tidy()
