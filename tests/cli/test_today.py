"""The verb `today`."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import NOW, a_clock, a_key_file, a_workspace
from tests.queries.network import a_message
from workbench.cli import USAGE, main
from workbench.models.kinds import AccountKind
from workbench.models.moments import DayRange
from workbench.operations.today import today
from workbench.sync.connector import Batch
from workbench.sync.records import CommunityRecord

DAY = timedelta(days=1)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    workspace = a_workspace(tmp_path)
    account = workspace.accounts.add(AccountKind.TABLE, "Tables")
    wash = workspace.mirror.ensure_community(account, CommunityRecord("wash", "WASH"))
    records = tuple(
        a_message(f"q{number}", at=NOW - (3 + number) * DAY, subject=f"Question {number}", text="How?")
        for number in range(3)
    )
    workspace.mirror.apply(
        wash, "events", Batch(records=records, covered=(DayRange(NOW.date() - 28 * DAY, NOW.date()),))
    )
    with workspace.database.read() as reader:
        shown = today(reader, as_of=NOW, day=NOW.date())
    workspace.close()
    a_key_file(tmp_path)
    where = ["--profile", str(tmp_path / "profile"), "--key-file", str(tmp_path / "key")]

    def run(*words: str, now: datetime = NOW) -> tuple[int, str]:
        code = main([*where, "today", *words], clock=a_clock(now))
        return code, capsys.readouterr().out

    run.shown = shown
    return run


def test_the_list_is_that_of_the_window(run):
    code, out = run("--json")
    found = json.loads(out)
    assert code == 0
    assert [(one["key"], one["title"], one["reason"]) for one in found["items"]] == [
        (item.key, item.title, item.reason) for item in run.shown.items
    ]
    assert found["items"][0]["task"] == "answer"
    assert found["more"] == {}


def test_decisions_are_kept_and_taken_back(run):
    keys = [item.key for item in run.shown.items]
    _, out = run("--json", "--done", keys[0], "--later", keys[1], "--until", "2024-06-20", "--not-needed", keys[2])
    assert (json.loads(out)["items"], json.loads(out)["later"]) == ([], 1)
    _, out = run("--json", "--again", keys[0], "--again", keys[1], "--again", keys[2])
    assert [one["key"] for one in json.loads(out)["items"]] == keys


def test_later_needs_a_day(run):
    code, out = run("--later", run.shown.items[0].key)
    assert (code, out) == (USAGE, "")


def test_the_note_is_printed_as_text_and_as_json(run):
    _, text = run("--note")
    assert text.startswith("# Weekly note, 2024-06-15\nWASH\n")
    _, out = run("--note", "--json")
    assert json.loads(out)["note"].startswith(text.rstrip("\n"))


def test_an_empty_list_is_a_good_day_where_the_days_are_known(run):
    done = [word for item in run.shown.items for word in ("--done", item.key)]
    _, out = run(*done)
    assert out == "Nothing to do. A good day.\n"
    _, out = run(now=NOW + 9 * DAY)
    assert out == "Nothing to do that is known of.\n"
    _, out = run(now=NOW + 60 * DAY)
    assert out == (
        "Nothing to do that is known of.\n3 older questions have no answer. `workbench questions` lists them.\n"
    )
    _, out = run("--json", now=NOW + 60 * DAY)
    assert (json.loads(out)["older"], json.loads(out)["known_until"]) == (3, "2024-06-15")
