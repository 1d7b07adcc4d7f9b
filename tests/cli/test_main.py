"""The whole command line: every verb with nothing to read from, what stops it, and mistakes of ours in words."""

import json

import pytest

from tests.cli.archives import an_archive
from tests.cli.runs import DONE, FAILED, NEEDS_USER, PARTLY, USAGE, Desk, a_child
from workbench.cli import main, reading
from workbench.errors import CancelledError

PLAN = ("--purpose", "p", "--owner", "o", "--measure", "messages")
# In the order they are run: each verb, and the exit code it has without anybody at a terminal.
VERBS = (
    (["import", "mailing-list", "MAIL", "--community", "Water"], DONE),
    (["import", "table", "--events", "MAIL", "--community", "Water"], USAGE),
    (["account", "add", "https://lists.example.org/list/a@example.org/"], DONE),
    (["account", "list"], DONE),
    (["account", "forget", "a@example.org"], USAGE),
    (["account", "forget", "a@example.org", "--yes"], DONE),
    (["sync"], DONE),
    (["status"], DONE),
    (["communities"], DONE),
    (["members"], DONE),
    (["threads"], DONE),
    (["messages"], DONE),
    (["search", "pump"], DONE),
    (["metric", "messages"], DONE),
    (["plan", "new", "Seals", *PLAN], DONE),
    (["plan", "list"], DONE),
    (["plan", "show", "Seals"], DONE),
    (["plan", "card", "add", "Seals", "Ask"], DONE),
    (["plan", "card", "move", "Seals", "Ask", "done"], DONE),
    (["report", "plan", "Seals", "--format", "md", "--out", "OUT"], DONE),
    (["check"], DONE),
    (["backup"], DONE),
    (["restore"], DONE),
)


def test_every_verb_ends_with_nothing_to_read_from(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdin", None)  # as whoever starts us with it closed
    archive, out = desk.folder / "mail.mbox", desk.folder / "out.md"
    archive.write_bytes(an_archive(3))
    names = {"MAIL": str(archive), "OUT": str(out)}
    for words, code in VERBS:
        ran = desk.run("--json", *(names.get(word, word) for word in words))
        assert ran.code == code, (words, ran.err)
        assert json.loads(ran.out) is not None


@pytest.mark.parametrize("words", [["status"], ["import", "sample"], ["plan", "list"], ["check"], ["backup"], ["sync"]])
def test_nobody_is_waited_for_when_the_key_is_missing(desk: Desk, words: list[str]):
    ran = a_child(["--profile", str(desk.profile), *words])
    assert ran.code == NEEDS_USER
    assert "--key-file FILE" in ran.err


def test_stop_is_told_in_words_whenever_it_comes(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    def stopped(*_arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(reading.VERBS, "status", stopped)
    ran = desk.run("--json", "status")
    assert ran.code == CancelledError.exit_code == PARTLY
    assert ran.json["error"] == "cancelled"
    assert ran.err.startswith("Stopped, as you asked.")


def test_mistake_of_ours_is_told_in_words_and_its_place_goes_to_the_log(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    def wrong(*_arguments: object) -> int:
        return {}["Amina Example"]

    monkeypatch.setitem(reading.VERBS, "status", wrong)
    ran = desk.run("--json", "status")
    assert ran.code == FAILED
    assert ran.json["error"] == "unexpected"
    assert "Something went wrong inside the program." in ran.err
    assert "(KeyError)" in ran.err
    log = (desk.profile / "logs" / "workbench.log").read_text(encoding="utf-8")
    assert "test_main.py" in log
    assert '"verb": "status"' in log
    assert "Amina" not in log + ran.err + ran.out


def test_mistake_without_a_profile_writes_nothing(bare_desk: Desk, monkeypatch: pytest.MonkeyPatch):
    def wrong(*_arguments: object) -> int:
        return int("x")

    monkeypatch.setitem(reading.VERBS, "status", wrong)
    assert bare_desk.run("status").code == FAILED
    assert not bare_desk.profile.exists()


def test_program_asks_the_system_for_its_words_and_the_time(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.argv", ["workbench", *desk.where, "communities"])
    assert main() == DONE
