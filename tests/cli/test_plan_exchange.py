"""plan send, receive, partner, copies: two profiles in two folders, JSON out, an exit code for each kind of file."""

import os
from pathlib import Path

import pytest

from tests.builders import a_clock, a_workspace
from tests.cli.runs import DONE, FAILED, NEEDS_USER, USAGE, Desk, a_desk


class Pair:
    """Amina's desk with a plan, and Bo's; each has the other as a partner."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        for name in ("amina", "bo"):
            (folder / name).mkdir()
        self.amina, self.bo = a_desk(folder / "amina", capsys).make(), a_desk(folder / "bo", capsys).make()
        for desk, name, other in ((self.amina, "Amina", self.bo), (self.bo, "Bo", self.amina)):
            out = folder / f"{name}.cwpartner"
            assert desk.run("plan", "partner", "me", "--name", f"{name} Example", "--out", out).code == DONE
            assert other.run("plan", "partner", "add", out).code == DONE
        assert self.amina.run("plan", "new", "Safe water", "--purpose", "Answer", "--owner", "Amina Example",
                              "--measure", "reply_rate=0.6", "--template", "empty").code == DONE  # fmt: skip

    def send(self, sender: Desk, to: str, *more: object) -> Path:
        ran = sender.run("--json", "plan", "send", "Safe water", "--to", to, "--out", self.folder, *more)
        assert ran.code == DONE
        return Path(ran.json["path"])


@pytest.fixture
def pair(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Pair:
    return Pair(tmp_path, capsys)


def test_a_plan_goes_there_and_back_with_a_preview_first(pair):
    assert pair.bo.run("plan", "receive", pair.send(pair.amina, "Bo Example")).code == DONE
    assert pair.bo.run("plan", "card", "add", "Safe water", "Call the ministry", "--owner", "Bo Example").code == DONE
    path = pair.send(pair.bo, "Amina Example")
    seen = pair.amina.run("--json", "plan", "receive", path, "--preview")
    assert seen.code == DONE
    assert [(each["field"], each["after"], each["author"]) for each in seen.json["changes"]] == [
        ("New card", "Call the ministry", "Bo Example")
    ]
    assert (seen.json["is_applied"], seen.json["conflicts"], seen.json["is_new"]) == (False, [], False)
    assert pair.amina.run("--json", "plan", "show", "Safe water").json["cards"] == []
    taken = pair.amina.run("--json", "plan", "receive", path)
    assert taken.json == seen.json | {"is_applied": True}
    assert [card["title"] for card in pair.amina.run("--json", "plan", "show", "Safe water").json["cards"]] == [
        "Call the ministry"
    ]


def test_what_both_changed_is_shown_with_both_values(pair):
    pair.amina.run("plan", "card", "add", "Safe water", "Call the ministry")
    pair.bo.run("plan", "receive", pair.send(pair.amina, "Bo Example"))
    for desk, column in ((pair.amina, "doing"), (pair.bo, "done")):
        assert desk.run("plan", "card", "move", "Safe water", "Call the ministry", column).code == DONE
    path = pair.send(pair.bo, "Amina Example")
    (conflict,) = pair.amina.run("--json", "plan", "receive", path, "--preview").json["conflicts"]
    assert (conflict["title"], conflict["field"]) == ("Call the ministry", "Column")
    assert {(each["value"], each["author"]) for each in conflict["values"]} == {
        ("Doing", "Amina Example"),
        ("Done", "Bo Example"),
    }
    said = pair.amina.run("plan", "receive", path)
    assert "Done (Bo Example)" in said.out


def test_kept_copies_are_listed_and_brought_back(pair):
    pair.amina.run("plan", "card", "add", "Safe water", "Call the ministry")
    pair.bo.run("plan", "receive", pair.send(pair.amina, "Bo Example"))
    pair.bo.run("plan", "card", "move", "Safe water", "Call the ministry", "done")
    pair.amina.run("plan", "receive", pair.send(pair.bo, "Amina Example"))
    (copy,) = pair.amina.run("--json", "plan", "copies", "Safe water").json
    assert pair.amina.run("plan", "copies", "Safe water", "--restore", "zzz").code == USAGE
    assert len(pair.amina.run("--json", "plan", "copies", "Safe water", "--restore", copy["id"]).json) == 2
    (card,) = pair.amina.run("--json", "plan", "show", "Safe water").json["cards"]
    assert card["column"] == "todo"


@pytest.mark.parametrize(("ending", "said"), [("cwpartner", "plan partner add /"), ("cwoffice", "rollup import")])
def test_a_file_of_another_kind_names_the_command_for_it(pair, ending, said):
    ran = pair.bo.run("plan", "receive", pair.folder / f"x.{ending}")
    assert ran.code == USAGE
    assert said in ran.err


def in_form(number: bytes):
    return lambda data: data.replace(b"envelope 1\n", b"envelope " + number + b"\n", 1)


@pytest.mark.parametrize(
    ("spoil", "code", "exit_code"),
    [
        (lambda data: data[:-9] + b"123456789", "envelope_damaged", FAILED),
        (lambda data: data[:-9], "envelope_cut", FAILED),
        (lambda data: b"%PDF-1.7 a report", "foreign_envelope", NEEDS_USER),
        (in_form(b"0"), "older_envelope", NEEDS_USER),
        (in_form(b"2"), "newer_envelope", NEEDS_USER),
    ],
)
def test_each_bad_file_has_its_message_and_exit_code_and_changes_nothing(pair, spoil, code, exit_code):
    path = pair.send(pair.amina, "Bo Example")
    path.write_bytes(spoil(path.read_bytes()))
    ran = pair.bo.run("--json", "plan", "receive", path)
    assert (ran.json["error"], ran.code) == (code, exit_code)
    assert pair.bo.run("--json", "plan", "list").json == []


def test_a_file_taken_in_before_and_one_for_others_say_so(pair):
    path = pair.send(pair.amina, "Bo Example")
    assert pair.bo.run("plan", "receive", path).code == DONE
    again = pair.bo.run("--json", "plan", "receive", path)
    assert (again.json["error"], again.code) == ("replayed_envelope", NEEDS_USER)
    assert "2024-06-15" in again.json["happened"]
    third = Desk(pair.folder / "third", pair.amina._capsys)
    third.folder.mkdir()
    third.make()
    ran = third.run("--json", "plan", "receive", path)
    assert (ran.json["error"], ran.code) == ("foreign_envelope", NEEDS_USER)


def test_a_passphrase_comes_through_a_descriptor_and_a_new_sender_has_to_be_trusted(pair):
    def descriptor(text: str) -> int:
        reading, writing = os.pipe()
        os.write(writing, text.encode())
        os.close(writing)
        return reading

    ran = pair.amina.run("--json", "plan", "send", "Safe water", "--out", pair.folder, "--file-passphrase-fd",
                         descriptor("three green boats\n"))  # fmt: skip
    assert pair.bo.run("plan", "partner", "remove", "Amina Example").code == DONE
    path = ran.json["path"]
    assert pair.bo.run("--json", "plan", "receive", path).json["error"] == "envelope_locked"
    refused = pair.bo.run("--json", "plan", "receive", path, "--file-passphrase-fd", descriptor("three green boats"))
    assert (refused.json["error"], refused.code) == ("untrusted_signer", NEEDS_USER)
    taken = pair.bo.run(
        "--json", "plan", "receive", path, "--trust", "--file-passphrase-fd", descriptor("three green boats")
    )
    assert taken.code == DONE
    assert [warning["code"] for warning in taken.json["warnings"]] == ["first-use"]
    (partner,) = pair.bo.run("--json", "plan", "partner", "list").json
    assert (partner["name"], partner["way"], partner["fingerprint"]) == (
        "Amina Example", "first-use", taken.json["fingerprint"]
    )  # fmt: skip


def test_files_in_a_partners_folder_are_listed(pair):
    shared = pair.folder / "shared"
    shared.mkdir()
    assert pair.bo.run("--json", "plan", "receive").json == []
    assert pair.bo.run("plan", "partner", "folder", "Amina Example", shared).code == DONE
    pair.amina.run("plan", "send", "Safe water", "--to", "Bo Example", "--out", shared)
    (shared / "bad.cwplan").write_bytes(b"no plan")
    bad, good = sorted(pair.bo.run("--json", "plan", "receive").json, key=lambda row: row["sender"] or "")
    assert (bad["error"], good["error"], good["sender"]) == ("foreign_envelope", None, "Amina Example")
    (shared / "bad.cwplan").unlink()
    Path(good["path"]).unlink()
    shared.rmdir()
    assert [row["error"] for row in pair.bo.run("--json", "plan", "receive").json] == ["source"]


def test_a_plan_whose_name_is_taken_gets_another(pair):
    pair.bo.run("plan", "new", "safe WATER", "--purpose", "x", "--owner", "Bo", "--measure", "messages")
    path = pair.send(pair.amina, "Bo Example")
    assert pair.bo.run("plan", "receive", path).code == USAGE
    assert pair.bo.run("plan", "receive", path, "--name", "Amina's water").code == DONE
    assert {plan["name"] for plan in pair.bo.run("--json", "plan", "list").json} == {"safe WATER", "Amina's water"}


def test_previewing_works_beside_an_open_window(pair):
    path = pair.send(pair.amina, "Bo Example")
    with a_workspace(pair.folder / "bo", clock=a_clock()):
        assert pair.bo.run("plan", "receive", path, "--preview").code == DONE
        assert pair.bo.run("plan", "receive", path).code == NEEDS_USER


def test_sending_needs_a_name_and_somebody(desk):
    desk.run("plan", "new", "Safe water", "--purpose", "x", "--owner", "Bo", "--measure", "messages")
    assert desk.run("plan", "send", "Safe water").code == USAGE
    assert desk.run("plan", "send", "Safe water", "--to", "Nobody").code == USAGE
    assert desk.run("plan", "partner", "me").code == USAGE
    named = desk.run("--json", "plan", "partner", "me", "--name", "Bo Example")
    assert named.json["name"] == "Bo Example"
