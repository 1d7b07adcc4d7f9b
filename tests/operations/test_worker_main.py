"""The child's side: one order, progress, a last word; the end of whoever gave the order is a stop."""

import io
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.builders import KEY, a_clock, a_workspace
from tests.cli.archives import a_folder_of_mail
from workbench.errors import ProfileBusyError
from workbench.models.lock import ProfileLock
from workbench.operations.worker import Task, TaskKind
from workbench.operations.worker_main import serve


@contextmanager
def orders(*lines: bytes) -> Iterator[io.FileIO]:
    """A pipe with these lines in it, whose other end stays open until the block ends."""
    reading, writing = os.pipe()
    try:
        os.write(writing, b"".join(lines))
        yield io.FileIO(reading, "rb", closefd=False)
    finally:
        os.close(writing)


def an_order(profile: Path, task: Task) -> bytes:
    return json.dumps({"profile": str(profile), "key": KEY.hex(), "task": task.packed()}).encode() + b"\n"


def said(answers: io.BytesIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answers.getvalue().splitlines()]


def test_order_is_carried_out_beside_the_holder_of_the_lock(tmp_path: Path):
    task = Task(TaskKind.MAIL, "Water", (a_folder_of_mail(tmp_path / "mail"),))
    answers = io.BytesIO()
    with a_workspace(tmp_path) as workspace, orders(an_order(workspace.profile, task)) as given:
        serve(given, answers, clock=a_clock())
    *progress, last = said(answers)
    assert all("progress" in line for line in progress)
    assert [one["totals"]["added"] for one in last["results"]] == [12]


def test_nothing_is_done_where_nobody_holds_the_lock(tmp_path: Path):
    a_workspace(tmp_path).close()
    answers = io.BytesIO()
    with orders(an_order(tmp_path / "profile", Task(TaskKind.SAMPLE))) as given:
        serve(given, answers, clock=a_clock())
    assert said(answers)[0]["error"]["reason"] == "nobody holds this profile open"


def test_mistake_of_ours_is_told_by_its_class_and_written_down_without_what_it_says(tmp_path: Path):
    answers = io.BytesIO()
    order = {"profile": str(tmp_path / "profile"), "key": KEY.hex(), "task": {"kind": "Amina Example"}}
    with a_workspace(tmp_path) as workspace, orders(json.dumps(order).encode() + b"\n") as given:
        serve(given, answers, clock=a_clock())
        log = (workspace.profile / "logs" / "workbench.log").read_text(encoding="utf-8")
    assert said(answers) == [{"bug": "ValueError"}]
    assert "worker.failed" in log
    assert "Amina" not in log


class Gone(io.BytesIO):
    """Answers that nobody reads."""

    def write(self, _data: object) -> int:
        raise BrokenPipeError


def test_work_stops_when_nobody_is_left_to_hear_of_it(tmp_path: Path):
    task = Task(TaskKind.MAIL, "Water", (a_folder_of_mail(tmp_path / "mail", files=6, mails=400),))
    with a_workspace(tmp_path) as workspace, orders(an_order(workspace.profile, task)) as given:
        serve(given, Gone(), clock=a_clock())
        with workspace.database.read() as reader:
            assert reader.scalar("SELECT state FROM syncrun") == "cancelled"


def test_stop_before_the_first_batch_is_heeded(tmp_path: Path):
    task = Task(TaskKind.MAIL, "Water", (a_folder_of_mail(tmp_path / "mail", files=30, mails=60),))
    answers = io.BytesIO()
    with a_workspace(tmp_path) as workspace, orders(an_order(workspace.profile, task), b"cancel\n") as given:
        serve(given, answers, clock=a_clock())
        with pytest.raises(ProfileBusyError):
            ProfileLock(workspace.profile).take()
    assert said(answers)[-1]["results"][0]["state"] == "cancelled"
