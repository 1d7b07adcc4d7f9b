"""A plan killed between its bytes and its rows."""

import subprocess
import sys
from pathlib import Path

from tests.builders import a_database
from tests.plans.samples import a_plan, a_store
from workbench.plans.drafts import CardDraft

KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import Engine, event
from tests.builders import a_database
from tests.plans.samples import a_store, rows_in, rows_told_by_document

folder, plan_id = Path(sys.argv[1]), sys.argv[2]

def edit(statements):
    left = [statements]

    @event.listens_for(Engine, "after_cursor_execute")
    def count(*_arguments):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    editor = a_store(a_database(folder)).open(plan_id)
    editor.set_card(editor.view().cards[0].id, title=f"after-{statements}", due_day=statements)
    editor.undo()

for statements in range(1, 30):
    child = os.fork()
    if child == 0:
        edit(statements)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    database = a_database(folder)
    assert rows_in(database, plan_id) == rows_told_by_document(database, plan_id)
    print(a_store(database).open(plan_id).view().cards[0].title)
    database.close()
    if status == 0:
        break
    assert os.WTERMSIG(status) == signal.SIGKILL, status
"""


def test_a_kill_between_the_bytes_and_the_rows_leaves_both_as_they_were(tmp_path: Path) -> None:
    database = a_database(tmp_path)
    plan_id = a_plan(a_store(database), cards=[CardDraft("before")])
    database.close()
    # A process of its own, which loads everything once and then dies at one statement after the other.
    finished = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), plan_id], check=False, timeout=120, capture_output=True, text=True
    )
    assert finished.returncode == 0, finished.stderr
    titles = finished.stdout.split()
    assert titles[:6] == ["before"] * 6  # killed at one of the six statements of the first save
    assert titles[6:12] == [f"after-{number}" for number in range(7, 13)]  # or of the undo after it
    assert titles[12:] == ["after-12"]  # not killed: edited and undone
