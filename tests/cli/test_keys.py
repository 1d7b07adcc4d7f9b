"""How the command line comes by the key: a file, a descriptor, a question on a terminal; never an argument."""

import argparse
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.runs import DONE, NEEDS_USER, ROOT, USAGE, Desk, Ran, a_child, command
from workbench.cli.keys import MOST_BYTES, key_source, may_ask, profile_folder, read_descriptor
from workbench.errors import BadInputError
from workbench.paths import database_file, default_profile
from workbench.vault import KeyFile, Vault

WORDS = "nine invented words stand here for the test"


def options(**given: Any) -> argparse.Namespace:
    return argparse.Namespace(**{"profile": None, "key_file": None, "passphrase_fd": None, "no_input": False} | given)


def a_descriptor(data: bytes) -> int:
    reading, writing = os.pipe()
    os.write(writing, data)
    os.close(writing)
    return reading


def with_passphrase(profile: Path, *words: str, passphrase: str = WORDS) -> Ran:
    """A child that is handed the passphrase by a descriptor."""
    number = a_descriptor(f"{passphrase}\n".encode())
    try:
        return a_child(["--profile", str(profile), "--passphrase-fd", str(number), *words], pass_fds=(number,))
    finally:
        os.close(number)


def test_profile_is_the_one_named_or_the_users_own(tmp_path: Path):
    assert profile_folder(options(profile=tmp_path)) == tmp_path
    assert profile_folder(options()) == default_profile()


def test_new_profile_keeps_its_key_in_the_vault_unless_told_otherwise(tmp_path: Path):
    assert isinstance(key_source(options(), tmp_path, say=print), Vault)
    assert key_source(options(key_file=tmp_path / "key"), tmp_path, say=print) == KeyFile(tmp_path / "key")


def test_descriptor_is_read_to_its_line_end_and_closed():
    number = a_descriptor("pässword\r\n".encode())
    assert read_descriptor(number) == "pässword"
    with pytest.raises(OSError, match="descriptor"):
        os.fstat(number)


@pytest.mark.parametrize("number", [987, 65_535])
def test_descriptor_that_is_not_open_is_refused(number: int):
    with pytest.raises(BadInputError, match="could not be read"):
        read_descriptor(number)


def test_descriptor_that_holds_no_text_is_refused_and_an_endless_one_is_cut():
    with pytest.raises(BadInputError):
        read_descriptor(a_descriptor(b"\xff\xfe"))
    assert len(read_descriptor(a_descriptor(b"x" * (MOST_BYTES + 1)))) == MOST_BYTES


def test_nobody_is_asked_without_a_terminal(monkeypatch: pytest.MonkeyPatch):
    assert not may_ask(options())
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert not may_ask(options())


def test_key_is_never_asked_for_without_a_terminal_but_named(desk: Desk):
    for words in (["status"], ["--no-input", "status"]):
        ran = a_child(["--profile", str(desk.profile), *words])
        assert ran.code == NEEDS_USER
        assert "--key-file FILE" in ran.err
        assert ran.out == ""


def test_machine_without_a_vault_says_what_else_there_is(bare_desk: Desk):
    ran = a_child(["--profile", str(bare_desk.profile), "import", "sample"])
    assert ran.code == NEEDS_USER
    assert "--key-file FILE for a new profile" in ran.err
    assert not database_file(bare_desk.profile).exists()


def test_missing_key_file_is_made_with_a_new_profile_and_is_readable_by_its_owner_alone(bare_desk: Desk):
    bare_desk.key_file.unlink()
    assert bare_desk.run("account", "add", "https://lists.example.org/archives/list/wash@example.org/").code == DONE
    assert bare_desk.key_file.stat().st_mode & 0o777 == 0o600
    assert bare_desk.profile.stat().st_mode & 0o777 == 0o700


def test_missing_key_file_of_an_old_profile_is_not_made(desk: Desk):
    desk.key_file.unlink()
    ran = desk.run("status")
    assert ran.code == NEEDS_USER
    assert not desk.key_file.exists()


def test_key_file_others_may_read_is_refused(desk: Desk):
    desk.key_file.chmod(0o644)
    ran = desk.run("status")
    assert ran.code == USAGE
    assert "0600" in ran.err


@pytest.fixture(name="sealed", scope="module")
def a_sealed_profile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """A profile with a passphrase, made once because that takes its time, and how making it went."""
    profile = tmp_path_factory.mktemp("sealed") / "profile"
    return profile, with_passphrase(
        profile, "plan", "new", "P", "--purpose", "p", "--owner", "o", "--measure", "messages"
    )


