"""Verbs that only read: their documented keys, beside whoever writes, and names that nobody has."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.builders import a_clock
from tests.cli.archives import UNDATED, a_mail, an_archive
from tests.cli.runs import DONE, ROOT, USAGE, Desk
from workbench.cli.reading import METRIC

EXAMPLE = Path(__file__).resolve().parents[1] / "metrics" / "example"
HOLDER = (
    "import sys; from pathlib import Path; from workbench.models.lock import ProfileLock\n"
    "lock = ProfileLock(Path(sys.argv[1])).take(); print('held', flush=True); sys.stdin.read()"
)
READING = (
    ["status"], ["communities"], ["members"], ["threads"], ["messages"], ["search", "pump"], ["account", "list"],
    ["metric", "messages"], ["plan", "list"], ["plan", "show", "Seals"], ["check"], ["backup"], ["backup", "--list"],
    ["report", "plan", "Seals", "--format", "md", "--out", "summary.md"],
)  # fmt: skip


@pytest.fixture(name="filled")
def a_filled_desk(desk: Desk) -> Desk:
    """A community of twelve messages, one of them held back, and a plan."""
    archive = desk.folder / "mail.mbox"
    archive.write_bytes(UNDATED + an_archive(12))
    desk.run("import", "mailing-list", archive, "--community", "Water Points")
    desk.clock = a_clock(datetime(2024, 2, 1, 12, tzinfo=UTC))
    words = ["--purpose", "Pumps run", "--owner", "Amina Example", "--measure", "reply_rate=0.9"]
    assert desk.run("plan", "new", "Seals", *words, "--community", "Water Points").code == DONE
    return desk


def test_communities_have_the_documented_keys(filled: Desk):
    (row,) = filled.rows("communities")
    assert list(row) == [
        "name",
        "platform",
        "members",
        "has_list",
        "threads",
        "messages",
        "first_at",
        "last_at",
        "began",
    ]
    assert (row["name"], row["members"], row["threads"], row["messages"]) == ("Water Points", 5, 4, 12)
    assert (row["has_list"], row["began"]) == (False, None), "files name no members and never know what came before"
    assert (row["first_at"], row["last_at"]) == ("2024-01-01T09:00:00Z", "2024-01-01T20:00:00Z")


def test_members_have_the_documented_keys_and_are_ordered_by_name(filled: Desk):
    rows = filled.rows("members", "--community", "water points")
    assert [list(row) for row in rows] == [["name", "messages", "first_at", "last_at"]] * 5
    assert [row["name"] for row in rows][:2] == ["Amina Example", "Luis Ejemplo"]
    assert [row["name"] for row in filled.rows("members", "--text", "MEI")] == ["Mei Invented"]
    assert len(filled.rows("members", "--limit", "2")) == 2
    assert filled.rows("members", "--limit", "0") == []


def test_messages_have_the_documented_keys_the_newest_first(filled: Desk):
    rows = filled.rows("messages")
    assert [list(row) for row in rows] == [["id", "thread", "author", "sent_at", "subject", "is_root"]] * 12
    assert [row["sent_at"] for row in rows] == sorted((row["sent_at"] for row in rows), reverse=True)
    assert sum(row["is_root"] for row in rows) == 4
    assert filled.rows("messages", "--limit", "3", "--community", "water points") == rows[:3]


def test_threads_and_those_that_nobody_answered(filled: Desk):
    rows = filled.rows("threads", "--community", "Water Points")
    keys = ["id", "community", "subject", "author", "started_at", "last_at", "messages", "is_question", "is_answered"]
    assert [list(row) for row in rows] == [[*keys, "has_beginning"]] * 4
    assert all(row["has_beginning"] for row in rows)
    assert {row["id"] for row in rows} == {row["thread"] for row in filled.rows("messages")}
    assert filled.rows("threads", "--unanswered") == []
    hottest = filled.rows("threads", "--hottest")
    assert sorted(row["id"] for row in hottest) == sorted(row["id"] for row in rows)
    assert [list(row) for row in hottest] == [[*keys, "has_beginning", "heat"]] * 4
    assert [row["heat"] for row in hottest] == sorted((row["heat"] for row in hottest), reverse=True)


def test_search_has_the_documented_keys(filled: Desk):
    rows = filled.rows("search", "pump", "--limit", "3")
    assert [list(row) for row in rows] == [["id", "subject", "author", "sent_at", "snippet"]] * 3
    assert filled.rows("search", "zeppelin") == []
    assert "No message holds that." in filled.run("search", "zeppelin").out
    for odd in ('"', "a OR", "*", "", "(", "NEAR("):
        assert filled.run("search", odd).code == DONE
    for verb in (("search", "pump"), ("questions",), ("hashtags",)):
        ran = filled.run(*verb, "--from", "2010-03-01", "--to", "2010-01-01")
        assert ran.code == USAGE
        assert "--to has to be a later day than --from" in ran.err


def test_search_says_that_there_is_more_than_the_best(desk: Desk):
    (desk.folder / "mail.mbox").write_bytes(an_archive(25))
    desk.run("import", "mailing-list", desk.folder / "mail.mbox", "--community", "Water")
    ran = desk.run("search", "pump")
    assert ran.err == "The best 20; --limit N shows more.\n"
    assert len(desk.rows("search", "pump")) == 20
    assert desk.run("search", "pump", "--limit", "5").err == ""
    assert desk.run("search", "pump", "--limit", "25").err == ""


def test_metric_of_the_worked_example_to_the_digit(desk: Desk):
    files = ["--events", EXAMPLE / "events.csv", "--members", EXAMPLE / "members.csv"]
    desk.clock = a_clock(datetime(2026, 3, 1, tzinfo=UTC))
    assert desk.run("import", "table", *files, "--community", "example").code == DONE
    span = ["--from", "2026-01-01", "--to", "2026-03-01", "--as-of", "2026-03-01"]
    (row,) = desk.rows("metric", "reply_rate", "--community", "example", *span)
    assert list(row) == list(METRIC)
    assert (row["from"], row["numerator"], row["denominator"]) == ("2026-01-01", 4, 6)
    by_month = desk.rows("metric", "reply_rate", "--community", "example", *span, "--by", "month")
    assert [row["from"] for row in by_month] == ["2026-01-01", "2026-02-01"]
    assert sum(row["denominator"] for row in by_month) == 6
    by_week = desk.rows("metric", "messages", *span, "--by", "week")
    assert [row["from"] for row in by_week[:2]] == ["2026-01-01", "2026-01-05"]
    assert sum(row["value"] or 0 for row in by_week) == desk.rows("metric", "messages", *span)[0]["value"]


def test_metric_without_days_runs_from_the_first_message_to_today(filled: Desk):
    (row,) = filled.rows("metric", "messages")
    assert (row["from"], row["value"]) == ("2024-01-01", 12)
    assert 0 < row["coverage"] < 1


def test_status_says_what_was_held_back(filled: Desk):
    status = filled.rows("status")
    assert list(status) == [
        "profile", "communities", "people", "threads", "messages", "plans", "held_back", "known_until",
        "known_least", "known_least_until", "last_success_at", "last_backup_at", "clock", "quarantine",
    ]  # fmt: skip
    assert (status["communities"], status["people"], status["messages"], status["plans"]) == (1, 5, 12, 1)
    (held,) = status["quarantine"]
    assert list(held) == ["community", "source", "position", "code", "reason"]
    assert (held["source"], held["position"]) == ("mail.mbox", 0)
    text = filled.run("status").out
    assert "mail.mbox" in text
    assert "held back" in text
    assert (status["known_until"], status["known_least"]) == ("2024-01-01", None)
    (filled.folder / "new.mbox").write_bytes(an_archive(30, first=48))
    filled.run("import", "mailing-list", filled.folder / "new.mbox", "--community", "Wells")
    status = filled.rows("status")
    assert (status["known_least"], status["known_least_until"]) == ("Water Points", "2024-01-01")


def test_empty_profile_reads_as_empty_lists(desk: Desk):
    for words in (
        ["communities"],
        ["members"],
        ["threads"],
        ["messages"],
        ["search", "x"],
        ["account", "list"],
        ["plan", "list"],
    ):
        assert desk.rows(*words) == []
    assert "Bring one in: workbench import" in desk.run("communities").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["members", "--community", "Nobody"], "There is no community called “Nobody”"),
        (["threads", "--community", "Nobody"], "`workbench communities` lists them"),
        (["metric", "messages", "--community", "Nobody"], "There is no community called “Nobody”"),
        (["metric", "fame"], "There is no measure “fame”; there are messages, contributors"),
        (["metric", "messages", "--from", "2024-02-01", "--to", "2024-02-01"], "later day than --from"),
        (["plan", "show", "Nothing"], "There is no plan called “Nothing”"),
        (["report", "plan", "Nothing", "--format", "md", "--out", "x.md"], "There is no plan called “Nothing”"),
        (["sync", "Nobody"], "There is no account called “Nobody”"),
        (["account", "forget", "Nobody"], "There is no account called “Nobody”"),
        (["plan", "card", "move", "Seals", "Nothing", "done"], "There is no card called “Nothing”"),
        (["restore", "nowhere.db"], "There is no such backup"),
    ],
)
def test_names_nobody_has_are_refused_in_words(filled: Desk, words: list[str], said: str):
    ran = filled.run(*words)
    assert ran.code == USAGE
    assert said in ran.err
    assert ran.out == ""
    assert filled.run("--json", *words).json["error"] == "bad_input"


def test_metric_of_an_empty_profile_asks_for_days(desk: Desk):
    ran = desk.run("metric", "messages")
    assert ran.code == USAGE
    assert "--from and --to" in ran.err
    assert desk.rows("metric", "messages", "--from", "2024-01-01", "--to", "2024-02-01")[0]["value"] is None


def test_reading_works_beside_whoever_writes(filled: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    holder = [sys.executable, "-c", HOLDER, str(filled.profile)]
    with subprocess.Popen(holder, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        codes = {" ".join(words): filled.run(*words).code for words in READING}
        other.kill()
    assert codes == dict.fromkeys(codes, DONE)
    assert (tmp_path / "summary.md").exists()


@pytest.mark.parametrize("words", READING)
def test_reading_changes_nothing_in_the_profile(filled: Desk, words: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(filled.folder)
    before = (filled.profile / "workbench.db").read_bytes()
    assert filled.run(*words).code == DONE
    assert (filled.profile / "workbench.db").read_bytes() == before


def test_mail_in_any_script_is_found_and_shown(desk: Desk):
    archive = desk.folder / "mail.mbox"
    archive.write_bytes(
        a_mail(1, body="تحتاج المضخة إلى صيانة", Subject="=?utf-8?b?2YXYttiu2Kk=?=")
        + a_mail(2, body="学校饮水需要检修")
    )
    assert desk.run("import", "mailing-list", archive, "--community", "水").code == DONE
    assert [row["subject"] for row in desk.rows("search", "المضخة")] == ["مضخة"]
    assert len(desk.rows("search", "饮水", "--community", "水")) == 1
    assert "مضخة" in desk.run("messages").out