def test_passphrase_from_a_descriptor_makes_and_opens_a_profile(sealed: tuple[Path, Ran]):
    profile, made = sealed
    assert made.code == DONE, made.err
    code = made.err.partition("only now): ")[2].split()[0]
    assert "Recovery code" in made.err
    assert code not in made.out

    again = with_passphrase(profile, "--json", "plan", "list")
    assert [plan["name"] for plan in again.json] == ["P"]
    assert "Recovery" not in again.err

    assert with_passphrase(profile, "plan", "list", passphrase=code).code == DONE

    wrong = with_passphrase(profile, "plan", "list", passphrase="not these words")
    assert wrong.code == NEEDS_USER
    assert "does not open" in wrong.err

    nobody = a_child(["--profile", str(profile), "plan", "list"])
    assert nobody.code == NEEDS_USER
    assert "--passphrase-fd N" in nobody.err


def test_passphrase_that_is_too_short_makes_no_profile(tmp_path: Path):
    profile = tmp_path / "profile"
    ran = with_passphrase(
        profile, "account", "add", "https://lists.example.org/list/a@example.org/", passphrase="short"
    )
    assert ran.code == USAGE
    assert "at least 8 characters" in ran.err
    assert not database_file(profile).exists()


def test_nothing_in_the_environment_is_taken_for_a_key(desk: Desk):
    names = ("PASSPHRASE", "WORKBENCH_PASSPHRASE", "WORKBENCH_KEY", "WORKBENCH_KEY_FILE")
    environment = dict.fromkeys(names, str(desk.key_file))
    ran = a_child(["--profile", str(desk.profile), "status"], environment=environment)
    assert ran.code == NEEDS_USER


@pytest.mark.parametrize(
    "words",
    [
        ["status"], ["communities"], ["members"], ["threads"], ["messages"], ["search", "x"], ["metric", "messages"],
        ["plan", "list"], ["plan", "show", "x"], ["account", "list"], ["account", "forget", "x"], ["sync"],
        ["report", "plan", "x", "--format", "md", "--out", "x"], ["check"], ["backup"],
        ["plan", "card", "add", "x", "y"],
    ],
)  # fmt: skip
def test_folder_without_a_profile_is_named_and_left_alone(bare_desk: Desk, words: list[str]):
    ran = bare_desk.run(*words)
    assert ran.code == USAGE
    assert str(bare_desk.profile) in ran.err
    assert "workbench import mailing-list PATH --community NAME" in ran.err
    assert not bare_desk.profile.exists()


def test_folder_that_cannot_be_looked_into_is_said(bare_desk: Desk):
    ran = bare_desk.run("--profile", "x" * 5000, "status", where=[])
    assert ran.code == 1
    assert "could not be read" in ran.err


def test_passphrase_typed_on_a_terminal_opens_a_profile(sealed: tuple[Path, Ran]):
    import pty  # noqa: PLC0415 - there is none on Windows

    profile, _ = sealed
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command(["--profile", str(profile), "--json", "plan", "list"]),
        cwd=ROOT, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, start_new_session=True,
    ) as child:  # fmt: skip
        os.close(theirs)
        asked = b""
        while b": " not in asked:
            asked += os.read(ours, 1000)
        os.write(ours, f"{WORDS}\n".encode())
        assert child.stdout is not None
        told = child.stdout.read()
    os.close(ours)
    assert child.returncode == DONE
    assert b'"P"' in told
    assert WORDS.encode() not in asked


def test_person_at_a_terminal_without_a_vault_is_asked_for_a_new_passphrase(tmp_path: Path):
    ours, theirs = pty.openpty()
    profile = tmp_path / "profile"
    child = subprocess.Popen(
        command(["--profile", str(profile), "import", "table", "--community", "A", "--members", str(a_member_file(tmp_path))]),
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, env=without_vault(),
        cwd=ROOT,
    )  # fmt: skip
    os.close(theirs)
    said = answered(ours, [("passphrase for the new profile", WORDS), ("same again", WORDS)])
    assert child.wait(timeout=60) == DONE, said
    assert "Recovery code" in said
    assert WORDS not in said
    assert with_passphrase(profile, "communities", "--json").code == DONE


def a_member_file(folder: Path) -> Path:
    path = folder / "members.csv"
    path.write_text("person,office\nAmina Example,Dakar\n", encoding="utf-8")
    return path


def without_vault() -> dict[str, str]:
    """No session bus, so no Secret Service and no wallet."""
    return {name: value for name, value in os.environ.items() if name != "DBUS_SESSION_BUS_ADDRESS"}


def answered(terminal: int, answers: list[tuple[str, str]]) -> str:
    """Everything the child showed; each answer is typed once its question has been asked."""
    said, waiting = "", list(answers)
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # the child's end was closed
            break
        if not piece:
            break
        said += piece.decode(errors="replace")
        if waiting and waiting[0][0] in said:
            os.write(terminal, f"{waiting.pop(0)[1]}\n".encode())
    os.close(terminal)
    return said
